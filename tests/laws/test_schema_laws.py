"""Generated values conform to their schema; another validator is the judge."""

from __future__ import annotations

import copy
import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from mockgem.operations.generators.conformance_proof import ConformanceProof
from mockgem.operations.generators.generation_attempt import GenerationAttempt
from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.schema_plans import make_plan
from mockgem.operations.generators.schema_validation import (
    ComparisonBudget,
    NoConformingValue,
    UnresolvedReference,
    conforms,
)
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.value_plan import SchemaPlans
from tests.laws import calm

TEXT = (
    'John and "Susan B" meet in Oslo on Friday at 10:30, for 3 nights, id 42, '
    "mail a@example.com. Priority: high."
)
NAMES = st.sampled_from(
    ["name", "city", "email", "count", "price", "date", "items", "is_open", "description", "id"]
)
WORDS = st.sampled_from(["high", "low", "celsius", "Oslo", "blue"])


def sized(low: str, high: str, most: int) -> st.SearchStrategy[dict[str, int]]:
    """A lower and an upper limit that leave something between them."""
    return st.tuples(st.integers(0, most), st.integers(0, most)).map(
        lambda pair: {low: min(pair), high: max(pair)}
    )


def maybe(strategy: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(st.just({}), strategy)


STRINGS = st.one_of(
    maybe(sized("minLength", "maxLength", 40)).map(lambda more: {"type": "string", **more}),
    st.sampled_from(
        ["date", "date-time", "email", "uuid", "uri", "ipv4", "ipv6", "time", "hostname"]
    ).map(lambda form: {"type": "string", "format": form}),
    st.sampled_from(
        [r"^[A-Z]{3}-\d{4}$", r"^\d{2,5}$", r"^(red|green)$", r"[a-f0-9]{8}", r"^\w+@\w+\.com$"]
    ).map(lambda pattern: {"type": "string", "pattern": pattern}),
    st.lists(WORDS, min_size=1, max_size=4, unique=True).map(
        lambda words: {"type": "string", "enum": words}
    ),
)
NUMBERS = st.one_of(
    maybe(sized("minimum", "maximum", 500)).map(lambda more: {"type": "integer", **more}),
    maybe(sized("minimum", "maximum", 500)).map(lambda more: {"type": "number", **more}),
    st.integers(0, 50).map(
        lambda low: {"type": "integer", "exclusiveMinimum": low, "exclusiveMaximum": low + 5}
    ),
    st.integers(1, 12).map(lambda step: {"type": "integer", "multipleOf": step}),
    st.sampled_from([0.01, 0.05, 0.1, 0.25]).map(
        lambda step: {"type": "number", "multipleOf": step}
    ),
)
LEAVES = st.one_of(
    STRINGS,
    NUMBERS,
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.sampled_from([1, "x", True, None, [1]]).map(lambda value: {"const": value}),
    st.just({"type": ["string", "null"]}),
)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    @st.composite
    def build(draw: Any) -> dict[str, Any]:
        properties = draw(st.dictionaries(NAMES, inner, max_size=4))
        required = (
            draw(st.lists(st.sampled_from(sorted(properties)), unique=True)) if properties else []
        )
        found: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
        if draw(st.booleans()):
            found["additionalProperties"] = False
        elif properties and draw(st.booleans()):
            found["dependentSchemas"] = {
                draw(st.sampled_from(sorted(properties))): {
                    "properties": {"extra": draw(inner)},
                    "required": ["extra"],
                }
            }
        return found

    return build()


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        objects(inner),
        st.tuples(inner, maybe(sized("minItems", "maxItems", 5))).map(
            lambda pair: {"type": "array", "items": pair[0], **pair[1]}
        ),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda some: {"type": "array", "prefixItems": some, "minItems": len(some)}
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: {"anyOf": some}),
        st.lists(objects(inner), min_size=1, max_size=2).map(lambda some: {"allOf": some}),
        inner.map(lambda one: {"type": "object", "additionalProperties": one, "minProperties": 1}),
    )


SCHEMAS = st.recursive(LEAVES, nested, max_leaves=8)
DATES = {"type": "array", "items": {"type": "string", "format": "date"}}
CALM = calm(300)


@CALM
@example({"type": "object", "properties": {"city": DATES}, "required": ["city"]}, 0, False)
@given(SCHEMAS, st.integers(0, 3), st.booleans())
def test_every_value_made_for_a_schema_conforms_to_it(
    schema: Any, seed: int, optional: bool
) -> None:
    try:
        value = generate_value(
            schema, extract_hints(TEXT), SeededRandom(seed, "law"), optional=optional
        )
    except NoConformingValue:
        assume(False)
        return
    judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert judge.is_valid(value), list(judge.iter_errors(value))


@CALM
@given(SCHEMAS)
def test_the_same_schema_and_words_give_the_same_value(schema: Any) -> None:
    def make() -> Any:
        try:
            return generate_value(schema, extract_hints(TEXT), SeededRandom(1, "law"))
        except NoConformingValue:
            return NoConformingValue

    assert make() == make()


@CALM
@given(SCHEMAS, st.booleans(), st.sampled_from([TEXT, "", "[1, 2] and 3 people: Ann, Bob and Cy"]))
def test_kept_plans_give_the_values_of_plans_that_are_made_anew(
    schema: Any, optional: bool, text: str
) -> None:
    def make(given_schema: Any) -> Any:
        random = SeededRandom(1, "law")
        try:
            value = generate_value(given_schema, extract_hints(text), random, optional=optional)
        except NoConformingValue as error:
            value = str(error)
        return value, random.digest, random.position

    unkept = make(MappingProxyType(schema))  # only plain JSON values are kept
    assert [make(copy.deepcopy(schema)) for _ in range(3)] == [unkept] * 3


