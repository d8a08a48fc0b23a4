"""Elements that a prompt shows as the form of the reply: "<score>1-5</score>"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

INPUT_TAGS = frozenset(
    "context document documents doc docs text article input data example examples email "
    "transcript question query title".split()
)
SHOWN = make_regex(
    r"\b(?:format|template|structure|form|follows|like this|following|exactly|output|respond|reply"
    r"|answer|return)\b[^\n<]{0,60}\s{0,4}(?:```(?:xml)?\s{0,4})?<([a-zA-Z_][\w-]{1,30})>"
    r"[^<>\n]{0,160}</\1>",
    re.I,
)
"""An element right below what announces the form of the reply."""
ELEMENT = make_regex(r"<([a-zA-Z_][\w-]{1,30})>([^<>\n]{0,160})</\1>")


def list_shown(text: str) -> list[str]:
    """Return the names of the elements that a prompt shows with what they are to hold."""
    names = dict.fromkeys(match[1] for match in ELEMENT.finditer(text))
    return [name for name in names if name not in INPUT_TAGS]


def find_shown_range(name: str, text: str) -> tuple[str, str] | None:
    """Return the limits that an element shows: "<score>1-5</score>"."""
    about = next((match[2] for match in ELEMENT.finditer(text) if match[1] == name), "")
    found = BETWEEN.search(about)
    return (found[1], found[2]) if found and int(found[1]) < int(found[2]) else None


BETWEEN = make_regex(r"(?<![\w.])(\d{1,3})\s?(?:-|–|to|\.\.)\s?(\d{1,3})(?![\w.])")
