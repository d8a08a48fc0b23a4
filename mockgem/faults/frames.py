"""Where in an answer something happens: frames cut into what comes before a place and what comes from there on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.faults.position import Position
from mockgem.operations.generators import tokens


async def collect_events(frames: Frames) -> list[Frame]:
    """Events: a frame for each, whatever pieces they came in."""
    found, end = await collect_events_and_end(frames)
    if end is not None:
        raise end
    return found


async def collect_events_and_end(frames: Frames) -> tuple[list[Frame], ConnectionDropped | None]:
    """And how the connection is to end behind them, if it is."""
    found: list[Frame] = []
    end = None
    try:
        await collect_frames(frames, found)
    except ConnectionDropped as hangup:
        end = hangup
    return join_events(found), end


async def collect_frames(frames: Frames, found: list[Frame]) -> None:
    async for frame in frames:
        if frame.raw or not frame.data:
            found.append(frame)
            continue
        pieces = split_events(frame.data)
        found += [
            replace(frame, data=data, delay=frame.delay if number == 0 else 0.0)
            for number, data in enumerate(pieces)
        ]


EVENT_END = re.compile(rb"\r?\n\r?\n")


def split_events(data: bytes) -> list[bytes]:
    """The events in some bytes; what is no stream of events stays whole."""
    if b"data:" not in data:
        return [data]
    pieces, at = [], 0
    for match in EVENT_END.finditer(data):
        pieces.append(data[at : match.end()])
        at = match.end()
    return pieces if at == len(data) else [*pieces, data[at:]]


def join_events(frames: Sequence[Frame]) -> list[Frame]:
    """Pieces of one event put together."""
    found: list[Frame] = []
    begun: list[Frame] = []
    for frame in frames:
        if frame.raw or not frame.data:
            found += [*join_frames(begun), frame]
            begun = []
            continue
        begun.append(frame)
        if not begun[0].data.startswith(b"data:") or frame.data.endswith((b"\n\n", b"\n\r\n")):
            found += join_frames(begun)
            begun = []
    return [*found, *join_frames(begun)]


def join_frames(frames: Sequence[Frame]) -> list[Frame]:
    return [replace(frames[0], data=b"".join([frame.data for frame in frames]))] if frames else []


def is_event(frame: Frame) -> bool:
    return bool(frame.data) and not frame.raw


def split_at(frames: Sequence[Frame], place: Position) -> tuple[list[Frame], list[Frame]]:
    """What comes before a place, and what comes from there on."""
    if place.unit == "byte":
        return split_at_byte(frames, int(place.number))
    events = [frame for frame in frames if is_event(frame)]
    if place.unit == "share" and len(events) == 1:  # a whole answer has a middle too
        return split_at_byte(frames, round(place.number * len(events[0].data)))
    number = find_event(frames, place)
    return list(frames[:number]), list(frames[number:])


def find_event(frames: Sequence[Frame], place: Position) -> int:
    """The number of the frame that holds a place. [DONE] does not count; of an answer with fewer events it is the last,
    so that what is to happen in an answer happens before it is complete."""
    events = [
        number
        for number, frame in enumerate(frames)
        if is_event(frame) and not is_end_marker(frame.data)
    ]
    if place.unit in ("start", "head") or not events:
        return 0
    if place.unit == "share":
        nth = int(place.number * len(events))
    elif place.unit == "token":
        nth = find_event_with_token([frames[number] for number in events], place.number)
    else:
        nth = len(events) if place.unit == "last" else int(place.number) - 1
    return events[min(nth, len(events) - 1)]


DONE_MARKER = b"data: [DONE]"


def is_end_marker(data: bytes) -> bool:
    """Whether this is only the mark behind the last event: [DONE], or the end of an array."""
    return DONE_MARKER in data or data.strip() == b"]"


def find_event_with_token(frames: Sequence[Frame], number: float) -> int:
    """The event in which the answer's so-manieth token stands. Tokens are estimated, as they are everywhere."""
    said = 0.0
    for nth, frame in enumerate(frames):
        said += estimate_tokens(frame.data)
        if said >= number:
            return nth
    return len(frames)


def estimate_tokens(data: bytes) -> float:
    """About how many tokens of text an event holds."""
    from mockgem.faults.json_events import parse_document, text_of_document

    found = parse_document(data)
    return (
        tokens.count_bytes(text_of_document(found)) / tokens.BYTES_PER_TOKEN
        if found is not None
        else 0.0
    )


def split_at_byte(frames: Sequence[Frame], number: int) -> tuple[list[Frame], list[Frame]]:
    before: list[Frame] = []
    for at, frame in enumerate(frames):
        if len(frame.data) > number and not frame.raw:
            first = [replace(frame, data=frame.data[:number])] if number else []
            return before + first, [
                replace(frame, data=frame.data[number:], delay=0.0),
                *frames[at + 1 :],
            ]
        before.append(frame)
        number -= 0 if frame.raw else len(frame.data)
    return before, []


def resolve_position(place: Any, usual: Position) -> Position:
    found: Position = usual if place is None else place
    return found
