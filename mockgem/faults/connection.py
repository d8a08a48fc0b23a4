"""What happens to a connection: resets, closings, silence, garbage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import Frame, Frames, Hangup
from mockgem.faults.frames import cut_at, gathered, one_of
from mockgem.scenarios.types import Place

START, HALF, MIDDLE = Place("start"), Place("share", 0.5), Place("share", 0.5)
JUNK = b"\x16\x03\x01\x02\x00mockgem: these bytes are no HTTP\r\n\r\n"


def up_to(place: Any, usual: Place, then: Callable[[], Hangup], more: tuple[Frame, ...] = ()) -> Fault:
    """The answer up to a place, perhaps something more, and the end of the connection."""
    where = one_of(place, usual)

    async def apply(frames: Frames) -> Frames:
        before, _ = cut_at(await gathered(frames), where)
        if where.unit == "head" or (where.unit != "start" and not before):
            yield Frame(b"")
        for frame in before:
            yield frame
        for frame in more:
            yield frame
        raise then()

    return apply


def reset(fault: Any) -> Fault:
    return up_to(fault.at, START, lambda: Hangup("reset"))


def close(fault: Any) -> Fault:
    return up_to(fault.at, START, lambda: Hangup("close"))


def cut(fault: Any) -> Fault:
    return up_to(fault.at, MIDDLE, lambda: Hangup("close"))


def hang(fault: Any) -> Fault:
    seconds = 600.0 if fault.for_ is None else fault.for_
    return up_to(fault.at, START, lambda: Hangup("close"), (Frame(b"", seconds, raw=True),))


def garbage(fault: Any) -> Fault:
    data = JUNK if fault.text is None else fault.text.encode()
    return up_to(fault.at, START, lambda: Hangup("close"), (Frame(data, raw=True),))


def short_body(fault: Any) -> Fault:
    """Goes with a Content-Length that is too large (see HEADERS)."""
    return up_to(fault.at, HALF, lambda: Hangup("close"))


def refuse(fault: Any) -> Fault:
    seconds = 5.0 if fault.for_ is None else fault.for_
    return up_to(None, START, lambda: Hangup("refuse", seconds))


def half_close(fault: Any) -> Fault:
    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield frame
        raise Hangup("half")

    return apply


def untouched(fault: Any) -> Fault:
    """For what is all in the headers."""

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield frame

    return apply


HEADERS = {
    "short_body": ("Content-Length", "1000000"),
    "bad_gzip": ("Content-Encoding", "gzip"),
    "no_keepalive": ("Connection", "close"),
    "half_close": ("Connection", "close"),
}
"""What some faults put into the head."""
CONNECTION: dict[str, Callable[[Any], Fault]] = {
    "reset": reset,
    "close": close,
    "cut": cut,
    "hang": hang,
    "garbage": garbage,
    "short_body": short_body,
    "refuse": refuse,
    "half_close": half_close,
    "bad_gzip": untouched,
    "no_keepalive": untouched,
}
