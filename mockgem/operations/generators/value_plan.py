"""Plans for the values of a schema: what can be worked out before the user's text is known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from mockgem.operations.generators.conformance_proof import ConformanceProof
from mockgem.operations.generators.generation_attempt import (
    MAX_DEPTH,
    MAX_VALUES,
    GenerationAttempt,
)
from mockgem.operations.generators.schema_validation import Schema


class ValuePlan(ABC):
    """Generates the values of one schema for a field of one name.

    A plan reads the schema once and is used for any number of values, so it holds nothing that
    belongs to one of them.

    Attributes:
        steps: What a value takes besides its parts, in comparisons of values.
    """

    steps = 0

    def generate(self, attempt: GenerationAttempt, depth: int) -> Any:
        """Count and generate a value.

        Args:
            depth: The number of schemas around this one.

        Raises:
            NoConformingValue: This attempt found no value.
        """
        attempt.value_count += 1
        if attempt.value_count > MAX_VALUES or depth > MAX_DEPTH:
            attempt.refuse_value()
        attempt.budget.remaining -= self.steps
        if attempt.budget.remaining < 0:
            attempt.budget.refuse()
        return self.create(attempt, depth)

    @abstractmethod
    def create(self, attempt: GenerationAttempt, depth: int) -> Any:
        """Generate a value that is counted already."""


PlanMaker = Callable[[Schema, str, "SchemaPlans"], ValuePlan]


class SchemaPlans:
    """The plans for a schema and for the schemas in it, each made when it is first needed.

    A schema that contains itself has a finite number of plans, because each is found again.

    Args:
        root: The schema that references are resolved in.
        make: Makes a plan for a schema and a name.
        most: The number of plans that are kept. Names from the user's text have plans of their own.
    """

    __slots__ = ("is_proven", "is_used", "kept", "make", "most", "root")

    def __init__(self, root: Schema, make: PlanMaker, most: int = 4096) -> None:
        self.root = root
        self.make = make
        self.most = most
        self.kept: dict[tuple[int, str], tuple[Schema, ValuePlan]] = {}
        self.is_used = False
        self.is_proven: bool | None = None

    def find(self, schema: Schema, name: str) -> ValuePlan:
        """Return the plan for a schema, which lives as long as its plan, and the name of a field.

        Raises the errors of a schema that makes no sense, such as TypeError or UnresolvedReference.
        """
        key = (id(schema), name)
        known = self.kept.get(key)
        if known is not None:
            return known[1]
        plan = self.make(schema, name, self)
        if self.have_room:
            self.kept[key] = (schema, plan)
        return plan

    @property
    def have_room(self) -> bool:
        """Whether new plans are kept. Beyond that, plans must not keep each other either."""
        return len(self.kept) < self.most

    def always_conform(self) -> bool:
        """Return whether all values are known to conform.

        Many schemas are used once; for these, a check of the value takes less than a proof.
        """
        if self.is_proven is None:
            if self.is_used:
                self.is_proven = ConformanceProof(self.root).covers(self.root)
            self.is_used = True
        return bool(self.is_proven)

    def branch(self) -> SchemaPlans:
        """Return plans for a schema that is put together for one value."""
        return SchemaPlans(self.root, self.make)
