"""Schemas that a prompt writes out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.operations.generators.schema_inference import find_json_schema, is_well_formed

GOOD: tuple[Any, ...] = (
    {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]},
    {"type": "array", "items": {"$ref": "#/$defs/A"}, "$defs": {"A": {"enum": [1, "x"]}}},
    {"properties": {"a": {"anyOf": [{"type": "string"}]}}, "additionalProperties": False},
)
BAD: tuple[Any, ...] = (
    {"properties": ["a"]},
    {"properties": {"a": 5}},
    {"properties": {"a": {"type": 5}}},
    {"properties": {"a": {"enum": 5}}},
    {"properties": {"a": {"anyOf": [5]}}},
    {"properties": {"a": {"items": {"properties": {"b": ["x"]}}}}},
    {"properties": {}, "required": [["a"]]},
    {"properties": {}, "required": 7},
)


@pytest.mark.parametrize("schema", GOOD)
def test_a_schema_in_a_prompt_is_found(schema: Any) -> None:
    assert is_well_formed(schema)
    text = f"Follow this schema: {json.dumps(schema)} and be brief."
    assert ("properties" not in schema) or find_json_schema(text) == schema


@pytest.mark.parametrize("schema", BAD)
def test_what_is_no_schema_is_none(schema: Any) -> None:
    assert not is_well_formed(schema)
    assert find_json_schema(f"Follow this schema: {json.dumps(schema)}") is None