@CALM
@given(SCHEMAS, st.integers(0, 5), st.booleans())
def test_values_for_a_proven_schema_conform_without_a_check(
    schema: Any, seed: int, optional: bool
) -> None:
    assume(ConformanceProof(schema).covers(schema))
    plans = SchemaPlans(schema, make_plan)
    budget = ComparisonBudget()
    attempt = GenerationAttempt(
        plans,
        extract_hints(TEXT),
        SeededRandom(seed, "law"),
        budget,
        optional=optional,
        minimal=False,
    )
    try:
        value = plans.find(schema, "").generate(attempt, 0)
    except NoConformingValue:
        assume(False)
        return
    spent = attempt.first_budget - budget.remaining
    before = budget.remaining
    assert conforms(value, schema, schema, budget=budget)
    assert before - budget.remaining <= spent


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 600),
        st.sampled_from(["Oslo", "x", "high", ""]),
        st.floats(0, 9),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)


@CALM
@given(SCHEMAS, VALUES)
def test_conforms_agrees_with_another_validator(schema: Any, value: Any) -> None:
    assert conforms(value, schema, schema) == Draft202012Validator(schema).is_valid(value)


ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 3),
        st.text(max_size=8),
        st.floats(allow_nan=False, width=32),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "properties",
                    "items",
                    "$ref",
                    "anyOf",
                    "enum",
                    "required",
                    "pattern",
                    "minItems",
                    "allOf",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)


@CALM
@given(
    st.dictionaries(
        st.sampled_from(["type", "properties", "items", "$ref", "oneOf", "enum", "not", "if"]),
        ANYTHING,
    )
)
@example({"properties": [True]})
def test_a_broken_schema_is_refused_and_nothing_worse(schema: Any) -> None:
    try:
        value = generate_value(schema, extract_hints(TEXT), SeededRandom(0, "law"))
    except (NoConformingValue, UnresolvedReference):
        return
    json.dumps(value)


RECURSIVE = {
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
            },
            "required": ["name", "children"],
        }
    },
    "$ref": "#/$defs/node",
}
CASES: dict[str, Any] = {
    "recursive": RECURSIVE,
    "nullable recursion": {
        "type": "object",
        "properties": {
            "value": {"type": "integer"},
            "next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]},
        },
        "required": ["value", "next"],
    },
    "oneOf with constants": {
        "oneOf": [
            {
                "type": "object",
                "properties": {"kind": {"const": "a"}, "x": {"type": "integer"}},
                "required": ["kind", "x"],
            },
            {
                "type": "object",
                "properties": {"kind": {"const": "b"}, "y": {"type": "string"}},
                "required": ["kind", "y"],
            },
        ]
    },
    "if then else": {
        "type": "object",
        "properties": {"country": {"enum": ["US", "NL"]}, "code": {"type": "string"}},
        "required": ["country", "code"],
        "if": {"properties": {"country": {"const": "US"}}},
        "then": {"properties": {"code": {"pattern": "^[0-9]{5}$"}}},
        "else": {"properties": {"code": {"pattern": "^[0-9]{4} [A-Z]{2}$"}}},
    },
    "unique items": {
        "type": "array",
        "items": {"type": "integer", "minimum": 1, "maximum": 6},
        "minItems": 4,
        "uniqueItems": True,
    },
    "contains": {
        "type": "array",
        "items": {"type": "integer"},
        "contains": {"const": 7},
        "minItems": 2,
    },
    "pattern properties": {
        "type": "object",
        "patternProperties": {"^x_[a-z]{3}$": {"type": "integer"}},
        "minProperties": 2,
        "additionalProperties": False,
    },
    "dependent required": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": ["a"],
        "dependentRequired": {"a": ["b"]},
    },
    "not": {"type": "string", "not": {"enum": ["Oslo"]}},
    "upper bound left out": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", range(6))
def test_a_value_is_made_for(name: str, seed: int) -> None:
    value = generate_value(CASES[name], extract_hints(TEXT), SeededRandom(seed, name))
    assert Draft202012Validator(CASES[name]).is_valid(value)


HOSTILE: dict[str, Any] = {
    "endless required recursion": {
        "type": "object",
        "properties": {"next": {"$ref": "#"}},
        "required": ["next"],
    },
    "a reference to itself": {"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"},
    "a remote reference": {"$ref": "https://example.com/schema.json"},
    "a reference to nothing": {"$ref": "#/$defs/missing"},
    "a very long string": {"type": "string", "minLength": 10**9},
    "very many items": {"type": "array", "minItems": 10**9},
    "no number in between": {"type": "integer", "minimum": 5, "maximum": 4},
    "an empty enum": {"enum": []},
    "false": {"type": "object", "properties": {"a": False}, "required": ["a"]},
    "a large pattern": {"type": "string", "pattern": "a{1000000}"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_schema_nothing_fits_is_refused(name: str) -> None:
    with pytest.raises(NoConformingValue):
        generate_value(HOSTILE[name], extract_hints(TEXT), SeededRandom(0, name))


def test_a_runaway_pattern_is_not_tried_on_foreign_text() -> None:
    schema = {"type": "string", "pattern": "^(a+)+$"}
    value = generate_value(schema, extract_hints('"' + "a" * 60 + '!"'), SeededRandom(0, "x"))
    assert set(value) == {"a"}


def test_the_judge_knows_its_schemas() -> None:
    for schema in CASES.values():
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            pytest.fail(str(error))
