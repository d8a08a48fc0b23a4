"""What later sentences say about listed fields: "hero has title and subtitle"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object, describe_by_name, describe_field
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.lazy_patterns import make_regex

Fields = list[tuple[str, dict[str, Any]]]
HAS = make_regex(
    r"(?:^|[.,;:\n] ?|\band )(\w{2,24}) (?:has|contains|holds) (?:the |an? )?(?=[\w\"'`])"
)
IS = make_regex(
    r"(?:^|[.,;:\n] ?|\band )(\w{2,24}) is (an? (?:json )?(?:array|list|object|string|number"
    r"|boolean|integer)\b[^.,;\n]{0,40})"
)
SINGLE = make_regex(
    rf"(?<![\w.])(?!(?:an?|one|1)\b)({NUMBER}) (?:[a-z-]+ ){{0,2}}?(?!keys|fields|columns|words)"
    r"[a-z]{3,20}s(?: names)?(?: (?:in|as) (?:an? )?json(?: (?:array|list|format|objects?))?)?,?"
    r" with (?:an?|the|their|its)? ?([a-z]{3,20}(?: [a-z]{2,12})?)\b(?=[.!\n]|\s*\Z| (?:in|as) )",
    re.I,
)
"""Things with one property: "3 colors as JSON with their hex codes"."""


def refine_fields(fields: Fields, text: str) -> Fields:
    """Return fields with the members or the types that later sentences give them."""
    if len(fields) < 2 or not (" has " in text or " is a" in text or " contains " in text):
        return fields
    known = dict(fields)
    for match in HAS.finditer(text[:4000]):
        members = read_items(text, match.end()) if known.get(match[1]) == PLAIN else []
        own = [member for member in members if member[0] not in known]
        if own and match[1] not in dict(members):
            known[match[1]] = build_object(own)
    for match in IS.finditer(text[:4000]):
        if known.get(match[1]) == PLAIN or "items" in known.get(match[1], {}):
            known[match[1]] = describe_field(match[1], match[2])
    return list(known.items())


PLAIN = {"type": "string"}


def find_single_property(text: str) -> tuple[Fields, int] | None:
    """Return the name and the property of several things, and how many there are."""
    match = SINGLE.search(text[:600]) if "json" in text.lower() else None
    if match is None:
        return None
    words = match[2].split()
    last = words[-1][:-1] if words[-1].endswith("s") and not words[-1].endswith("ss") else words[-1]
    key = "_".join([*words[:-1], last])
    return [("name", PLAIN), (key, describe_by_name(key))], parse_count(match[1], 50)
