"""The cities of people in a text: "Ana Lopez lives in Quito, Tom Reid from Leeds"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

CITY_KEY = make_regex(
    r"^(?:city|town|location|place|residence|hometown|lives_in|ciudad|stadt|ville)$", re.I
)
NAME_KEY = make_regex(r"^(?:name|full_?name|person|customer|client|nombre|nom|nome)$", re.I)
PLACE = make_regex(
    r"\b(?:lives? in|living in|based in|from|in|of|resident of|moved to|vive en|wohnt in|habite à"
    r"|de)"
    r" ([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)"
    r"|, ([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)(?=[,;.(]|\s*\Z)"
)


def place_people(rows: list[Any], text: str) -> list[Any]:
    """Return rows about people whose cities are those that stand behind their names."""
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        return rows
    name = next((key for key in rows[0] if NAME_KEY.match(key)), None)
    city = next((key for key in rows[0] if CITY_KEY.match(key)), None)
    if name is None or city is None:
        return rows
    starts = [text.find(str(row.get(name))) for row in rows]
    if min(starts) < 0 or starts != sorted(starts):
        return rows
    ends = [*starts[1:], len(text)]
    parts = [
        text[at + len(str(row[name])) : end]
        for row, at, end in zip(rows, starts, ends, strict=True)
    ]
    found = [PLACE.search(part) for part in parts]
    if not all(found):
        return rows
    cities = [next(filter(None, match.groups()), "") for match in found if match]
    return [{**row, city: place} for row, place in zip(rows, cities, strict=True)]
