"""Lists of known things with a property of each: "5 countries and their capitals"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.knowledge_files import compile_head
from mockgem.operations.forms.known_records import Kind, find_column, load_kinds
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

PAIRS = make_regex(
    rf"(?<![\w.])({NUMBER}) ((?:[a-z]+ ){{0,2}}[a-z]+s)(?: (?:and|with) (?:their|its)"
    rf" ([a-z]+(?: [a-z]+)?))\b",
    re.I,
)
SHOWN = make_regex(
    r"\b(?:format|form|like)\b[: \"'“]{1,4}[A-Z]\w+ ?(-|–|—|:|→|->|=|\||,) ?[A-Z]\w+"
)
"""How a thing and its property are joined: "in the format Country - Capital"."""


def list_pairs(question: Question) -> list[str]:
    """Return lines of things with a property; nothing for things that are not known."""
    text = question.instruction[:600]
    match = PAIRS.search(text) if " their " in text or " its " in text else None
    if match is None or question.language != "en" or question.material:
        return []
    kind = find_kind(match[2])
    column = find_column(kind.head, match[3].removesuffix("s")) if kind else ""
    if kind is None or not column or column == "name":
        return []
    shown = SHOWN.search(text)
    sign = shown[1] if shown else ":"
    space = "" if sign in ":," else " "
    count = parse_count(match[1], len(kind.records))
    return [f"{row['name']}{space}{sign} {row[column]}" for row in kind.records[:count]]


def find_kind(name: str) -> Kind | None:
    """Return the known things that a plural names."""
    words = re.sub(
        r"^(?:different|famous|common|popular|random|major|large|other)\s", "", name, flags=re.I
    )
    return next((kind for kind in load_kinds() if compile_head(kind.head).fullmatch(words)), None)
