"""Every keyword of JSON Schema that mockgem knows, compared with the package jsonschema."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.schema_validation import NoConformingValue, conforms
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.laws import calm

NAMES = st.sampled_from(["a", "b", "c", "ab", "x1"])
LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.just(True),
    st.just({"type": "string"}),
    st.just({"type": "integer"}),
    st.just({"type": "null"}),
    st.builds(lambda number: {"const": number}, st.integers(0, 2)),
    st.builds(lambda step: {"multipleOf": step}, st.sampled_from([2, 3, 0.1, 0.01, 0.25, 0.7])),
    st.builds(lambda least: {"minimum": least}, st.integers(-2, 5)),
    st.builds(lambda some: {"enum": some}, st.lists(st.integers(0, 3), min_size=1, max_size=3)),
    st.just({"type": "string", "pattern": "^[ab]"}),
    st.just({"maxLength": 2}),
)


def with_keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of objects and arrays with any of the keywords that contain schemas."""
    keywords = {
        "properties": st.dictionaries(NAMES, inner, max_size=3),
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "1$", "b"]), inner, max_size=2),
        "additionalProperties": inner | st.just(False),
        "propertyNames": st.sampled_from(
            [{"maxLength": 1}, {"pattern": "^[abx]"}, {"enum": ["a"]}]
        ),
        "required": st.lists(NAMES, max_size=2, unique=True),
        "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True)),
        "dependentSchemas": st.dictionaries(NAMES, inner, max_size=2),
        "minProperties": st.integers(0, 2),
        "maxProperties": st.integers(1, 4),
        "items": inner,
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
        "contains": inner,
        "minContains": st.integers(0, 2),
        "maxContains": st.integers(1, 3),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(1, 4),
        "uniqueItems": st.booleans(),
        "if": inner,
        "then": inner,
        "else": inner,
        "not": inner,
        "allOf": st.lists(inner, min_size=1, max_size=2),
        "anyOf": st.lists(inner, min_size=1, max_size=2),
        "oneOf": st.lists(inner, min_size=1, max_size=2),
    }
    chosen = st.lists(st.sampled_from(sorted(keywords)), min_size=1, max_size=4, unique=True)
    typed = st.sampled_from([{}, {"type": "object"}, {"type": "array"}])
    return st.builds(
        lambda kind, rows: kind | rows,
        typed,
        chosen.flatmap(lambda names: st.fixed_dictionaries({one: keywords[one] for one in names})),
    )


