"""Generate a value that conforms to a JSON Schema, from the user's text and the fields' names."""

from __future__ import annotations

import re
from typing import Any

from mockgem.core.errors import invalid
from mockgem.operations.generators.generation_attempt import GenerationAttempt
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.kept_plans import find_plans
from mockgem.operations.generators.schema_validation import (
    ComparisonBudget,
    NoConformingValue,
    Schema,
    UnresolvedReference,
    ValueTooLong,
)
from mockgem.operations.generators.seeded_random import SeededRandom

MAX_ATTEMPTS = 12


def generate_or_refuse(
    schema: Schema, hints: Hints, random: SeededRandom, *, optional: bool = True
) -> Any:
    """Generate a conforming value.

    Raises:
        ApiError: No value conforms; the message is the real service's for a bad schema.
    """
    try:
        return generate_value(schema, hints, random, optional=optional)
    except NoConformingValue as error:
        raise invalid("Request contains an invalid argument.", "schema", why=str(error)) from None


def generate_value(
    schema: Schema, hints: Hints, random: SeededRandom, *, name: str = "", optional: bool = True
) -> Any:
    """Generate a conforming value.

    Args:
        name: The name of the field that the value is for.
        optional: Generate fields that are not required, too.

    Raises:
        NoConformingValue: No attempt found a value.
    """
    plans = find_plans(schema)
    budget = ComparisonBudget()
    crowded = False
    for number in range(MAX_ATTEMPTS):
        minimal = crowded or number > MAX_ATTEMPTS // 2
        attempt = GenerationAttempt(
            plans, hints, random, budget, optional=optional, minimal=minimal
        )
        try:
            value = plans.find(plans.root, name).generate(attempt, 0)
            if attempt.is_surely_valid() or attempt.is_valid(value, plans.root):
                return value
        except ValueTooLong:
            if minimal or not attempt.has_too_many_values:
                raise
            crowded = True
        except (NoConformingValue, RecursionError):
            continue
        except (
            UnresolvedReference,
            TypeError,
            ValueError,
            AttributeError,
            LookupError,
            re.error,
            OverflowError,
        ) as error:
            raise NoConformingValue(str(error)) from error
    raise NoConformingValue("no value conforms to this schema")
