"""Merge JSON Schemas that hold at the same time, as far as their keywords can be combined."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from mockgem.operations.generators.number_limits import is_number
from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    equality_key,
    types_of,
)

SCHEMA_MAPS = ("properties", "patternProperties", "dependentSchemas")
STRICTEST: dict[str, Callable[[Any, Any], Any]] = {
    "minimum": max,
    "exclusiveMinimum": max,
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "maximum": min,
    "exclusiveMaximum": min,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
}


def merge_schemas(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return both schemas as one.

    What cannot be combined is left to the final check of the generated value.

    Raises:
        NoConformingValue: The schemas name two formats.
    """
    merger = SchemaMerger(first)
    merger.add(second)
    return merger.schema


class SchemaMerger:
    """Merges any number of schemas into one.

    The result is built in place, so that merging takes time in proportion to the schemas' size.
    Dicts and lists of the given schemas are copied before they are changed.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = dict(schema)
        self.copies: dict[int, Any] = {}
        self.members: dict[int, set[Hashable]] = {}

    def add(self, schema: Mapping[str, Any]) -> None:
        """Merge another schema into the result."""
        self.merge_into(self.schema, schema)

    def merge_into(self, target: dict[str, Any], other: Mapping[str, Any]) -> None:
        """Merge a schema into `target`, which is a copy that may be changed."""
        if target.get("format", other.get("format")) != other.get("format", target.get("format")):
            raise NoConformingValue("no string has two formats")
        merged: dict[str, Any] = {}
        for keyword in SCHEMA_MAPS:
            if keyword in target and keyword in other:
                merged[keyword] = self.merge_maps(target[keyword], other[keyword])
        if "required" in target and "required" in other:
            merged["required"] = self.merge_names(target["required"], other["required"])
        if "dependentRequired" in target and "dependentRequired" in other:
            merged["dependentRequired"] = {**target["dependentRequired"]}
            for name, needed in other["dependentRequired"].items():
                known = merged["dependentRequired"].get(name, [])
                merged["dependentRequired"][name] = list(dict.fromkeys([*known, *needed]))
        if "enum" in target and "enum" in other:
            allowed = {equality_key(member) for member in other["enum"]}
            merged["enum"] = [
                member for member in target["enum"] if equality_key(member) in allowed
            ]
        for keyword, pick in STRICTEST.items():
            if is_number(target.get(keyword)) and is_number(other.get(keyword)):
                merged[keyword] = pick(target[keyword], other[keyword])
        if "type" in target and "type" in other:
            allowed_types = set(types_of(other))
            if types := [kind for kind in types_of(target) if kind in allowed_types]:
                merged["type"] = types
        target.update(other)
        target.update(merged)

    def merge_maps(self, target: Any, other: Mapping[str, Any]) -> dict[str, Any]:
        """Merge two maps from names to schemas."""
        result: dict[str, Any] = self.copy(target)
        for name, schema in other.items():
            known = result.get(name)
            if isinstance(known, dict) and isinstance(schema, dict):
                result[name] = self.copy(known)
                self.merge_into(result[name], schema)
            else:
                result[name] = schema
        return result

    def merge_names(self, target: Any, other: Any) -> list[Any]:
        """Return the names of two lists, each once, in order."""
        if id(target) not in self.copies:
            target = list(dict.fromkeys(target))
            self.copies[id(target)] = target
            self.members[id(target)] = set(target)
        members = self.members[id(target)]
        for name in other:
            if name not in members:
                members.add(name)
                target.append(name)
        names: list[Any] = target
        return names

    def copy(self, value: Any) -> Any:
        """Return a dict that may be changed: a copy, or the value if it is one already."""
        if id(value) in self.copies:
            return value
        copied = {**value}
        self.copies[id(copied)] = copied
        return copied
