"""The state and the limits of one attempt at a value for a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.schema_validation import (
    ComparisonBudget,
    NoConformingValue,
    Schema,
    ValueTooLong,
    conforms,
)
from mockgem.operations.generators.seeded_random import SeededRandom

if TYPE_CHECKING:
    from mockgem.operations.generators.value_plan import SchemaPlans

MAX_OPTIONAL_DEPTH = 5
"""Below this depth, fields that are not required are left out."""
MAX_DEPTH = 24
MAX_CHARACTERS = 500_000
"""The number of characters that a generated value may contain."""
MAX_VALUES = 2_000


class GenerationAttempt:
    """What all plans share during one attempt at a value.

    A `minimal` attempt leaves out fields that are not required, and uses no hints from the user's
    text.
    """

    def __init__(
        self,
        plans: SchemaPlans,
        hints: Hints,
        random: SeededRandom,
        budget: ComparisonBudget,
        *,
        optional: bool,
        minimal: bool,
    ) -> None:
        self.budget = budget
        self.remaining_characters = MAX_CHARACTERS
        self.plans = plans
        self.root = plans.root
        self.minimal = minimal
        self.hints = Hints() if minimal else hints
        self.random = random
        self.optional = optional and not minimal
        self.value_count = 0
        self.first_budget = budget.remaining
        self.option_scores: dict[int, tuple[Mapping[str, Any], Hints, int]] = {}

    def generate(self, schema: Schema, name: str, depth: int) -> Any:
        """Generate a value for a schema that this attempt has put together.

        Args:
            name: The name of the field, or of the list's items; empty for the root.
            depth: The number of schemas around this one.

        Raises:
            NoConformingValue: This attempt found no value.
        """
        return self.plans.branch().find(schema, name).generate(self, depth)

    def refuse_value(self) -> NoReturn:
        """Refuse the next value: there are too many, or it is too deep in others."""
        if self.has_too_many_values:
            raise ValueTooLong("too many values")
        raise NoConformingValue("too deep")

    @property
    def has_too_many_values(self) -> bool:
        """Whether the attempt failed by the number of values; a minimal attempt has fewer."""
        return self.value_count > MAX_VALUES

    def is_surely_valid(self) -> bool:
        """Return whether the generated value conforms without a check.

        A check takes no more steps than the generation took, so it would not use up the budget.
        """
        spent = self.first_budget - self.budget.remaining
        return self.budget.remaining >= spent and self.plans.always_conform()

    def is_valid(self, value: Any, schema: Schema) -> bool:
        return conforms(value, schema, self.root, budget=self.budget)

    def take_room(self, characters: int) -> None:
        """Count characters of the reply.

        Raises:
            ValueTooLong: The reply has no room for them.
        """
        self.remaining_characters -= characters
        if self.remaining_characters < 0:
            raise ValueTooLong("too long an answer")
