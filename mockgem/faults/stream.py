"""What happens to a stream of events on its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import Frame, Frames
from mockgem.faults.frames import (
    collect_events_and_end,
    find_event,
    is_event,
    resolve_position,
    split_at,
)
from mockgem.faults.position import Position

FrameChange = Callable[[list[Frame]], Sequence[Frame]]
DONE_EVENT = b"data: [DONE]\n\n"
SECOND, THIRD, LAST, HALF = (
    Position("event", 2),
    Position("event", 3),
    Position("last"),
    Position("share", 0.5),
)


def replace_frames(alter: FrameChange) -> Fault:
    """Other frames in place of those there are."""

    async def apply(frames: Frames) -> Frames:
        found, end = await collect_events_and_end(frames)
        for frame in alter(found):
            yield frame
        if end is not None:
            raise end

    return apply


def change_events(change: Callable[[bytes], bytes]) -> Fault:
    """Every frame's bytes changed on their own."""

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield replace(frame, data=change(frame.data)) if is_event(frame) else frame

    return apply


def replace_event(place: Any, usual: Position, change: Callable[[Frame], Sequence[Frame]]) -> Fault:
    """One event replaced by others."""
    where = resolve_position(place, usual)

    def alter(frames: list[Frame]) -> list[Frame]:
        number = find_event(frames, where)
        if number >= len(frames):
            return frames
        return [*frames[:number], *change(frames[number]), *frames[number + 1 :]]

    return replace_frames(alter)


def end(fault: Any) -> Fault:
    return replace_frames(
        lambda frames: split_at(frames, resolve_position(fault.at, HALF))[0] or [Frame(b"")]
    )


def stall(fault: Any) -> Fault:
    seconds = 60.0 if fault.for_ is None else fault.for_
    return replace_event(
        fault.at, THIRD, lambda frame: [replace(frame, delay=frame.delay + seconds)]
    )


def truncate(fault: Any) -> Fault:
    """The end of an event stays, or the reader would take the next one for its rest."""

    def cut_frame(frame: Frame) -> list[Frame]:
        body = frame.data.rstrip(b"\r\n")
        return [replace(frame, data=body[: max(len(body) // 2, 8)] + frame.data[len(body) :])]

    return replace_event(fault.at, LAST, cut_frame)


def junk(fault: Any) -> Fault:
    text = "{not json" if fault.text is None else fault.text
    return replace_event(
        fault.at, SECOND, lambda frame: [Frame(f"data: {text}\n\n".encode()), frame]
    )


def duplicate(fault: Any) -> Fault:
    return replace_event(
        fault.at, SECOND, lambda frame: [frame, *[replace(frame, delay=0.0)] * (fault.times or 1)]
    )


def drop(fault: Any) -> Fault:
    where, count = resolve_position(fault.at, SECOND), fault.times or 1

    def alter(frames: list[Frame]) -> list[Frame]:
        number = find_event(frames, where)
        return [*frames[:number], *frames[number + count :]]

    return replace_frames(alter)


def merge(fault: Any) -> Fault:
    """Events that come together are late for the first and early for the last."""

    def alter(frames: list[Frame]) -> list[Frame]:
        count = fault.times or max(len(frames), 1)
        groups = [frames[at : at + count] for at in range(0, len(frames), count)]
        return [
            Frame(b"".join(one.data for one in group), sum(one.delay for one in group))
            for group in groups
        ]

    return replace_frames(alter)


def split(fault: Any) -> Fault:
    size = fault.size or 1

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            for at in range(0, len(frame.data), size) if is_event(frame) else ():
                yield Frame(frame.data[at : at + size], frame.delay if at == 0 else 0.0)
            if not is_event(frame):
                yield frame

    return apply


def bad_utf8(fault: Any) -> Fault:
    """Inside a text, or it would be no JSON either."""

    def put_bad_bytes(frame: Frame) -> list[Frame]:
        data = frame.data
        match = re.search(rb'"(?:content|text)": ?"', data)
        at = match.end() if match else len(data) // 2
        return [replace(frame, data=data[:at] + b"\xff\xfe" + data[at:])]

    return replace_event(fault.at, SECOND, put_bad_bytes)


def comment(fault: Any) -> Fault:
    line = f": {'keep-alive' if fault.text is None else fault.text}\n\n".encode()
    return replace_event(
        fault.at, SECOND, lambda frame: [*[Frame(line)] * (fault.times or 1), frame]
    )


def no_done(fault: Any) -> Fault:
    return replace_frames(
        lambda frames: [frame for frame in frames if b"data: [DONE]" not in frame.data]
    )


def extra_done(fault: Any) -> Fault:
    return replace_frames(lambda frames: [*frames, Frame(DONE_EVENT)])


def bom(fault: Any) -> Fault:
    return replace_event(
        None,
        Position("event", 1),
        lambda frame: [replace(frame, data=b"\xef\xbb\xbf" + frame.data)],
    )


def crlf(fault: Any) -> Fault:
    return change_events(lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def no_space(fault: Any) -> Fault:
    return change_events(
        lambda data: data.replace(b"data: ", b"data:", 1) if data.startswith(b"data: ") else data
    )


STREAM_FAULTS: dict[str, Callable[[Any], Fault]] = {
    "end": end,
    "stall": stall,
    "truncate": truncate,
    "junk": junk,
    "duplicate": duplicate,
    "drop": drop,
    "merge": merge,
    "split": split,
    "bad_utf8": bad_utf8,
    "comment": comment,
    "no_done": no_done,
    "extra_done": extra_done,
    "crlf": crlf,
    "no_space": no_space,
    "bom": bom,
}


def insert_error(body: bytes, framing: str, place: Any) -> Fault:
    """An error inside a stream: `raw` as Google's own API tells it, in lines without data:, `sse` as an event, `array` as
    an event with a list, `event` with a name of its own; `element` ends a stream that is an array."""
    form = {
        "element": b",\r\n%b\n]" % body.rstrip(b"\n"),
        "raw": body,
        "sse": b"data: %b\n\n" % compact_json(body),
        "array": b"data: [%b]\n\n" % compact_json(body),
        "event": b"event: error\ndata: %b\n\n" % compact_json(body),
    }[framing]
    return replace_frames(
        lambda frames: [*split_at(frames, resolve_position(place, THIRD))[0], Frame(form)]
    )


def compact_json(body: bytes) -> bytes:
    """JSON in one line."""
    import json

    return json.dumps(json.loads(body), ensure_ascii=False).encode()
