"""Generate objects: the fields that a schema requires, and those that the user mentioned."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from mockgem.operations.generators import field_numbers, field_values
from mockgem.operations.generators.generation_attempt import MAX_OPTIONAL_DEPTH, GenerationAttempt
from mockgem.operations.generators.pattern_search import matches_pattern
from mockgem.operations.generators.scalars import generate_from_pattern
from mockgem.operations.generators.schema_combinations import resolve_combinations
from mockgem.operations.generators.schema_merge import SchemaMerger, merge_schemas
from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    Schema,
    resolve_reference,
    types_of,
)

STEPS_PER_FIELD = 3
"""What it takes to look at a field, in comparisons of values."""
MAX_PATTERN_NAMES = 200
MAX_NUMBERED_NAMES = 2000


def generate_object(
    attempt: GenerationAttempt, schema: Mapping[str, Any], depth: int
) -> dict[str, Any]:
    """Generate an object with its fields in the order of the schema."""
    selected: Iterable[str] | None = None
    if "dependentSchemas" in schema:
        schema, selected = apply_dependent_schemas(attempt, schema, depth)
    required = list_required(schema)
    properties, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    attempt.budget.spend((len(properties) + len(required)) * (STEPS_PER_FIELD + 2 * len(patterns)))
    value: dict[str, Any] = {}
    for name in list_field_names(properties, required, schema.get("propertyOrdering", ())):
        sub = properties[name] if name in properties else schema_for_name(name, schema)
        if name in required or (
            should_generate(attempt, name, sub, depth) if selected is None else name in selected
        ):
            known_as = f"{schema.get('title', '')!s:.200} name" if name == "name" else name
            attempt.check_remaining(name)
            merged = merge_pattern_schemas(sub, name, schema)
            value[name] = attempt.generate(merged, known_as, depth + 1)
    for name, needed in schema.get("dependentRequired", {}).items():
        for other in needed if name in value else ():
            if other not in value:
                value[other] = attempt.generate(properties.get(other, True), other, depth + 1)
    return fill_map(attempt, value, schema, depth)


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
            and should_generate(attempt, name, properties[name], depth)
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


def should_generate(attempt: GenerationAttempt, name: str, sub: Schema, depth: int) -> bool:
    """Return whether to generate a field that is not required."""
    if sub is False:
        return False
    if attempt.optional:
        return depth <= MAX_OPTIONAL_DEPTH
    if not isinstance(sub, dict):
        return False
    target = resolve_reference(sub, attempt.root)
    return not attempt.minimal and is_field_mentioned(attempt, name, target)


def is_field_mentioned(attempt: GenerationAttempt, name: str, sub: Mapping[str, Any]) -> bool:
    """Return whether the user's text has a value for a field, and leave that value for it."""
    if "enum" in sub:
        return field_values.find_mentioned(sub["enum"], attempt.hints.text) is not None
    hints = attempt.hints.copy()
    match types_of(sub)[:1]:
        case ["string"]:
            return field_values.find_text(name, "", hints, strict=True) is not None
        case ["integer"] | ["number"]:
            return field_numbers.find_number(name, hints, strict=True) is not None
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


def fill_map(
    attempt: GenerationAttempt, value: dict[str, Any], schema: Mapping[str, Any], depth: int
) -> dict[str, Any]:
    """Add entries to an object: as many as the schema needs, and two to one that is a map."""
    rest, patterns = rest_of(schema), schema.get("patternProperties", {})
    is_map = (
        not schema.get("properties")
        and (isinstance(rest, dict) or bool(patterns))
        and attempt.optional
    )
    least = max(
        int(schema.get("minProperties", 0)), 2 if is_map and depth <= MAX_OPTIONAL_DEPTH else 0
    )
    least = min(least, int(schema.get("maxProperties", least)))
    names = iter(generate_names(attempt, schema, patterns, least + len(value) + 8))
    while len(value) < least:
        name = next(names, None)
        if name is None:
            raise NoConformingValue("no more names for properties")
        if name not in value:
            attempt.check_remaining(name)
            value[name] = attempt.generate(schema_for_name(name, schema), name, depth + 1)
    return value


def generate_names(
    attempt: GenerationAttempt, schema: Mapping[str, Any], patterns: Mapping[str, Any], count: int
) -> list[str]:
    """Generate names for the entries of a map."""
    if patterns:
        choices = list(patterns)
        return [
            generate_from_pattern(attempt.random.pick(choices), attempt.random)
            for _ in range(min(count, MAX_PATTERN_NAMES))
        ]
    name_schema = schema.get("propertyNames")
    if isinstance(name_schema, dict):
        return [
            str(attempt.generate({"type": "string", **name_schema}, "", MAX_OPTIONAL_DEPTH))
            for _ in range(min(count, MAX_PATTERN_NAMES))
        ]
    labels = [label.replace(" ", "_") for label in attempt.hints.labels]
    numbers = range(1, min(count, MAX_NUMBERED_NAMES) + 1)
    return [*labels, *[f"key_{number}" for number in numbers]]
