"""Schemas in OpenAPI's form: what contradicts itself, and the same schema as JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.common.openapi_schema import check_schema, convert_schema, to_json_schema

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "converted"),
    [
        ({"nullable": False, "type": "string"}, TEXT),
        ({"nullable": True, "type": "string", "title": "t"},
         {"type": ["string", "null"], "title": "t"}),
        ({"nullable": True, "any_of": [TEXT]}, {"anyOf": [TEXT]}),
        ({"type": "type_unspecified", "description": "d"}, {"description": "d"}),
        ({"type": "array", "items": {"type": "integer", "nullable": True}, "min_items": 1,
          "max_items": 2},
         {"type": "array", "items": {"type": ["integer", "null"]}, "minItems": 1, "maxItems": 2}),
        ({"type": "object", "properties": {"a": {"any_of": [TEXT, {"ref": "#/defs/b"}]}},
          "property_ordering": ["a"], "min_properties": 1, "max_properties": 2,
          "defs": {"b": {"type": "string", "min_length": 1, "max_length": 2}}},
         {"type": "object", "properties": {"a": {"anyOf": [TEXT, {"$ref": "#/$defs/b"}]}},
          "propertyOrdering": ["a"], "minProperties": 1, "maxProperties": 2,
          "$defs": {"b": {"type": "string", "minLength": 1, "maxLength": 2}}}),
        ({"additional_properties": {"type": "STRING", "items": {"type": "ARRAY"}, "title": "Big"}},
         {"additionalProperties": {"type": "string", "items": {"type": "array"}, "title": "Big"}}),
        ({"additional_properties": False}, {"additionalProperties": False}),
        ({"additional_properties": {"type": ["STRING"]}},
         {"additionalProperties": {"type": ["STRING"]}}),
    ],
)  # fmt: skip
def test_a_schema_becomes_json_schema(schema: Any, converted: Any) -> None:
    assert to_json_schema(schema) == converted
    assert convert_schema(schema, "s") == converted


@pytest.mark.parametrize(
    ("schema", "lines"),
    [
        ({"type": "string", "format": "uuid"},
         ["s.format: only 'enum' and 'date-time' are supported for STRING type"]),
        ({"type": "string", "format": "enum"},
         ["s.enum: should be non-empty for STRING type with enum format"]),
        ({"type": "integer", "properties": {}, "required": []},
         ["s.properties: only allowed for OBJECT type",
          "s.required: only allowed for OBJECT type"]),
        ({"type": "boolean", "required": []}, ["s.required: only allowed for OBJECT type"]),
        ({"type": "number", "properties": {}}, ["s.properties: only allowed for OBJECT type"]),
        ({"type": "array"}, ["s.items: missing field."]),
        ({"type": "integer", "enum": ["1", ""]},
         ["s.enum[1]: cannot be empty", "s.enum: only allowed for STRING type"]),
        ({"enum": ["", ""]}, ["s.enum[0]: cannot be empty", "s.enum[1]: cannot be empty"]),
        ({"type": "object", "required": ["a", "b"], "properties": {"a": TEXT}},
         ["s.required[1]: property is not defined"]),
        ({"properties": {"x" * 70: {"type": "array"}}},
         [f"s.properties[{'x' * 64}].items: missing field."]),
        ({"items": {"type": "array"}}, ["s.items.items: missing field."]),
        ({"any_of": [TEXT, {"type": "array"}]}, ["s.any_of[1].items: missing field."]),
    ],
)  # fmt: skip
def test_a_schema_that_contradicts_itself_is_refused(schema: Any, lines: list[str]) -> None:
    with pytest.raises(ApiError) as error:
        convert_schema(schema, "s")
    assert error.value.failure.message == "".join(
        f"* GenerateContentRequest.{line}\n" for line in lines
    )


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "enum", "enum": ["a"]},
        {"type": "integer", "format": "int32"},
        {"type": "object"},
        {"enum": ["a"]},
        {"type": "array", "items": {}},
    ],
)
def test_a_schema_without_contradictions_is_accepted(schema: Any) -> None:
    check_schema(schema, "s")
    check_schema(schema, "s", require_properties=True)


def test_an_object_of_a_response_needs_properties_at_every_depth() -> None:
    inner = {"type": "object", "properties": {}}
    for schema, place in ((inner, "s"), ({"items": inner}, "s.items")):
        check_schema(schema, "s")
        with pytest.raises(ApiError) as error:
            convert_schema(schema, "s", require_properties=True)
        words = f"{place}.properties: should be non-empty for OBJECT type"
        assert error.value.failure.message == f"* GenerateContentRequest.{words}\n"


def test_a_message_has_up_to_20_contradictions() -> None:
    schema = {"properties": {f"p{number}": {"type": "array"} for number in range(30)}}
    with pytest.raises(ApiError) as error:
        check_schema(schema, "s")
    assert error.value.failure.message.count("\n") == 20
