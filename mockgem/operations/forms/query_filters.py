"""Filters in data for wishes in words: "customers older than 30" is age, ">" and 30."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

KEYS = frozenset(("field", "operator", "value"))
COMPARED: tuple[tuple[str, str, str], ...] = (
    (r"older than|over the age of", "age", ">"),
    (r"younger than|under the age of", "age", "<"),
    (r"(?:cheaper|costs? less) than|priced (?:below|under)", "price", "<"),
    (r"(?:more expensive|costs? more) than|priced (?:above|over)", "price", ">"),
    (r"at least|no less than|minimum of", "", ">="),
    (r"at most|no more than|up to|maximum of", "", "<="),
    (r"(?:more|greater|higher|larger|bigger) than|over|above|exceeding|after|since", "", ">"),
    (r"(?:less|fewer|lower|smaller) than|under|below|before", "", "<"),
)
COMPILED = [
    (make_regex(rf"\b(?:{words})\s[$€£]?(\d[\d,.]*\d|\d)", re.I), field, mark)
    for words, field, mark in COMPARED
]
FROM = make_regex(r"\b(?:from|in|located in|based in) ([A-Z][\w-]+(?: [A-Z][\w-]+)?)")
IS = make_regex(r"\b([a-z_]{3,20}) (?:is|equals|=|equal to) [\"']?([\w-]{2,30})", re.I)
FIELD = make_regex(
    r"\b(?:with|whose|where|having)?\s?(?:an? |the |their )?"
    r"(price|rating|age|salary|stock|quantity|score|amount|revenue|year|date|total|weight|orders)\b",
    re.I,
)


def fill_filter(row: dict[str, Any], text: str, wish: str) -> dict[str, Any]:
    """Return a filter with the field, the operator and the value that a text says.

    Args:
        wish: The instruction, which may spell operators in letters: "gt".
    """
    keys = {key.lower(): key for key in row}
    if not keys.keys() >= KEYS:
        return row
    found = read_filter(text)
    if found is None:
        return row
    if IN_LETTERS.search(wish):
        found = (found[0], NAMES[found[1]], found[2])
    return {
        **row,
        **dict(zip((keys["field"], keys["operator"], keys["value"]), found, strict=True)),
    }


IN_LETTERS = make_regex(r"\b(?:gte?|lte?|eq)\b")
NAMES = {">": "gt", "<": "lt", ">=": "gte", "<=": "lte", "=": "eq"}
"""How filters spell operators in letters."""


def read_filter(text: str) -> tuple[str, str, Any] | None:
    for pattern, field, mark in COMPILED:
        if match := pattern.search(text):
            named = FIELD.search(text)
            name = field or (named[1].lower() if named else guess_field(text))
            plain = match[1].replace(",", "")
            return name, mark, float(plain) if "." in plain else int(plain)
    if match := FROM.search(text):
        return "city" if "city" in text.lower() else "country", "=", match[1]
    match = IS.search(text)
    return (match[1].lower(), "=", match[2]) if match else None


def guess_field(text: str) -> str:
    return (
        "price" if re.search(r"[$€£]|\b(?:products?|items?|euros?|dollars?)\b", text) else "value"
    )
