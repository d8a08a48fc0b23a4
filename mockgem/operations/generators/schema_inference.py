"""Infer the JSON Schema that a prompt asks for in words."""

from __future__ import annotations

import json
import re
from typing import Any

SCHEMA_SKETCH = re.compile(r"\b([A-Z]\w{0,40})\s*=\s*\{([^{}]{1,600})\}")
SKETCHED_FIELD = re.compile(r"['\"](\w{1,40})['\"]\s*:\s*(list\[)?(str|int|float|bool)\b")
PLAIN_TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def infer_schema(text: str) -> dict[str, Any]:
    """Return the schema that a prompt describes.

    That is a JSON Schema or a sketch in the text, else an object of the keys that it names, else an
    object with one field "answer".
    """
    if (written := find_json_schema(text)) is not None:
        return written
    if (sketched := parse_schema_sketch(text)) is not None:
        return sketched
    pairs = re.findall(r'"([A-Za-z_]\w{0,40})"\s*:\s*"?(string|number|integer|boolean)\b', text)
    if pairs:
        return {
            "type": "object",
            "properties": {name: {"type": kind} for name, kind in pairs},
            "required": [n for n, _ in pairs],
        }
    named = (
        re.findall(r"[`\"']([A-Za-z_]\w{0,40})[`\"']", text)
        if re.search(r"\b(key|field|propert)", text, re.I)
        else []
    )
    if not named and (
        match := re.search(r"\b(?:keys|fields|properties)\b:?\s+([\w, ]{1,200})", text, re.I)
    ):
        named = [
            word
            for word in re.split(r"[,\s]+(?:and\s+)?", match[1].strip())
            if word and word != "and"
        ][:8]
    names = list(dict.fromkeys(named)) or ["answer"]
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names,
    }


def parse_schema_sketch(text: str) -> dict[str, Any] | None:
    """Parse a schema as Google's guides write it: Recipe = {'name': str, 'steps': list[str]}."""
    match = SCHEMA_SKETCH.search(text)
    fields = SKETCHED_FIELD.findall(match[2]) if match else []
    if match is None or not fields:
        return None
    properties: dict[str, Any] = {}
    for name, listed, kind in fields:
        field_schema = {"type": PLAIN_TYPES[kind]}
        properties[name] = {"type": "array", "items": field_schema} if listed else field_schema
    item = {
        "type": "object",
        "title": match[1],
        "properties": properties,
        "required": list(properties),
    }
    return {"type": "array", "items": item} if re.search(rf"\blist\[{match[1]}\]", text) else item


def find_json_schema(text: str) -> dict[str, Any] | None:
    """Return a JSON Schema in a text, where some frameworks put it."""
    decoder, at = json.JSONDecoder(), text.find("{")
    for _ in range(20):
        if at < 0:
            return None
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            value, end = None, at + 1
        if isinstance(value, dict) and ("$defs" in value or "properties" in value):
            return value if is_well_formed(value) else None
        at = text.find("{", end)
    return None


OF_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("title", "description", "$ref", "format", "pattern"), str),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), (int, float)),
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength"), int),
    **dict.fromkeys(("enum", "required", "examples"), list),
}
"""What the value of a keyword is."""
NAMED = ("properties", "$defs", "definitions", "patternProperties")
SEVERAL = ("anyOf", "oneOf", "allOf", "prefixItems")


def is_well_formed(schema: object) -> bool:
    """Return whether the keywords of a schema in a prompt have values that they may have.

    A prompt may hold anything, and what reads a schema later relies on it.
    """
    if not isinstance(schema, dict):
        return False
    if any(key in schema and not isinstance(schema[key], kind) for key, kind in OF_TYPES.items()):
        return False
    named = [schema[key] for key in NAMED if key in schema]
    several = [schema[key] for key in SEVERAL if key in schema]
    inner = [schema[key] for key in ("items", "not", "additionalProperties") if key in schema]
    subs = [sub for group in named if isinstance(group, dict) for sub in group.values()]
    subs += [sub for group in several if isinstance(group, list) for sub in group]
    subs += [sub for sub in inner if not isinstance(sub, bool)]
    return (
        all(isinstance(group, dict) for group in named)
        and all(isinstance(group, list) for group in several)
        and all(isinstance(name, str) for name in schema.get("required", ()))
        and is_type(schema.get("type", ""))
        and all(map(is_well_formed, subs))
    )


def is_type(value: object) -> bool:
    """Return whether a value is the name of a type, or a list of such names."""
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str) for name in names)
