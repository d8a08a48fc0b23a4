"""Schemas in OpenAPI's form: fields, contradictions and the conversion to JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from mockgem.core.errors import invalid
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    anything,
    boolean,
    double,
    enum,
    int64,
    lazy,
    mapping,
    message,
    repeated,
    string,
)

Json = dict[str, Any]
PACKAGE = "google.ai.generativelanguage.v1main."
TYPES = ("type_unspecified", "string", "number", "integer", "boolean", "array", "object", "null")
SCHEMA_FIELDS: dict[str, FieldReader] = {
    "type": enum(PACKAGE + "Type", *TYPES),
    "format": string,
    "title": string,
    "description": string,
    "nullable": boolean,
    "enum": repeated(string),
    "items": lazy(lambda: SCHEMA),
    "max_items": int64,
    "min_items": int64,
    "properties": mapping(lazy(lambda: SCHEMA)),
    "required": repeated(string),
    "min_properties": int64,
    "max_properties": int64,
    "min_length": int64,
    "max_length": int64,
    "pattern": string,
    "example": anything,
    "any_of": repeated(lazy(lambda: SCHEMA)),
    "property_ordering": repeated(string),
    "default": anything,
    "minimum": double,
    "maximum": double,
}
"""OpenAPI's form, without `additionalProperties`, `$ref` and `const` (many projects report it).

Evidence: report-schema-keywords.
"""
SCHEMA: FieldReader = message(PACKAGE + "Schema", SCHEMA_FIELDS)
VERTEX_SCHEMA: FieldReader = message(
    PACKAGE + "Schema",
    {
        **SCHEMA_FIELDS,
        "items": lazy(lambda: VERTEX_SCHEMA),
        "properties": mapping(lazy(lambda: VERTEX_SCHEMA)),
        "any_of": repeated(lazy(lambda: VERTEX_SCHEMA)),
        "additional_properties": anything,
        "ref": string,
        "defs": mapping(lazy(lambda: VERTEX_SCHEMA)),
    },
)
"""Vertex AI also knows maps and references (its reference; the SDK sends them only there).

Evidence: doc-vertex-schema, sdk-google-genai.
"""


def convert_schema(schema: Json, path: str, *, require_properties: bool = False) -> Json:
    """Convert a schema to JSON Schema.

    `require_properties`: Objects need properties, as in response schemas.

    Raises:
        ApiError: The schema contradicts itself. The message has a line for each place (reported).

    Evidence: report-schema-contradictions.
    """
    check_schema(schema, path, require_properties=require_properties)
    return to_json_schema(schema)


def check_schema(schema: Json, path: str, *, require_properties: bool = False) -> None:
    """Raise ApiError for a schema that contradicts itself."""
    flaws = list(islice(find_flaws(schema, path, require_properties=require_properties), MAX_FLAWS))
    if flaws:
        raise invalid("".join(f"* GenerateContentRequest.{line}\n" for line in flaws), "schema")


MAX_FLAWS = 20


def find_flaws(schema: Json, path: str, *, require_properties: bool) -> Iterator[str]:
    """Yield the contradictions in a schema and the schemas inside it, in the reported words.

    Evidence: report-schema-contradictions.
    """
    yield from find_type_flaws(schema, path, require_properties=require_properties)
    yield from find_enum_flaws(schema, path)
    properties = schema.get("properties", {})
    for number, name in enumerate(schema.get("required", ())):
        if name not in properties:
            yield f"{path}.required[{number}]: property is not defined"
    for inner_path, inner in list_inner_schemas(schema, path):
        yield from find_flaws(inner, inner_path, require_properties=require_properties)


def find_type_flaws(schema: Json, path: str, *, require_properties: bool) -> Iterator[str]:
    """Yield what is wrong or missing beside a schema's own type."""
    type_name = schema.get("type", "")
    form = schema.get("format", "")
    if type_name == "string" and form not in ("", "enum", "date-time"):
        yield f"{path}.format: only 'enum' and 'date-time' are supported for STRING type"
    if type_name == "string" and form == "enum" and not schema.get("enum"):
        yield f"{path}.enum: should be non-empty for STRING type with enum format"
    if type_name in ("string", "number", "integer", "boolean"):
        yield from [
            f"{path}.{name}: only allowed for OBJECT type"
            for name in ("properties", "required")
            if name in schema
        ]
    if type_name == "object" and schema.get("properties") == {} and require_properties:
        yield f"{path}.properties: should be non-empty for OBJECT type"
    if type_name == "array" and "items" not in schema:
        yield f"{path}.items: missing field."


def find_enum_flaws(schema: Json, path: str) -> Iterator[str]:
    """Yield what is wrong with the values of a schema's own enum."""
    values = schema.get("enum", ())
    yield from [
        f"{path}.enum[{place}]: cannot be empty" for place, one in enumerate(values) if not one
    ]
    if values and schema.get("type", "") not in ("", "string"):
        yield f"{path}.enum: only allowed for STRING type"


def list_inner_schemas(schema: Json, path: str) -> Iterator[tuple[str, Json]]:
    """Yield the schemas inside a schema with their paths. A path has 64 characters of a name."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}.properties[{name[:64]}]", inner
    if "items" in schema:
        yield f"{path}.items", schema["items"]
    for number, inner in enumerate(schema.get("any_of", ())):
        yield f"{path}.any_of[{number}]", inner


JSON_SCHEMA_NAMES = {
    "max_items": "maxItems",
    "min_items": "minItems",
    "min_properties": "minProperties",
    "max_properties": "maxProperties",
    "min_length": "minLength",
    "max_length": "maxLength",
    "property_ordering": "propertyOrdering",
}


def to_json_schema(schema: Json) -> Json:
    """Convert a schema in OpenAPI's form to JSON Schema."""
    converted: Json = {}
    for name, value in schema.items():
        match name:
            case "items":
                converted["items"] = to_json_schema(value)
            case "any_of":
                converted["anyOf"] = [to_json_schema(inner) for inner in value]
            case "ref":
                converted["$ref"] = value.replace("#/defs/", "#/$defs/")
            case "additional_properties":
                converted["additionalProperties"] = convert_types(value)
            case "properties" | "defs":
                converted["$defs" if name == "defs" else name] = {
                    key: to_json_schema(inner) for key, inner in value.items()
                }
            case "type" if value == "type_unspecified":
                continue
            case "nullable":
                continue
            case _:
                converted[JSON_SCHEMA_NAMES.get(name, name)] = value
    if schema.get("nullable") and "type" in converted:
        converted["type"] = [converted["type"], "null"]
    return converted


def convert_types(schema: Any) -> Any:
    """Return a schema with types in lower case; the parser doesn't check this form."""
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.lower() if key == "type" and isinstance(value, str) else convert_types(value)
        for key, value in schema.items()
    }
