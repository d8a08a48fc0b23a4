"""Numbers that a text has for a field: ends of ranges, people, amounts with units."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.text_lookup import (
    find_labelled,
)

UNIT = make_regex(
    r"_(kg|g|km|m|cm|mm|l|ml|eur|usd|min|minutes|hours|days|weeks|months|years|gb|mb|lbs?|mg|kwh)$",
    re.I,
)


COUNTED_NAME = make_regex(rf"\b({NUMBER}) (?:[a-z]+ )?{NAME}s?\b", re.I)
AMOUNT_BEFORE = make_regex(rf"(-?\d[\d,]*(?:\.\d+)?)\+? ?{NAME}\b", re.I)


def find_worded(name: str, text: str) -> int:
    """Return the number in "two adults" for the field adults; 0 without one."""
    stem = name.rpartition("_")[2].rstrip("s")
    found = search_named(COUNTED_NAME, stem, text) if len(stem) > 3 else None
    return parse_count(found[1], 1000) if found and not found[1].lower().startswith("a") else 0


def find_number_of(name: str, value: Any, kind: str, text: str) -> Any:
    if (end := find_range_end(name, text)) is not None:
        return int(end) if kind == "integer" or end == int(end) else end
    if PEOPLE_NAME.search(name) and (party := PARTY.search(text)):
        return parse_count(party[1], 1000)
    unit = UNIT.search(name)
    labelled = re.search(r"-?\d[\d,]*(?:\.\d+)?", find_labelled(name, text))
    match = re.search(rf"(-?\d[\d,]*(?:\.\d+)?) ?{unit[1]}\b", text, re.I) if unit else None
    found = (match[1] if match else "") or (labelled[0] if labelled else "")
    first = name.split("_")[0]
    if not found and len(first) > 3:  # "8 years of experience" for years_experience
        before = search_named(AMOUNT_BEFORE, first, text)
        found = before[1] if before else ""
    if not found and (worded := find_worded(name, text)):
        return worded
    if not found:
        return value
    number = float(found.replace(",", ""))
    return int(number) if kind == "integer" or number == int(number) else number


PEOPLE_NAME = make_regex(
    r"^(?:num(?:ber)?_(?:of_)?)?(?:passengers|guests|people|persons|party_size|group_size"
    r"|travell?ers|seats"
    r"|tickets|attendees|participants)(?:_count)?$",
    re.I,
)


PARTY = make_regex(
    rf"\b(?!an?\b)({NUMBER}) (?:people|persons|guests|passengers|adults|travell?ers|of us|seats"
    rf"|tickets)\b",
    re.I,
)


RANGE_END = make_regex(
    r"^(?:(?P<low>min(?:imum)?|low(?:est)?|from)_|(?P<high>max(?:imum)?|high(?:est)?"
    r"|to)_)?(?P<noun>[a-z_]{2,30}?)"
    r"(?:_(?P<under>min(?:imum)?|low|from|start)|_(?P<over>max(?:imum)?|high|to|end))?$",
    re.I,
)
"""A field for one end of a range: "salary_min", "max_price"."""


AMOUNT = r"(\d[\d,.]{0,12}\d|\d)(?: ?(k)\b)?"


RANGE = make_regex(
    rf"[$€£]? ?{AMOUNT}(?: ?[€$£]| ?EUR| ?USD)?\s?(?:-|–|—|to|and|bis)\s?[$€£]? ?{AMOUNT}", re.I
)


def find_range_end(name: str, text: str) -> float | None:
    """Return the end of a range that a field is named after; None without a range in the text."""
    match = RANGE_END.match(name)
    if match is None or not any(match[group] for group in ("low", "high", "under", "over")):
        return None
    at = max(0, text.lower().find(match["noun"].split("_")[0].lower()))
    found = RANGE.search(text, at) or RANGE.search(text)
    if found is None:
        return None
    is_low = match["low"] or match["under"]
    number, mark = (found[1], found[2] or found[4]) if is_low else (found[3], found[4])
    return read_amount(number) * (1000 if mark else 1)


def read_amount(number: str) -> float:
    """Return the value of "75,000", "1.250,50" or "12.5"."""
    plain = re.sub(r"[,.](?=\d{3}(?:\D|\Z))", "", number.strip(".,"))
    return float(plain.replace(",", "."))
