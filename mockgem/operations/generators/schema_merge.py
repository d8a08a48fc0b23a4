"""Two JSON Schemas at once, as far as keywords can be put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    is_json_equal,
    is_number,
    types_of,
)

STRICTEST = {
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


def merge_schemas(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Both schemas at once; a final check of the value finds what could not be put together."""
    if one.get("format", other.get("format")) != other.get("format", one.get("format")):
        raise NoConformingValue("no string has two formats")
    both = {**one, **other}
    for keyword in ("properties", "patternProperties"):
        if keyword in one and keyword in other:
            both[keyword] = {**one[keyword]}
            for name, sub in other[keyword].items():
                mine = one[keyword].get(name)
                mix = isinstance(mine, dict) and isinstance(sub, dict)
                both[keyword][name] = merge_schemas(mine, sub) if mix else sub
    if "required" in one and "required" in other:
        both["required"] = list(dict.fromkeys([*one["required"], *other["required"]]))
    if "enum" in one and "enum" in other:
        both["enum"] = [
            member
            for member in one["enum"]
            if any(is_json_equal(member, also) for also in other["enum"])
        ]
    for keyword, pick in STRICTEST.items():
        if is_number(one.get(keyword)) and is_number(other.get(keyword)):
            both[keyword] = pick(one[keyword], other[keyword])
    kinds = [kind for kind in types_of(one) if kind in types_of(other)]
    if kinds and "type" in one and "type" in other:
        both["type"] = kinds
    return both
