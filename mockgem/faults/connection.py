"""Faults of the connection: resets, early ends, silence, and bytes other than HTTP."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing

from mockgem.core.call import Fault
from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.faults.frames import FrameFault, take_before
from mockgem.faults.position import HALF, START, Position
from mockgem.faults.registry import FaultOptions, Stage, fault, position_of

GARBAGE_BYTES = b"\x16\x03\x01\x02\x00mockgem: these bytes are no HTTP\r\n\r\n"
MISSING_BYTES = 1000
"""How many bytes more `short_body` announces than the body has."""


def drop_connection_at(
    position: Position,
    make_drop: Callable[[], ConnectionDropped],
    extra: tuple[Frame, ...] = (),
    missing_bytes: int = 0,
) -> FrameFault:
    """Return the fault that sends what precedes a position, then extra frames, then nothing."""

    async def apply(frames: Frames, in_memory: bool) -> Frames:
        sends_head = position.unit != "start"
        if position.unit == "head":
            yield Frame(b"")
            sends_head = False
        async with aclosing(take_before(frames, position, in_memory=in_memory)) as before:
            async for frame in before:
                sends_head = False
                yield frame
        if sends_head:
            yield Frame(b"")
        for frame in extra:
            yield frame
        raise make_drop()

    return FrameFault(apply, missing_bytes)


@fault(
    "reset",
    keys=("at",),
    at=START,
    applies_to="responses",
    help="Reset the connection (RST); by default before the first byte.",
    stage=Stage.CONNECTION,
)
def reset(options: FaultOptions) -> Fault:
    return drop_connection_at(position_of(options), lambda: ConnectionDropped("reset"))


@fault(
    "close",
    keys=("at",),
    at=START,
    applies_to="responses",
    help="Close the connection (FIN) inside the answer; by default before the first byte.",
    stage=Stage.CONNECTION,
)
def close(options: FaultOptions) -> Fault:
    return drop_connection_at(position_of(options), lambda: ConnectionDropped("close"))


@fault(
    "hang",
    keys=("at", "for"),
    at=START,
    applies_to="responses",
    help="Send nothing more, and close the connection after a time; by default after ten minutes.",
    stage=Stage.CONNECTION,
    seconds=600.0,
)
def hang(options: FaultOptions) -> Fault:
    wait = Frame(b"", options.for_ or 0.0, raw=True)
    return drop_connection_at(position_of(options), lambda: ConnectionDropped("close"), (wait,))


@fault(
    "garbage",
    keys=("at", "text"),
    at=START,
    applies_to="responses",
    help="Send bytes that are not HTTP, and close the connection.",
    stage=Stage.CONNECTION,
)
def garbage(options: FaultOptions) -> Fault:
    data = GARBAGE_BYTES if options.text is None else options.text.encode()
    return drop_connection_at(
        position_of(options), lambda: ConnectionDropped("close"), (Frame(data, raw=True),)
    )


@fault(
    "short_body",
    keys=("at",),
    at=HALF,
    applies_to="responses",
    help="Announce a Content-Length above the body's, and close the connection; by default at 50%.",
    stage=Stage.CONNECTION,
)
def short_body(options: FaultOptions) -> Fault:
    return drop_connection_at(
        position_of(options), lambda: ConnectionDropped("close"), missing_bytes=MISSING_BYTES
    )


async def pass_frames(frames: Frames) -> Frames:
    """Leave the frames as they are, for faults that only add headers."""
    async with aclosing(frames):
        async for frame in frames:
            yield frame


@fault(
    "bad_gzip",
    applies_to="responses",
    help="Announce Content-Encoding: gzip, and send a body that is not compressed.",
    stage=Stage.CONNECTION,
    headers=(("Content-Encoding", "gzip"),),
)
def bad_gzip(options: FaultOptions) -> Fault:
    return pass_frames


@fault(
    "half_close",
    applies_to="responses",
    help="Send the answer, close the server's side of the connection, and go on reading.",
    stage=Stage.CONNECTION,
    harmless=True,
    headers=(("Connection", "close"),),
)
def half_close(options: FaultOptions) -> Fault:
    async def apply(frames: Frames) -> Frames:
        async with aclosing(frames):
            async for frame in frames:
                yield frame
        raise ConnectionDropped("half")

    return apply


@fault(
    "no_keepalive",
    applies_to="responses",
    help="Close the connection after the answer.",
    stage=Stage.CONNECTION,
    harmless=True,
    headers=(("Connection", "close"),),
)
def no_keepalive(options: FaultOptions) -> Fault:
    return pass_frames


@fault(
    "refuse",
    keys=("for",),
    applies_to="responses",
    help="Reset the connection, and accept no new one for a time; by default for five seconds.",
    stage=Stage.CONNECTION,
    seconds=5.0,
    max_seconds=60.0,
)
def refuse(options: FaultOptions) -> Fault:
    return drop_connection_at(START, lambda: ConnectionDropped("refuse", options.for_ or 0.0))


@fault(
    "cut",
    keys=("at",),
    at=HALF,
    applies_to="responses",
    help="Close the connection inside the answer; by default after half of it.",
    stage=Stage.CONNECTION,
)
def cut(options: FaultOptions) -> Fault:
    return drop_connection_at(position_of(options), lambda: ConnectionDropped("close"))
