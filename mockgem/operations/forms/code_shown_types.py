"""Types of TypeScript for the JSON that a prompt shows, with objects inside objects."""

from __future__ import annotations

import json
from typing import Any

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

OBJECT = make_regex(r"\{\s*\"")
MAX_DEPTH = 6


def write_shown_interface(request: CodeRequest) -> str:
    """Return an interface for the object that a prompt shows; empty for a flat one or none."""
    start = OBJECT.search(request.text)
    if request.language != "typescript" or request.kind != "interface" or start is None:
        return ""
    try:
        value = json.JSONDecoder().raw_decode(request.text, start.start())[0]
    except (ValueError, RecursionError):
        return ""
    if not any(item is None or isinstance(item, (dict, list)) for item in value.values()):
        return ""
    return f"export interface {request.name} {write_members(value, 0)}"


def write_members(value: dict[str, Any], depth: int) -> str:
    indent = "  " * depth
    rows = [
        f"{indent}  {spell_name(name)}: {name_type(item, depth + 1)};"
        for name, item in value.items()
    ]
    return "{\n" + "\n".join(rows) + f"\n{indent}}}"


def spell_name(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def name_type(item: Any, depth: int) -> str:
    """Return the type of a value: that of null is unknown."""
    if depth > MAX_DEPTH:
        return "unknown"
    match item:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case dict():
            return write_members(item, depth) if item else "Record<string, unknown>"
        case list():
            kinds = sorted({name_type(one, depth) for one in item}) or ["unknown"]
            kind = " | ".join(kinds)
            return f"({kind})[]" if len(kinds) > 1 else f"{kind}[]"
    return "string | null"
