"""Frames that are all in memory and leave at known times."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from itertools import chain
from typing import Any, Protocol

from mockgem.core.http import Body, ChunkedBody, Frame, Frames


class FrameWatcher(Protocol):
    """Hears of each frame before and after it is sent, or when it is delivered, and of the end."""

    def begin(self) -> None: ...

    def note_delivered(self, frame: Frame) -> None: ...

    def note_next(self, frame: Frame) -> None: ...

    def note_sent(self, frame: Frame) -> None: ...

    def note_whole(self) -> None: ...

    async def finish(self) -> None: ...


AtEnd = Callable[[], Awaitable[None]]


class PacedFrames(AsyncGenerator[Frame, None]):
    """Frames that nothing has to be waited for, but their times.

    Code that takes frames one by one sees a generator. The server takes `steps` instead, and sends
    thousands of such streams from one timer, without a task that wakes for each frame.

    Args:
        steps: The frames.
        at_end: Called when the last frame was sent, or the client has left.
        watcher: Hears of each frame that is sent, and of the end.
    """

    def __init__(
        self,
        steps: Iterator[Frame],
        at_end: tuple[AtEnd, ...] = (),
        watcher: FrameWatcher | None = None,
    ) -> None:
        self.steps = steps
        self.at_end = at_end
        self.watcher = watcher
        self.current: Frame | None = None
        self.has_begun = False
        self.has_ended = False

    def map(self, change: Callable[[Frame], Frame]) -> PacedFrames:
        """Return the frames, each of them changed."""
        return PacedFrames(map(change, self.steps), self.at_end)

    def begin_with(self, frame: Frame) -> PacedFrames:
        return PacedFrames(chain((frame,), self.steps), self.at_end)

    def end_with(self, at_end: AtEnd) -> PacedFrames:
        return PacedFrames(self.steps, (*self.at_end, at_end))

    def watch(self, watcher: FrameWatcher) -> PacedFrames:
        return PacedFrames(self.steps, self.at_end, watcher)

    def begin(self) -> None:
        """Begin once: the frames are taken from now on."""
        if not self.has_begun:
            self.has_begun = True
            if self.watcher is not None:
                self.watcher.begin()

    async def finish(self, *, whole: bool = False) -> None:
        """End once. Frames of which none was taken have no end."""
        if self.has_ended or not self.has_begun:
            return
        self.has_ended = True
        try:
            for at_end in self.at_end:
                await at_end()
        finally:
            if self.watcher is not None:
                if whole:
                    self.watcher.note_whole()
                await self.watcher.finish()

    async def asend(self, value: None) -> Frame:
        """Return the next frame; the one before it counts as sent."""
        if self.has_ended:
            raise StopAsyncIteration
        self.begin()
        watcher = self.watcher
        if watcher is not None and self.current is not None:
            watcher.note_sent(self.current)
        self.current = frame = next(self.steps, None)
        if frame is None:
            await self.finish(whole=True)
            raise StopAsyncIteration
        if watcher is not None:
            watcher.note_next(frame)
        return frame

    async def athrow(self, *error: Any) -> Frame:
        """End the frames, and raise the error that was thrown."""
        await self.finish()
        raise error[0] if isinstance(error[0], BaseException) else error[0]()

    async def aclose(self) -> None:
        await self.finish()


def map_frames(frames: Frames, change: Callable[[Frame], Frame]) -> Frames:
    """Return frames of which each one is changed. Paced frames stay paced."""
    return frames.map(change) if isinstance(frames, PacedFrames) else change_each(frames, change)


async def change_each(frames: Frames, change: Callable[[Frame], Frame]) -> Frames:
    async for frame in frames:
        yield change(frame)


def pace_body(body: Body) -> Frames:
    """Return any body as frames on which faults can work; those of one in memory are paced."""
    match body:
        case bytes():
            return PacedFrames(iter((Frame(body),)))
        case ChunkedBody():
            return PacedFrames(map(Frame, body.iter_chunks()))
        case _:
            return body
