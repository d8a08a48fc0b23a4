"""What happens to a connection: resets, closings, silence, garbage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.faults.frames import collect_events, resolve_position, split_at
from mockgem.faults.position import Position

START, HALF, MIDDLE = Position("start"), Position("share", 0.5), Position("share", 0.5)
GARBAGE_BYTES = b"\x16\x03\x01\x02\x00mockgem: these bytes are no HTTP\r\n\r\n"


def drop_connection_at(
    place: Any, usual: Position, then: Callable[[], ConnectionDropped], more: tuple[Frame, ...] = ()
) -> Fault:
    """The answer up to a place, perhaps something more, and the end of the connection."""
    where = resolve_position(place, usual)

    async def apply(frames: Frames) -> Frames:
        before, _ = split_at(await collect_events(frames), where)
        if where.unit == "head" or (where.unit != "start" and not before):
            yield Frame(b"")
        for frame in before:
            yield frame
        for frame in more:
            yield frame
        raise then()

    return apply


def reset(fault: Any) -> Fault:
    return drop_connection_at(fault.at, START, lambda: ConnectionDropped("reset"))


def close(fault: Any) -> Fault:
    return drop_connection_at(fault.at, START, lambda: ConnectionDropped("close"))


def cut(fault: Any) -> Fault:
    return drop_connection_at(fault.at, MIDDLE, lambda: ConnectionDropped("close"))


def hang(fault: Any) -> Fault:
    seconds = 600.0 if fault.for_ is None else fault.for_
    return drop_connection_at(
        fault.at, START, lambda: ConnectionDropped("close"), (Frame(b"", seconds, raw=True),)
    )


def garbage(fault: Any) -> Fault:
    data = GARBAGE_BYTES if fault.text is None else fault.text.encode()
    return drop_connection_at(
        fault.at, START, lambda: ConnectionDropped("close"), (Frame(data, raw=True),)
    )


def short_body(fault: Any) -> Fault:
    """Goes with a Content-Length that is too large (see HEADERS)."""
    return drop_connection_at(fault.at, HALF, lambda: ConnectionDropped("close"))


def refuse(fault: Any) -> Fault:
    seconds = 5.0 if fault.for_ is None else fault.for_
    return drop_connection_at(None, START, lambda: ConnectionDropped("refuse", seconds))


def half_close(fault: Any) -> Fault:
    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield frame
        raise ConnectionDropped("half")

    return apply


def pass_through(fault: Any) -> Fault:
    """For what is all in the headers."""

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield frame

    return apply


FAULT_HEADERS = {
    "short_body": ("Content-Length", "1000000"),
    "bad_gzip": ("Content-Encoding", "gzip"),
    "no_keepalive": ("Connection", "close"),
    "half_close": ("Connection", "close"),
}
"""What some faults put into the head."""
CONNECTION_FAULTS: dict[str, Callable[[Any], Fault]] = {
    "reset": reset,
    "close": close,
    "cut": cut,
    "hang": hang,
    "garbage": garbage,
    "short_body": short_body,
    "refuse": refuse,
    "half_close": half_close,
    "bad_gzip": pass_through,
    "no_keepalive": pass_through,
}
