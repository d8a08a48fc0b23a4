"""Values of conversations as JSON that a store can keep, and back."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any

from mockgem.core.content import (
    Blob,
    Candidate,
    CodeResult,
    ExecutableCode,
    FinishReason,
    Grounding,
    GroundingSource,
    GroundingSupport,
    Link,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    ToolResult,
    Turn,
    Usage,
)
from mockgem.operations.base64_codec import decode_base64_strictly, encode_base64

KIND = "@type"
"""The key that names the type of an object."""
VALUE_TYPES: dict[str, Any] = {
    one.__name__: one
    for one in (
        Blob,
        Candidate,
        CodeResult,
        ExecutableCode,
        Grounding,
        GroundingSource,
        GroundingSupport,
        Link,
        ServerToolCall,
        ServerToolResult,
        Text,
        ToolCall,
        ToolResult,
        Turn,
        Usage,
    )
}

FIELD_NAMES = {one: tuple([field.name for field in fields(one)]) for one in VALUE_TYPES.values()}


def to_stored(value: Any) -> Any:
    """Return a value as JSON. JSON objects in it, such as arguments, are kept as they are."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return {KIND: "bytes", "data": encode_base64(value)}
        case dict():
            return {KIND: "json", "data": value}
        case tuple() | list():
            return [to_stored(item) for item in value]
        case Enum():
            return {KIND: "finish", "data": value.value}
    stored = {KIND: type(value).__name__}
    for name in FIELD_NAMES[type(value)]:
        stored[name] = to_stored(getattr(value, name))
    return stored


def from_stored(stored: Any) -> Any:
    """Return the value that `to_stored` made JSON of. Fields of other versions are left out."""
    if isinstance(stored, list):
        return tuple([from_stored(item) for item in stored])
    if not isinstance(stored, dict):
        return stored
    match stored[KIND]:
        case "bytes":
            return decode_base64_strictly(stored["data"])
        case "json":
            return stored["data"]
        case "finish":
            return FinishReason(stored["data"])
    kind = VALUE_TYPES[stored[KIND]]
    names = [name for name in FIELD_NAMES[kind] if name in stored]
    return kind(**{name: from_stored(stored[name]) for name in names})
