"""Read Google's published schemas: the descriptors of google-ai-generativelanguage for the Gemini
API, and the discovery document in google-api-python-client for Vertex AI.

Both become the same types: messages with fields.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import googleapiclient
from google.ai import generativelanguage_v1beta

DOCUMENT = "discovery_cache/documents/aiplatform.v1beta1.json"
PREFIX = "GoogleCloudAiplatformV1beta1"
SAMPLES: Mapping[str, Any] = {
    "string": "x",
    "bool": True,
    "bytes": "AAAA",
    "float": 1,
    "double": 1,
    "int32": 1,
    "int64": "1",
    "google.protobuf.Struct": {"a": 1},
    "google.protobuf.Value": {"type": "object"},
    "google.protobuf.Timestamp": "2030-01-01T00:00:00Z",
    "google.protobuf.Duration": "60s",
    "google.protobuf.FieldMask": "ttl",
    "google.type.LatLng": {"latitude": 1, "longitude": 1},
}
"""A value of each type that is not a message of the API."""


@dataclass(frozen=True)
class Field:
    """A field of a message: a message, or one of `values` (one sample, or an enum's words)."""

    name: str
    message: Callable[[], Message] | None = None
    values: tuple[Any, ...] = ()
    is_repeated: bool = False
    is_map: bool = False


@dataclass(frozen=True)
class Message:
    """A message with its fields by their JSON names."""

    name: str
    fields: Mapping[str, Field]


def load_gemini_message(name: str) -> Message:
    """Return a message of the Gemini API, like `GenerateContentRequest`."""
    return read_descriptor(getattr(generativelanguage_v1beta, name).pb().DESCRIPTOR)


def read_descriptor(descriptor: Any) -> Message:
    fields = [read_descriptor_field(field) for field in descriptor.fields]
    return Message(descriptor.full_name, {field.name: field for field in fields})


def read_descriptor_field(field: Any) -> Field:
    kind = field.message_type
    if kind is not None and kind.GetOptions().map_entry:
        inner = read_descriptor_field(kind.fields_by_name["value"])
        return Field(field.json_name, inner.message, inner.values, is_map=True)
    if field.enum_type is not None:
        values = tuple(value.name for value in field.enum_type.values if value.number)
        return Field(field.json_name, None, values, field.is_repeated)
    if kind is not None and kind.full_name not in SAMPLES:
        return Field(field.json_name, lambda: read_descriptor(kind), (), field.is_repeated)
    word = kind.full_name if kind is not None else TYPE_WORDS[field.type]
    return Field(field.json_name, None, (SAMPLES[word],), field.is_repeated)


TYPE_WORDS = {1: "double", 2: "float", 3: "int64", 5: "int32", 8: "bool", 9: "string", 12: "bytes"}
"""The numbers of protobuf's types."""


@cache
def load_discovery() -> dict[str, Any]:
    """Return the schemas of Vertex AI's discovery document by name."""
    document = pathlib.Path(googleapiclient.__file__).parent / DOCUMENT
    schemas: dict[str, Any] = json.loads(document.read_text(encoding="utf-8"))["schemas"]
    return schemas


def load_vertex_message(name: str) -> Message:
    """Return a message of Vertex AI, like `GenerateContentRequest`."""
    return read_schema(PREFIX + name)


def read_schema(name: str) -> Message:
    properties = load_discovery()[name].get("properties", {})
    return Message(name, {key: read_property(key, value) for key, value in properties.items()})


def read_property(name: str, schema: Mapping[str, Any]) -> Field:
    if "$ref" in schema:
        target = schema["$ref"]
        if target == "GoogleTypeLatLng":
            return Field(name, None, (SAMPLES["google.type.LatLng"],))
        return Field(name, lambda: read_schema(target))
    if schema.get("type") == "array":
        inner = read_property(name, schema["items"])
        return Field(name, inner.message, inner.values, is_repeated=True)
    if schema.get("type") == "object" and "additionalProperties" in schema:
        inner = read_property(name, schema["additionalProperties"])
        return Field(name, inner.message, inner.values, is_map=True)
    return Field(name, None, find_values(schema))


def find_values(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the words of an enum, or a sample of a scalar."""
    words = [word for word in schema.get("enum", ()) if not word.endswith("_UNSPECIFIED")]
    if words:
        return tuple(words)
    formats = {"byte": "bytes", "google-datetime": "google.protobuf.Timestamp"}
    formats |= {"google-duration": "google.protobuf.Duration", "int64": "int64"}
    types = {"boolean": "bool", "integer": "int32", "number": "double", "string": "string"}
    types |= {"any": "google.protobuf.Value", "object": "google.protobuf.Struct"}
    return (SAMPLES[formats.get(schema.get("format", ""), types.get(schema["type"], "string"))],)
