"""Values for JSON Schemas: dependent schemas, exact multiples, and schemas with many members."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.schema_merge import merge_schemas
from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    conforms,
    equality_key,
    is_json_equal,
)
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom

TEXT = {"type": "string"}
PAYMENT = {
    "type": "object",
    "properties": {"name": TEXT, "credit_card": {"type": "integer"}},
    "required": ["name"],
    "dependentSchemas": {
        "credit_card": {
            "properties": {"billing_address": {"type": "string", "minLength": 5}},
            "required": ["billing_address"],
        }
    },
}
SECONDS_LIMIT = 30
"""A bound that a busy machine keeps; quadratic work on these schemas takes minutes."""


def generate(schema: Any, text: str = "hello", seed: int = 0, *, optional: bool = True) -> Any:
    return generate_value(schema, extract_hints(text), SeededRandom(seed, "x"), optional=optional)


def is_accepted(value: Any, schema: Any) -> bool:
    return bool(Draft202012Validator(schema).is_valid(value))


def test_a_field_brings_the_fields_of_its_dependent_schema() -> None:
    value = generate(PAYMENT)
    assert set(value) == {"name", "credit_card", "billing_address"}
    assert is_accepted(value, PAYMENT)


def test_without_the_field_its_dependent_schema_does_not_apply() -> None:
    value = generate(PAYMENT, "no numbers here", optional=False)
    assert set(value) == {"name"}
    assert is_accepted(value, PAYMENT)


def test_a_mentioned_field_brings_its_dependent_schema() -> None:
    value = generate(PAYMENT, "Pay with credit card 4242", optional=False)
    assert value["credit_card"] == 4242
    assert is_accepted(value, PAYMENT)


@pytest.mark.parametrize(
    "dependent",
    [
        {"a": {"required": ["b"]}, "b": {"properties": {"c": TEXT}, "required": ["c"]}},
        {"a": {"dependentSchemas": {"a": {"required": ["d"]}}}},
        {"a": {"properties": {"e": {"const": 1}}, "required": ["e"]}, "e": {"required": ["f"]}},
        {"a": {"$ref": "#/$defs/more"}},
        {"a": {"allOf": [{"required": ["g"]}, {"dependentRequired": {"g": ["h"]}}]}},
        {"z": False, "a": True},
        {"a": {"minProperties": 4}},
    ],
)
def test_dependent_schemas_can_follow_from_each_other(dependent: Any) -> None:
    schema = {
        "type": "object",
        "properties": {"a": TEXT, "z": TEXT},
        "required": ["a"],
        "dependentSchemas": dependent,
        "$defs": {"more": {"properties": {"i": {"type": "integer"}}, "required": ["i"]}},
    }
    for seed in range(5):
        value = generate(schema, seed=seed)
        assert is_accepted(value, schema), value


def test_a_schema_with_only_dependent_schemas_is_an_object() -> None:
    assert generate({"dependentSchemas": {"a": {"required": ["b"]}}}) == {}


def test_a_required_field_that_must_not_be_there_has_no_value() -> None:
    schema = {"type": "object", "required": ["a"], "dependentSchemas": {"a": False}}
    with pytest.raises(NoConformingValue):
        generate(schema)


def test_dependent_schemas_are_checked_in_given_values() -> None:
    assert conforms({"name": "x"}, PAYMENT, PAYMENT)
    assert not conforms({"credit_card": 1, "name": "x"}, PAYMENT, PAYMENT)
    assert not conforms({"credit_card": 1, "billing_address": "no", "name": "x"}, PAYMENT, PAYMENT)


@pytest.mark.parametrize("step", [0.01, 0.1, 0.001, 0.05, 0.3, 2.5, 3, 0.7])
@pytest.mark.parametrize("text", ["hello", "The price is 8.38 euros", "It costs 0.3"])
def test_multiples_are_multiples_for_other_validators_too(step: float, text: str) -> None:
    schema = {
        "type": "object",
        "properties": {"price": {"type": "number", "multipleOf": step, "minimum": 0}},
        "required": ["price"],
    }
    for seed in range(60):
        value = generate(schema, text, seed)
        assert is_accepted(value, schema), value


def test_a_multiple_from_the_text_is_kept_if_it_is_exact() -> None:
    schema = {"type": "number", "multipleOf": 0.5}
    assert generate(schema, "It costs 8.5 euros") == 8.5


def test_the_only_multiple_in_a_range_is_used_even_if_it_is_inexact() -> None:
    schema = {"type": "number", "multipleOf": 0.01, "minimum": 8.38, "maximum": 8.38}
    assert generate(schema) == 8.38


def test_two_dependent_keywords_are_merged() -> None:
    merged = merge_schemas(
        {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": {"required": ["c"]}}},
        {"dependentRequired": {"a": ["d"]}, "dependentSchemas": {"a": {"required": ["e"]}}},
    )
    assert merged["dependentRequired"] == {"a": ["b", "d"]}
    assert merged["dependentSchemas"] == {"a": {"required": ["c", "e"]}}


def test_merging_leaves_the_given_schemas_as_they_are() -> None:
    first = {"properties": {"a": {"minimum": 1}}, "required": ["a"]}
    second = {"properties": {"a": {"minimum": 2}}, "required": ["b"]}
    assert merge_schemas(first, second) == {
        "properties": {"a": {"minimum": 2}},
        "required": ["a", "b"],
    }
    assert first == {"properties": {"a": {"minimum": 1}}, "required": ["a"]}
    assert second == {"properties": {"a": {"minimum": 2}}, "required": ["b"]}


VALUES = [0, 1, 1.0, True, False, None, "", "1", [], [1], [1.0], [True], {}, {"a": 1}, {"a": True}]


def test_equality_keys_are_equal_exactly_where_values_are_equal_as_json() -> None:
    for one in VALUES:
        for other in VALUES:
            assert (equality_key(one) == equality_key(other)) is is_json_equal(one, other)


def many_fields(count: int) -> dict[str, Any]:
    return {f"field_{number}": TEXT for number in range(count)}


LARGE_SCHEMAS: dict[str, Any] = {
    "required": {
        "type": "object",
        "properties": many_fields(40_000),
        "required": [*many_fields(40_000)] * 3,
    },
    "propertyOrdering": {
        "type": "object",
        "properties": many_fields(20_000),
        "propertyOrdering": [*many_fields(20_000)],
    },
    "allOf": {
        "allOf": [{"properties": {name: TEXT}, "required": [name]} for name in many_fields(9_900)]
    },
    "oneOf": {"oneOf": [{"const": name} for name in many_fields(20_000)]},
    "enum": {"allOf": [{"enum": [*many_fields(30_000)]}, {"enum": [*many_fields(30_000)][::-1]}]},
    "uniqueItems": {
        "type": "array",
        "items": {"type": "string", "pattern": "^[a-z]{12}$"},
        "minItems": 1_900,
        "uniqueItems": True,
    },
}


@pytest.mark.parametrize("schema", LARGE_SCHEMAS.values(), ids=LARGE_SCHEMAS)
def test_large_schemas_take_time_in_proportion_to_their_size(schema: Any) -> None:
    start = time.process_time()
    with contextlib.suppress(NoConformingValue):
        generate(schema)
    assert time.process_time() - start < SECONDS_LIMIT
