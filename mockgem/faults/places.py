"""Where in an answer something happens: frames cut into what comes before a place and what comes from there on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.wire import Frame, Frames
from mockgem.operations.making import tokens
from mockgem.scenarios.terms import Place


async def gathered(frames: Frames) -> list[Frame]:
    """Events: a frame for each, whatever pieces they came in."""
    found: list[Frame] = []
    async for frame in frames:
        if frame.raw or not frame.data:
            found.append(frame)
            continue
        pieces = split_events(frame.data)
        found += [
            replace(frame, data=data, delay=frame.delay if number == 0 else 0.0) for number, data in enumerate(pieces)
        ]
    return joined(found)


def split_events(data: bytes) -> list[bytes]:
    """The events in some bytes; what is no stream of events stays whole."""
    if b"data:" not in data:
        return [data]
    pieces, at = [], 0
    while at < len(data):
        ends = [end + len(mark) for mark in (b"\n\n", b"\r\n\r\n") if (end := data.find(mark, at)) >= 0]
        end = min(ends) if ends else len(data)
        pieces.append(data[at:end])
        at = end
    return pieces


def joined(frames: Sequence[Frame]) -> list[Frame]:
    """Pieces of one event put together."""
    found: list[Frame] = []
    for frame in frames:
        last = found[-1] if found else None
        begun = (
            last is not None
            and not last.raw
            and last.data.startswith(b"data:")
            and not last.data.endswith((b"\n\n", b"\r\n\r\n"))
        )
        if last is not None and begun and not frame.raw:
            found[-1] = replace(last, data=last.data + frame.data)
        else:
            found.append(frame)
    return found


def is_event(frame: Frame) -> bool:
    return bool(frame.data) and not frame.raw


def cut_at(frames: Sequence[Frame], place: Place) -> tuple[list[Frame], list[Frame]]:
    """What comes before a place, and what comes from there on."""
    if place.unit == "byte":
        return cut_at_byte(frames, int(place.number))
    events = [frame for frame in frames if is_event(frame)]
    if place.unit == "share" and len(events) == 1:  # a whole answer has a middle too
        return cut_at_byte(frames, round(place.number * len(events[0].data)))
    number = event_at(frames, place)
    return list(frames[:number]), list(frames[number:])


def event_at(frames: Sequence[Frame], place: Place) -> int:
    """The number of the frame that holds a place, which may be behind the last."""
    events = [number for number, frame in enumerate(frames) if is_event(frame)]
    if place.unit in ("start", "head") or not events:
        return 0
    if place.unit == "last":
        return events[-2] if len(events) > 1 and b"[DONE]" in frames[events[-1]].data else events[-1]
    if place.unit == "share":
        nth = round(place.number * len(events))
    elif place.unit == "token":
        nth = nth_with_token([frames[number] for number in events], place.number)
    else:
        nth = int(place.number) - 1
    return events[nth] if nth < len(events) else len(frames)


def nth_with_token(frames: Sequence[Frame], number: float) -> int:
    """The event in which the answer's so-manieth token stands. Tokens are estimated, as they are everywhere."""
    said = 0.0
    for nth, frame in enumerate(frames):
        said += tokens_in(frame.data)
        if said >= number:
            return nth
    return len(frames)


def tokens_in(data: bytes) -> float:
    """About how many tokens of text an event holds."""
    from mockgem.faults.documents import text_of, value_of

    found = value_of(data)
    return tokens.length(text_of(found)) / tokens.BYTES if found is not None else 0.0


def cut_at_byte(frames: Sequence[Frame], number: int) -> tuple[list[Frame], list[Frame]]:
    before: list[Frame] = []
    for at, frame in enumerate(frames):
        if len(frame.data) > number and not frame.raw:
            first = [replace(frame, data=frame.data[:number])] if number else []
            return before + first, [replace(frame, data=frame.data[number:], delay=0.0), *frames[at + 1 :]]
        before.append(frame)
        number -= 0 if frame.raw else len(frame.data)
    return before, []


def one_of(place: Any, usual: Place) -> Place:
    found: Place = usual if place is None else place
    return found
