"""Answers to questions about dates and times: days between two dates, a weekday, an age."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.relative_dates import MONTHS, WEEKDAYS

MONTH = rf"(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]{{0,6}}"


def match_date(number: int) -> str:
    """Return the pattern of a date whose groups end with a number."""
    end = r"(?:st|nd|rd|th)?"
    first = (
        rf"(?P<day{number}>\d{{1,2}}){end} (?:of )?(?P<month{number}>{MONTH})\.?,?"
        rf" (?P<year{number}>\d{{4}})"
    )
    second = (
        rf"(?P<month_b{number}>{MONTH})\.? (?P<day_b{number}>\d{{1,2}}){end},?"
        rf" (?P<year_b{number}>\d{{4}})"
    )
    return rf"(?:{first}|{second}|(?P<iso{number}>\d{{4}}-\d\d-\d\d))"


IN_ONE_YEAR = make_regex(
    rf"\b(?:how many )?days\b[^?\n]{{0,24}}?\b(?:between|from|until)\b[^?\n]{{0,12}}?"
    rf"(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month1>{MONTH})"
    rf"|(?P<month_b1>{MONTH}) (?P<day_b1>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf" (?:and|to|until|till) (?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{MONTH})"
    rf"|(?P<month_b2>{MONTH}) (?P<day_b2>\d{{1,2}})(?:st|nd|rd|th)?)(?!,? \d{{4}})",
    re.I,
)
"""Two dates without a year, which are taken for those of one common year."""
COMMON_YEAR = "2026"
TWO_DATES = make_regex(
    rf"\b(?P<unit>days|weeks)\b[^?\n]{{0,40}}?\b(?:between|from|until)\b[^?\n]{{0,12}}?"
    rf"{match_date(1)} (?:and|to|until|till) {match_date(2)}",
    re.I,
)
WEEKDAY_OF = make_regex(
    rf"\b(?:what|which) (?:day(?: of the week)?|weekday)\b[^?\n]{{0,30}}?{match_date(1)}",
    re.I,
)
MOVED = make_regex(
    rf"\b(?P<count>\d{{1,4}}) (?P<unit>day|week)s? (?P<way>after|from|before|prior to)"
    rf" {match_date(1)}",
    re.I,
)


def read_date(match: re.Match[str], number: int) -> date | None:
    found = match.groupdict()
    try:
        if iso := found[f"iso{number}"]:
            return date.fromisoformat(iso)
        name = found[f"month{number}"] or found[f"month_b{number}"]
        month = [one[:3].lower() for one in MONTHS].index(name[:3].lower()) + 1
        day = int(found[f"day{number}"] or found[f"day_b{number}"])
        return date(int(found[f"year{number}"] or found[f"year_b{number}"]), month, day)
    except ValueError:
        return None


def count_days(match: re.Match[str]) -> int | None:
    """Return the days between two dates without a year; the second may be in the next year."""
    found = match.groupdict()
    days: list[date] = []
    for number in ("1", "2"):
        name = found[f"month{number}"] or found[f"month_b{number}"]
        month = [one[:3].lower() for one in MONTHS].index(name[:3].lower()) + 1
        try:
            day = int(found[f"day{number}"] or found[f"day_b{number}"])
            days.append(date(int(COMMON_YEAR), month, day))
        except ValueError:
            return None
    return (days[1] - days[0]).days % DAYS_OF_YEAR


DAYS_OF_YEAR = 365


def write_date(day: date, like: str) -> str:
    return day.isoformat() if "-" in like else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def solve_dates(text: str) -> list[str]:
    """Return the days between two dates, a weekday, or the date some days later."""
    if match := TWO_DATES.search(text):
        first, last = read_date(match, 1), read_date(match, 2)
        if first is None or last is None:
            return []
        days = abs((last - first).days)
        unit = match["unit"].lower()
        return [f"{days / 7:g} weeks" if unit == "weeks" else f"{days} days"]
    if match := IN_ONE_YEAR.search(text):
        between = count_days(match)
        return [f"{between} days"] if between is not None else []
    if (match := WEEKDAY_OF.search(text)) and (day := read_date(match, 1)):
        return [WEEKDAYS[day.weekday()]]
    if (match := MOVED.search(text)) and (day := read_date(match, 1)):
        days = int(match["count"]) * (7 if match["unit"].lower() == "week" else 1)
        is_back = match["way"].lower() in ("before", "prior to")
        return [write_date(day + timedelta(days=-days if is_back else days), match[0])]
    return []


AFTER_TIME = make_regex(
    r"(?:(?P<hours>\d{1,2}) hours?)?(?:,? (?:and )?)?(?:(?P<minutes>\d{1,3}) (?:minutes|mins?))?"
    r" (?P<way>after|before|from|past) (?P<hour>\d{1,2})(?::(?P<minute>\d\d))? "
    r"?(?P<half>[ap]\.?m)?",
    re.I,
)
AGE_IN = make_regex(r"\bhow old\b[^?\n]{0,40}\bborn in (\d{4})\b[^?\n]{0,20}\bin (\d{4})\b", re.I)


def solve_time(text: str) -> list[str]:
    """Return the time some hours after another one, or the age in a year."""
    if match := AGE_IN.search(text):
        return [f"{int(match[2]) - int(match[1])} years old"]
    match = AFTER_TIME.search(text) if "time" in text.lower() else None
    if match is None or not (match["hours"] or match["minutes"]):
        return []
    half = (match["half"] or "")[:1].lower()
    hour = int(match["hour"]) % 12 + (12 if half == "p" else 0) if half else int(match["hour"])
    shift = 60 * int(match["hours"] or 0) + int(match["minutes"] or 0)
    start = 60 * hour + int(match["minute"] or 0)
    end = (start - shift if match["way"].lower() == "before" else start + shift) % (24 * 60)
    if not half:
        return [f"{end // 60:02}:{end % 60:02}"]
    return [f"{(end // 60 + 11) % 12 + 1}:{end % 60:02} {'pm' if end >= NOON else 'am'}"]


NOON = 12 * 60
