"""Generate numbers that conform to a schema."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from mockgem.operations.generators import faker_pool, field_numbers, field_values
from mockgem.operations.generators.generation_attempt import GenerationAttempt
from mockgem.operations.generators.number_limits import Limits, is_within, limits_of
from mockgem.operations.generators.schema_validation import VALUE_KEYWORDS, NoConformingValue
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.value_plan import ValuePlan

MAX_STEPS = 1000
MULTIPLE_DRAWS = 20
OTHER_LIMITS = frozenset(("$ref", "nullable", *VALUE_KEYWORDS))
"""Keywords besides the limits by which a schema may refuse or accept a number."""


class NumberPlan(ValuePlan):
    """Generates numbers within their limits: those from the user's text if they fit."""

    def __init__(self, schema: Mapping[str, Any], name: str, *, whole: bool) -> None:
        self.schema = {**schema, "type": "integer" if whole else "number"}
        self.whole = whole
        self.words = field_values.split_field_name(name)
        self.field = field_numbers.read_number_field(self.words)
        self.step = schema.get("multipleOf")
        self.has_only_limits = OTHER_LIMITS.isdisjoint(schema)

    @cached_property
    def limits(self) -> Limits:
        return limits_of(self.schema)

    @cached_property
    def range(self) -> tuple[float, float]:
        return resolve_range(self.limits, self.words, whole=self.whole)

    def create(self, attempt: GenerationAttempt, depth: int) -> float:
        mentioned = field_numbers.find_field_number(self.field, attempt.hints)
        if mentioned is not None and self.accepts(mentioned, attempt):
            return int(mentioned) if self.whole else mentioned
        low, high = self.range
        if isinstance(self.step, (int, float)) and self.step > 0:
            return generate_multiple(self.step, low, high, attempt.random, whole=self.whole)
        if self.whole or high - low >= 1:
            return self.create_within(low, high, attempt.random)
        return low + (high - low) * 0.5

    def accepts(self, number: float, attempt: GenerationAttempt) -> bool:
        """Return whether a number from the user's text conforms, for other validators, too."""
        if not self.has_only_limits:
            fits = attempt.is_valid(number, self.schema)
        else:
            attempt.budget.spend()
            fits = (not self.whole or number == int(number)) and is_within(
                number, self.limits, self.step
            )
        return fits and is_exact_multiple(number, self.step)

    def create_within(self, low: float, high: float, random: SeededRandom) -> float:
        least, most = math.ceil(low), math.floor(high)
        if least > most:
            raise NoConformingValue("no whole number in between")
        number = field_numbers.generate_number(self.words, least, most, random)
        return number if self.whole else add_cents(number, most, random)


def resolve_range(limits: Limits, words: str, *, whole: bool) -> tuple[float, float]:
    """Return the lowest and the highest number that may be generated."""
    low, high = limits
    usual = faker_pool.range_for(words)
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
