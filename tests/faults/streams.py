"""Streams for tests of faults: from memory, or from an upstream that blocks or does not end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from mockgem.core.http import ChunkedBody, ConnectionDropped, Frame, Frames, encode_chunks
from mockgem.faults.frames import FrameFault
from mockgem.faults.position import parse_position
from mockgem.faults.registry import Stage, all_faults, get_fault

DONE = b"data: [DONE]\n\n"
STREAM_STAGES = (
    Stage.DOCUMENTS,
    Stage.ERROR,
    Stage.EVENTS,
    Stage.PAUSES,
    Stage.CONNECTION,
    Stage.JOINED_WRITES,
    Stage.SPLIT_WRITES,
)
STREAM_FAULTS = [name for name, one in all_faults().items() if one.stage in STREAM_STAGES]
"""The faults that work on frames."""
POSITIONED = [name for name in STREAM_FAULTS if "at" in get_fault(name).keys]


def event(number: int, text: str = "word ") -> bytes:
    return b'data: {"choices":[{"delta":{"content":"%b"},"index":0}],"id":"%d"}\n\n' % (
        text.encode(),
        number,
    )


def events(count: int) -> list[bytes]:
    return [event(number) for number in range(1, count + 1)]


def rows(count: int) -> list[bytes]:
    """A native stream that is one array, as Google frames it."""
    found = [b',\r\n{"candidates": [{"index": %d}]}\n' % number for number in range(1, count + 1)]
    return [b"[" + found[0][3:], *found[1:], b"]"]


def make(name: str, **options: Any) -> Any:
    """A fault as the runner makes it."""
    usual: dict[str, Any] = dict.fromkeys(("at", "for_", "size", "times", "text", "code"))
    at = options.pop("at", None)
    given = usual | options | {"fault": name, "at": None if at is None else parse_position(at)}
    inputs = (b'{"error": {"code": 503}}\n', options.get("framing", "sse"))
    declared = get_fault(name)
    return declared.make(
        SimpleNamespace(**given), *(inputs if declared.stage is Stage.ERROR else ())
    )


class Upstream:
    """An upstream that sends some events, counts them, and then blocks, ends or drops the
    connection."""

    def __init__(self, pieces: Iterable[bytes], then: str = "end") -> None:
        self.pieces = pieces
        self.then = then
        self.sent = 0
        self.closed = False

    async def frames(self) -> Frames:
        try:
            for piece in self.pieces:
                self.sent += 1
                yield Frame(piece)
            if self.then == "block":
                await asyncio.get_running_loop().create_future()
            if self.then == "drop":
                raise ConnectionDropped("reset")
        finally:
            self.closed = True


async def deliver_until_blocked(fault: Any, upstream: Upstream) -> list[Frame]:
    """What a fault delivers while the upstream blocks."""
    delivered: list[Frame] = []

    async def read() -> None:
        async for frame in fault(upstream.frames()):
            delivered.append(frame)

    reading = asyncio.create_task(read())
    for _ in range(20):
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    return delivered


async def deliver(fault: Any, pieces: Iterable[bytes], *, in_memory: bool = True) -> list[Frame]:
    """What a fault delivers of a stream; a frame `dropped` where it drops the connection."""
    frames = Upstream(pieces).frames()
    source = fault.apply(frames, in_memory) if isinstance(fault, FrameFault) else fault(frames)
    delivered: list[Frame] = []
    try:
        async for frame in source:
            delivered.append(frame)
    except ConnectionDropped as dropped:
        delivered.append(Frame(f"<{dropped.mode}>".encode(), raw=True))
    return delivered


def bytes_of(frames: Iterable[Frame]) -> bytes:
    return b"".join([frame.data for frame in frames])


def chunked(pieces: list[bytes]) -> ChunkedBody:
    return ChunkedBody(encode_chunks(pieces))
