"""Dates and times: in the format that a prompt names, and after some days or hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from mockgem.operations.forms.answer_spans import find_nearest
from mockgem.operations.forms.calculations import ISO
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.relative_dates import find_stated_day
from mockgem.operations.forms.sources import choose_sentence, split_sentences
from mockgem.operations.forms.value_kinds import DATE
from mockgem.operations.generators import faker_pool
from mockgem.operations.generators.hints import to_iso_date

CLOCK = make_regex(r"(?<![\d:])([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)")


HOURS = make_regex(
    rf"({NUMBER})( and a half)? ?(?:hours?|hrs?|h\b|stunden?|horas?|heures?|ore\b)"
    r"(?:,? (?:and |und |y |et )?(\d{1,2}) ?(?:minutes?|min))?",
    re.I,
)


MINUTES = make_regex(r"(\d{1,3}) ?(?:minutes?|min\b|minuten|minutos)", re.I)


ASKS_END = make_regex(
    r"\b(?:end|ends|finish\w*|arriv\w*|over|until|done|land\w*|back|later|after|start|starts"
    r"|begin)\b",
    re.I,
)


EARLIER = make_regex(
    r"\b(?:before|earlier|ago|must (?:leave|start)|should (?:leave|start))\b", re.I
)


def add_duration(text: str) -> str:
    """Return the time after "starts at 08:15 and lasts 4 hours"; empty without a duration."""
    clock, hours, minutes = CLOCK.search(text), HOURS.search(text), MINUTES.search(text)
    if clock is None or not (hours or minutes) or not ASKS_END.search(text):
        return ""
    length = (
        60 * parse_count(hours[1]) + (30 if hours[2] else 0) + int(hours[3] or 0) if hours else 0
    )
    length = length or int(minutes[1] if minutes else 0)
    start = 60 * int(clock[1]) + int(clock[2])
    end = (start - length if EARLIER.search(text) else start + length) % (24 * 60)
    return f"{end // 60:02}:{end % 60:02}"


SHIFT = make_regex(
    rf"\b({NUMBER}) (day|week|month|year)s? (from now|from today|later|after|ahead|from then|ago"
    rf"|before|earlier)"
    rf"|\b(?:in|plus|\+|add) ({NUMBER}) (day|week|month|year)s?\b|\b(tomorrow|yesterday)\b",
    re.I,
)


ISO_DATE = make_regex(r"\b(\d{4})-(\d\d)-(\d\d)\b")


DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def shift_date(text: str) -> datetime | None:
    """Return the day that a text names from a given one: "three days from 2025-11-11"."""
    given, shift = ISO_DATE.search(text), SHIFT.search(text)
    if given is None or shift is None:
        return None
    try:
        start = datetime(int(given[1]), int(given[2]), int(given[3]))
    except ValueError:
        return None
    if shift[6]:
        return start + timedelta(days=1 if shift[6].lower() == "tomorrow" else -1)
    days = parse_count(shift[1] or shift[4]) * DAYS[(shift[2] or shift[5]).lower()]
    return start + timedelta(
        days=-days if shift[3] and shift[3].lower() in ("ago", "before", "earlier") else days
    )


MONTHS = (
    "janv|jan|ene|gen|sty|янв|січ|oca",
    "feb|fév|fev|febbr|lut|фев|лют|şub",
    "mär|mar|maart|maar|марта|берез",
    "apr|avr|abr|kwi|апр|квіт|nis",
    "mai|may|mag|mei|maj|мая|май|трав",
    "jun|juin|giu|cze|июн|черв|haz",
    "jul|juil|lug|lip|июл|лип|tem",
    "aug|aoû|ago|sie|авг|серп|ağu",
    "sep|set|wrz|сен|верес|eyl",
    "okt|oct|out|ott|paź|окт|жовт|eki",
    "nov|lis|ноя|лист|kas",
    "dez|déc|dec|dic|gru|дек|груд|ara|des",
)
WRITTEN = make_regex(
    r"(?<!\d)(\d{1,2})(?:\.|er|º|°|st|nd|rd|th)? (?:de |di |of )?([^\W\d_]{3,12})\.?,? (?:de "
    r"|del )?(\d{4})(?!\d)"
    r"|(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]"
)


ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
    " twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh"
    " twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
SPELLED_DAY = make_regex(
    rf"\b(?:the )?({'|'.join(reversed(ORDINALS))})(?= (?:of )?(?-i:[A-Z])[a-z]{{2,8}},? \d{{4}})",
    re.I,
)
"""A day as a word in front of a month: "the third of November, 2024"."""


def find_written_date(text: str) -> str:
    """Return the ISO form of "7 de março de 2024" or "2024年3月7日"; empty without such a date."""
    text = SPELLED_DAY.sub(lambda found: str(ORDINALS.index(found[1].lower()) + 1), text)
    for match in WRITTEN.finditer(text[:4000]):
        if match[4]:
            return f"{match[4]}-{int(match[5]):02}-{int(match[6]):02}"
        name = match[2].lower()
        for number, starts in enumerate(MONTHS, 1):
            if name.startswith(tuple(starts.split("|"))):
                return f"{match[3]}-{number:02}-{int(match[1]):02}"
    return ""


def to_strftime(layout: str) -> str:
    """Return the pattern of a date format: "DD/MM/YYYY" is "%d/%m/%Y"; ISO for others."""
    if "%" in layout:
        return layout.rstrip("'\" .,")
    wire = layout.upper().replace("YYYY", "%Y").replace("MM", "%m").replace("DD", "%d")
    return wire if "%Y" in wire and "H" not in wire else "%Y-%m-%d"


def format_dates(layout: str, question: Question) -> str:
    """Return all dates of the given text in the format that the prompt names; empty without any."""
    wish = question.instruction
    if not question.material or not ALL_DATES.search(wish) or ASKS_ONE.search(wish):
        return ""
    dates = sorted(question.hints.dates, key=question.material.find)
    found = [to_iso_date(text) or text for text in dates]
    days = [datetime.fromisoformat(text[:10]) for text in found if ISO.fullmatch(text[:10])]
    mark = ", " if re.search(r"\bcomma", question.lower) else "\n"
    return mark.join(day.strftime(to_strftime(layout)) for day in days)


ALL_DATES = make_regex(
    r"\b(?:dates|all (?:the )?(?:days|deadlines)|daten|fechas|datas|date in(?! (?:the |this "
    r"|an? )?(?:format|form|iso|style|yyyy))(?=\b))\b",
    re.I,
)


ASKS_ONE = make_regex(r"\bwhen\b|\b(?:what|which) (?:date|day)\b|\bthe date (?:of|on|when)\b", re.I)
"""A question about one of the dates in a text."""
OF_MONTH = make_regex(r"(?<=\d)(?:st|nd|rd|th)?\.? (?:of )?")
"""What stands between the day and the month: "5th of November"."""


def pick_date(dates: Sequence[str], question: Question) -> str:
    """Return the date that stands behind the words of the question: "expires on 28 February"."""
    text = question.material or ASKED.sub("", question.prompt)
    wish = OF_TEXT.split(question.instruction if question.material else question.prompt)[0]
    if not question.material:
        wish = " ".join(ASKED.findall(question.prompt)) or wish
    best = choose_sentence(split_sentences(text), wish) or text
    places = [
        match
        for one in dict.fromkeys(dates)
        if (match := re.search(re.escape(one), best) or re.search(re.escape(one), text))
    ]
    inside = [match for match in places if match.string is best] or places
    if NOW.search(question.instruction) and (moved := MOVED.search(text)):
        later = (re.search(re.escape(one), text[moved.end() :]) for one in dates)
        inside = [*filter(None, later)][:1] or inside
    nearest = find_nearest(inside, question.instruction, inside[0].string) if inside else ""
    return nearest or next(iter(dates))


ASKED = make_regex(r"[^.!?\n]{3,200}\?(?:[^?\n]{0,120}\Z)?")
"""The question in a message that gives its text without a label."""
OF_TEXT = make_regex(r"\b(?:from|in|of) (?:this|the following|the given)\b", re.I)
"""What stands in front of the words for the text: "the due date from this invoice"."""
NOW = make_regex(r"\b(?:now|new|currently|updated|rescheduled|postponed|moved)\b", re.I)
MOVED = make_regex(
    r"\b(?:is now|now on|moved|rescheduled|postponed|new date|instead|changed)\b", re.I
)
"""The words in front of the date that holds now."""
WITHOUT_YEAR = make_regex(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([A-Z][a-z]{2,8})\b(?!,? \d{4})"
    r"|\b([A-Z][a-z]{2,8}) (\d{1,2})(?:st|nd|rd|th)?\b(?!,? \d{4})"
)


def find_yearless(text: str, year: str) -> str:
    """Return the ISO form of "4 May" in a year; empty without such a date."""
    for match in WITHOUT_YEAR.finditer(text[:4000]):
        day, name = (match[1], match[2]) if match[1] else (match[4], match[3])
        if found := to_iso_date(f"{day} {name} {year}"):
            return found
    return ""


def format_date(layout: str, question: Question) -> str | None:
    if named := find_stated_day(question):
        return named.strftime(to_strftime(layout))
    shifted = shift_date(question.prompt[:1500]) or shift_date(question.whole[:3000])
    if shifted:
        return shifted.strftime(to_strftime(layout))
    found = question.hints.dates or DATE.findall(question.subject)
    found = [pick_date(found, question)] if len(found) > 1 else found
    dates = [to_iso_date(OF_MONTH.sub(" ", text)) or text for text in found]
    iso = next(
        (text for text in dates if ISO.fullmatch(text[:10])), find_written_date(question.prompt)
    )
    if not iso:
        invented = faker_pool.generate_date(question.random)
        iso = find_yearless(question.subject, invented[:4]) or invented
    moment = datetime.fromisoformat(f"{iso[:10]}T{faker_pool.generate_time(question.random)}")
    if "%" in layout:
        return moment.strftime(layout.rstrip("'\" .,"))
    wire = (
        layout.upper()
        .replace("ISO 8601", "YYYY-MM-DD")
        .replace("ISO-8601", "YYYY-MM-DD")
        .replace("ISO8601", "YYYY-MM-DD")
        .replace("ISO DATE FORMAT", "YYYY-MM-DD")
        .replace("ISO FORMAT", "YYYY-MM-DD")
        .replace("ISO DATE", "YYYY-MM-DD")
    )
    wire = re.sub(r"MONTH|MMMM", "%B", wire)
    wire = re.sub(r"\bMON\b|MMM", "%b", wire)
    wire = (
        wire.replace("TT.MM.JJJJ", "%d.%m.%Y")
        .replace("DD/MM/AAAA", "%d/%m/%Y")
        .replace("JJ/MM/AAAA", "%d/%m/%Y")
        .replace("AAAA-MM-DD", "%Y-%m-%d")
    )
    wire = (
        wire.replace("THH:MM:SS", "T%H:%M:%S")
        .replace("YYYY", "%Y")
        .replace("YY", "%y")
        .replace("MM", "%m")
        .replace("DD", "%d")
    )
    wire = re.sub(r"(?<![%\w])D(?!\w)", str(moment.day), wire)
    return moment.strftime(wire.replace("%M", "%M"))
