"""Prove that every generated value conforms to a schema, so that a check would find nothing.

The proof covers what most schemas consist of. It fails for a schema with patterns, dependent or
combined schemas, whose values are checked each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators.number_limits import is_number
from mockgem.operations.generators.schema_validation import (
    ANNOTATIONS,
    VALUE_KEYWORDS,
    Schema,
    UnresolvedReference,
    resolve_reference,
    types_of,
)

MEMBER_KEYWORDS = frozenset(("const", "enum"))
UNPROVEN_COMBINATIONS = VALUE_KEYWORDS - MEMBER_KEYWORDS
UNPROVEN_IN_OBJECTS = (
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "patternProperties",
)
UNPROVEN_IN_ARRAYS = ("prefixItems", "additionalItems", "contains", "minContains", "maxContains")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
MAX_BOUND = 1e8
"""Up to here a number can be a millionth greater than an exclusive bound."""


class ConformanceProof:
    """Follows the schemas in a schema, each of them once."""

    def __init__(self, root: Schema) -> None:
        self.root = root
        self.seen: set[int] = set()

    def covers(self, schema: Any) -> bool:
        """Return whether every value that is generated for a schema conforms to it."""
        if isinstance(schema, bool):
            return True
        if not isinstance(schema, dict):
            return False
        if id(schema) in self.seen:  # a schema that contains itself: its other parts decide
            return True
        self.seen.add(id(schema))
        try:
            target = resolve_reference(schema, self.root)
        except UnresolvedReference:
            return False
        if (option := find_optional(target)) is not None:
            return self.covers(option)
        if not UNPROVEN_COMBINATIONS.isdisjoint(target):
            return False
        if not MEMBER_KEYWORDS.isdisjoint(target):
            return not MEMBER_KEYWORDS.issubset(target)  # members are checked when they are chosen
        return self.covers_object(target) and self.covers_array(target) and covers_scalars(target)

    def covers_object(self, schema: Mapping[str, Any]) -> bool:
        if any(keyword in schema for keyword in UNPROVEN_IN_OBJECTS):
            return False
        required, properties = schema.get("required", []), schema.get("properties", {})
        if not isinstance(required, list) or not isinstance(properties, dict):
            return False
        if not all(isinstance(name, str) for name in required):
            return False
        rest = schema.get("additionalProperties", True)
        if rest is False and not properties.keys() >= set(required):
            return False
        return self.covers(rest) and all(map(self.covers, properties.values()))

    def covers_array(self, schema: Mapping[str, Any]) -> bool:
        if any(keyword in schema for keyword in UNPROVEN_IN_ARRAYS):
            return False
        return has_ordered_sizes(schema, "minItems", "maxItems") and self.covers(
            schema.get("items", True)
        )


def find_optional(schema: Mapping[str, Any]) -> Any:
    """Return what a schema allows besides null, if that is all it says; None for other schemas."""
    options = schema.get("anyOf")
    if not isinstance(options, list) or len(options) != 2:
        return None
    if not schema.keys() - ANNOTATIONS <= {"anyOf"}:
        return None
    others = [option for option in options if option != {"type": "null"}]
    return others[0] if len(others) == 1 and isinstance(others[0], dict) else None


def covers_scalars(schema: Mapping[str, Any]) -> bool:
    """Return whether generated strings and numbers conform to a schema."""
    if "pattern" in schema or "multipleOf" in schema:
        return False
    if "format" in schema and ("minLength" in schema or "maxLength" in schema):
        return False
    if len(types_of(schema)) > 1 and set(types_of(schema)) == {"null"}:
        return False
    bounds = [schema[keyword] for keyword in BOUNDS if is_number(schema.get(keyword))]
    return has_ordered_sizes(schema, "minLength", "maxLength") and all(
        abs(bound) <= MAX_BOUND for bound in bounds
    )


def has_ordered_sizes(schema: Mapping[str, Any], least: str, most: str) -> bool:
    """Return whether two keywords, where they occur, are whole numbers in order."""
    low, high = schema.get(least, 0), schema.get(most, schema.get(least, 0))
    return type(low) is int and type(high) is int and 0 <= low <= high
