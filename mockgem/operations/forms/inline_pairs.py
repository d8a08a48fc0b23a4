"""Pairs of keys and values in one line: "name: Ann, age: 30, colors: red, blue"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.statements import parse_cell, parse_sentence

GIVES_PAIRS = make_regex(
    r"\b(?:ya?ml|json|xml|toml)\b(?:[^:\n]{0,60}:|[^:\n]{0,20}[?.!]) ?"
    r"(?:[A-Za-z]\w{0,20}: [^,:\n{}\"]{1,40}, ){2}",
    re.I,
)
"""A format and the pairs after it: "YAML for an app: name: shop, version: 1.2, …"."""
INLINE_PAIR = make_regex(r"\s?([^\W\d][\w -]{0,24}?)(?:\s?[:=]\s?|\s[-–]\s)([^,;:=&\n]{1,80})")
MAX_WORDS = 4
"""Words of a value that belongs to the list before it, at most."""


def parse_inline_pairs(text: str) -> dict[str, Any] | None:
    """Return the object of a line such as "name: Ann, age: 30, city: Rome"."""
    last = text.strip().splitlines()[-1] if text.strip() else ""
    start = re.match(
        r"[^:\n]{0,120}\b(?:json|xml|yaml|csv|toml|table|this|following)\b(?:[^:?!\n]{0,20}[:?!]|\.)(?=\s)",
        last,
        re.I,
    )
    parts = join_lists(re.split(r"[,;]\s|&", last[start.end() :] if start else last))
    found = [INLINE_PAIR.fullmatch(part.replace(",", "\0")) for part in parts]
    if len(found) < 2 or not all(found):
        return parse_sentence(last[start.end() :] if start else last)
    return {one[1].strip(): parse_cells(one[2].strip(" .")) for one in found if one}


def join_lists(parts: list[str]) -> list[str]:
    """Return parts of a line in which a part without a key belongs to the one before it."""
    joined: list[str] = []
    for part in parts:
        if joined and not re.search(r"[:=]|\s[-–]\s", part) and len(part.split()) < MAX_WORDS:
            joined[-1] += f",{part}"
        else:
            joined.append(part)
    return joined


def parse_cells(text: str) -> Any:
    """Return one value, or a list of values that a mark divides."""
    cells = text.split("\0")
    return parse_cell(text) if len(cells) == 1 else [parse_cell(cell.strip()) for cell in cells]
