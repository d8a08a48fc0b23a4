"""The time between two times of day: "leaves at 14:05 and arrives at 16:35"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

TIME = r"(\d{1,2})[:.h](\d\d)\s?(?:([ap])\.?m\b\.?|Uhr\b)?"
TWO_TIMES = make_regex(rf"(?<![\d:.]){TIME}(?!\d)[^\n]{{1,120}}?(?<![\d:.]){TIME}(?!\d)", re.I)
ASKS_MINUTES = make_regex(
    r"\b(?:how many|number of|wie viele|combien de|cuántos|quanti|quantos|duration in"
    r"|difference in|length in) (?:minut[eo]?[ns]?|minuti)\b|\bin minutes\b|\bin minuten\b",
    re.I,
)
ASKS_HOURS = make_regex(
    r"\b(?:how many|number of|wie viele|combien d['’]|cuántas|quante|quantas) ?(?:hours?|stunden"
    r"|heures|horas|ore)\b|\bin hours\b",
    re.I,
)
DAY = 24 * 60


def measure_span(text: str) -> float | None:
    """Return the minutes, or the hours, between two times if a text asks for these."""
    text = text[:600]
    if not any(mark in text for mark in ":.h"):
        return None
    wants_hours = ASKS_HOURS.search(text) is not None
    match = TWO_TIMES.search(text) if wants_hours or ASKS_MINUTES.search(text) else None
    if match is None:
        return None
    first, last = (to_minutes(*match.groups()[at : at + 3]) for at in (0, 3))
    span = (last - first) % DAY
    return span / 60 if wants_hours else span


def to_minutes(hour: str, minute: str, half: str | None) -> int:
    """Return the minutes since midnight of a time."""
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "p" else 0)
    return number * 60 + int(minute)
