"""The small words of scenario files: numbers of calls, spans of time, places in an answer, distributions."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from mockgem.core.clock import seconds_in
from mockgem.core.frozen import value

Schema = WithJsonSchema


@value
class Numbers:
    """Which of things counted from 1: spans with both ends in them."""

    spans: tuple[tuple[int, float], ...]

    def holds(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.spans)

    def overlaps(self, other: Numbers) -> bool:
        return any(a <= d and c <= b for a, b in self.spans for c, d in other.spans)


def numbers_in(found: Any) -> Numbers:
    """1, "1..3", "3..", or a list of those. Raises ValueError."""
    if isinstance(found, Numbers):
        return found
    given = found if isinstance(found, list) else [found]
    if not given or len(given) > 1000:
        raise ValueError("a list names between one and a thousand numbers; write 3, 1..3, 3.. or a list of those")
    return Numbers(tuple([span_of(one) for one in given]))


def span_of(found: Any) -> tuple[int, float]:
    match = re.fullmatch(r"(\d{1,9})(?:(\.\.)(\d{1,9})?)?", str(found).strip())
    if isinstance(found, bool) or match is None:
        raise ValueError(f"{found!r} names no numbers; write 3, 1..3, 3.. or a list of those, counted from 1")
    first = int(match[1])
    last = float("inf") if match[2] and not match[3] else int(match[3] or first)
    if first < 1 or last < first:
        raise ValueError(f"{found!r} names no numbers; they are counted from 1, the smaller one first")
    return first, last


def span_of_time(found: Any) -> tuple[float, float]:
    """ "30s..90s", "30s.." or "..90s", in seconds. Raises ValueError."""
    if isinstance(found, tuple):
        return found
    begin, dots, end = str(found).partition("..")
    if not dots or not (begin.strip() or end.strip()):
        raise ValueError(f"{found!r} is no span of time; write 30s..90s, 30s.. or ..90s")
    return seconds_of(begin) if begin.strip() else 0.0, seconds_of(end) if end.strip() else float("inf")


def seconds_of(found: Any) -> float:
    """Raises ValueError, also for what is less than nothing or longer than a year."""
    try:
        seconds = seconds_in(found if isinstance(found, (int, float)) else str(found)[:100])
    except OverflowError:
        seconds = -1.0
    if not 0 <= seconds <= 366 * 86_400:
        raise ValueError(f"{found!r} is no time to wait; it is between 0 and 366 days")
    return seconds


SIZES = {"": 1, "B": 1, "KB": 10**3, "KIB": 2**10, "MB": 10**6, "MIB": 2**20, "GB": 10**9, "GIB": 2**30}


def bytes_of(found: Any) -> int:
    """120, "64KiB", "3MB". Raises ValueError."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]*)", str(found).strip())
    if isinstance(found, bool) or match is None or match[2].upper() not in SIZES:
        raise ValueError(f"{found!r} is no size; write bytes, or a number with KiB, MiB, KB or MB")
    size = int(float(match[1]) * SIZES[match[2].upper()])
    if size > MOST_BYTES:
        raise ValueError(f"{found!r} is too large; a size here is at most 64 GiB")
    return size


MOST_BYTES = 64 * 2**30


@value
class Place:
    """Where in an answer something happens. What stands before it arrives whole.

    `unit` is event (an event of a stream, from 1; a whole answer is one), share (of the events, 0 to 1), byte, token,
    start (before the head), head (right behind it) or last (the last event).
    """

    unit: str
    number: float = 0.0


WORDS = {"start": Place("start"), "head": Place("head"), "first": Place("event", 1), "last": Place("last")}


def place_in(found: Any) -> Place:
    """3, "50%", "120 bytes", "20 tokens", start, head, first, last. Raises ValueError."""
    if isinstance(found, Place):
        return found
    text = str(found).strip().lower()
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)\s*(%|bytes?|tokens?|)", text)
    if text in WORDS:
        return WORDS[text]
    if isinstance(found, bool) or match is None or (match[2] == "" and float(match[1]) < 1):
        raise ValueError(
            f"{found!r} is no place; write 3 (an event), 50%, 120 bytes, 20 tokens, start, head, first or last"
        )
    number, unit = float(match[1]), match[2].rstrip("s")
    if unit == "%" and number > 100:
        raise ValueError(f"{found!r} is behind the end; a share is at most 100%")
    if unit == "%":
        return Place("share", number / 100)
    return Place(unit or "event", number)


def number_told(found: Numbers) -> list[str | int]:
    return [
        first if first == last else f"{first}.." + ("" if last == float("inf") else f"{last:.0f}")
        for first, last in found.spans
    ]


def time_told(found: tuple[float, float]) -> str:
    return f"{found[0]:g}s.." + ("" if found[1] == float("inf") else f"{found[1]:g}s")


def place_told(found: Place) -> str | int:
    """A place as it is written."""
    match found.unit:
        case "share":
            return f"{found.number * 100:g}%"
        case "byte" | "token":
            return f"{found.number:.0f} {found.unit}s"
        case "event":
            return int(found.number)
    return found.unit


def globs_in(found: Any) -> tuple[str, ...]:
    given = found if isinstance(found, (list, tuple)) else [found]
    if not given or len(given) > 100 or not all(isinstance(one, str) and 0 < len(one) <= 500 for one in given):
        raise ValueError(f"{found!r} is no pattern; write a word, one with * in it, or a list of those")
    return tuple(given)


def fits(patterns: tuple[str, ...], found: str) -> bool:
    """Whether the whole of a word is one of the patterns; * is anything, ? one letter, [ab] one of those."""
    return any(fnmatchcase(found, one) for one in patterns)


def text_schema(description: str, *examples: Any, numbers: bool = False) -> Schema:
    kinds = [{"type": "string"}, *([{"type": "number"}] if numbers else [])]
    return Schema({"anyOf": kinds, "description": description, "examples": list(examples)})


CALLS = {"type": ["integer", "string"], "pattern": r"^\d+(\.\.(\d+)?)?$"}
Calls = Annotated[
    Any,
    BeforeValidator(numbers_in),
    PlainSerializer(number_told),
    Schema(
        {
            "anyOf": [CALLS, {"type": "array", "items": CALLS, "minItems": 1}],
            "description": "counted from 1: 3, 1..3, 3.. or a list of those",
        }
    ),
]
Span = Annotated[
    Any, BeforeValidator(span_of_time), PlainSerializer(time_told), text_schema("30s..90s, 30s.. or ..90s", "30s..90s")
]
Duration = Annotated[
    float, BeforeValidator(seconds_of), text_schema("seconds, or 250ms, 3s, 2m, 1h", "250ms", "3s", numbers=True)
]
Size = Annotated[int, BeforeValidator(bytes_of), text_schema("bytes, or 64KiB, 3MiB", "64KiB", numbers=True)]
At = Annotated[
    Any,
    BeforeValidator(place_in),
    PlainSerializer(place_told),
    text_schema("3 (an event), 50%, 120 bytes, 20 tokens, start, head, first or last", 3, "50%", "start", numbers=True),
]
PATTERN = {"type": "string", "minLength": 1, "maxLength": 500}
Globs = Annotated[
    Any,
    BeforeValidator(globs_in),
    Schema({"anyOf": [PATTERN, {"type": "array", "items": PATTERN, "minItems": 1}]}),
]
