"""Choose the value of a number or a boolean from the field's name and the user's text."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.core.frozen import frozen
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
UNIT_CLUES = {
    UNIT_WORDS["age"]: ("year",),
    UNIT_WORDS["rating"]: ("star", "out of"),
    UNIT_WORDS["party"]: ("people", "guests", "persons"),
    UNIT_WORDS["temp"]: ("degree", "°"),
}
"""What a text contains if it has the words."""
NUMBER_ORDER = (
    (re.compile(r"denominator|divisor|exponent|subtrahend|^(?:second|right)\b"), 1),
    (re.compile(r"numerator|dividend|minuend|^base$|^(?:first|left)\b"), 0),
)
"""Fields that say which number of the text they take."""


MONEY_FIELDS = re.compile(r"price|cost|amount|total|fee|sum|budget|pay")
LABELLED_NUMBER = re.compile(r"[$€£]?(-?\d[\d,]*(?:\.\d+)?)")
KNOWN_FIELDS = 1024
"""Names of fields whose meaning is kept."""


@frozen
class NumberField:
    """What the words of a field's name say about its number, whatever the text is.

    Attributes:
        stems: Patterns of the words that may stand beside its number.
        place: Which number of the text it takes; None for the next one.
    """

    words: str
    stems: tuple[str, ...]
    is_money: bool
    place: int | None


@lru_cache(maxsize=KNOWN_FIELDS)
def read_number_field(words: str) -> NumberField:
    return NumberField(
        words,
        tuple([stem_of(word) for word in words.split() if len(word) > 2]),
        MONEY_FIELDS.search(words) is not None,
        next((place for pattern, place in NUMBER_ORDER if pattern.search(words)), None),
    )


def stem_of(word: str) -> str:
    """Return a pattern of what stands beside a number in place of a word of the field's name."""
    singular = word.rstrip("s")
    return UNIT_WORDS.get(singular) or UNIT_WORDS.get(word[:4]) or re.escape(singular)


def find_number(name: str, hints: Hints, *, strict: bool = False) -> float | None:
    """Return a number for a field: one beside its name, else the next one in the text.

    Args:
        strict: Return only a number that clearly belongs to the field, and leave it in the hints.
    """
    return find_field_number(read_number_field(split_field_name(name)), hints, strict=strict)


def find_field_number(field: NumberField, hints: Hints, *, strict: bool = False) -> float | None:
    """Return a number for a field from the user's text; None if the text has none."""
    label = find_label(field.words, hints)
    if label and (match := LABELLED_NUMBER.match(label)):
        return parse_number(match[1])
    if field.is_money and (money := hints.kinds.get("money")):
        return parse_number(money[0] if strict else hints.take_next(money))
    if (number := find_number_beside(field.stems, hints)) is not None:
        return number
    return None if strict or not hints.numbers else take_number(field, hints)


def find_number_beside(stems: tuple[str, ...], hints: Hints) -> float | None:
    for stem in stems:
        if not may_occur(stem, hints):
            continue
        match = compile_number_beside(stem).search(hints.text[:MAX_TEXT])
        if match:
            return parse_number(match[1] or match[2])
    return None


MAX_TEXT = 2_000
"""Characters in which a number is looked for beside a word."""


@lru_cache(maxsize=KNOWN_FIELDS)
def compile_number_beside(stem: str) -> re.Pattern[str]:
    number = r"(?<!\d)(-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?)"
    return re.compile(rf"{number}[ -]?(?:{stem})|\b(?:{stem})s?\s+(?:of\s+|to\s+)?{number}", re.I)


def take_number(field: NumberField, hints: Hints) -> float:
    """Return the number that belongs to a field by its name, else the next one in the text."""
    if field.place is None or len(hints.numbers) < 2:
        number = hints.take_next(hints.numbers)
    else:
        number = hints.numbers[field.place]
    return float(number) if isinstance(number, float) else int(number)


def may_occur(stem: str, hints: Hints) -> bool:
    """Return quickly whether a pattern of words may occur in the text.

    It spares compiling a pattern for each field of a wide schema.
    """
    if stem.isalnum():
        return stem.lower() in hints.lower_text
    clues = UNIT_CLUES.get(stem, ())
    return not clues or not hints.text.isascii() or any(one in hints.lower_text for one in clues)


SWITCH_FIELDS = re.compile(
    r"(?:^|\s)(?:on|enabled?|active|power|state|status|turned? on|switch(?:ed)? on|lights?)(?:\s|$)"
)
SWITCH_COMMAND = re.compile(
    r"\b(?:turn|switch|set|power|lights?)\b[^.!?\n]{0,60}?\b(on|off)\b|\b(enable|disable|activate"
    r"|deactivate)\b|\b(on|off)\W*$",
    re.I,
)


ANSWER_WORD = re.compile(r"\b(true|false|yes|no)\b", re.I)


@frozen
class SwitchField:
    """What the name of a boolean field says about it, whatever the text is.

    Attributes:
        words: The words of the name that a text may deny or affirm.
        is_switch: Whether it is named after something that is on or off.
    """

    words: tuple[str, ...]
    is_switch: bool


@lru_cache(maxsize=KNOWN_FIELDS)
def read_switch_field(words: str) -> SwitchField:
    spoken = words.removeprefix("is ").removeprefix("has ").split()
    return SwitchField(
        tuple([word for word in spoken if len(word) > 3]), SWITCH_FIELDS.search(words) is not None
    )


def find_boolean(name: str, hints: Hints) -> bool | None:
    """Return what the user's text says about a boolean field; None if it says nothing."""
    if match := ANSWER_WORD.search(hints.text):
        return match[1].lower() in ("true", "yes")
    field = read_switch_field(split_field_name(name))
    if field.is_switch and (match := SWITCH_COMMAND.search(hints.text)):
        return (match[1] or match[2] or match[3]).lower() in ("on", "enable", "activate")
    words = [word for word in field.words if word in hints.lower_text]  # spares compiling patterns
    if any(is_denied(word, hints.text) for word in words):
        return False
    mentioned = any(re.search(rf"\b{re.escape(word)}", hints.text, re.I) for word in words)
    return True if mentioned else None


def is_denied(word: str, text: str) -> bool:
    """Return whether a text says the opposite of a word: "not active", "inactive"."""
    plain = re.escape(word)
    pattern = rf"\b(?:not|no|without|never)\s+\w*\s*{plain}|\b(?:in|un|non-?|dis){plain}"
    return re.search(pattern, text, re.I) is not None


def generate_number(words: str, low: float, high: float, random: SeededRandom) -> int:
    """Generate a whole number in a range, in the field's usual range if that fits."""
    usual = range_for(words)
    if low <= usual[0] and usual[1] <= high:
        low, high = usual
    return random.draw_between(int(low), int(min(high, low + 10_000)))
