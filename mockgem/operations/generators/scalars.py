"""Generate strings and numbers that conform to a schema."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.operations.generators import faker_pool, field_numbers, field_values
from mockgem.operations.generators.hints import Hints, to_iso_date
from mockgem.operations.generators.pattern_search import is_runaway_pattern, matches_pattern
from mockgem.operations.generators.regex_patterns import estimate_length, expand_negations
from mockgem.operations.generators.schema_validation import NoConformingValue, limits_of
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.string_formats import FORMATS

MAX_LENGTH = 20_000
"""The number of characters that a generated string may have."""
MAX_DESCRIPTION = 2_000
"""Characters of a description that are read."""
MAX_STEPS = 1000
MULTIPLE_DRAWS = 20
STEPS_PER_CHARACTER = 8
"""What a character that is generated from a pattern takes, in comparisons of values."""


def generate_string(
    schema: Mapping[str, Any],
    name: str,
    hints: Hints,
    random: SeededRandom,
    spend: Callable[[int], None],
) -> str:
    """Generate a string of the right length, format and pattern, from the user's text if possible.

    Args:
        spend: Takes steps from the budget of the schema; each character of a pattern costs some.

    Raises:
        NoConformingValue: The string would be too long, or none was found for the pattern.
    """
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**9))
    if least > MAX_LENGTH or least > most:
        raise NoConformingValue("too long a string")
    about = str(schema.get("description", ""))[:MAX_DESCRIPTION].lower()
    mentioned = field_values.find_text(name, about, hints)
    form = FORMATS.get(str(schema.get("format", "")).lower())
    if pattern := schema.get("pattern"):
        generated = [form[1](random)] if form else []
        return generate_matching(
            str(pattern),
            [mentioned, *hints.quoted, *generated],
            (least, most),
            form[0] if form else "",
            random,
            spend,
        )
    if form:
        return find_formatted(form[0], mentioned, hints) or form[1](random)
    text = mentioned
    if text is None:
        text = field_values.generate_text(name, about, hints, random)
    if len(text) < least:
        more = field_values.generate_text(name, about, hints, random) or "a"
        text = pad_text(text, more, least)
    return text[:most]


def pad_text(text: str, more: str, least: int) -> str:
    """Return a text followed by as many copies of another as `least` characters take."""
    return text + (" " + more) * (1 + (least - len(text)) // (len(more) + 1))


def find_formatted(shape: str, mentioned: str | None, hints: Hints) -> str | None:
    """Return a string from the user's text that has the shape of a format."""
    dates = (*hints.dates, *map(to_iso_date, hints.dates))
    for candidate in (mentioned, *dates, *hints.emails, *hints.urls):
        if candidate and re.fullmatch(shape, candidate):
            return candidate
    return None


def has_format(value: Any, name: Any) -> bool:
    """Return whether a value has a format; every value has an unknown format."""
    form = FORMATS.get(str(name).lower())
    return form is None or not isinstance(value, str) or re.fullmatch(form[0], value) is not None


def generate_matching(
    pattern: str,
    candidates: list[str | None],
    lengths: tuple[int, int],
    shape: str,
    random: SeededRandom,
    spend: Callable[[int], None],
) -> str:
    """Return a candidate that matches a pattern, else a generated string.

    Args:
        lengths: The least and greatest length.
        shape: Another pattern that the whole string has to match, for a format.

    Raises:
        NoConformingValue: No string was found.
    """
    least, most = lengths

    def is_valid(text: str) -> bool:
        return (
            least <= len(text) <= most
            and matches_pattern(pattern, text)
            and (not shape or bool(re.fullmatch(shape, text)))
        )

    for candidate in candidates:
        if (
            candidate
            and len(candidate) <= 64
            and not is_runaway_pattern(pattern, len(candidate))
            and is_valid(candidate)
        ):
            return candidate
    for _ in range(40):
        text = generate_from_pattern(pattern, random)
        spend(STEPS_PER_CHARACTER * (len(text) + 1))
        if is_valid(text):
            return text
    raise NoConformingValue("no string fits the pattern")


