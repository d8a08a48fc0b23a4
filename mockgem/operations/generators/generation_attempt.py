"""The state and the limits of one attempt at a value for a schema."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.schema_validation import (
    ComparisonBudget,
    Schema,
    ValueTooLong,
    conforms,
)
from mockgem.operations.generators.seeded_random import SeededRandom

MAX_OPTIONAL_DEPTH = 5
"""Below this depth, fields that are not required are left out."""
MAX_DEPTH = 24
MAX_CHARACTERS = 500_000
"""The number of characters that a generated value may contain."""
MAX_VALUES = 2_000


class GenerationAttempt(ABC):
    """What the generators of objects, arrays and combinations share during one attempt.

    A `minimal` attempt leaves out fields that are not required, and uses no hints from the user's
    text.
    """

    def __init__(
        self,
        root: Schema,
        hints: Hints,
        random: SeededRandom,
        budget: ComparisonBudget,
        *,
        optional: bool,
        minimal: bool,
    ) -> None:
        self.budget = budget
        self.remaining_characters = MAX_CHARACTERS
        self.root = root
        self.minimal = minimal
        self.hints = Hints() if minimal else hints
        self.random = random
        self.optional = optional and not minimal
        self.value_count = 0
        self.option_scores: dict[int, tuple[Mapping[str, Any], Hints, int]] = {}

    @abstractmethod
    def generate(self, schema: Schema, name: str, depth: int) -> Any:
        """Generate a value for a schema.

        Args:
            name: The name of the field, or of the list's items; empty for the root.
            depth: The number of schemas around this one.

        Raises:
            NoConformingValue: This attempt found no value.
        """

    @property
    def has_too_many_values(self) -> bool:
        """Whether the attempt failed by the number of values; a minimal attempt has fewer."""
        return self.value_count > MAX_VALUES

    def is_valid(self, value: Any, schema: Schema) -> bool:
        return conforms(value, schema, self.root, budget=self.budget)

    def check_remaining(self, value: Any) -> Any:
        """Return the value.

        Raises:
            ValueTooLong: The reply has no room for it.
        """
        self.remaining_characters -= len(value) if isinstance(value, str) else 8
        if self.remaining_characters < 0:
            raise ValueTooLong("too long an answer")
        return value
