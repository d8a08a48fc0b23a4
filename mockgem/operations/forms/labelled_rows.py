"""Rows that a prompt lists by day, month, meal or time: "mon gym, tue piano"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
KINDS = (
    (
        "Day",
        "Activity",
        r"mon(?:day)?s?|tue(?:s|sday)?s?|wed(?:nesday)?s?|thu(?:rs?|rsday)?s?|fri(?:day)?s?"
        r"|sat(?:urday)?s?|sun(?:day)?s?|day \d{1,2}|weekends?",
    ),
    (
        "Month",
        "Plan",
        r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
        r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    ),
    ("Meal", "Food", r"breakfast|brunch|lunch|dinner|supper|snacks?|dessert"),
    (
        "Time",
        "Activity",
        r"\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)|\d{1,2}:\d\d(?: ?(?:-|–|to) ?\d{1,2}:\d\d)?|\d{1,2}h",
    ),
)
"""The names of both columns, and what the first cell of each row says."""
COMPILED = [
    (name, other, make_regex(rf"\s*(?:on |at |for )?({label})\.?(?:\s?[:=–-]\s?|\s)(\S.*)", re.I))
    for name, other, label in KINDS
]
PARTS = make_regex(r"\s*[,;\n]\s*(?:and )?|\s+and (?=\w+ )")
MAX_PARTS = 40


def read_labelled_rows(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the columns and the rows that stand after a colon; nothing for other rows."""
    _, colon, rest = text.partition(": ")
    parts = [one for one in PARTS.split(rest.strip(" .\n")) if one] if colon else []
    if not 1 < len(parts) < MAX_PARTS:
        return [], []
    for name, other, pattern in COMPILED:
        found = [pattern.fullmatch(part) for part in parts]
        if all(found):
            return [name, other], [[complete(one[1]), one[2].strip()] for one in found if one]
    return [], []


def complete(label: str) -> str:
    """Return the whole name of a day or a month: "Tuesday" for "tue"."""
    start = label[:3].lower()
    full = next((one for one in (*DAYS, *MONTHS) if one[:3].lower() == start), "")
    return full if full.lower().startswith(label[:4].lower()) else label.capitalize()