def generate_from_pattern(pattern: str, random: SeededRandom) -> str:
    """Generate a string that a pattern matches, with Python's meaning of \\d and \\w.

    Raises:
        NoConformingValue: The pattern is too large, or not a regular expression.
    """
    from rstr import Rstr

    if len(pattern) > 1000 or estimate_length(pattern) > MAX_LENGTH:
        raise NoConformingValue("too large a pattern")
    try:
        return str(Rstr(random.to_random()).xeger(expand_negations(pattern)))
    except (re.error, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise NoConformingValue(str(error)) from error


def generate_number(
    schema: Mapping[str, Any],
    name: str,
    hints: Hints,
    random: SeededRandom,
    is_valid: Callable[[float], bool],
) -> float:
    """Generate a number within its limits: one from the user's text if it fits.

    Raises:
        NoConformingValue: No number is in between.
    """
    whole = schema["type"] == "integer"
    mentioned = field_numbers.find_number(name, hints)
    step = schema.get("multipleOf")
    if mentioned is not None and is_valid(mentioned) and is_exact_multiple(mentioned, step):
        return int(mentioned) if whole else mentioned
    low, high = resolve_range(schema, name, whole=whole)
    if isinstance(step, (int, float)) and step > 0:
        return generate_multiple(step, low, high, random, whole=whole)
    if whole or high - low >= 1:
        least, most = math.ceil(low), math.floor(high)
        if least > most:
            raise NoConformingValue("no whole number in between")
        number = field_numbers.generate_number(name, least, most, random)
        return number if whole else add_cents(number, most, random)
    return low + (high - low) * 0.5


def resolve_range(schema: Mapping[str, Any], name: str, *, whole: bool) -> tuple[float, float]:
    """Return the lowest and the highest number that may be generated."""
    low, high = limits_of(schema)
    usual = faker_pool.range_for(field_values.split_field_name(name))
    nudge = 1 if whole else 1e-6
    least = low[0] + (nudge if low[1] else 0) if low else None
    most = high[0] - (nudge if high[1] else 0) if high else None
    if least is None:
        least = min(usual[0], most) if most is not None else usual[0]
    if most is None:
        most = max(usual[1], least + 100)
    if least > most:
        raise NoConformingValue("no number in between")
    return least, most


def add_cents(number: int, most: float, random: SeededRandom) -> float:
    return number + random.draw_below(100) / 100 if number + 1 <= most else number


def generate_multiple(
    step: float, low: float, high: float, random: SeededRandom, *, whole: bool
) -> float:
    """Generate a multiple of a step that other validators accept as one.

    8.38 / 0.01 is not a whole number in floating point, so they refuse 8.38 as a multiple of 0.01.
    """
    least, most = math.ceil(low / step - 1e-12), math.floor(high / step + 1e-12)
    if least > most:
        raise NoConformingValue("no multiple in between")
    most = min(most, least + MAX_STEPS)
    inexact: list[float] = []
    for _ in range(MULTIPLE_DRAWS):
        number = multiply(random.draw_between(least, most), step)
        if whole and number != int(number):
            continue
        if is_exact_multiple(number, step):
            return number
        inexact.append(number)
    for factor in range(least, most + 1) if inexact else ():
        number = multiply(factor, step)
        if is_exact_multiple(number, step) and (not whole or number == int(number)):
            return number
    if not inexact:
        raise NoConformingValue("no whole multiple in between")
    return inexact[0]


def multiply(factor: int, step: float) -> float:
    """Return a multiple of a step, as an integer if it is whole."""
    number = round(factor * step, 9)
    return int(number) if number == int(number) else number


def is_exact_multiple(number: float, step: Any) -> bool:
    """Return whether a number divided by a step is a whole number in floating point."""
    if not isinstance(step, (int, float)) or not step:
        return True
    if isinstance(step, int):
        return number % step == 0
    quotient = number / step
    return math.isfinite(quotient) and quotient == int(quotient)
