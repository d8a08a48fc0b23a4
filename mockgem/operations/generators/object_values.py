"""Generate objects: the fields that a schema requires, and those that the user mentioned."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from mockgem.operations.generators import field_numbers, field_values
from mockgem.operations.generators.generation_attempt import MAX_OPTIONAL_DEPTH, GenerationAttempt
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.map_values import MapFiller, schema_for_name
from mockgem.operations.generators.mentions import Mentions, find_mention, list_mentions
from mockgem.operations.generators.pattern_search import matches_pattern
from mockgem.operations.generators.schema_combinations import resolve_combinations
from mockgem.operations.generators.schema_merge import SchemaMerger, merge_schemas
from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    Schema,
    resolve_reference,
    types_of,
)
from mockgem.operations.generators.value_plan import SchemaPlans, ValuePlan

FieldMention = Callable[[Hints], bool]

STEPS_PER_FIELD = 3
"""What it takes to look at a field, in comparisons of values."""


class PlannedField:
    """A field of an object.

    Attributes:
        schema: What the object's properties say about it.
        known_as: The name by which its value is chosen.
        plan: How to generate its value; None before the first one.
        mention: Returns whether the user's text has a value; None before the first use.
    """

    __slots__ = ("is_required", "known_as", "mention", "name", "plan", "schema")

    def __init__(self, name: str, schema: Schema, known_as: str, *, is_required: bool) -> None:
        self.name = name
        self.schema = schema
        self.known_as = known_as
        self.is_required = is_required
        self.plan: ValuePlan | None = None
        self.mention: FieldMention | None = None


class ObjectPlan(ValuePlan):
    """Generates objects with their fields in the order of the schema."""

    def __init__(self, schema: Mapping[str, Any], plans: SchemaPlans) -> None:
        self.schema = schema
        self.plans = plans
        required = list_required(schema)
        self.properties, patterns = (
            schema.get("properties", {}),
            schema.get("patternProperties", {}),
        )
        steps_per_field = STEPS_PER_FIELD + 2 * len(patterns)
        self.field_steps = (len(self.properties) + len(required)) * steps_per_field
        ordering = schema.get("propertyOrdering", ())
        self.fields = [
            self.plan_field(name, is_required=name in required)
            for name in list_field_names(self.properties, required, ordering)
        ]
        self.dependent = schema.get("dependentRequired", {})
        self.filler = MapFiller(schema, plans)

    def plan_field(self, name: str, *, is_required: bool) -> PlannedField:
        known = name in self.properties
        sub = self.properties[name] if known else schema_for_name(name, self.schema)
        known_as = f"{self.schema.get('title', '')!s:.200} name" if name == "name" else name
        return PlannedField(name, sub, known_as, is_required=is_required)

    def create(
        self, attempt: GenerationAttempt, depth: int, selected: set[str] | None = None
    ) -> dict[str, Any]:
        """Generate an object.

        Args:
            selected: The names of the fields besides the required ones; None if the attempt and
                the user's text decide.
        """
        attempt.budget.spend(self.field_steps)
        value: dict[str, Any] = {}
        for field in self.fields:
            if field.is_required or (
                field.name in selected
                if selected is not None
                else should_generate(attempt, field, depth)
            ):
                attempt.take_room(len(field.name))
                plan = field.plan or self.find_plan(field)
                value[field.name] = plan.generate(attempt, depth + 1)
        if self.dependent:
            self.add_dependent_fields(attempt, value, depth)
        return self.filler.fill(attempt, value, depth)

    def find_plan(self, field: PlannedField) -> ValuePlan:
        """Return the plan for a field's schema, with what the patterns say about its name."""
        schema = merge_pattern_schemas(field.schema, field.name, self.schema)
        plan = self.plans.find(schema, field.known_as)
        if self.plans.have_room:
            field.plan = plan
        return plan

    def add_dependent_fields(
        self, attempt: GenerationAttempt, value: dict[str, Any], depth: int
    ) -> None:
        for name, needed in self.dependent.items():
            for other in needed if name in value else ():
                if other not in value:
                    plan = self.plans.find(self.properties.get(other, True), other)
                    value[other] = plan.generate(attempt, depth + 1)


class DependentObjectPlan(ValuePlan):
    """Generates objects whose fields bring other schemas with them."""

    def __init__(self, schema: Mapping[str, Any], plans: SchemaPlans) -> None:
        self.schema = schema
        self.plans = plans

    def create(self, attempt: GenerationAttempt, depth: int) -> dict[str, Any]:
        schema, selected = apply_dependent_schemas(attempt, self.schema, depth)
        return ObjectPlan(schema, self.plans.branch()).create(attempt, depth, selected)


