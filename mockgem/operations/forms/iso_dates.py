"""Dates in ISO form for prompts that want it: "14 March 2024" and "02.11.2023"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.dates import find_written_date
from mockgem.operations.forms.field_cues import find_kind, read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.hints import to_iso_date

WISH = make_regex(
    r"\bISO\b(?! ?(?:4217|639|3166|code|country|currency|language))|\bYYYY-MM-DD|\bAAAA-MM-[DJ]{2}"
    r"|\bJJJJ-MM-TT|\byyyy-mm-dd",
    re.I,
)
DAY_FIRST = make_regex(
    r"\b(?:dd[/.]mm|UK|British|European|day first|GBP|Rechnung|EUR)\b|[£€]", re.I
)
SLASHED = make_regex(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)")
DOTTED = make_regex(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)")
ORDINAL = make_regex(r"(?<=\d)(?:st|nd|rd|th)\b")


def wants_iso(question: Question) -> bool:
    return WISH.search(question.whole) is not None


def to_iso(text: str, *, day_first: bool) -> str:
    """Return a date in ISO form; empty for another text."""
    if match := re.match(r"\d{4}-\d\d-\d\d\Z", text):
        return match[0]
    match = SLASHED.fullmatch(text) or DOTTED.fullmatch(text)
    if match is not None:
        first, second, year = int(match[1]), int(match[2]), match[3]
        is_day = day_first or "." in text or first > 12
        day, month = (first, second) if is_day and second < 13 else (second, first)
        year = f"20{year}" if len(year) == 2 else year
        return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    plain = re.sub(r" of (?=[A-Z])", " ", ORDINAL.sub("", text))
    return to_iso_date(plain) or find_written_date(plain)


def use_iso(value: Any, question: Question) -> Any:
    """Return a value whose dates have ISO form, if the prompt wants this."""
    if CLOCK_WISH.search(question.whole):
        value = set_clocks(value)
    if not wants_iso(question):
        return value
    return convert(value, day_first=DAY_FIRST.search(question.whole) is not None)


CLOCK_WISH = make_regex(r"\bHH:MM\b|\b24[- ]?h(?:our)?s?\b", re.I)
CLOCK = make_regex(r"(\d{1,2})(?:[:.h](\d\d))? ?([ap])?\.?m?\.?(?: Uhr)?", re.I)


def set_clocks(value: Any, key: str = "") -> Any:
    """Return a value whose times have 24 hours: "7:30 pm" is "19:30"."""
    match value:
        case dict():
            return {own: set_clocks(item, own) for own, item in value.items()}
        case list():
            return [set_clocks(item, key) for item in value]
        case str() if find_kind(read_name(key)) == "time" and (match := CLOCK.fullmatch(value)):
            hour = (
                int(match[1]) % 12 + (12 if match[3] in "pP" else 0) if match[3] else int(match[1])
            )
            return f"{hour:02}:{match[2] or '00'}" if hour < 24 else value
    return value


def convert(value: Any, *, day_first: bool, key: str = "") -> Any:
    match value:
        case dict():
            return {own: convert(item, day_first=day_first, key=own) for own, item in value.items()}
        case list():
            return [convert(item, day_first=day_first, key=key.rstrip("s")) for item in value]
        case str() if 5 < len(value) < 30 and find_kind(read_name(key)) == "date":
            return to_iso(value.strip(), day_first=day_first) or value
    return value
