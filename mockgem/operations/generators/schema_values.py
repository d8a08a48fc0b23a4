"""Generate a value that conforms to a JSON Schema, from the user's text and the fields' names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.errors import invalid
from mockgem.operations.generators import field_numbers, field_values
from mockgem.operations.generators.array_values import generate_array
from mockgem.operations.generators.generation_attempt import (
    MAX_DEPTH,
    MAX_OPTIONAL_DEPTH,
    MAX_VALUES,
    GenerationAttempt,
)
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.object_values import generate_object
from mockgem.operations.generators.scalars import generate_number, generate_string, has_format
from mockgem.operations.generators.schema_combinations import (
    STEPS_PER_COMBINATION,
    resolve_combinations,
)
from mockgem.operations.generators.schema_validation import (
    VALUE_KEYWORDS,
    ComparisonBudget,
    NoConformingValue,
    Schema,
    UnresolvedReference,
    ValueTooLong,
    resolve_reference,
    types_of,
)
from mockgem.operations.generators.seeded_random import SeededRandom

MAX_ATTEMPTS = 12
STEPS_PER_MEMBER = 3
"""What it takes to look at a member of an enum, in comparisons of values."""
INDIRECT_KEYWORDS = VALUE_KEYWORDS | {"$ref"}
"""Keywords that lead to another schema or name the values."""
TYPE_KEYWORDS = {
    "object": (
        "properties",
        "additionalProperties",
        "unevaluatedProperties",
        "required",
        "patternProperties",
        "minProperties",
        "dependentRequired",
        "dependentSchemas",
    ),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "string": ("pattern", "format", "minLength", "maxLength"),
}
"""Keywords that imply a type in a schema without "type"."""


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
    budget = ComparisonBudget()
    crowded = False
    for number in range(MAX_ATTEMPTS):
        minimal = crowded or number > MAX_ATTEMPTS // 2
        attempt = SchemaValueGenerator(
            schema, hints, random, budget, optional=optional, minimal=minimal
        )
        try:
            value = attempt.generate(schema, name, 0)
            if attempt.is_valid(value, schema):
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


class SchemaValueGenerator(GenerationAttempt):
    """Generates values of every type."""

    def generate(self, schema: Schema, name: str, depth: int) -> Any:
        self.value_count += 1
        if self.value_count > MAX_VALUES:
            raise ValueTooLong("too many values")
        if depth > MAX_DEPTH:
            raise NoConformingValue("too deep")
        if type(schema) is dict and INDIRECT_KEYWORDS.isdisjoint(schema):
            self.budget.spend(len(schema) + STEPS_PER_COMBINATION)
            return self.generate_type(self.choose_type(schema, depth), schema, name, depth)
        if not isinstance(schema, bool):
            self.budget.spend(len(schema))
        if isinstance(schema, bool):
            if not schema:
                raise NoConformingValue("false allows nothing")
            schema = {"type": "string"}
        schema = resolve_combinations(self, resolve_reference(schema, self.root), name, depth)
        if "const" in schema:
            return self.check_remaining(self.choose_member({**schema, "enum": [schema["const"]]}))
        if "enum" in schema:
            return self.check_remaining(self.choose_member(schema))
        return self.generate_type(self.choose_type(schema, depth), schema, name, depth)

    def generate_type(self, kind: str, schema: Mapping[str, Any], name: str, depth: int) -> Any:
        match kind:
            case "object":
                return generate_object(self, schema, depth)
            case "array":
                return generate_array(self, schema, name, depth)
            case "string":
                return self.check_remaining(
                    generate_string(schema, name, self.hints, self.random, self.budget.spend)
                )
            case "integer" | "number":
                typed = {**schema, "type": kind}
                return generate_number(
                    typed, name, self.hints, self.random, lambda value: self.is_valid(value, typed)
                )
            case "boolean":
                mentioned = field_numbers.find_boolean(name, self.hints)
                return self.random.draw_below(2) == 1 if mentioned is None else mentioned
            case "null":
                return None
        raise NoConformingValue(f"unknown type {kind}")

    def choose_type(self, schema: Mapping[str, Any], depth: int) -> str:
        """Return the type to generate: a named one, or the one that the keywords imply."""
        types = types_of(schema)
        if len(types) == 1:
            return types[0]
        if "null" in types and len(types) > 1:
            if depth > MAX_OPTIONAL_DEPTH:
                return "null"
            types = [kind for kind in types if kind != "null"]
        if types:
            return self.choose_named_type(types)
        for kind, keywords in TYPE_KEYWORDS.items():
            if any(keyword in schema for keyword in keywords):
                return kind
        return "string"

    def choose_named_type(self, types: list[str]) -> str:
        """Return a number type if the user wrote numbers and quoted nothing, else the first."""
        if len(types) > 1 and self.hints.numbers and not self.hints.quoted:
            return next((kind for kind in types if kind in ("integer", "number")), types[0])
        return types[0]

    def choose_member(self, schema: Mapping[str, Any]) -> Any:
        """Return a member of the enum that conforms: one from the user's text, or a random one."""
        rest = {key: value for key, value in schema.items() if key != "enum"}
        self.budget.spend(STEPS_PER_MEMBER * len(schema["enum"]))
        members = [
            member
            for member in schema["enum"]
            if self.is_valid(member, rest) and has_format(member, schema.get("format"))
        ]
        if not members:
            raise NoConformingValue("no member of the enum conforms")
        mentioned = field_values.find_mentioned(members, self.hints.text)
        return self.random.pick(members) if mentioned is None else mentioned