def plan_object(schema: Mapping[str, Any], plans: SchemaPlans) -> ValuePlan:
    kind = DependentObjectPlan if "dependentSchemas" in schema else ObjectPlan
    return kind(schema, plans)


def list_required(schema: Mapping[str, Any]) -> dict[str, None]:
    """Return the names of the required fields, in order."""
    return dict.fromkeys(name for name in schema.get("required", ()) if isinstance(name, str))


def list_field_names(
    properties: Mapping[str, Any], required: Iterable[str], ordering: Any
) -> list[str]:
    """Return the names of all fields: propertyOrdering first, then in the schema's order."""
    first = [name for name in ordering if name in properties] if isinstance(ordering, list) else []
    return list(dict.fromkeys([*first, *properties, *required]))


def apply_dependent_schemas(
    attempt: GenerationAttempt, schema: Mapping[str, Any], depth: int
) -> tuple[dict[str, Any], set[str]]:
    """Merge the dependent schemas of all fields that the object will have.

    Returns:
        The schema without dependentSchemas, and the names of the fields to generate.
    """
    merger = SchemaMerger(schema)
    pending = {name: [sub] for name, sub in merger.schema.pop("dependentSchemas").items()}
    selected: set[str] = set()
    fields = deque(select_fields(attempt, schema, selected, depth))
    while fields:
        for sub in pending.pop(fields.popleft(), ()):
            if sub is False:
                raise NoConformingValue("a required field that must not be there")
            if not isinstance(sub, dict):
                continue
            target = resolve_reference(sub, attempt.root)
            inner = {**resolve_combinations(attempt, target, "", depth + 1)}
            fields += select_fields(attempt, inner, selected, depth)
            for name, other in inner.pop("dependentSchemas", {}).items():
                pending.setdefault(name, []).append(other)
                fields += [name] if name in selected else []
            merger.add(inner)
    return merger.schema, selected


def select_fields(
    attempt: GenerationAttempt, schema: Mapping[str, Any], selected: set[str], depth: int
) -> list[str]:
    """Add the names of the fields that a schema makes an object have, and return the new ones."""
    properties, required = schema.get("properties", {}), list_required(schema)
    dependent_schemas = schema.get("dependentSchemas", {})
    names = [
        name
        for name in list_field_names(properties, required, ())
        if name in required
        or (
            dependent_schemas.get(name) is not False
            and should_generate(attempt, plan_optional(name, properties[name]), depth)
        )
    ]
    dependent_names = schema.get("dependentRequired", {})
    added = [name for name in names if name not in selected]
    selected.update(added)
    for name in added:
        new = [other for other in dependent_names.get(name, ()) if other not in selected]
        selected.update(new)
        added += dict.fromkeys(new)
    return added


def plan_optional(name: str, schema: Schema) -> PlannedField:
    return PlannedField(name, schema, name, is_required=False)


def should_generate(attempt: GenerationAttempt, field: PlannedField, depth: int) -> bool:
    """Return whether to generate a field that is not required."""
    if field.schema is False:
        return False
    if attempt.optional:
        return depth <= MAX_OPTIONAL_DEPTH
    if not isinstance(field.schema, dict):
        return False
    if field.mention is None:
        field.mention = read_mention(field.name, resolve_reference(field.schema, attempt.root))
    return not attempt.minimal and field.mention(attempt.hints)


def read_mention(name: str, sub: Mapping[str, Any]) -> FieldMention:
    """Return the question whether the user's text has a value for a field."""
    if "enum" in sub:
        return partial(has_member, list_mentions(sub["enum"]))
    match types_of(sub)[:1]:
        case ["string"]:
            return partial(has_text, field_values.read_text_field(name, ""))
        case ["integer"] | ["number"]:
            return partial(has_number, name)
    return has_nothing


def has_member(members: Mentions, hints: Hints) -> bool:
    return find_mention(members, hints.text) is not None


def has_text(field: field_values.TextField, hints: Hints) -> bool:
    """Return whether there is a text for a field, and leave it for the field."""
    return field_values.find_field_text(field, hints.copy(), strict=True) is not None


def has_number(name: str, hints: Hints) -> bool:
    """Return whether there is a number for a field, and leave it for the field."""
    return field_numbers.find_number(name, hints, strict=True) is not None


def has_nothing(hints: Hints) -> bool:
    return False


def merge_pattern_schemas(sub: Schema, name: str, schema: Mapping[str, Any]) -> Schema:
    """Return a field's schema merged with those of the patterns that its name matches."""
    for pattern, extra in schema.get("patternProperties", {}).items():
        if (
            matches_pattern(pattern, name)
            and isinstance(sub, dict)
            and isinstance(extra, dict)
            and extra is not sub
        ):
            sub = merge_schemas(sub, extra)
    return sub
