"""Dates of holidays: "what day is Christmas 2027", "when is Easter 2026"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.relative_dates import MONTHS, WEEKDAYS

FIXED = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "independence day": (7, 4),
    "halloween": (10, 31),
}
TO_EASTER = {"good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0}
NAMES = "|".join(sorted((*FIXED, *TO_EASTER, "thanksgiving"), key=len, reverse=True))
ASKS = make_regex(
    rf"\A\W*(?:on )?(?:what|which|when)(?:['’]?s)?(?: (?:day|date|weekday|day of the week))?"
    rf" ?(?:is|was|will|does|did)?(?: (?:be|it))? ?(?P<name>{NAMES})(?: day)?(?: fall)?(?: on)?"
    r"(?: in| of|,)? (?P<year>(?:19|20)\d\d)(?: on| fall(?: on)?)?\W*\Z",
    re.I,
)
ONLY_DAY = make_regex(r"\A\W*(?:on )?(?:what|which) (?:day of the week|weekday)\b", re.I)


@form(
    "date of a holiday",
    "what day is christmas 2027",
    "When is Easter 2026?",
    words="christmas easter thanksgiving halloween valentine's new boxing good independence st",
    about="the weekday and the date of a holiday in a year",
)
def tell_holiday(question: Question) -> str | None:
    prompt = question.prompt.strip().replace("’", "'")
    match = ASKS.match(prompt) if len(prompt) < MAX_PROMPT else None
    if match is None or question.language != "en":
        return None
    name, year = match["name"].lower(), int(match["year"])
    day = find_holiday(name, year)
    weekday = WEEKDAYS[day.weekday()]
    if question.is_terse or ONLY_DAY.match(prompt):
        return weekday
    shown = " ".join(one.capitalize() for one in name.split())
    return f"{shown} {year} is on {weekday}, {day.day} {MONTHS[day.month - 1]} {year}."


MAX_PROMPT = 90


def find_holiday(name: str, year: int) -> date:
    """Return the day of a holiday in a year."""
    if name in FIXED:
        month, day = FIXED[name]
        return date(year, month, day)
    if name in TO_EASTER:
        return find_easter(year) + timedelta(days=TO_EASTER[name])
    first = date(year, 11, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 21)


THURSDAY = 3


def find_easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap_centuries, other_centuries = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - shift + 15) % 30
    leaps, years = divmod(rest, 4)
    weekday = (32 + 2 * other_centuries + 2 * leaps - moon - years) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
