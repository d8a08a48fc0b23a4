"""Choose the value of a number or a boolean from the field's name and the user's text."""

from __future__ import annotations

import re

from mockgem.operations.generators.faker_pool import range_for
from mockgem.operations.generators.field_values import find_label, split_field_name
from mockgem.operations.generators.hints import Hints, parse_number
from mockgem.operations.generators.seeded_random import SeededRandom

UNIT_WORDS = {
    "age": r"years?(?: old)?",
    "rating": r"stars?|out of",
    "party": "people|guests|persons",
    "temp": "degrees?|°",
}
"""Words beside a number that mean the field without naming it."""
NUMBER_ORDER = (
    (re.compile(r"denominator|divisor|exponent|subtrahend|^(?:second|right)\b"), 1),
    (re.compile(r"numerator|dividend|minuend|^base$|^(?:first|left)\b"), 0),
)
"""Fields that say which number of the text they take."""


def find_number(name: str, hints: Hints, *, strict: bool = False) -> float | None:
    """Return a number for a field: one beside its name, else the next one in the text.

    Args:
        strict: Return only a number beside the name.
    """
    words = split_field_name(name)
    label = find_label(words, hints)
    if label and (match := re.match(r"[$€£]?(-?\d[\d,]*(?:\.\d+)?)", label)):
        return parse_number(match[1])
    if (money := hints.kinds.get("money")) and re.search(
        r"price|cost|amount|total|fee|sum|budget|pay", words
    ):
        return parse_number(hints.take_next(money))
    for word in words.split():
        stem = (
            UNIT_WORDS.get(word.rstrip("s"))
            or UNIT_WORDS.get(word[:4])
            or re.escape(word.rstrip("s"))
        )
        if len(word) <= 2 or not may_occur(stem, hints):
            continue
        number = r"(?<!\d)(-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?)"
        match = re.search(
            rf"{number}[ -]?(?:{stem})|\b(?:{stem})s?\s+(?:of\s+|to\s+)?{number}",
            hints.text[:2000],
            re.I,
        )
        if match:
            return parse_number(match[1] or match[2])
    if strict or not hints.numbers:
        return None
    return take_number(words, hints)


def take_number(words: str, hints: Hints) -> float:
    """Return the number that belongs to a field by its name, else the next one in the text."""
    place = next((place for pattern, place in NUMBER_ORDER if pattern.search(words)), None)
    if place is None or len(hints.numbers) < 2:
        number = hints.take_next(hints.numbers)
    else:
        number = hints.numbers[place]
    return float(number) if isinstance(number, float) else int(number)


def may_occur(stem: str, hints: Hints) -> bool:
    """Return quickly whether a pattern without special characters may occur in the text.

    It spares compiling a pattern for each field of a wide schema.
    """
    return not stem.isalnum() or stem.lower() in hints.lower_text


SWITCH_FIELDS = re.compile(
    r"(?:^|\s)(?:on|enabled?|active|power|state|status|turned? on|switch(?:ed)? on|lights?)(?:\s|$)"
)
SWITCH_COMMAND = re.compile(
    r"\b(?:turn|switch|set|power|lights?)\b[^.!?\n]{0,60}?\b(on|off)\b|\b(enable|disable|activate"
    r"|deactivate)\b|\b(on|off)\W*$",
    re.I,
)


def find_boolean(name: str, hints: Hints) -> bool | None:
    """Return what the user's text says about a boolean field; None if it says nothing."""
    text = hints.text
    if match := re.search(r"\b(true|false|yes|no)\b", hints.text, re.I):
        return match[1].lower() in ("true", "yes")
    if SWITCH_FIELDS.search(split_field_name(name)) and (
        match := SWITCH_COMMAND.search(hints.text)
    ):
        return (match[1] or match[2] or match[3]).lower() in ("on", "enable", "activate")
    words = [
        word
        for word in split_field_name(name).removeprefix("is ").removeprefix("has ").split()
        if len(word) > 3
    ]
    words = [word for word in words if word in hints.lower_text]  # spares compiling patterns
    if any(
        re.search(
            rf"\b(?:not|no|without|never)\s+\w*\s*{re.escape(word)}|\b(?:in|un|non-?"
            rf"|dis){re.escape(word)}",
            text,
            re.I,
        )
        for word in words
    ):
        return False
    mentioned = any(re.search(rf"\b{re.escape(word)}", hints.text, re.I) for word in words)
    return True if mentioned else None


def generate_number(name: str, low: float, high: float, random: SeededRandom) -> int:
    """Generate a whole number in a range, in the field's usual range if that fits."""
    usual = range_for(split_field_name(name))
    if low <= usual[0] and usual[1] <= high:
        low, high = usual
    return random.draw_between(int(low), int(min(high, low + 10_000)))
