"""Choices that a prompt names for a field beside its list: "category is one of: a, b, c"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import TYPE_NAME
from mockgem.operations.forms.lazy_patterns import make_regex

QUOTED = r"[\"'`“‘][^\"'`”’\n]{1,40}[\"'`”’]"
PLAIN = (
    r"(?!(?:an?|the|any|your|its|if|and|or)\b)[\w+-]{1,24}"
    r"(?: (?!(?:or|and|if|for|in|is|are|as|based|with|depending)\b)[\w+-]{1,20}){0,2}"
)
ITEM = rf"(?:{QUOTED}|{PLAIN})(?: \([^()\n]{{1,80}}\))?"
JOIN = r"(?:\s?[,/|]\s?(?:(?:or|and)\s)?|,?\s(?:or|and)\s)"
SERIES = rf"({ITEM}(?:{JOIN}{ITEM}){{1,24}})"
STATED = (
    r"(?: (?:field|value|key|score))?[:,]?\s?(?:(?:is|are|must be|should be|has to be|can be|may be"
    r"|can only be|being|as|=|with|of|to)\s)?(?:(?:always|exactly|only|strictly|set to) )?"
)
ONE_OF = (
    r"\(?(?:(?:one|any) of|either|chosen from|selected from|in(?= ?[\[{]))"
    r"(?: (?:the|these)(?: \w+){0,3})?\s?:?\s?[\[({]?"
)
MUST_BE = r"(?:must be|should be|has to be|can be|may be|can only be) (?:(?:one of|either) )?"
ALLOWED = (
    r"\b(?:valid|allowed|possible|available|permitted|accepted)\s(?:values? (?:for|of) )?(?:the )?"
    r"[\"'`]?{0}(?:s|es)?[\"'`]?(?: (?:field|values?|options?|names?))?\s?(?:are|is|:|include)?:?\s?"
)
MAX_TEXT = 6_000


def find_stated_choices(name: str, text: str) -> list[str]:
    """Return the values that a text allows for a field; empty if it names none."""
    spelled = re.escape(name)
    patterns = (
        rf"(?<!\w)[\"'`]?{spelled}[\"'`]?{STATED}{ONE_OF}{SERIES}",
        rf"(?<!\w)[\"'`]?{spelled}[\"'`]? {MUST_BE}{SERIES}",
        rf"(?<!\w)[\"'`]?{spelled}[\"'`]?{STATED}({QUOTED}(?:{JOIN}{QUOTED}){{1,24}})",
        rf"{ALLOWED.format(spelled)}{SERIES}",
        rf"\b{spelled} ({QUOTED}(?:{JOIN}{QUOTED}){{1,24}})",
    )
    for pattern in patterns:
        match = re.search(pattern, text[:MAX_TEXT], re.I)
        if match is not None and len(choices := split_series(match[1])) > 1:
            return choices
    return []


def split_series(text: str) -> list[str]:
    items = [NOTE.sub("", item).strip(" \"'`“”‘’") for item in re.split(JOIN, text)]
    items = [item for item in items if item]
    return [] if all(map(TYPE_NAME.fullmatch, items)) else list(dict.fromkeys(items))


NOTE = make_regex(r" \([^()\n]{1,80}\)")
CUE = make_regex(
    r"\b(?:one of|either|any of|must be|should be|has to be|can be|may be|can only be|valid"
    r"|allowed|possible|available|permitted|accepted|chosen|selected|or|in ?[\[{])",
    re.I,
)
"""What a text with choices has."""


def add_stated_choices(schema: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a schema whose open fields have the values that a text allows for them."""
    if CUE.search(text) is None:
        return schema
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": add_stated_choices(schema["items"], text)}
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    return {
        **schema,
        "properties": {name: add_choices(name, sub, text, fields) for name, sub in fields.items()},
    }


def add_choices(
    name: str, schema: dict[str, Any], text: str, fields: dict[str, Any]
) -> dict[str, Any]:
    if schema.get("type") in ("string", "number", "integer") and len(schema) == 1:
        choices = [one for one in find_stated_choices(name, text) if one not in fields]
        if len(choices) > 1 and not all(one.isdecimal() for one in choices):
            return {"type": "string", "enum": choices}
        return schema
    return add_stated_choices(schema, text)
