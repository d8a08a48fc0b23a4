"""Events as bytes: server-sent events, and the rows of a native stream that is one JSON array."""

from __future__ import annotations

import re
from contextlib import aclosing
from dataclasses import replace

from mockgem.core.http import ConnectionDropped, Frame, Frames

EVENT_END = re.compile(rb"\r?\n\r?\n")
SSE_FIELDS = (b"data:", b"event:", b"id:", b"retry:", b":", b"\xef\xbb\xbfdata:")
DONE_MARKER = re.compile(rb"(?:\xef\xbb\xbf)?(?:event: done\r?\n)?data: ?\[DONE\]")
DONE_EVENT = b"data: [DONE]\n\n"
ROW_BREAK = b",\r\n"
"""What Google writes between two rows of an array."""
MAX_EVENT_BYTES = 32 * 2**20
"""How much of an event without an end waits for that end."""


async def iter_events(frames: Frames) -> Frames:
    """Yield a frame for each server-sent event, whatever pieces the events arrive in.

    An event waits until its end has arrived, so its delay is that of all its pieces. A whole answer
    and the rows of an array pass as they arrive.
    """
    buffer = EventBuffer()
    async with aclosing(frames):
        try:
            async for frame in frames:
                for event in buffer.add(frame):
                    yield event
        except ConnectionDropped:
            for event in buffer.flush():
                yield event
            raise
    for event in buffer.flush():
        yield event


class EventBuffer:
    """The beginning of an event whose end has not arrived."""

    def __init__(self) -> None:
        self.data = b""
        self.delay = 0.0

    def add(self, frame: Frame) -> list[Frame]:
        """Return the events that a frame completes."""
        if not is_event(frame):
            return [*self.flush(), frame]
        if not self.data and (is_one_event(frame.data) or not has_sse(frame.data)):
            return [frame]
        searched = max(0, len(self.data) - 3)
        data = self.data + frame.data
        ends = [match.end() for match in EVENT_END.finditer(data, searched)]
        starts = [0, *ends]
        rest = data[starts[-1] :]
        delay = self.delay + frame.delay
        if rest and may_be_sse(rest) and len(rest) <= MAX_EVENT_BYTES:
            self.data, self.delay = rest, 0.0 if ends else delay
        else:
            self.data, self.delay = b"", 0.0
            ends = [*ends, len(data)] if rest else ends
        return [
            replace(frame, data=data[start:end], delay=delay if start == 0 else 0.0)
            for start, end in zip(starts, ends, strict=False)
        ]

    def flush(self) -> list[Frame]:
        """Return what is held, although its end has not arrived."""
        held = [Frame(self.data, self.delay)] if self.data else []
        self.data, self.delay = b"", 0.0
        return held


def is_event(frame: Frame) -> bool:
    """Whether a frame holds bytes of the body; others are waits or raw bytes."""
    return bool(frame.data) and not frame.raw


def is_one_event(data: bytes) -> bool:
    """Whether some bytes are one whole event, as those of mockgem's own streams are."""
    size = len(data)
    if data.endswith(b"\n\n"):
        return data.find(b"\n\n") == size - 2 and b"\n\r\n" not in data
    return data.endswith(b"\n\r\n") and data.find(b"\n\r\n") == size - 3 and b"\n\n" not in data


def has_sse(data: bytes) -> bool:
    return b"data:" in data or may_be_sse(data)


def is_sse(data: bytes) -> bool:
    """Whether some bytes begin a server-sent event."""
    return data.startswith(SSE_FIELDS)


def may_be_sse(data: bytes) -> bool:
    """Whether some bytes begin a server-sent event, or the first word of one."""
    return is_sse(data) or any(field.startswith(data) for field in SSE_FIELDS)


def is_end_marker(data: bytes) -> bool:
    """Whether this only marks the end of a stream: [DONE], or the end of an array."""
    return is_done(data) or data.strip() == b"]"


def is_done(data: bytes) -> bool:
    return DONE_MARKER.match(data) is not None


def is_counted(frame: Frame) -> bool:
    """Whether positions count a frame. They do not count the marker at the end of a stream."""
    return is_event(frame) and not is_end_marker(frame.data)


def is_row(data: bytes) -> bool:
    """Whether some bytes are a row of an array that is sent row by row."""
    return data.startswith((b"[{", b",\r\n{", b",\n{")) and not data.rstrip().endswith(b"]")


def opens_array(data: bytes) -> bool:
    return data.startswith(b"[")


def make_first_row(data: bytes) -> bytes:
    """Return a row, or the end of an array, so that it opens the array."""
    return b"[" + data.removeprefix(b",").lstrip(b"\r\n")


def make_later_row(data: bytes) -> bytes:
    """Return a row so that it follows another row."""
    return ROW_BREAK + data[1:] if opens_array(data) else data
