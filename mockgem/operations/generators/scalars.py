"""Strings and numbers that conform to a schema."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.operations.generators import faker_pool, field_values
from mockgem.operations.generators.hints import Clues, iso_date
from mockgem.operations.generators.regex_patterns import longest, without_negations
from mockgem.operations.generators.schema_validation import Unmakeable, limits_of, matches, runaway
from mockgem.operations.generators.seeded_random import Dice
from mockgem.operations.generators.string_formats import FORMATS

LONG = 20_000
"""Characters that one string may have."""


def string_for(schema: Mapping[str, Any], name: str, clues: Clues, dice: Dice) -> str:
    """A string within its length, of its format or pattern, out of the user's words if they hold one."""
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**9))
    if least > LONG or least > most:
        raise Unmakeable("too long a string")
    about = str(schema.get("description", "")).lower()
    said = field_values.text_said(name, about, clues)
    form = FORMATS.get(str(schema.get("format", "")).lower())
    if pattern := schema.get("pattern"):
        made = [form[1](dice)] if form else []
        return patterned(str(pattern), [said, *clues.quoted, *made], (least, most), form[0] if form else "", dice)
    if form:
        shape, make = form
        for candidate in (said, *clues.dates, *map(iso_date, clues.dates), *clues.emails, *clues.urls):
            if candidate and re.fullmatch(shape, candidate):
                return candidate
        return make(dice)
    text = said if said is not None else field_values.made_up(name, about, clues, dice)
    if len(text) < least:
        more = field_values.made_up(name, about, clues, dice) or "a"
        text += (" " + more) * (1 + (least - len(text)) // (len(more) + 1))
    return text[:most]


def has_format(value: Any, name: Any) -> bool:
    """Whether a value that is given has the format a schema asks for; formats that are not known are believed."""
    form = FORMATS.get(str(name).lower())
    return form is None or not isinstance(value, str) or re.fullmatch(form[0], value) is not None


def patterned(pattern: str, candidates: list[str | None], lengths: tuple[int, int], shape: str, dice: Dice) -> str:
    """One of the candidates that the pattern matches, else a string made from it; of a format's shape, if there is one."""
    least, most = lengths

    def fits(text: str) -> bool:
        return least <= len(text) <= most and matches(pattern, text) and (not shape or bool(re.fullmatch(shape, text)))

    for candidate in candidates:
        if candidate and len(candidate) <= 64 and not runaway(pattern, len(candidate)) and fits(candidate):
            return candidate
    for _ in range(40):
        if fits(text := of_pattern(pattern, dice)):
            return text
    raise Unmakeable("no string fits the pattern")


def of_pattern(pattern: str, dice: Dice) -> str:
    """A string that a pattern matches. Named classes of other languages and \\d, \\w are understood as Python does."""
    from rstr import Rstr

    if len(pattern) > 1000 or longest(pattern) > LONG:
        raise Unmakeable("too large a pattern")
    try:
        return str(Rstr(dice.random()).xeger(without_negations(pattern)))
    except (re.error, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise Unmakeable(str(error)) from error


def number_for(schema: Mapping[str, Any], name: str, clues: Clues, dice: Dice, fits: Callable[[float], bool]) -> float:
    """A number within its limits, one the user wrote if it fits."""
    whole = schema["type"] == "integer"
    said = field_values.number_said(name, clues)
    if said is not None and fits(said):
        return int(said) if whole else said
    low, high = reach(schema, name, whole=whole)
    step = schema.get("multipleOf")
    if isinstance(step, (int, float)) and step > 0:
        return multiple(step, low, high, dice, whole=whole)
    if whole or high - low >= 1:
        least, most = math.ceil(low), math.floor(high)
        if least > most:
            raise Unmakeable("no whole number in between")
        number = field_values.number_made_up(name, least, most, dice)
        return number if whole else with_cents(number, most, dice)
    return low + (high - low) * 0.5


def reach(schema: Mapping[str, Any], name: str, *, whole: bool) -> tuple[float, float]:
    """The lowest and the highest number to choose from, both allowed."""
    low, high = limits_of(schema)
    usual = faker_pool.range_for(field_values.spoken(name))
    nudge = 1 if whole else 1e-6
    least = low[0] + (nudge if low[1] else 0) if low else None
    most = high[0] - (nudge if high[1] else 0) if high else None
    if least is None:
        least = min(usual[0], most) if most is not None else usual[0]
    if most is None:
        most = max(usual[1], least + 100)
    if least > most:
        raise Unmakeable("no number in between")
    return least, most


def with_cents(number: int, most: float, dice: Dice) -> float:
    return number + dice.below(100) / 100 if number + 1 <= most else number


def multiple(step: float, low: float, high: float, dice: Dice, *, whole: bool) -> float:
    least, most = math.ceil(low / step - 1e-12), math.floor(high / step + 1e-12)
    if least > most:
        raise Unmakeable("no multiple in between")
    for _ in range(20):
        number = dice.between(least, min(most, least + 1000)) * step
        number = round(number, 9)
        if not whole or number == int(number):
            return int(number) if number == int(number) else number
    raise Unmakeable("no whole multiple in between")
