"""Find the object that a prompt shows as the form of the reply."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.example_object import NotAnObject, parse_example
from mockgem.operations.forms.lazy_patterns import make_regex

CUE_BEFORE = make_regex(
    r"form|schema|structure|like|example|shape|following|template|exactly|json|keys"
    r"|return|respond|reply|output|answer|extract|antwort|responde|réponds|rispondi|estructura|beispiel"
    r"|ejemplo",
    re.I,
)


IS_MEMBER = make_regex(
    r"\w(?<!json)\s?(?:\(|:|\bas|\bis)\s?(?:an? )?(?:array"
    r"|list) of(?: objects?)?,?(?: each)?(?: of the"
    r" form| like| with)?\s*:?"
    r"\s?\Z|,\s(?!(?:each|every|like|as|with|such|e\.g)\b)\w{2,30}\s\[?\Z|\w\s?:\s?(?:list|array"
    r"|sequence|set|tuple)[\[<(]?\Z",
    re.I,
)
"""The text in front of the members of a field: "items (array of {sku, qty})"."""
NAMES_MEMBER = make_regex(
    r"\b(?:and|with|nested) (?!keys?\b|fields?\b|objects?\b|json\b|the\b|this\b|an?\b|columns\b)"
    r"\w{2,30} \[?\Z",
    re.I,
)
FIELD_BEFORE = make_regex(
    r"(?<!\w)(?!(?:json|list|array|dict|set|sequence|object|iterable|output|return)\b)\w{2,30}\[?\Z",
    re.I,
)
"""A field right before its members: "ingredients[{item, unit}]"."""
BARE_MEMBERS = make_regex(r"\[?\{\s?\w+(?:, ?\w+){1,12}\s?\}")
"""Members without values, and the text in front of them: "with customer {name, email}"."""


def find_example(text: str) -> dict[str, Any] | None:
    """Return the schema of the first object that shows the form of the reply.

    One right after words such as "Answer with JSON:" comes before others.
    """
    first, at = None, -1
    for _ in range(12):
        starts = [found for mark in "{[" if (found := text.find(mark, at + 1)) >= 0]
        if not starts:
            return first
        at = min(starts)
        if OF_TOOL.search(text, max(0, at - 40), at):
            at = skip_line(text, at)
            continue
        if text[at : at + 3] == "[[ " or IS_MEMBER.search(text, max(0, at - 40), at):
            continue
        if BARE_MEMBERS.match(text, at) and NAMES_MEMBER.search(text, max(0, at - 40), at):
            continue
        if FIELD_BEFORE.search(text, max(0, at - 40), at):
            continue
        if not CUE_BEFORE.search(text[max(0, at - 240) : at]) and not (
            "..." in text[at : at + 300] and CUE_BEFORE.search(text[at : at + 600])
        ):
            continue
        try:
            schema, end = parse_example(text, at)
        except NotAnObject:
            continue
        if schema.get("properties") or schema.get("items", {}).get("properties"):
            if REPLY_FOLLOWS.search(text, max(0, at - 120), at):
                return schema
            first = first or schema
        at = end - 1
    return first


OF_TOOL = make_regex(r"\b(?:args|arguments|parameters|input schema|args_schema) ?[:=] ?\Z", re.I)
"""The text before the parameters of a tool, which are not the reply."""


def skip_line(text: str, at: int) -> int:
    """Return the end of the line at a position."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


REPLY_FOLLOWS = make_regex(
    r"\b(?:answer|respond|reply|return|output|give|produce|responde|antworte|réponds|rispondi)\b"
    r"[^.\n{]{0,60}(?:\bjson\b|\bobject\b|\barray\b|\bform(?:at)?\b|\bblob\b|\bschema\b"
    r"|\bstructure\b|:)[^.\n{]{0,40}:?\s{0,3}(?:```\w*\s{0,3})?\Z"
    r"|\b(?:as shown|as follows|like this|like so|this (?:exact )?(?:form(?:at)?|structure|shape)"
    r"|following (?:form(?:at)?|structure|shape))(?: below)?:\s{0,4}(?:```\w*\s{0,3})?\Z",
    re.I,
)
