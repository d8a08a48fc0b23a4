"""Plans for schemas: they are kept, their number is bounded, and values don't share anything."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mockgem.operations.generators import kept_plans
from mockgem.operations.generators.conformance_proof import ConformanceProof
from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.kept_plans import find_plans
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tokens import count_tokens
from mockgem.operations.usage import count_parameter_tokens

TREE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "left": {"$ref": "#"},
        "right": {"$ref": "#"},
        "children": {"type": "array", "items": {"$ref": "#"}},
    },
    "required": ["name", "children"],
}
MAP = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 3}


def generate(schema: Any, text: str = "hello", seed: int = 0) -> Any:
    return generate_value(schema, extract_hints(text), SeededRandom(seed, "x"))


def test_equal_schemas_share_their_plans() -> None:
    schema = {"type": "object", "title": "shared", "properties": {"a": {"type": "string"}}}
    assert find_plans(schema) is find_plans(copy.deepcopy(schema))
    assert find_plans(schema) is not find_plans({**schema, "title": "other"})


def test_numbers_of_another_type_make_another_schema() -> None:
    assert generate({"const": 1}) == 1
    assert generate({"const": True}) is True
    assert isinstance(generate({"const": 1.0}), float)


def test_a_schema_that_contains_itself_has_few_plans() -> None:
    for seed in range(20):
        generate(TREE, "Draw a large tree", seed)
    assert len(find_plans(TREE).kept) < 12


def test_names_from_texts_do_not_pile_up() -> None:
    for number in range(300):
        assert len(generate(MAP, f"field {number}: yes, row {number}: no")) == 3
    plans = find_plans(MAP)
    assert len(plans.kept) <= plans.most < 50


def test_fields_do_not_keep_plans_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_plans, "FEW_PLANS", 0)
    monkeypatch.setattr(kept_plans, "BYTES_PER_PLAN", 1_000_000)
    schema = {**copy.deepcopy(TREE), "title": "limited"}
    expected = generate(TREE)
    assert generate(schema) == expected
    assert not find_plans(schema).kept
    assert generate(schema) == expected


def test_large_schemas_are_not_kept() -> None:
    names = [f"a_long_name_of_a_field_{number}" for number in range(6_000)]
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    assert find_plans(schema) is not find_plans(schema)


def test_the_memory_for_plans_is_bounded() -> None:
    for number in range(3_000):
        find_plans({"type": "string", "title": f"{number} {'x' * 500}"})
    assert len(kept_plans.KEPT) <= 1024


def test_a_caller_may_change_a_value() -> None:
    schema = {"type": "object", "properties": {"a": {"const": {"b": [1]}}}, "required": ["a"]}
    value = generate(schema)
    value["a"]["b"].append(2)
    assert generate(schema) == {"a": {"b": [1]}}


def test_a_schema_that_fails_fails_again() -> None:
    schema = {"type": "object", "properties": {"a": False}, "required": ["a"]}
    for _ in range(3):
        with pytest.raises(Exception, match="no value conforms"):
            generate(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "minLength": 3, "maxLength": 5},
        {"type": ["string", "null"]},
        {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 3},
        {"type": "object", "additionalProperties": {"enum": [1, "a"]}},
        {"type": "object", "properties": {"a": True}, "additionalProperties": False},
        {"anyOf": [{"$ref": "#/$defs/a"}, {"type": "null"}], "$defs": {"a": {"const": 1}}},
        TREE,
    ],
)
def test_most_schemas_need_no_check(schema: Any) -> None:
    assert ConformanceProof(schema).covers(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^a"},
        {"type": "string", "format": "date", "maxLength": 3},
        {"type": "string", "minLength": 5, "maxLength": 3},
        {"type": ["null", "null"]},
        {"type": "number", "multipleOf": 0.1},
        {"type": "number", "exclusiveMinimum": 1e17},
        {"type": "integer", "not": {"const": 3}},
        {"type": "array", "minItems": 2.0},
        {"type": "array", "contains": {"const": 1}},
        {"type": "array", "items": [{"type": "string"}]},
        {"type": "object", "required": ["a"], "additionalProperties": False},
        {"type": "object", "required": [1]},
        {"type": "object", "minProperties": 2},
        {"const": 1, "enum": [2]},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        {"anyOf": [{"type": "string"}, {"type": "null"}], "maxLength": 1},
        {"$ref": "#/missing"},
        {"properties": {"a": {"properties": {"b": 5}}}},
    ],
)
def test_the_values_of_other_schemas_are_checked(schema: Any) -> None:
    assert not ConformanceProof(schema).covers(schema)


def test_the_parameters_of_a_tool_are_counted_as_their_json() -> None:
    parameters = {"type": "object", "properties": {"ort": {"description": "Zürich"}}}
    text = '{"type": "object", "properties": {"ort": {"description": "Z\\u00fcrich"}}}'
    for _ in range(2):
        assert count_parameter_tokens(copy.deepcopy(parameters)) == count_tokens(text)


def test_an_option_with_a_bad_reference_counts_only_when_it_is_chosen() -> None:
    deep: Any = {"anyOf": [{"type": "string"}, {"$ref": "#/missing"}]}
    for _ in range(6):
        deep = {"type": "object", "properties": {"a": deep}, "required": ["a"]}
    for _ in range(3):
        assert isinstance(generate(deep)["a"]["a"]["a"]["a"]["a"]["a"], str)


def test_options_that_are_merged_are_planned_once() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"anyOf": [{"$ref": "#/$defs/b"}, {"type": "null"}], "title": "A"}},
        "required": ["a"],
        "$defs": {"b": {"type": "object", "properties": {"c": {"const": 5}}, "required": ["c"]}},
    }
    for _ in range(5):
        assert generate(schema) == {"a": {"c": 5}}
    assert len(find_plans(schema).kept) == 3
