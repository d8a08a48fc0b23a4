"""Faults of streams: missing, damaged, late and additional events, joined and split writes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from mockgem.core.call import Fault
from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.faults.events import (
    DONE_EVENT,
    ROW_BREAK,
    is_counted,
    is_done,
    is_event,
    is_row,
    is_sse,
    iter_events,
    make_first_row,
    make_later_row,
    opens_array,
)
from mockgem.faults.frames import (
    FrameFault,
    change_events,
    locate_event,
    replace_event,
    take_before,
)
from mockgem.faults.position import FIRST, HALF, LAST, SECOND, THIRD
from mockgem.faults.registry import FaultOptions, Stage, fault, position_of

MAX_WRITE_BYTES = 2**20
"""How many bytes `merge` puts into one write at most."""
MAX_WRITES = 10_000
"""Into how many writes `split` divides an event at most."""


@fault(
    "end",
    keys=("at",),
    at=HALF,
    applies_to="streams",
    help="End the answer cleanly before it is complete: without a finish reason, without [DONE].",
)
def end(options: FaultOptions) -> Fault:
    async def apply(frames: Frames, in_memory: bool) -> Frames:
        is_empty = True
        before = take_before(frames, position_of(options), in_memory=in_memory)
        async with aclosing(before):
            async for frame in before:
                is_empty = False
                yield frame
        if is_empty:
            yield Frame(b"")

    return FrameFault(apply)


@fault(
    "stall",
    keys=("at", "for"),
    at=THIRD,
    applies_to="streams",
    help="Send nothing for a time before an event; by default for a minute.",
    stage=Stage.PAUSES,
    harmless=True,
    seconds=60.0,
)
def stall(options: FaultOptions) -> Fault:
    seconds = options.for_ or 0.0
    return replace_event(position_of(options), lambda frame: [frame.delay_by(seconds)])


@fault(
    "truncate",
    keys=("at",),
    at=LAST,
    applies_to="streams",
    help="Send only the first half of an event, without the empty line; the stream continues.",
)
def truncate(options: FaultOptions) -> Fault:
    def cut_frame(frame: Frame) -> list[Frame]:
        body = frame.data.rstrip(b"\r\n")
        return [replace(frame, data=body[: max(len(body) // 2, 8)])]

    return replace_event(position_of(options), cut_frame)


@fault(
    "error",
    keys=("at", "error", "framing"),
    at=THIRD,
    applies_to="streams",
    help="Send an error inside the stream, and end the stream with it.",
    stage=Stage.ERROR,
)
def error(options: FaultOptions, body: bytes, framing: str) -> Fault:
    """Send an error inside the stream.

    `framing` is `raw` for the lines without data: that Google's own API sends, `sse` for an event,
    `array` for an event with a list, `event` for an event with a name, `named` for one that repeats
    its name in the JSON; `element` ends a stream that is one array.
    """
    position = position_of(options)

    async def apply(frames: Frames, in_memory: bool) -> Frames:
        is_first = True
        before = take_before(frames, position, in_memory=in_memory)
        async with aclosing(before):
            async for frame in before:
                is_first = is_first and not is_event(frame)
                yield frame
        yield Frame(encode_error(body, framing, is_first=is_first))

    return FrameFault(apply)


def encode_error(body: bytes, framing: str, *, is_first: bool) -> bytes:
    match framing:
        case "element":
            return b"%b%b\n]" % (b"[" if is_first else ROW_BREAK, body.rstrip(b"\n"))
        case "sse":
            return b"data: %b\n\n" % compact_json(body)
        case "array":
            return b"data: [%b]\n\n" % compact_json(body)
        case "event":
            return b"event: error\ndata: %b\n\n" % compact_json(body)
        case "named":
            return b"event: error\ndata: %b\n\n" % name_error(body)
    return body


def name_error(body: bytes) -> bytes:
    """Return the error as an event of the Interactions API, which repeats its name (documented).

    Evidence: doc-interactions-errors.
    """
    document = json.loads(body) | {"event_type": "error"}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def compact_json(body: bytes) -> bytes:
    """Return JSON in one line."""
    return json.dumps(json.loads(body), ensure_ascii=False).encode()


@fault(
    "junk",
    keys=("at", "text"),
    at=SECOND,
    applies_to="streams",
    help="Send an event that is not JSON before an event.",
)
def junk(options: FaultOptions) -> Fault:
    text = ("{not json" if options.text is None else options.text).encode()

    def insert(frame: Frame) -> list[Frame]:
        if not is_row(frame.data):
            return [Frame(b"data: %b\n\n" % text), frame]
        start = b"[" if opens_array(frame.data) else ROW_BREAK
        return [Frame(start + text + b"\n"), replace(frame, data=make_later_row(frame.data))]

    return replace_event(position_of(options), insert)


@fault(
    "duplicate", keys=("at", "times"), at=SECOND, applies_to="streams", help="Send an event twice."
)
def duplicate(options: FaultOptions) -> Fault:
    def repeat(frame: Frame) -> list[Frame]:
        data = make_later_row(frame.data) if is_row(frame.data) else frame.data
        return [frame, *[replace(frame, data=data, delay=0.0)] * (options.times or 1)]

    return replace_event(position_of(options), repeat)


@fault("drop", keys=("at", "times"), at=SECOND, applies_to="streams", help="Leave an event out.")
def drop(options: FaultOptions) -> Fault:
    """Leave events out. The marker at the end stays, and so does the bracket of an array."""

    async def apply(frames: Frames, in_memory: bool) -> Frames:
        missing, lacks_bracket = 0, False
        located = locate_event(frames, position_of(options), in_memory=in_memory)
        async with aclosing(located):
            async for frame, is_target in located:
                missing = (options.times or 1) if is_target else missing
                if missing and is_counted(frame):
                    missing -= 1
                    lacks_bracket |= is_row(frame.data) and opens_array(frame.data)
                    continue
                if lacks_bracket and is_event(frame):
                    frame, lacks_bracket = replace(frame, data=make_first_row(frame.data)), False
                yield frame

    return FrameFault(apply)


@fault(
    "merge",
    keys=("times",),
    applies_to="streams",
    help="Send several events in one write, of at most 1 MiB; by default all.",
    stage=Stage.JOINED_WRITES,
    harmless=True,
)
def merge(options: FaultOptions) -> Fault:
    """Join events into one write, which takes as long as they would take together."""

    async def apply(frames: Frames) -> Frames:
        group: list[Frame] = []
        events = iter_events(frames)
        dropped = None
        async with aclosing(events):
            try:
                async for frame in events:
                    group.append(frame)
                    if len(group) == options.times or size_of(group) >= MAX_WRITE_BYTES:
                        yield join_frames(group)
                        group = []
            except ConnectionDropped as error:
                dropped = error
        if group:
            yield join_frames(group)
        if dropped is not None:
            raise dropped

    return apply


def size_of(frames: Sequence[Frame]) -> int:
    return sum([len(frame.data) for frame in frames])


def join_frames(frames: Sequence[Frame]) -> Frame:
    return Frame(b"".join([one.data for one in frames]), sum([one.delay for one in frames]))


@fault(
    "split",
    keys=("size",),
    applies_to="responses",
    help="Send a number of bytes in each write, by default one; at most 10,000 writes an event.",
    stage=Stage.SPLIT_WRITES,
    harmless=True,
)
def split(options: FaultOptions) -> Fault:
    async def apply(frames: Frames) -> Frames:
        async with aclosing(frames):
            async for frame in frames:
                if not is_event(frame):
                    yield frame
                    continue
                size = max(options.size or 1, -(-len(frame.data) // MAX_WRITES))
                for at in range(0, len(frame.data), size):
                    yield Frame(frame.data[at : at + size], frame.delay if at == 0 else 0.0)

    return apply


@fault(
    "bad_utf8",
    keys=("at",),
    at=SECOND,
    applies_to="responses",
    help="Put bytes that are not UTF-8 into the text of an event.",
)
def bad_utf8(options: FaultOptions) -> Fault:
    """Put two bytes into a text, because outside of a text they would break the JSON as well."""

    def put_bad_bytes(frame: Frame) -> list[Frame]:
        data = frame.data
        match = re.search(rb'"(?:content|text)": ?"', data)
        at = match.end() if match else len(data) // 2
        return [replace(frame, data=data[:at] + b"\xff\xfe" + data[at:])]

    return replace_event(position_of(options), put_bad_bytes)


@fault(
    "comment",
    keys=("at", "times", "text"),
    at=SECOND,
    applies_to="event streams",
    help="Send comment lines before an event.",
    harmless=True,
)
def comment(options: FaultOptions) -> Fault:
    line = f": {'keep-alive' if options.text is None else options.text}\n\n".encode()

    def insert(frame: Frame) -> list[Frame]:
        count = (options.times or 1) if is_sse(frame.data) else 0
        return [*[Frame(line)] * count, frame]

    return replace_event(position_of(options), insert)


@fault("no_done", applies_to="OpenAI streams", help="Leave [DONE] out.", harmless=True)
def no_done(options: FaultOptions) -> Fault:
    async def apply(frames: Frames) -> Frames:
        async with aclosing(iter_events(frames)) as events:
            async for frame in events:
                if not is_done(frame.data):
                    yield frame

    return apply


@fault(
    "extra_done",
    applies_to="event streams",
    help="Send [DONE] where it does not belong: on the native API, or twice.",
    harmless=True,
)
def extra_done(options: FaultOptions) -> Fault:
    async def apply(frames: Frames) -> Frames:
        is_json = False
        is_first = True
        async with aclosing(frames):
            async for frame in frames:
                if is_first and is_event(frame):
                    is_first, is_json = False, not is_sse(frame.data)
                yield frame
        if not is_json:
            yield Frame(DONE_EVENT)

    return apply


@fault("crlf", applies_to="streams", help="End lines with CRLF.", harmless=True)
def crlf(options: FaultOptions) -> Fault:
    return change_events(lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@fault("no_space", applies_to="event streams", help="Send no space after data:.", harmless=True)
def no_space(options: FaultOptions) -> Fault:
    return change_events(
        lambda data: data.replace(b"data: ", b"data:", 1) if data.startswith(b"data: ") else data
    )


@fault("bom", applies_to="event streams", help="Begin with a byte order mark.", harmless=True)
def bom(options: FaultOptions) -> Fault:
    return replace_event(FIRST, lambda frame: [replace(frame, data=b"\xef\xbb\xbf" + frame.data)])


@fault(
    "not_streamed",
    applies_to="streams",
    help="Send a whole answer to a call that asks for a stream.",
    stage=Stage.REQUEST,
)
def not_streamed(options: FaultOptions) -> None:
    """The runner asks for a whole answer; there is nothing to change afterwards."""
