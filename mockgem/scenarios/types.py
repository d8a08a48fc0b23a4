"""The small words of scenario files: numbers of calls, spans of time, places in an answer, distributions."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from mockgem.core.clock import parse_seconds
from mockgem.core.frozen import frozen
from mockgem.faults.position import format_position, parse_position

Schema = WithJsonSchema


@frozen
class NumberRanges:
    """Which of things counted from 1: spans with both ends in them."""

    ranges: tuple[tuple[int, float], ...]

    def contains(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)

    def overlaps(self, other: NumberRanges) -> bool:
        return any(a <= d and c <= b for a, b in self.ranges for c, d in other.ranges)


def parse_number_ranges(found: Any) -> NumberRanges:
    """1, "1..3", "3..", or a list of those. Raises ValueError."""
    if isinstance(found, NumberRanges):
        return found
    given = found if isinstance(found, list) else [found]
    if not given or len(given) > 1000:
        raise ValueError(
            "a list names between one and a thousand numbers; write 3, 1..3, 3.. or a list of those"
        )
    return NumberRanges(tuple([parse_range(one) for one in given]))


def parse_range(found: Any) -> tuple[int, float]:
    match = re.fullmatch(r"(\d{1,9})(?:(\.\.)(\d{1,9})?)?", str(found).strip())
    if isinstance(found, bool) or match is None:
        raise ValueError(
            f"{found!r} names no numbers; write 3, 1..3, 3.. or a list of those, counted from 1"
        )
    first = int(match[1])
    last = float("inf") if match[2] and not match[3] else int(match[3] or first)
    if first < 1 or last < first:
        raise ValueError(
            f"{found!r} names no numbers; they are counted from 1, the smaller one first"
        )
    return first, last


def parse_time_range(found: Any) -> tuple[float, float]:
    """ "30s..90s", "30s.." or "..90s", in seconds. Raises ValueError."""
    if isinstance(found, tuple):
        return found
    begin, dots, end = str(found).partition("..")
    if not dots or not (begin.strip() or end.strip()):
        raise ValueError(f"{found!r} is no span of time; write 30s..90s, 30s.. or ..90s")
    return parse_duration(begin) if begin.strip() else 0.0, parse_duration(
        end
    ) if end.strip() else float("inf")


def parse_duration(found: Any) -> float:
    """Raises ValueError, also for what is less than nothing or longer than a year."""
    try:
        seconds = parse_seconds(found if isinstance(found, (int, float)) else str(found)[:100])
    except OverflowError:
        seconds = -1.0
    if not 0 <= seconds <= 366 * 86_400:
        raise ValueError(f"{found!r} is no time to wait; it is between 0 and 366 days")
    return seconds


SIZE_UNITS = {
    "": 1,
    "B": 1,
    "KB": 10**3,
    "KIB": 2**10,
    "MB": 10**6,
    "MIB": 2**20,
    "GB": 10**9,
    "GIB": 2**30,
}


def parse_size(found: Any) -> int:
    """120, "64KiB", "3MB". Raises ValueError."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]*)", str(found).strip())
    if isinstance(found, bool) or match is None or match[2].upper() not in SIZE_UNITS:
        raise ValueError(f"{found!r} is no size; write bytes, or a number with KiB, MiB, KB or MB")
    size = int(float(match[1]) * SIZE_UNITS[match[2].upper()])
    if size > MAX_SIZE:
        raise ValueError(f"{found!r} is too large; a size here is at most 64 GiB")
    return size


MAX_SIZE = 64 * 2**30


def format_number_ranges(found: NumberRanges) -> list[str | int]:
    return [
        first if first == last else f"{first}.." + ("" if last == float("inf") else f"{last:.0f}")
        for first, last in found.ranges
    ]


def format_time_range(found: tuple[float, float]) -> str:
    return f"{found[0]:g}s.." + ("" if found[1] == float("inf") else f"{found[1]:g}s")


def parse_globs(found: Any) -> tuple[str, ...]:
    given = found if isinstance(found, (list, tuple)) else [found]
    if (
        not given
        or len(given) > 100
        or not all(isinstance(one, str) and 0 < len(one) <= 500 for one in given)
    ):
        raise ValueError(
            f"{found!r} is no pattern; write a word, one with * in it, or a list of those"
        )
    return tuple(given)


def match_globs(patterns: tuple[str, ...], found: str) -> bool:
    """Whether the whole of a word is one of the patterns; * is anything, ? one letter, [ab] one of those."""
    return any(fnmatchcase(found, one) for one in patterns)


def build_text_schema(description: str, *examples: Any, numbers: bool = False) -> Schema:
    kinds = [{"type": "string"}, *([{"type": "number"}] if numbers else [])]
    return Schema({"anyOf": kinds, "description": description, "examples": list(examples)})


NUMBER_RANGE_SCHEMA = {"type": ["integer", "string"], "pattern": r"^\d+(\.\.(\d+)?)?$"}
NumberRangesField = Annotated[
    Any,
    BeforeValidator(parse_number_ranges),
    PlainSerializer(format_number_ranges),
    Schema(
        {
            "anyOf": [
                NUMBER_RANGE_SCHEMA,
                {"type": "array", "items": NUMBER_RANGE_SCHEMA, "minItems": 1},
            ],
            "description": "counted from 1: 3, 1..3, 3.. or a list of those",
        }
    ),
]
TimeRange = Annotated[
    Any,
    BeforeValidator(parse_time_range),
    PlainSerializer(format_time_range),
    build_text_schema("30s..90s, 30s.. or ..90s", "30s..90s"),
]
Duration = Annotated[
    float,
    BeforeValidator(parse_duration),
    build_text_schema("seconds, or 250ms, 3s, 2m, 1h", "250ms", "3s", numbers=True),
]
Size = Annotated[
    int,
    BeforeValidator(parse_size),
    build_text_schema("bytes, or 64KiB, 3MiB", "64KiB", numbers=True),
]
PositionField = Annotated[
    Any,
    BeforeValidator(parse_position),
    PlainSerializer(format_position),
    build_text_schema(
        "3 (an event), 50%, 120 bytes, 20 tokens, start, head, first or last",
        3,
        "50%",
        "start",
        numbers=True,
    ),
]
GLOB_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 500}
Globs = Annotated[
    Any,
    BeforeValidator(parse_globs),
    Schema({"anyOf": [GLOB_SCHEMA, {"type": "array", "items": GLOB_SCHEMA, "minItems": 1}]}),
]
