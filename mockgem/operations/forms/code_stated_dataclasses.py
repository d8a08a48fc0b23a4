"""Dataclasses of Python whose fields, types and methods a prompt states."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

DATACLASS = make_regex(r"\bdata ?class\b(?: (?:called|named))? [`\"']?(?P<name>[A-Z]\w{1,40})")
FIELD = make_regex(
    r"(?<![\w.])[`\"']?(?P<name>[a-z_]\w{0,40})[`\"']?(?: ?\((?P<note>[^()\n]{2,80})\)"
    r"|: ?(?P<type>[A-Za-z_][\w\[\], |]{1,40}?)(?: ?= ?(?P<value>[^,;\n ]{1,30}))?(?=,|;| and "
    r"|\.?\s|\.?\Z))"
)
TYPES = {
    "string": "str",
    "text": "str",
    "integer": "int",
    "number": "float",
    "decimal": "float",
    "double": "float",
    "boolean": "bool",
    "date": "date",
    "datetime": "datetime",
    "list": "list[str]",
    "dict": "dict[str, str]",
}
KNOWN = make_regex(r"(?:str|int|float|bool|date|datetime|list|dict|set|tuple|Optional|Decimal)\b")
DEFAULT = make_regex(r"\b(?:defaults?(?: to| is|:)?|=) ?(?P<value>[^,;]{1,30})", re.I)
OPTIONAL = make_regex(r"\boptional\b|\bnullable\b|\bor none\b", re.I)
METHOD = make_regex(
    r"\b(?P<kind>methods?|property|properties)(?: called"
    r"| named)? [`\"']?(?P<name>[a-z_]\w{1,40})(?:\([^()\n]{0,40}\))?[`\"']?"
    r"(?:,? (?:that|which|to) (?P<deed>[^\n]{3,160}?(?=\.\s|\.?\Z|\n)))?",
    re.I,
)
PER = make_regex(r"(?P<rate>\d+(?:\.\d+)?)[^\d\n]{0,12}? per (?P<unit>[a-z]+)", re.I)
PRODUCT = make_regex(
    r"(?P<left>[a-z_]\w*) ?(?:\*|×|x|times|multiplied by) ?(?P<right>[a-z_]\w*)", re.I
)
SUM = make_regex(r"(?P<left>[a-z_]\w*) ?(?:\+|plus) ?(?P<right>[a-z_]\w*)", re.I)


@frozen
class DataField:
    """A field of a dataclass: its name, its type, and its default as Python writes it."""

    name: str
    kind: str
    default: str


def write_stated_dataclass(request: CodeRequest) -> str:
    """Return the dataclass that a prompt describes; empty without fields that have types."""
    text = request.text[:3_000]
    match = DATACLASS.search(text) if request.language == "python" else None
    if match is None:
        return ""
    fields = read_fields(text[match.end() :])
    if not fields:
        return ""
    plain = [one for one in fields if not one.default]
    ordered = [*plain, *(one for one in fields if one.default)]
    rows = [
        f"    {one.name}: {one.kind}{f' = {one.default}' if one.default else ''}" for one in ordered
    ]
    methods = [write_method(one, fields) for one in METHOD.finditer(text, match.end())]
    return "\n".join([*write_imports(ordered), f"class {match['name']}:", *rows, *methods])


def write_imports(fields: list[DataField]) -> list[str]:
    uses_field = any("field(" in one.default for one in fields)
    kinds = [
        one for one in ("date", "datetime") if any(one == row.kind.split(" ")[0] for row in fields)
    ]
    names = "dataclass, field" if uses_field else "dataclass"
    first = [f"from dataclasses import {names}"]
    return [
        *first,
        *([f"from datetime import {', '.join(kinds)}"] if kinds else []),
        "",
        "",
        "@dataclass",
    ]


def read_fields(text: str) -> list[DataField]:
    """Return the fields in "id (int), name: str, active (bool, default False)"."""
    found = []
    for match in FIELD.finditer(text):
        note = match["note"] or match["type"] or ""
        kind = find_type(note)
        if not kind or match["name"] in ("method", "methods", "fields", "property"):
            continue
        default = match["value"] or ""
        if not default and (stated := DEFAULT.search(match["note"] or "")):
            default = stated["value"].strip(" `'\"")
        found.append(DataField(match["name"], *complete(kind, default, note)))
    return found


def find_type(note: str) -> str:
    """Return the type of Python that a note begins with; empty for another note."""
    words = re.split(r"[,;=]| default", note.strip(), maxsplit=1)[0].strip()
    first = words.split(" ")[0].lower()
    if KNOWN.match(words):
        return TYPES.get(words, words.split(" ")[0] if "|" not in words else words)
    return TYPES.get(first, "")


def complete(kind: str, default: str, note: str) -> tuple[str, str]:
    """Return a type and a default that belong together."""
    if OPTIONAL.search(note) and "None" not in kind:
        return f"{kind} | None", default or "None"
    if default in ("[]", "{}", "list", "dict", "an empty list", "empty"):
        return kind, f"field(default_factory={'dict' if kind.startswith('dict') else 'list'})"
    if default and kind == "str" and default[:1] not in "\"'":
        return kind, f'"{default}"'
    if default.lower() in ("true", "false", "none"):
        return kind, default.capitalize()
    return kind, default


def write_method(match: re.Match[str], fields: list[DataField]) -> str:
    """Return a method or a property with the formula that a prompt states for it."""
    is_property = match["kind"].lower().startswith("propert")
    value, kind = find_value(match["deed"] or match["name"], fields)
    head = "    @property\n" if is_property else ""
    return f"\n{head}    def {match['name']}(self) -> {kind}:\n        return {value}"


def find_value(deed: str, fields: list[DataField]) -> tuple[str, str]:
    """Return the expression of a method and its type."""
    names = [one.name for one in fields]
    numbers = [one.name for one in fields if one.kind in ("int", "float", "Decimal")]
    if (per := PER.search(deed)) and numbers:
        unit = per["unit"].lower().rstrip("s")
        own = next((one for one in numbers if unit in one.lower()), numbers[0])
        return f"self.{own} * {per['rate']}", "float"
    for pattern, sign in ((PRODUCT, "*"), (SUM, "+")):
        match = pattern.search(deed)
        if match and match["left"] in names and match["right"] in names:
            return f"self.{match['left']} {sign} self.{match['right']}", "float"
    if "gross" in deed and len(numbers) > 1:
        return f"self.{numbers[0]} * (1 + self.{numbers[1]})", "float"
    if len(numbers) > 1:
        return f"self.{numbers[0]} * self.{numbers[1]}", "float"
    if numbers:
        return f"self.{numbers[0]}", "float"
    return f'f"{{self.{names[0]}}}"', "str"
