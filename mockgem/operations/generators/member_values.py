"""Choose values that a schema lists, and simple values without a choice."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from mockgem.operations.generators import field_numbers
from mockgem.operations.generators.generation_attempt import GenerationAttempt
from mockgem.operations.generators.mentions import find_mention, list_mentions
from mockgem.operations.generators.schema_validation import (
    ComparisonBudget,
    NoConformingValue,
    Schema,
    conforms,
)
from mockgem.operations.generators.string_formats import has_format
from mockgem.operations.generators.value_plan import ValuePlan

ROOM_OF_OTHERS = 8
"""The number of characters that a member counts as if it is not a text."""
STEPS_PER_MEMBER = 3
"""What it takes to look at a member of an enum, in comparisons of values."""


class MemberPlan(ValuePlan):
    """Chooses a member of an enum that conforms: one from the user's text, or a random one."""

    def __init__(self, schema: Mapping[str, Any], root: Schema) -> None:
        if "const" in schema:
            schema = {**schema, "enum": [schema["const"]]}
        rest = {key: value for key, value in schema.items() if key != "enum"}
        budget = ComparisonBudget()
        start = budget.remaining
        budget.spend(STEPS_PER_MEMBER * len(schema["enum"]))
        self.members = [
            member
            for member in schema["enum"]
            if conforms(member, rest, root, budget=budget)
            and has_format(member, schema.get("format"))
        ]
        self.choice_steps = start - budget.remaining
        self.mentions = list_mentions(self.members)

    def create(self, attempt: GenerationAttempt, depth: int) -> Any:
        attempt.budget.spend(self.choice_steps)
        if not self.members:
            raise NoConformingValue("no member of the enum conforms")
        mentioned = find_mention(self.mentions, attempt.hints.text)
        member = attempt.random.pick(self.members) if mentioned is None else mentioned
        attempt.take_room(len(member) if isinstance(member, str) else ROOM_OF_OTHERS)
        return deepcopy(member) if isinstance(member, (dict, list)) else member


class BooleanPlan(ValuePlan):
    """Generates what the user's text says about a boolean field, or a random value."""

    def __init__(self, name: str) -> None:
        self.name = name

    def create(self, attempt: GenerationAttempt, depth: int) -> bool:
        mentioned = field_numbers.find_boolean(self.name, attempt.hints)
        return attempt.random.draw_below(2) == 1 if mentioned is None else mentioned


class NullPlan(ValuePlan):
    def create(self, attempt: GenerationAttempt, depth: int) -> None:
        return None


class ImpossiblePlan(ValuePlan):
    """Refuses to generate what no value conforms to, when an attempt asks for one."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def create(self, attempt: GenerationAttempt, depth: int) -> Any:
        raise NoConformingValue(self.reason)
