"""People or things with a number each: "Tom 12, Eva 19, Jo 7", "John (42) and Mary (39)"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

PAIR = make_regex(
    r"\b(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?: ?\((?P<age>\d{1,3})\)"
    r"|:? (?P<number>\d{1,6}(?:\.\d{1,3})?)(?=[,;.\n\"]| and | ?[-–] |\s*\Z))"
)
MEASURE = make_regex(
    r"\b(scores?|points?|votes?|prices?|ages?|sales|grades?|goals?|steps|hours|salary|salaries)\b",
    re.I,
)
SORTS = make_regex(r"\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed|ing)?|highest|lowest)\b", re.I)
UP = make_regex(r"\b(?:ascending|lowest to|lowest first|smallest|low to high)\b", re.I)
LEAST = 2
MONTHS = frozenset(
    "January February March April May June July August September October November December Jan Feb"
    " Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)


def read_named_numbers(text: str) -> list[dict[str, Any]]:
    """Return a row for each name with its number; nothing for a text with fewer than two."""
    found = list(PAIR.finditer(text))
    if any(one["name"] in MONTHS for one in found):
        return []
    if len({one["name"] for one in found}) < max(LEAST, len(found)):
        return []
    measure = MEASURE.search(text)
    key = "age" if all(one["age"] for one in found) else name_measure(measure)
    rows = [{"name": one["name"], key: to_number(one["age"] or one["number"])} for one in found]
    if SORTS.search(text):
        rows.sort(key=lambda row: float(row[key]), reverse=UP.search(text) is None)
    return rows


def name_measure(measure: re.Match[str] | None) -> str:
    word = measure[1].lower() if measure else "value"
    return (
        word
        if word in ("sales", "steps", "hours", "value")
        else IRREGULAR.get(word, word.rstrip("s"))
    )


IRREGULAR = {"salaries": "salary"}


def to_number(text: str) -> float | int:
    return float(text) if "." in text else int(text)
