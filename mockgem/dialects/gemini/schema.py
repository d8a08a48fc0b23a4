"""Schemas in OpenAPI's form: their fields, what contradicts itself in them, and the same as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from mockgem.core.errors import invalid
from mockgem.dialects.common.proto_fields import (
    Read,
    anything,
    boolean,
    double,
    enum,
    int64,
    later,
    mapping,
    message,
    repeated,
    string,
)
from mockgem.dialects.gemini.responses import PACKAGE, Json

TYPES = ("type_unspecified", "string", "number", "integer", "boolean", "array", "object", "null")
SCHEMA_FIELDS: dict[str, Read] = {
    "type": enum(PACKAGE + "Type", *TYPES),
    "format": string,
    "title": string,
    "description": string,
    "nullable": boolean,
    "enum": repeated(string),
    "items": later(lambda: SCHEMA),
    "max_items": int64,
    "min_items": int64,
    "properties": mapping(later(lambda: SCHEMA)),
    "required": repeated(string),
    "min_properties": int64,
    "max_properties": int64,
    "min_length": int64,
    "max_length": int64,
    "pattern": string,
    "example": anything,
    "any_of": repeated(later(lambda: SCHEMA)),
    "property_ordering": repeated(string),
    "default": anything,
    "minimum": double,
    "maximum": double,
}
"""OpenAPI's form. It knows neither `additionalProperties` nor `$ref` nor `const`, which many projects report."""
SCHEMA: Read = message(PACKAGE + "Schema", SCHEMA_FIELDS)
VERTEX_SCHEMA: Read = message(
    PACKAGE + "Schema",
    {
        **SCHEMA_FIELDS,
        "items": later(lambda: VERTEX_SCHEMA),
        "properties": mapping(later(lambda: VERTEX_SCHEMA)),
        "any_of": repeated(later(lambda: VERTEX_SCHEMA)),
        "additional_properties": anything,
        "ref": string,
        "defs": mapping(later(lambda: VERTEX_SCHEMA)),
    },
)
"""Vertex AI's knows maps and references (its reference, and what the SDK sends there alone)."""


def checked(schema: Json, path: str, *, filled: bool = False) -> Json:
    """A schema as JSON Schema. Raises ApiError where it contradicts itself, a line for each place (reported).
    `filled`: an object has to say what is in it, as those of answers do."""
    wrong = list(islice(flaws(schema, path, filled=filled), MOST_FLAWS))
    if wrong:
        raise invalid("".join(f"* GenerateContentRequest.{line}\n" for line in wrong), "schema")
    return json_schema(schema)


MOST_FLAWS = 20


def flaws(schema: Json, path: str, *, filled: bool) -> Iterator[str]:
    """What contradicts itself, in the words that are reported for each."""
    kind_of = schema.get("type", "")
    form = schema.get("format", "")
    if kind_of == "string" and form not in ("", "enum", "date-time"):
        yield f"{path}.format: only 'enum' and 'date-time' are supported for STRING type"
    if kind_of == "string" and form == "enum" and not schema.get("enum"):
        yield f"{path}.enum: should be non-empty for STRING type with enum format"
    if kind_of in ("string", "number", "integer", "boolean"):
        yield from [f"{path}.{name}: only allowed for OBJECT type" for name in ("properties", "required") if name in schema]
    if kind_of == "object" and schema.get("properties") == {} and filled:
        yield f"{path}.properties: should be non-empty for OBJECT type"
    if kind_of == "array" and "items" not in schema:
        yield f"{path}.items: missing field."
    if schema.get("enum") and kind_of not in ("", "string"):
        yield f"{path}.enum: only allowed for STRING type"
    properties = schema.get("properties", {})
    for number, name in enumerate(schema.get("required", ())):
        if name not in properties:
            yield f"{path}.required[{number}]: property is not defined"
    for name, inner in properties.items():
        yield from flaws(inner, f"{path}.properties[{name[:64]}]", filled=filled)
    if "items" in schema:
        yield from flaws(schema["items"], f"{path}.items", filled=filled)
    for number, inner in enumerate(schema.get("any_of", ())):
        yield from flaws(inner, f"{path}.any_of[{number}]", filled=filled)


RENAMED = {
    "max_items": "maxItems",
    "min_items": "minItems",
    "min_properties": "minProperties",
    "max_properties": "maxProperties",
    "min_length": "minLength",
    "max_length": "maxLength",
    "property_ordering": "propertyOrdering",
}


def json_schema(schema: Json) -> Json:
    """A schema in OpenAPI's form, as JSON Schema."""
    found: Json = {}
    for name, value in schema.items():
        match name:
            case "items":
                found["items"] = json_schema(value)
            case "any_of":
                found["anyOf"] = [json_schema(one) for one in value]
            case "ref":
                found["$ref"] = value.replace("#/defs/", "#/$defs/")
            case "additional_properties":
                found["additionalProperties"] = lowered(value)
            case "properties" | "defs":
                found["$defs" if name == "defs" else name] = {key: json_schema(one) for key, one in value.items()}
            case "type" if value == "type_unspecified":
                continue
            case "nullable":
                continue
            case _:
                found[RENAMED.get(name, name)] = value
    if schema.get("nullable") and "type" in found:
        found["type"] = [found["type"], "null"]
    return found


def lowered(schema: Any) -> Any:
    """A schema that the parser takes as it comes, with its types in small letters."""
    if not isinstance(schema, dict):
        return schema
    return {key: one.lower() if key == "type" and isinstance(one, str) else lowered(one) for key, one in schema.items()}
