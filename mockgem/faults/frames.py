"""Faults as transducers: each holds back no more of the frames than its position needs.

An event, a token or a byte by its number: nothing. "last": one event. A share ("50%"): the whole
stream, because its total has to be known. Of a body that is in memory, such as a reply of the
engine, nothing has to be waited for: if it has fewer events than a position names, the position is
its last event.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from mockgem.core.frozen import frozen
from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.faults.events import is_counted, is_end_marker, is_event, iter_events
from mockgem.faults.position import Position
from mockgem.operations.generators import tokens


@frozen
class FrameFault:
    """A fault whose position can be found sooner if the whole body is in memory.

    `apply` takes the frames, and whether all of them are in memory. `missing_bytes` says how many
    more bytes Content-Length announces than the body has.
    """

    apply: Callable[[Frames, bool], Frames]
    missing_bytes: int = 0

    def __call__(self, frames: Frames) -> Frames:
        return self.apply(frames, False)


LocatedFrames = AsyncGenerator[tuple[Frame, bool], None]
"""Frames, each with whether the position is at its start; it is at the start of at most one."""


def replace_event(position: Position, change: Callable[[Frame], Sequence[Frame]]) -> FrameFault:
    """Return the fault that replaces the event at a position by other frames."""

    async def apply(frames: Frames, in_memory: bool) -> Frames:
        async with aclosing(locate_event(frames, position, in_memory=in_memory)) as located:
            async for frame, is_target in located:
                for one in change(frame) if is_target else (frame,):
                    yield one

    return FrameFault(apply)


def change_events(change: Callable[[bytes], bytes]) -> FrameFault:
    """Return the fault that changes the bytes of every event."""

    async def apply(frames: Frames, in_memory: bool) -> Frames:
        async with aclosing(iter_events(frames)) as events:
            async for frame in events:
                yield replace(frame, data=change(frame.data)) if is_event(frame) else frame

    return FrameFault(apply)


async def locate_event(frames: Frames, position: Position, *, in_memory: bool) -> LocatedFrames:
    """Yield the events, and whether each is the one that holds the position."""
    events = iter_events(frames)
    if position.unit == "share":
        events, position = await resolve_share(events, position, splits=False)
    holds = in_memory or position.unit == "last"
    async with aclosing(locate(events, position, hold_last=holds)) as located:
        async for pair in located:
            yield pair


async def take_before(frames: Frames, position: Position, *, in_memory: bool) -> Frames:
    """Yield what comes before a position, and close the rest.

    A byte, and the share of an answer that is one event, may be inside an event. If an event or a
    token of a stream does not arrive, the position is before the marker at the end of the stream.
    What precedes an event ends with the wait for that event.
    """
    events = frames if position.unit == "byte" else iter_events(frames)
    if position.unit == "share":
        events, position = await resolve_share(events, position, splits=True)
    if position.unit == "byte":
        before = take_bytes(events, int(position.number))
    else:
        before = take_events(events, position, hold_last=in_memory or position.unit == "last")
    async with aclosing(before):
        async for frame in before:
            yield frame


async def take_events(frames: Frames, position: Position, *, hold_last: bool) -> Frames:
    async with aclosing(locate(frames, position, hold_last=hold_last)) as located:
        async for frame, is_target in located:
            if is_target or (not hold_last and is_end_marker(frame.data)):
                if frame.delay and position.unit not in ("start", "head"):
                    yield Frame(b"", frame.delay, raw=True)
                return
            yield frame


async def take_bytes(frames: Frames, size: int) -> Frames:
    async with aclosing(frames):
        async for frame in frames:
            if not frame.raw and len(frame.data) > size:
                if size:
                    yield replace(frame, data=frame.data[:size])
                return
            yield frame
            if is_event(frame):
                size -= len(frame.data)
                if size == 0:
                    return


async def locate(frames: Frames, position: Position, *, hold_last: bool) -> LocatedFrames:
    """Yield frames, and whether the position is at each.

    With `hold_last` the latest event is held back, so that it is the position if a later one does
    not arrive.
    """
    holds_position = make_counter(position)
    held: list[Frame] = []
    reached = False
    end = None
    async with aclosing(frames):
        try:
            async for frame in frames:
                is_target = not reached and holds_position(frame)
                reached = reached or is_target
                if reached or is_counted(frame):
                    for one in held:
                        yield one, False
                    held.clear()
                if reached or not hold_last:
                    yield frame, is_target
                else:
                    held.append(frame)
        except ConnectionDropped as dropped:
            end = dropped
    for number, frame in enumerate(held):
        yield frame, number == 0
    if end is not None:
        raise end


def make_counter(position: Position) -> Callable[[Frame], bool]:
    """Return a function that takes the frames in order: is the position at this one?"""
    if position.unit in ("start", "head"):
        return lambda frame: True
    measure = MEASURES.get(position.unit)
    total = 0.0

    def has_reached(frame: Frame) -> bool:
        nonlocal total
        if measure is None or not is_counted(frame):
            return False
        total += measure(frame.data)
        return total > position.number if position.unit == "byte" else total >= position.number

    return has_reached


def estimate_tokens(data: bytes) -> float:
    """Estimate how many tokens of text an event holds."""
    from mockgem.faults.json_events import parse_document, text_of_document

    document = parse_document(data)
    if document is None:
        return 0.0
    return tokens.count_bytes(text_of_document(document)) / tokens.BYTES_PER_TOKEN


MEASURES: dict[str, Callable[[bytes], float]] = {
    "event": lambda data: 1.0,
    "token": estimate_tokens,
    "byte": len,
}
"""How much of each unit an event holds. "last" is never reached."""


async def resolve_share(
    frames: Frames, share: Position, *, splits: bool
) -> tuple[Frames, Position]:
    """Collect a stream, and return it with the position of a share of it.

    That is the number of an event; with `splits` it is a byte if the whole answer is one event.
    """
    collected, end = await collect(frames)
    events = [frame for frame in collected if is_event(frame)]
    if splits and len(events) == 1:
        position = Position("byte", round(share.number * len(events[0].data)))
    else:
        count = sum([is_counted(frame) for frame in events])
        position = Position("event", max(1, min(int(share.number * count) + 1, count)))
    return iter_collected(collected, end), position


async def collect(frames: Frames) -> tuple[list[Frame], ConnectionDropped | None]:
    """Return all frames, and how the connection is to be dropped after them, if it is."""
    collected: list[Frame] = []
    async with aclosing(frames):
        try:
            async for frame in frames:
                collected.append(frame)
        except ConnectionDropped as dropped:
            return collected, dropped
    return collected, None


async def iter_collected(
    collected: Sequence[Frame], end: ConnectionDropped | None = None
) -> Frames:
    for frame in collected:
        yield frame
    if end is not None:
        raise end
