"""Moments: a date with its time in ISO form, for fields such as "start" and "departure"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.iso_dates import DAY_FIRST, to_iso
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_candidates import Candidate, Candidates

WISH = make_regex(
    r"\bISO[ -]?8601\b|\bdate-?times?\b|\bdate and time\b|\btimestamps?\b|DDTHH", re.I
)
DAY_WISH = make_regex(
    r"\bISO[ -]?(?:date|datum|format)|\bYYYY-MM-DD\b|\bfecha ISO\b|\bdate ISO\b|\bdata ISO\b", re.I
)
STARTS = make_regex(
    r"^(?:event_|meeting_|flight_)?(?:start|begin|beginn|beginning|departure|departs?|dep"
    r"|inicio|début|debut|inizio|abfahrt|abflug|salida|départ|partenza|check_?in|pick_?up|when"
    r"|scheduled|mietbeginn|vertragsbeginn)(?:s|ing)?(?:_?(?:at|time|date|date_?time|datum))*$"
)
ENDS = make_regex(
    r"^(?:event_|meeting_|flight_)?(?:end|ende|eta|arrival|arrives?|arr|until|fin|final|fine"
    r"|ankunft|llegada|arrivée|arrivo|check_?out|drop_?off|return|mietende|vertragsende)(?:s|ing)?"
    r"(?:_?(?:at|time|date|date_?time|datum))*$"
)
WHOLE = make_regex(r"(?:date_?time|timestamp|_at|when)$")
DAY_ONLY = make_regex(r"date$|datum$")
CLOCK = make_regex(r"(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d))? ?([ap])?", re.I)
ARRIVES = make_regex(r"\b(?:arriv\w*|lands?|landing|until|to|bis|ankunft|lleg\w+|ends?)\W", re.I)
ISO = make_regex(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?")


def set_moments(value: dict[str, Any], given: str, question: Question) -> dict[str, Any]:
    """Return an object whose beginnings and ends are ISO dates, with their times if wished."""
    names = {
        key: read_name(key) for key, item in value.items() if isinstance(item, (str, type(None)))
    }
    keys = [key for key, name in names.items() if STARTS.match(name) or ENDS.match(name)]
    if not keys:
        return value
    whole = question.whole
    with_time = WISH.search(whole) is not None
    if not with_time and not DAY_WISH.search(whole):
        return value
    found = Candidates(given)
    days = list_days(found, day_first=DAY_FIRST.search(whole) is not None)
    if not days:
        return value
    clocks = found.found["time"]
    moments = {}
    for key in keys:
        is_end = ENDS.match(names[key]) is not None
        if is_end and len(days) < 2 and not (with_time and len(clocks) > 1) and len(keys) > 1:
            continue
        at = pick(is_end, clocks, found)
        day = find_day(days, at, is_end=is_end)
        is_moment = with_time and at is not None and not DAY_ONLY.search(names[key])
        if is_moment or not is_iso(value[key]) or value[key][:10] not in {iso for _, iso in days}:
            moments[key] = f"{day}T{read_clock(at.text)}" if is_moment and at else day
    return {**value, **moments}


def is_iso(text: Any) -> bool:
    return isinstance(text, str) and ISO.fullmatch(text) is not None


def list_days(found: Candidates, *, day_first: bool) -> list[tuple[int, str]]:
    """Return the places of the dates in a text with their ISO forms."""
    read = [(one.start, to_iso(one.text, day_first=day_first)) for one in found.found["date"]]
    return [(start, day) for start, day in read if day]


def pick(is_end: bool, clocks: list[Candidate], found: Candidates) -> Candidate | None:
    """Return the time of a beginning or of an end: the last one stands behind its word."""
    if not clocks:
        return None
    if not is_end:
        return clocks[0]
    after = [one for one in clocks if ARRIVES.search(found.before(one, 20))]
    return after[-1] if after else clocks[-1]


def find_day(days: list[tuple[int, str]], at: Candidate | None, *, is_end: bool) -> str:
    """Return the date that stands nearest to a time; without one the first or the last."""
    if at is None:
        return days[-1 if is_end else 0][1]
    place = at.start
    return min(days, key=lambda day: abs(day[0] - place))[1]


def read_clock(text: str) -> str:
    match = CLOCK.match(text)
    if match is None:
        return "00:00:00"
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    return f"{hour:02}:{match[2] or '00'}:{match[3] or '00'}"
