"""What happens to a stream of events on its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import Frame, Frames
from mockgem.faults.frames import cut_at, event_at, gathered_to_end, is_event, one_of
from mockgem.scenarios.types import Place

Alter = Callable[[list[Frame]], Sequence[Frame]]
DONE = b"data: [DONE]\n\n"
SECOND, THIRD, LAST, HALF = (
    Place("event", 2),
    Place("event", 3),
    Place("last"),
    Place("share", 0.5),
)


def altered(alter: Alter) -> Fault:
    """Other frames in place of those there are."""

    async def apply(frames: Frames) -> Frames:
        found, end = await gathered_to_end(frames)
        for frame in alter(found):
            yield frame
        if end is not None:
            raise end

    return apply


def each(change: Callable[[bytes], bytes]) -> Fault:
    """Every frame's bytes changed on their own."""

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield replace(frame, data=change(frame.data)) if is_event(frame) else frame

    return apply


def at_event(place: Any, usual: Place, change: Callable[[Frame], Sequence[Frame]]) -> Fault:
    """One event replaced by others."""
    where = one_of(place, usual)

    def alter(frames: list[Frame]) -> list[Frame]:
        number = event_at(frames, where)
        if number >= len(frames):
            return frames
        return [*frames[:number], *change(frames[number]), *frames[number + 1 :]]

    return altered(alter)


def end(fault: Any) -> Fault:
    return altered(lambda frames: cut_at(frames, one_of(fault.at, HALF))[0] or [Frame(b"")])


def stall(fault: Any) -> Fault:
    seconds = 60.0 if fault.for_ is None else fault.for_
    return at_event(fault.at, THIRD, lambda frame: [replace(frame, delay=frame.delay + seconds)])


def truncate(fault: Any) -> Fault:
    """The end of an event stays, or the reader would take the next one for its rest."""

    def half(frame: Frame) -> list[Frame]:
        body = frame.data.rstrip(b"\r\n")
        return [replace(frame, data=body[: max(len(body) // 2, 8)] + frame.data[len(body) :])]

    return at_event(fault.at, LAST, half)


def junk(fault: Any) -> Fault:
    text = "{not json" if fault.text is None else fault.text
    return at_event(fault.at, SECOND, lambda frame: [Frame(f"data: {text}\n\n".encode()), frame])


def duplicate(fault: Any) -> Fault:
    return at_event(fault.at, SECOND, lambda frame: [frame, *[replace(frame, delay=0.0)] * (fault.times or 1)])


def drop(fault: Any) -> Fault:
    where, count = one_of(fault.at, SECOND), fault.times or 1

    def alter(frames: list[Frame]) -> list[Frame]:
        number = event_at(frames, where)
        return [*frames[:number], *frames[number + count :]]

    return altered(alter)


def merge(fault: Any) -> Fault:
    """Events that come together are late for the first and early for the last."""

    def alter(frames: list[Frame]) -> list[Frame]:
        count = fault.times or max(len(frames), 1)
        groups = [frames[at : at + count] for at in range(0, len(frames), count)]
        return [Frame(b"".join(one.data for one in group), sum(one.delay for one in group)) for group in groups]

    return altered(alter)


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

    def spoilt(frame: Frame) -> list[Frame]:
        data = frame.data
        match = re.search(rb'"(?:content|text)": ?"', data)
        at = match.end() if match else len(data) // 2
        return [replace(frame, data=data[:at] + b"\xff\xfe" + data[at:])]

    return at_event(fault.at, SECOND, spoilt)


def comment(fault: Any) -> Fault:
    line = f": {'keep-alive' if fault.text is None else fault.text}\n\n".encode()
    return at_event(fault.at, SECOND, lambda frame: [*[Frame(line)] * (fault.times or 1), frame])


def no_done(fault: Any) -> Fault:
    return altered(lambda frames: [frame for frame in frames if b"data: [DONE]" not in frame.data])


def extra_done(fault: Any) -> Fault:
    return altered(lambda frames: [*frames, Frame(DONE)])


def bom(fault: Any) -> Fault:
    return at_event(None, Place("event", 1), lambda frame: [replace(frame, data=b"\xef\xbb\xbf" + frame.data)])


def crlf(fault: Any) -> Fault:
    return each(lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def no_space(fault: Any) -> Fault:
    return each(lambda data: data.replace(b"data: ", b"data:", 1) if data.startswith(b"data: ") else data)


STREAM: dict[str, Callable[[Any], Fault]] = {
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


def told_inside(body: bytes, framing: str, place: Any) -> Fault:
    """An error inside a stream: `raw` as Google's own API tells it, in lines without data:, `sse` as an event, `array` as
    an event with a list, `event` with a name of its own; `element` ends a stream that is an array."""
    form = {
        "element": b",\r\n%b\n]" % body.rstrip(b"\n"),
        "raw": body,
        "sse": b"data: %b\n\n" % flat(body),
        "array": b"data: [%b]\n\n" % flat(body),
        "event": b"event: error\ndata: %b\n\n" % flat(body),
    }[framing]
    return altered(lambda frames: [*cut_at(frames, one_of(place, THIRD))[0], Frame(form)])


def flat(body: bytes) -> bytes:
    """JSON in one line."""
    import json

    return json.dumps(json.loads(body), ensure_ascii=False).encode()
