"""Fields of a class that a prompt shows as the schema of its reply: Pydantic, dataclass, struct."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import describe_field
from mockgem.operations.forms.lazy_patterns import make_regex

PYTHON_CLASS = make_regex(
    r"^class (\w{1,60})(?:\([^)\n]{0,60}\))?:[ \t]*\n((?:[ \t]+[^\n]+\n?"
    r"|[ \t]*\n(?=[ \t]+\w)){1,40})",
    re.M,
)
PYTHON_FIELD = make_regex(
    r"^[ \t]+(\w{1,60})[ \t]*:[ \t]*([^=#\n]{1,120})[^#\n]*(?:#[ \t]*([^\n]*))?$", re.M
)
OPTIONAL = make_regex(r"Optional\[(.*)\]\s*$|\s*\|\s*None\s*$")


def find_class_fields(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of the last Python class with types in a text."""
    if "class " not in text or ":" not in text:
        return []
    for match in reversed(list(PYTHON_CLASS.finditer(text))):
        fields = PYTHON_FIELD.findall(match[2])
        if len(fields) > 1:
            return [(name, describe_annotation(name, kind, note)) for name, kind, note in fields]
    return []


def describe_annotation(name: str, kind: str, note: str) -> dict[str, Any]:
    plain = kind.strip()
    if match := OPTIONAL.search(plain):
        plain = match[1] or plain[: match.start()]
    return describe_field(name, plain if not note or "list" in plain.lower() else f"{plain} {note}")