SCHEMAS = st.recursive(LEAVES, with_keywords, max_leaves=6)
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 6), st.sampled_from(["a", "b", "abc", ""]),
        st.sampled_from([0.1, 0.3, 0.75, 8.38, 1.1, 2.0]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


WITH_REFERENCE = st.builds(
    lambda schema, target: schema | {"$ref": "#/$defs/x", "$defs": {"x": target}},
    with_keywords(LEAVES),
    LEAVES | with_keywords(LEAVES),
)


SPLIT = [
    ({"contains": {"pattern": "^[ab]", "type": "string"}}, {"minContains": 0}, ["x"]),
    ({"minContains": 0}, {"contains": {"type": "string"}}, [1]),
    ({"contains": {"type": "string"}}, {"maxContains": 0}, ["x"]),
    ({"if": {"type": "string"}}, {"then": False, "else": False}, 1),
    ({"then": False}, {"if": {"type": "string"}}, "x"),
    ({"properties": {"a": {}}}, {"additionalProperties": False}, {"a": 1}),
    ({"additionalProperties": False}, {"patternProperties": {"^a": {}}}, {"a": 1}),
    ({"prefixItems": [{"type": "string"}]}, {"items": {"type": "integer"}}, ["a", 1]),
    ({"items": {"type": "integer"}}, {"prefixItems": [{"type": "string"}]}, ["a", 1]),
]
"""Keywords beside a reference and in its target that have no effect on each other."""


@pytest.mark.parametrize(("beside", "target", "value"), SPLIT)
def test_keywords_have_no_effect_across_a_reference(beside: Any, target: Any, value: Any) -> None:
    schema = {"type": ["string", "integer", "object", "array"], **beside, "$ref": "#/$defs/x"}
    schema["$defs"] = {"x": target}
    judge = Draft202012Validator(schema)
    assert conforms(value, schema, schema) == judge.is_valid(value)
    for seed in range(5):
        try:
            made = generate_value(schema, extract_hints("a b"), SeededRandom(seed, "x"))
        except NoConformingValue:
            continue
        assert judge.is_valid(made), made


@calm(400)
@given(WITH_REFERENCE, VALUES)
def test_both_validators_agree_on_keywords_beside_a_reference(schema: Any, value: Any) -> None:
    assert conforms(value, schema, schema) == Draft202012Validator(schema).is_valid(value)


@calm(400)
@given(SCHEMAS, VALUES)
def test_both_validators_agree(schema: Any, value: Any) -> None:
    assert conforms(value, schema, schema) == Draft202012Validator(schema).is_valid(value)


@calm(400)
@given(SCHEMAS | WITH_REFERENCE, st.integers(0, 2), st.booleans())
def test_a_generated_value_conforms(schema: Any, seed: int, optional: bool) -> None:
    try:
        value = generate_value(
            schema, extract_hints("a b"), SeededRandom(seed, "x"), optional=optional
        )
    except NoConformingValue:
        assume(False)
        return
    judge = Draft202012Validator(schema)
    assert judge.is_valid(value), list(judge.iter_errors(value))


@pytest.mark.parametrize("step", [0.01, 0.1, 0.05, 0.7, 0.3, 1e-3, 2.5, 3])
@pytest.mark.parametrize("low", [0, 0.005, 8.37, -3.3, 100])
def test_a_multiple_divides_in_floating_point(step: float, low: float) -> None:
    schema = {"type": "number", "multipleOf": step, "minimum": low, "maximum": low + 10}
    for seed in range(5):
        value = generate_value(schema, extract_hints("x"), SeededRandom(seed, "x"))
        assert Draft202012Validator(schema).is_valid(value), value


A, B, C = (
    {name: {"type": kind}}
    for name, kind in zip("abc", ("string", "integer", "integer"), strict=True)
)
OBJECT = {"type": "object", "unevaluatedProperties": False}
UNEVALUATED: dict[str, Any] = {
    "allOf": OBJECT | {"allOf": [{"properties": A, "required": ["a"]}, {"properties": B}]},
    "anyOf": OBJECT
    | {
        "properties": C,
        "anyOf": [{"properties": A, "required": ["a"]}, {"properties": B, "required": ["b"]}],
    },
    "a reference": OBJECT
    | {"$defs": {"base": {"properties": A, "required": ["a"]}}, "$ref": "#/$defs/base"},
    "a reference and more properties": OBJECT
    | {
        "$defs": {"base": {"properties": A, "required": ["a"]}},
        "$ref": "#/$defs/base",
        "properties": B,
    },
    "if and then": OBJECT
    | {
        "properties": {"k": {"enum": ["p", "q"]}},
        "required": ["k"],
        "if": {"properties": {"k": {"const": "p"}}},
        "then": {"properties": B, "required": ["b"]},
        "else": {"properties": C, "required": ["c"]},
    },
    "a schema for the rest": {
        "type": "object",
        "properties": A,
        "minProperties": 3,
        "unevaluatedProperties": {"type": "integer"},
    },
    "no more items": {
        "type": "array",
        "prefixItems": [{"type": "string"}],
        "unevaluatedItems": False,
    },
    "a schema for more items": {
        "type": "array",
        "prefixItems": [{"type": "string"}],
        "minItems": 3,
        "unevaluatedItems": {"type": "integer"},
    },
}


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("name", UNEVALUATED)
def test_what_no_keyword_evaluates_follows_the_keyword_for_the_rest(
    name: str, optional: bool
) -> None:
    schema = UNEVALUATED[name]
    for seed in range(4):
        value = generate_value(
            schema, extract_hints("a b"), SeededRandom(seed, "x"), optional=optional
        )
        assert Draft202012Validator(schema).is_valid(value), value


def test_a_required_field_that_may_not_be_there_is_refused() -> None:
    with pytest.raises(NoConformingValue):
        generate_value(OBJECT | {"required": ["z"]}, extract_hints("a"), SeededRandom(0, "x"))
