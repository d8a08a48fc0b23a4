"""Objects in an object that a prompt names in a phrase: "with a nested address (street, city)"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import describe_by_name, describe_field
from mockgem.operations.forms.kind_keys import list_kind_keys
from mockgem.operations.forms.lazy_patterns import make_regex

NAMES = r"[a-z_]{2,20}(?:, [a-z_]{2,20}){0,6}(?:,? (?:and|plus) [a-z_]{2,20})?"
SECTION = make_regex(
    rf"(?<=\w)()(?:,? (?:and|plus)|,)(?: an?)? (\w{{3,20}}) (?:section|block|mapping|sub-?object)"
    rf" (?:with|containing|that has|having|of) (?:the )?({NAMES})(?=[.;\n]|\s*\Z)",
    re.I,
)
"""A field with its members: "and a database section with host and user"."""
NESTED = make_regex(
    r"(,? (?:and|plus)|,| with| containing| including)(?: an?)? nested (?:object )?"
    r"[\"'`]?(\w{3,20})[\"'`]?(?: (?:object|section))?"
    rf"(?: ?\(| with | containing )({NAMES})\b\)?",
    re.I,
)
"""The same with the word: "with a nested address (street, city, zip)"."""


def spell_nested(text: str) -> str:
    """Return a text that names nested fields in one way: "address (object with street, city)"."""
    if "nested" not in text and SECTION_WORD.search(text) is None:
        return text
    text = SECTION.sub(r"\1, \2 (object with \3)", text)
    return NESTED.sub(r"\1 \2 (object with \3)", text)


SECTION_WORD = make_regex(r"\b(?:section|block|mapping|sub-?object)\b", re.I)
ALONE = make_regex(
    r"\b(?:with|including|containing|plus) (\w{3,20}) (\(object with [^()\n]{3,200}\))(?! and|,)",
    re.I,
)
"""A nested field that a text names alone: "a user profile with a nested address (…)"."""


def find_nested_alone(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the usual fields of a thing and the nested one, if a text names no other."""
    match = ALONE.search(text) if "(object with " in text else None
    usual = list_kind_keys(text[: match.start()]) if match else []
    if match is None or not usual:
        return []
    nested = (match[1], describe_field(match[1], match[2].strip("()")))
    own = [(name, describe_by_name(name)) for name in usual if name not in (match[1], "city")]
    return [*own, nested]
