"""The small notations of scenario files: call numbers, times, sizes, positions and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from mockgem.core.clock import parse_seconds
from mockgem.core.frozen import frozen
from mockgem.faults.position import format_position, parse_position

Schema = WithJsonSchema
MAX_SIZE = 64 * 2**30
MAX_DURATION = 366 * 86_400
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


@frozen
class NumberRanges:
    """Numbers counted from 1, as ranges that include both ends."""

    ranges: tuple[tuple[int, float], ...]

    def contains(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)

    def overlaps(self, other: NumberRanges) -> bool:
        return any(a <= d and c <= b for a, b in self.ranges for c, d in other.ranges)


def parse_number_ranges(value: Any) -> NumberRanges:
    """Parse 1, "1..3", "3..", or a list of those. Raises ValueError."""
    if isinstance(value, NumberRanges):
        return value
    values = value if isinstance(value, list) else [value]
    if not 0 < len(values) <= 1000:
        raise ValueError(
            f"{len(values)} numbers are not valid: write 3, 1..3, 3.., or a list of 1 to 1000 "
            "of those"
        )
    return NumberRanges(tuple([parse_range(number) for number in values]))


def parse_range(value: Any) -> tuple[int, float]:
    match = re.fullmatch(r"(\d{1,9})(?:(\.\.)(\d{1,9})?)?", str(value).strip())
    if isinstance(value, bool) or match is None:
        raise ValueError(
            f"{value!r} does not name numbers: write 3, 1..3, 3.., or a list of those, counted "
            "from 1"
        )
    first = int(match[1])
    last = float("inf") if match[2] and not match[3] else int(match[3] or first)
    if first < 1 or last < first:
        raise ValueError(
            f"{value!r} does not name numbers: count from 1 and write the smaller number first"
        )
    return first, last


def parse_time_range(value: Any) -> tuple[float, float]:
    """Parse "30s..90s", "30s.." or "..90s" into seconds. Raises ValueError."""
    if isinstance(value, tuple):
        return value
    begin, dots, end = (part.strip() for part in str(value).partition(".."))
    if not dots or not (begin or end):
        raise ValueError(f"{value!r} is not a time range: write 30s..90s, 30s.. or ..90s")
    return (
        parse_duration(begin) if begin else 0.0,
        parse_duration(end) if end else float("inf"),
    )


def parse_duration(value: Any) -> float:
    """Parse 3, "250ms", "3s" or "48h" into seconds.

    Raises ValueError, also for less than 0 and more than a year.
    """
    try:
        seconds = parse_seconds(value if isinstance(value, (int, float)) else str(value)[:100])
    except OverflowError:
        seconds = -1.0
    if not 0 <= seconds <= MAX_DURATION:
        raise ValueError(f"{value!r} is not a valid time: use 0 to 366 days")
    return seconds


def parse_size(value: Any) -> int:
    """Parse 120, "64KiB" or "3MB" into bytes. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]*)", str(value).strip())
    if isinstance(value, bool) or match is None or match[2].upper() not in SIZE_UNITS:
        raise ValueError(
            f"{value!r} is not a size: write bytes, or a number with KiB, MiB, KB or MB"
        )
    size = int(float(match[1]) * SIZE_UNITS[match[2].upper()])
    if size > MAX_SIZE:
        raise ValueError(f"{value!r} is too large: use at most 64 GiB")
    return size


def format_number_ranges(value: NumberRanges) -> list[str | int]:
    return [format_range(first, last) for first, last in value.ranges]


def format_range(first: int, last: float) -> str | int:
    if first == last:
        return first
    return f"{first}.." + ("" if last == float("inf") else f"{last:.0f}")


def format_time_range(value: tuple[float, float]) -> str:
    begin, end = value
    return f"{begin:g}s.." + ("" if end == float("inf") else f"{end:g}s")


def parse_globs(value: Any) -> tuple[str, ...]:
    """Parse one pattern or a list of patterns. Raises ValueError."""
    patterns = value if isinstance(value, (list, tuple)) else [value]
    if not 0 < len(patterns) <= 100:
        raise ValueError(f"{len(patterns)} patterns are not valid: write 1 to 100 patterns")
    for pattern in patterns:
        if not isinstance(pattern, str) or not 0 < len(pattern) <= 500:
            raise ValueError(
                f"{pattern!r:.100} is not a pattern: write 1 to 500 characters, with * for any text"
            )
    return tuple(patterns)


def match_globs(patterns: tuple[str, ...], text: str) -> bool:
    """Return whether a pattern matches the whole text.

    * is any text, ? one character, and [ab] one of the characters in brackets.
    """
    return any(matches(text) for matches in map(compile_glob, patterns))


@lru_cache(maxsize=16_384)
def compile_glob(pattern: str) -> Callable[[str], Any]:
    """Return a function that returns whether a pattern matches a text."""
    if is_literal(pattern):
        return pattern.__eq__
    inner = pattern.strip("*")
    if is_literal(inner):
        begins, ends = not pattern.startswith("*"), not pattern.endswith("*")
        if not begins and not ends:
            return lambda text: inner in text
        if begins != ends:
            return lambda text: text.startswith(inner) if begins else text.endswith(inner)
    return re.compile(translate(pattern)).match


def is_literal(pattern: str) -> bool:
    """Return whether a pattern matches one text alone."""
    return not any(mark in pattern for mark in "*?[")


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
