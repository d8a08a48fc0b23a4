"""Generate the entries of objects whose schema does not name them, such as maps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators.generation_attempt import MAX_OPTIONAL_DEPTH, GenerationAttempt
from mockgem.operations.generators.pattern_search import matches_pattern
from mockgem.operations.generators.schema_validation import NoConformingValue, Schema
from mockgem.operations.generators.string_values import generate_from_pattern
from mockgem.operations.generators.value_plan import SchemaPlans

USUAL_ENTRIES = 2
"""The number of entries of a map."""
MAX_PATTERN_NAMES = 200
MAX_NUMBERED_NAMES = 2000


class MapFiller:
    """Adds entries to objects: as many as the schema needs, and two to one that is a map."""

    def __init__(self, schema: Mapping[str, Any], plans: SchemaPlans) -> None:
        self.schema = schema
        self.plans = plans
        self.patterns = schema.get("patternProperties", {})
        is_open = isinstance(rest_of(schema), dict) or bool(self.patterns)
        self.is_map = not schema.get("properties") and is_open
        self.least = int(schema.get("minProperties", 0))
        self.most = int(schema["maxProperties"]) if "maxProperties" in schema else None
        self.name_schema = schema.get("propertyNames")
        self.draws_names = bool(self.patterns) or isinstance(self.name_schema, dict)

    def fill(self, attempt: GenerationAttempt, value: dict[str, Any], depth: int) -> dict[str, Any]:
        least = self.least
        if self.is_map and attempt.optional and depth <= MAX_OPTIONAL_DEPTH:
            least = max(least, USUAL_ENTRIES)
        if self.most is not None:
            least = min(least, self.most)
        if len(value) < least or self.draws_names:
            self.add_entries(attempt, value, least, depth)
        return value

    def add_entries(
        self, attempt: GenerationAttempt, value: dict[str, Any], least: int, depth: int
    ) -> None:
        names = iter(self.generate_names(attempt, least + len(value) + 8))
        while len(value) < least:
            name = next(names, None)
            if name is None:
                raise NoConformingValue("no more names for properties")
            if name not in value:
                attempt.take_room(len(name))
                plan = self.plans.find(schema_for_name(name, self.schema), name)
                value[name] = plan.generate(attempt, depth + 1)

    def generate_names(self, attempt: GenerationAttempt, count: int) -> list[str]:
        """Generate names, also if none is needed, so that later draws stay the same."""
        if self.patterns:
            choices = list(self.patterns)
            return [
                generate_from_pattern(attempt.random.pick(choices), attempt.random)
                for _ in range(min(count, MAX_PATTERN_NAMES))
            ]
        if isinstance(self.name_schema, dict):
            schema = {"type": "string", **self.name_schema}
            return [
                str(attempt.generate(schema, "", MAX_OPTIONAL_DEPTH))
                for _ in range(min(count, MAX_PATTERN_NAMES))
            ]
        labels = [label.replace(" ", "_") for label in attempt.hints.labels]
        numbers = range(1, min(count, MAX_NUMBERED_NAMES) + 1)
        return [*labels, *[f"key_{number}" for number in numbers]]


def schema_for_name(name: str, schema: Mapping[str, Any]) -> Schema:
    """Return the schema of a field to which only patterns or the keyword for the rest apply."""
    for pattern, sub in schema.get("patternProperties", {}).items():
        if matches_pattern(pattern, name):
            return sub if isinstance(sub, (bool, dict)) else True
    rest = rest_of(schema)
    return rest if isinstance(rest, (bool, dict)) else True


def rest_of(schema: Mapping[str, Any]) -> Any:
    """Return the schema of the fields that no other keyword names.

    The parts of a schema are merged before, so what is unevaluated is what is additional.
    """
    return schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
