"""Where in an answer a fault happens."""

from __future__ import annotations

import re
from typing import Any

from mockgem.core.frozen import frozen


@frozen
class Position:
    """A position in an answer. What precedes it arrives unchanged.

    `unit` is event (an event of a stream, counted from 1; a whole answer is one event), share (of
    the events, 0 to 1), byte, token, start (before the head), head (right after the head) or last
    (the last event).
    """

    unit: str
    number: float = 0.0


START = Position("start")
FIRST, SECOND, THIRD = Position("event", 1), Position("event", 2), Position("event", 3)
HALF = Position("share", 0.5)
LAST = Position("last")
NAMED_POSITIONS = {"start": START, "head": Position("head"), "first": FIRST, "last": LAST}
POSITION = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*(%|bytes?|tokens?|)")


def parse_position(value: Any) -> Position:
    """Parse 3, "50%", "120 bytes", "20 tokens", start, head, first or last. Raises ValueError."""
    if isinstance(value, Position):
        return value
    text = str(value).strip().lower()
    if text in NAMED_POSITIONS:
        return NAMED_POSITIONS[text]
    match = POSITION.fullmatch(text)
    if isinstance(value, bool) or match is None or (match[2] == "" and float(match[1]) < 1):
        raise ValueError(
            f"{value!r} is not a valid position: use 3 (an event, counted from 1), 50%, 120 bytes, "
            "20 tokens, start, head, first or last"
        )
    number, unit = float(match[1]), match[2].rstrip("s")
    if unit == "%" and number > 100:
        raise ValueError(f"{value!r} is not a valid position: a share is at most 100%")
    if unit == "%":
        return Position("share", number / 100)
    return Position(unit or "event", number)


def format_position(position: Position) -> str | int:
    """Return a position as scenarios write it."""
    match position.unit:
        case "share":
            return f"{position.number * 100:g}%"
        case "byte" | "token":
            return f"{position.number:.0f} {position.unit}s"
        case "event":
            return int(position.number)
    return position.unit
