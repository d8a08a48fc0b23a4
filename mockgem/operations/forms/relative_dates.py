"""Dates relative to a given day: "Today is Wednesday, May 15. When was Monday?"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MONTHS = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTH = "|".join(MONTHS)
DAY = "|".join(WEEKDAYS)
GIVEN = make_regex(
    r"\b(?:today(?:['’]s date)?|the date|current date|it|now)\s?(?:is|was|:|=)\s?(?:date: )?"
    rf"(?:(?P<weekday>{DAY})\b,? ?)?(?:the )?(?:(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?"
    rf"(?:,? (?P<year>\d{{4}}))?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?(?P<month2>{MONTH})"
    r"(?:,? (?P<year2>\d{4}))?|(?P<iso>\d{4}-\d\d-\d\d))?",
    re.I,
)
SHIFT = make_regex(
    r"\b(?:(?P<word>day after tomorrow|tomorrow|yesterday|day before yesterday)"
    r"|(?P<before>\d{1,3}|an?|two|three|four|five|six|seven|ten) (?P<unit>day|week)s?"
    r" (?P<way>ago|earlier|before|from now|later|from today|after)"
    r"|in (?P<count>\d{1,3}|an?|two|three|four|five|six|seven|ten) (?P<unit2>day|week)s?"
    rf"|(?P<which>next|last|this|on|by|until|for|was|is) (?P<name>{DAY}))\b",
    re.I,
)
ASKS = make_regex(
    r"\b(?:what|which) (?:date|day|weekday)\b|\bon (?:what|which)\b|\bwhen\b|\bwhat(?:['’]s| is|"
    r" was"
    r"| will) (?:the )?(?:exact )?(?:date|day)\b|\b(?:date|day) (?:is|was|will)\b",
    re.I,
)
WORDS = {
    "tomorrow": 1,
    "day after tomorrow": 2,
    "yesterday": -1,
    "day before yesterday": -2,
}
YEAR = 2024


@form(
    "relative date",
    "Today is Wednesday, May 15. What date is next Monday?",
    words="today now date",
    about="the date that is some days before or after the given one",
)
def find_relative_date(question: Question) -> str | None:
    text = question.whole[:2000]
    given = GIVEN.search(text)
    if given is None or question.language != "en" or not ASKS.search(question.prompt[:1000]):
        return None
    rest = text[: given.start()] + " " + text[given.end() :]
    shift = SHIFT.search(rest)
    start = read_day(given)
    if shift is None:
        return None
    if start is None:
        return name_weekday(given, shift)
    try:
        day = move_day(start, shift, rest)
    except OverflowError:
        return None
    return write_day(day, given, question)


NAMED_DAY = make_regex(
    rf"\b(?:(?P<month>{MONTH}) (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?"
    rf"(?P<month2>{MONTH}))(?:st|nd|rd|th)?\b(?!,? \d{{4}})",
    re.I,
)
"""A day without its year: "the 3rd of June"."""


def find_stated_day(question: Question) -> date | None:
    """Return the day that a message means if the request says which day is today; else None."""
    whole = question.whole[:3000]
    given = GIVEN.search(whole)
    start = read_day(given) if given else None
    if given is None or start is None:
        return None
    text = question.prompt[:1000].replace(given[0], " ")
    if named := NAMED_DAY.search(text):
        month = month_number(named["month"] or named["month2"])
        number = int(named["day"] or named["day2"])
        try:
            day = date(start.year, month, number)
            return day if day >= start else date(start.year + 1, month, number)
        except ValueError:
            return None
    shift = SHIFT.search(text)
    try:
        return move_day(start, shift, text) if shift else None
    except OverflowError:
        return None


def read_day(given: re.Match[str]) -> date | None:
    """Return the given day; None if only its weekday is given."""
    try:
        if given["iso"]:
            return date.fromisoformat(given["iso"])
        name, number = given["month"] or given["month2"], given["day"] or given["day2"]
        if not name:
            return None
        year = int(given["year"] or given["year2"] or find_year(given, name, number))
        return date(year, month_number(name), int(number))
    except ValueError:
        return None


def month_number(name: str) -> int:
    return MONTHS.index(name.capitalize()) + 1


def find_year(given: re.Match[str], month: str, number: str) -> int:
    """Return a year in which a date has the given weekday."""
    if not given["weekday"]:
        return YEAR
    wanted = WEEKDAYS.index(given["weekday"].capitalize())
    years = range(YEAR, YEAR + 11)
    fitting = (y for y in years if date(y, month_number(month), int(number)).weekday() == wanted)
    return next(fitting, YEAR)


def count_days(shift: re.Match[str]) -> int:
    """Return how many days a shift without a weekday is."""
    if shift["word"]:
        return WORDS[shift["word"].lower()]
    count = shift["before"] or shift["count"]
    number = 1 if count.lower() in ("a", "an") else parse_count(count, 999)
    days = number * (7 if (shift["unit"] or shift["unit2"]).lower() == "week" else 1)
    return -days if (shift["way"] or "").lower() in ("ago", "earlier", "before") else days


def move_day(start: date, shift: re.Match[str], text: str) -> date:
    """Return the day that a shift means, a weekday before the given day if the text is about
    the past."""
    if not shift["name"]:
        return start + timedelta(days=count_days(shift))
    wanted = WEEKDAYS.index(shift["name"].capitalize())
    which = shift["which"].lower()
    is_past = which in ("last", "was") or (
        which == "on" and re.search(r"\b(?:was|were|did|\w+ed)\b", text, re.I) is not None
    )
    if is_past:
        return start - timedelta(days=(start.weekday() - wanted) % 7 or 7)
    return start + timedelta(days=(wanted - start.weekday()) % 7 or 7)


def write_day(day: date, given: re.Match[str], question: Question) -> str:
    """Return a day as the given one is written, alone if the prompt wants only it."""
    asks_weekday = re.search(
        r"\b(?:day of the week|weekday|which day|what day)\b", question.prompt, re.I
    )
    if given["iso"] or re.search(r"\bYYYY-MM-DD\b|\bISO\b", question.whole):
        text = day.isoformat()
    elif given["day2"]:
        text = f"{day.day} {MONTHS[day.month - 1]}"
    else:
        text = f"{MONTHS[day.month - 1]} {day.day}"
    year = given["year"] or given["year2"]
    text = f"{text}{',' if given['year'] else ''} {day.year}" if year and "-" not in text else text
    if question.is_terse:
        return WEEKDAYS[day.weekday()] if asks_weekday and not given["iso"] else text
    name = (
        f"{WEEKDAYS[day.weekday()]}, " if given["weekday"] or given["iso"] or asks_weekday else ""
    )
    start = "That was" if day < (read_day(given) or day) else "That is"
    return f"{start} {name}{text}."


def name_weekday(given: re.Match[str], shift: re.Match[str]) -> str | None:
    """Return the weekday some days after a given one: "Today is Monday. What day is tomorrow?"."""
    if not given["weekday"] or shift["name"]:
        return None
    place = WEEKDAYS.index(given["weekday"].capitalize()) + count_days(shift)
    return f"{WEEKDAYS[place % 7]}."
