"""Choices that a prompt names for a field beside its list: "category is one of: a, b, c"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import TYPE_NAME
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named

QUOTED = r"[\"'`“‘][^\"'`”’\n]{1,40}[\"'`”’]"
PLAIN = (
    r"(?!(?:an?|the|any|your|its|if|and|or|return|respond|reply|give|output|write|provide|explain"
    r"|answer|say|add|include)\b)[\w+-]{1,24}"
    r"(?: (?!(?:or|and|if|for|in|is|are|as|based|with|depending)\b)[\w+-]{1,20}){0,2}"
)
ITEM = rf"(?:{QUOTED}|{PLAIN})(?: \([^()\n]{{1,80}}\))?"
JOIN = r"(?:\s?[,/|]\s?(?:(?:or|and)\s)?|,?\s(?:or|and)\s)"
SERIES = rf"({ITEM}(?:{JOIN}{ITEM}){{1,24}})"
STATED = (
    r"(?: (?:field|value|key|score))?[:,]?\s?(?:(?:is|are|must be|should be|has to be|can be|may be"
    r"|can only be|that is|which is|being|as|=|with|of|to)\s)?(?:(?:always|exactly|only"
    r"|strictly|set to) )?"
)
ONE_OF = (
    r"\(?(?:(?:one|any) of|either|chosen from|selected from|in(?= ?[\[{]))"
    r"(?: (?:the|these)(?: \w+){0,3})?\s?:?\s?[\[({]?"
)
MUST_BE = r"(?:must be|should be|has to be|can be|may be|can only be) (?:(?:one of|either) )?"
ALLOWED = (
    rf"\b(?:valid|allowed|possible|available|permitted|accepted)\s(?:values? (?:for|of) )?(?:the )?"
    rf"[\"'`]?{NAME}(?:s|es)?[\"'`]?(?: (?:field|values?|options?|names?))?\s?(?:are|is|:"
    r"|include)?:?\s?"
)
LABEL_NAMES = frozenset(
    "label category type class sentiment kind topic intent tag priority".split()
)
CLASSIFY = make_regex(
    r"\b(?:classify|label|categori[sz]e|tag|sort|mark|rate)\b[^.:\n]{0,60}?\s(?:as|into|with)\s"
    rf"(?:either |one of |exactly one of )?(?:the (?:labels|categories|classes)[: ]+)?{SERIES}",
    re.I,
)
"""A series of labels in "Classify each sentence as question, command or statement"."""
ANSWER_NAMES = frozenset("answer response reply result verdict antwort respuesta".split())
ANSWERS = make_regex(
    r"\b(?:answer|respond|reply)\b(?: only)?(?: with)?(?: either)? (yes or no|yes, no or [\w "
    r"]{3,12}|true or false"
    r"|yes/no|pass or fail)\b",
    re.I,
)
DECISION_NAMES = frozenset("decision action verdict status result outcome label class".split())
DECIDES = make_regex(
    rf"\b(?:decide|choose|judge|determine|mark|label)\b[^.\n\"]{{0,60}}?({QUOTED}(?:{JOIN}{QUOTED}){{1,12}})",
    re.I,
)
"""Decisions in quotation marks: 'decide "allow", "flag" or "block"'."""
MAX_TEXT = 6_000


NAMED_CHOICES = [
    make_regex(pattern, re.I)
    for pattern in (
        rf"(?<!\w)[\"'`]?{NAME}[\"'`]?{STATED}{ONE_OF}{SERIES}",
        rf"(?<!\w)[\"'`]?{NAME}[\"'`]? {MUST_BE}{SERIES}",
        rf"(?<!\w)[\"'`]?{NAME}[\"'`]?{STATED}({QUOTED}(?:{JOIN}{QUOTED}){{1,24}})",
        rf"{ALLOWED}{SERIES}",
        rf"\b{NAME} ({QUOTED}(?:{JOIN}{QUOTED}){{1,24}})",
    )
]
"""What a text says about the values of a field with its name, in the order of their weight."""


def find_stated_choices(name: str, text: str) -> list[str]:
    """Return the values that a text allows for a field; empty if it names none."""
    text = text[:MAX_TEXT]
    found = [
        groups[1] for pattern in NAMED_CHOICES if (groups := search_named(pattern, name, text))
    ]
    if name.lower() in LABEL_NAMES and (classified := CLASSIFY.search(text)):
        found.append(classified[1])
    if name.lower() in DECISION_NAMES and (decided := DECIDES.search(text)):
        found.append(decided[1])
    if name.lower() in ANSWER_NAMES and (answers := ANSWERS.search(text)):
        found.append(answers[1])
    series = (split_series(one) for one in found)
    return next((choices for choices in series if len(choices) > 1), [])


def split_series(text: str) -> list[str]:
    items = [NOTE.sub("", item).strip(" \"'`“”‘’") for item in re.split(JOIN, text)]
    items = [item for item in items if item]
    if [item.lower() for item in items] == ["true", "false"]:
        return items
    return [] if all(map(TYPE_NAME.fullmatch, items)) else list(dict.fromkeys(items))


NOTE = make_regex(r" \([^()\n]{1,80}\)")
CUE = make_regex(
    r"\b(?:one of|either|any of|must be|should be|has to be|can be|may be|can only be|valid"
    r"|allowed|possible|available|permitted|accepted|chosen|selected|or|in ?[\[{]|classify|label"
    r"|decide|judge"
    r"|categori[sz]e|tag|sort)\b",
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


ONLY_CHOICES = make_regex(
    rf"\b(?:one of|options|choices|choose from|labels)\b[^:\n]{{0,30}}: ?{SERIES}", re.I
)


def add_only_choices(schema: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a schema whose single open field has the values that a text allows."""
    fields = schema.get("properties") or {}
    name = next(iter(fields), "")
    match = ONLY_CHOICES.search(text)
    if len(fields) != 1 or fields[name] != {"type": "string"} or match is None:
        return schema
    choices = split_series(match[1])
    enum = {"type": "string", "enum": choices}
    return {**schema, "properties": {name: enum}} if len(choices) > 1 else schema


def add_choices(
    name: str, schema: dict[str, Any], text: str, fields: dict[str, Any]
) -> dict[str, Any]:
    if schema.get("type") in ("string", "number", "integer") and len(schema) == 1:
        choices = [one for one in find_stated_choices(name, text) if one not in fields]
        if len(choices) > 1 and not all(one.isdecimal() for one in choices):
            return {"type": "string", "enum": choices}
        return schema
    if schema.get("type") == "array" and schema.get("items") == {"type": "string"}:
        singular = name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")
        choices = find_stated_choices(singular, text)
        return {**schema, "items": {"type": "string", "enum": choices}} if choices else schema
    return add_stated_choices(schema, text)
