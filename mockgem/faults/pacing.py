"""Latency: waits before the head, the first event and later events, and limited bandwidth."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.call import Fault
from mockgem.core.http import Frame, Frames
from mockgem.core.paced_frames import PacedFrames, map_frames

Wait = Callable[[], float]
"""Returns the seconds of the next wait."""


def delay_frames(seconds: float) -> Fault:
    """Wait before every frame, as a model takes its time."""
    return lambda frames: map_frames(frames, lambda frame: frame.delay_by(seconds))


def delay_head(seconds: float) -> Fault:
    """Wait before the first byte of the response."""
    wait = Frame(b"", seconds, raw=True)
    return lambda frames: (
        frames.begin_with(wait) if isinstance(frames, PacedFrames) else begin_with(wait, frames)
    )


async def begin_with(first: Frame, frames: Frames) -> Frames:
    yield first
    async for frame in frames:
        yield frame


def pace_tokens(first: float, between: Wait, seconds_of: Callable[[bytes], float]) -> Fault:
    """Wait before the first frame, and before each further one.

    A frame waits as long as its tokens take (`seconds_of`); a further one also as long as `between`
    says.
    """

    def apply(frames: Frames) -> Frames:
        wait = first

        def pace(frame: Frame) -> Frame:
            nonlocal wait
            if frame.data and not frame.raw:
                frame = frame.delay_by(wait + seconds_of(frame.data))
                wait = max(0.0, between())
            return frame

        return map_frames(frames, pace)

    return apply


MAX_BANDWIDTH = 1e12


def limit_bandwidth(bytes_per_second: float) -> Fault:
    """Send no more bytes a second than given, in pieces of a tenth of a second."""
    bytes_per_second = min(bytes_per_second, MAX_BANDWIDTH)
    step = max(1, int(bytes_per_second / 10))

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            if not frame.data:
                yield frame
            for at in range(0, len(frame.data), step):
                piece = frame.data[at : at + step]
                wait = len(piece) / bytes_per_second + (frame.delay if at == 0 else 0.0)
                yield Frame(piece, wait, frame.raw, frame.is_text)

    return apply
