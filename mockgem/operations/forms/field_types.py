"""Types of fields that other sentences of a prompt name: '"answer" is a number'."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import build_object, describe_field
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named


def add_types(
    text: str, fields: list[tuple[str, dict[str, Any]]]
) -> list[tuple[str, dict[str, Any]]]:
    """Return fields with the types that other sentences name: '"answer" is a number'."""
    numbers, each = ALL_NUMBERS.search(text), EACH_FIELD.search(text)
    if each and text[: each.start()].endswith("(") and " of " not in each[1]:
        each = None  # a note about the fields in front of it, which their reader knows
    every = describe_field("", f"number {text[numbers.end() :][:30]}") if numbers else None
    each = each or AS_ALL.search(text)
    every = describe_field("", each[1]) if each and every is None else every
    if not {"number", "list", "object", "array"}.isdisjoint(dict(fields)):
        return fields
    return [
        (name, find_type(text, name) or (every if schema != LIST_OF_TEXTS else None) or schema)
        if schema in ({"type": "string"}, LIST_OF_TEXTS)
        else (name, schema)
        for name, schema in fields
    ]


LIST_OF_TEXTS = {"type": "array", "items": {"type": "string"}, "minItems": 2}
ALL_NUMBERS = make_regex(
    r"\b(?:all|values? (?:are|as|must be)|only) (?:of them )?(?:are |as |plain |bare |must be"
    r" )*(?:numbers?|floats?|scores)\b",
    re.I,
)


EACH_FIELD = make_regex(
    r"\b(?:each|both|all)(?: of (?:them|which|these))?,? (?:(?:is|are|being|as|should be|must "
    r"be) )?"
    r"(?:an? )?((?:list|array)s? of (?:strings?|numbers?|integers?)|strings?|integers?|booleans?"
    r"|hex(?:adecimal)? (?:codes?|colou?rs?|values?))\b",
    re.I,
)
"""What a prompt says about all fields: "each a list of strings"."""
AS_ALL = make_regex(
    r"\b(?:all |each )?as (hex(?:adecimal)? (?:codes?|colou?rs?|values?)|strings|numbers"
    r"|integers|booleans)\b",
    re.I,
)


NAMED_TYPE = make_regex(
    rf"(?<!\w)[\"'`]?{NAME}[\"'`]?\s?(?:\(|is|are|as|must be|should be|being|=|:"
    r"|[-–—]|→|,(?!\s?(?:an? )?(?:list|array) of (?!strings|objects|numbers|integers|floats"
    r"|items)))"
    r"\s?(?:(?:always|an?|the|one|either)\s)*((?:list|array|boolean|bool|true|integer|int"
    r"|number|float|whole number|object)\b[^.,;\n)]{0,40})",
    re.I,
)
NAMED_PARTS = make_regex(
    rf"(?:(?<=, )|(?<=nd )){NAME}[\"'`]?,? (?:\(?object )?(?:with|containing|of) "
    r"(?:(?:nested|sub-?keys|subfields|the (?:keys|fields)|fields|keys) )?"
    r"([\w\"'`]{1,30}(?:\s?(?:,|\+|&|and|und|y|et)\s?[\w\"'`]{1,30}){1,8})",
    re.I,
)
"""A field with its parts: "address with street, city and zip"."""


def find_type(text: str, name: str) -> dict[str, Any] | None:
    stated = search_named(NAMED_TYPE, name, text[:6000])
    if stated is not None:
        return describe_field(name, stated[1])
    inner = search_named(NAMED_PARTS, name, text[:6000])
    if inner is None:
        return None
    names = re.findall(r"\w+", re.sub(r"\b(?:and|und|y|et)\b", " ", inner[1]))
    return build_object([(one, describe_field(one, "")) for one in names])
