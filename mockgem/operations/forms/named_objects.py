"""The names of objects in an object: "two environments, dev and prod", "keys monday to sunday"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.keyed_objects import WEEK
from mockgem.operations.forms.lazy_patterns import make_regex

COMPARED = make_regex(
    r"\b[Cc]ompar(?:e|ing) ([A-Z][\w+#-]{0,20}(?:, [A-Z][\w+#-]{0,20}){0,6},? and"
    r" [A-Z][\w+#-]{0,20})"
)
"""Things that a prompt compares: "Compare Python and Go: for each language give …"."""
NAME = r"[a-z][\w-]{1,24}"
WITH = r"(?:with|having|containing|has|have|must have|should have|needs)"
DAYS = make_regex(
    rf"\b({'|'.join(WEEK)}) ?(?:to|through|until|-|–) ?({'|'.join(WEEK)}),?"
    rf" (?:each|every one) {WITH}"
    r" (?:an? |the )?",
    re.I,
)
LISTS = make_regex(
    rf"\b(?:each|every) ([a-z]{{3,20}}) {WITH} ({NUMBER}) [a-z]{{3,20}}s,? (?:each )?with ", re.I
)
"""What each of the named things has: "Every section has 2 items with name and price"."""


def read_names(noun: str, plural: str, text: str) -> list[str]:
    """Return the names in "three flags (dark_mode, beta_search), each of which has …"."""
    listed = re.search(
        rf"\b(?i:{plural})\s?(?:\(|: ?)({NAME}(?:, (?:and )?{NAME})+)\)?"
        rf"|\b(?i:the {plural}) ({NAME}(?:, {NAME})*,? and {NAME})(?=[;.])"
        rf"|\b(?i:({NUMBER}) {plural}), ({NAME}(?:(?:, and |, | and ){NAME})+)",
        text,
    )
    match = listed or COMPARED.search(text)
    if match is None:
        return []
    names = re.split(r", (?:and )?| and ", next(one for one in match.groups()[::-1] if one))
    is_whole = listed is None or not listed[3] or len(names) == parse_count(listed[3], 50)
    return names if is_whole else []


def find_named_objects(text: str, to_plural: Any) -> dict[str, Any] | None:
    """Return the schema of days with the same fields, or of named lists of objects; else None."""
    if days := DAYS.search(text):
        first, last = (WEEK.index(name.lower()) for name in days.groups())
        fields = read_items(text, days.end())
        names = [*WEEK, *WEEK][first : last + 1 if first <= last else last + 8]
        spelled = [name.capitalize() if days[1][:1].isupper() else name for name in names]
        return build_object([(name, build_object(fields)) for name in spelled]) if fields else None
    match = LISTS.search(text)
    names = read_names(match[1], to_plural(match[1].lower()), text) if match else []
    fields = read_items(text, match.end()) if match and names else []
    if match is None or not fields:
        return None
    count = parse_count(match[2], 30)
    limits = {"minItems": count, "maxItems": count}
    rows = {"type": "array", "items": build_object(fields), **limits}
    return build_object([(name, rows) for name in names])
