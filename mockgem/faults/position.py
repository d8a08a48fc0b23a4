"""Where in an answer a fault happens."""

from __future__ import annotations

import re
from typing import Any

from mockgem.core.frozen import frozen


@frozen
class Position:
    """Where in an answer something happens. What stands before it arrives whole.

    `unit` is event (an event of a stream, from 1; a whole answer is one), share (of the events, 0 to 1), byte, token,
    start (before the head), head (right behind it) or last (the last event).
    """

    unit: str
    number: float = 0.0


NAMED_POSITIONS = {
    "start": Position("start"),
    "head": Position("head"),
    "first": Position("event", 1),
    "last": Position("last"),
}


def parse_position(found: Any) -> Position:
    """3, "50%", "120 bytes", "20 tokens", start, head, first, last. Raises ValueError."""
    if isinstance(found, Position):
        return found
    text = str(found).strip().lower()
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)\s*(%|bytes?|tokens?|)", text)
    if text in NAMED_POSITIONS:
        return NAMED_POSITIONS[text]
    if isinstance(found, bool) or match is None or (match[2] == "" and float(match[1]) < 1):
        raise ValueError(
            f"{found!r} is no place; write 3 (an event), 50%, 120 bytes, 20 tokens, start, head, first or last"
        )
    number, unit = float(match[1]), match[2].rstrip("s")
    if unit == "%" and number > 100:
        raise ValueError(f"{found!r} is behind the end; a share is at most 100%")
    if unit == "%":
        return Position("share", number / 100)
    return Position(unit or "event", number)


def format_position(found: Position) -> str | int:
    """A place as it is written."""
    match found.unit:
        case "share":
            return f"{found.number * 100:g}%"
        case "byte" | "token":
            return f"{found.number:.0f} {found.unit}s"
        case "event":
            return int(found.number)
    return found.unit
