"""What the rows of a table are about: days, compared or listed things, those of a known kind."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.compared_things import (
    AS_COLUMNS,
    find_compared,
    find_named_rows,
    is_difference,
)
from mockgem.operations.forms.foreign_tables import (
    find_rows_and_columns,
    list_foreign_days,
    list_named_days,
)
from mockgem.operations.forms.given_data import parse_items
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.language_packs import translate_heading
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_lists import find_local_things, list_claims, pick_usual
from mockgem.operations.forms.nested_fields import to_singular
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.related_words import DAYS as WEEK
from mockgem.operations.forms.serialising import find_row_count
from mockgem.operations.forms.table_columns import (
    HEAD_END,
    LISTS,
    PROS,
    WEEKLY,
    find_counted_names,
    find_thing_count,
    list_range,
)

EACH_DAY = make_regex(r"\b(?:each|every) day\b|\bMonday (?:to|through|until|-) Sunday\b", re.I)
ASPECTS = (
    "Planning",
    "Cost",
    "Time",
    "Quality",
    "Tools",
    "Support",
    "Learning curve",
    "Flexibility",
    "Typical use",
    "Maintenance",
)


def is_week(text: str) -> bool:
    """Return whether the rows of a table are the days of a week: no other number is named."""
    return WEEKLY.search(text) is not None or not find_thing_count(text)


COLUMN_KINDS = {
    "monat": "monate",
    "mes": "meses",
    "mois": "mois",
    "mese": "mesi",
    "mês": "meses",
    "maand": "maanden",
    "tag": "wochentage",
    "día": "días de la semana",
    "dia": "dias da semana",
    "jour": "jours de la semaine",
    "giorno": "giorni della settimana",
    "dag": "dagen van de week",
}
"""Columns whose rows are months or days in another language."""
WEEKDAYS = ("星期", "曜日", "요일", "日期", "日子", "날짜", "วัน", "день недели", "wochentag")
"""Columns with the days of a week under another name than that for a day."""
WORKDAYS = make_regex(r"\bMonday (?:to|through|until|-) Friday\b|\bweekdays?\b", re.I)


def find_row_names(question: Question, columns: list[str]) -> list[str]:
    """Return what the rows are about: days, compared or listed things, those of a known kind."""
    text, first = question.layout, columns[0].lower()
    if first == translate_heading("Day", question.language).lower() and (
        days := list_foreign_days(question) or list_named_days(question)
    ):
        return days
    if first in WEEKDAYS and list_foreign_days(question):
        return list_foreign_days(question)
    if first in ("day", "tag", "weekday"):
        if days := list_range(text):
            return days
        if WORKDAYS.search(text):
            return WEEK[:5]
        return WEEK if EACH_DAY.search(text) or is_week(text) else []
    if PROS.search(text) and len(columns) == 2:
        return []
    others = {column.lower() for column in columns[1:]}
    if (AS_COLUMNS.search(text) or is_difference(text)) and find_compared(text):
        return list(ASPECTS[: find_row_count(text) or 4])
    if months := find_months(text):
        return months
    if kind := COLUMN_KINDS.get(first):
        return find_local_things(kind, question.language)
    for names in (
        find_codes(text),
        find_rows_and_columns(text)[0],
        find_counted_names(text),
        find_named_rows(text),
        find_compared(text),
        find_listed(question),
        find_local_rows(question),
        find_known(text),
    ):
        if names and others.isdisjoint(map(str.lower, names)):
            return names
    if first == translate_heading("Aspect", question.language).lower():
        return [translate_heading(name, question.language) for name in ASPECTS[:4]]
    return []


def find_local_rows(question: Question) -> list[str]:
    """Return the things of a kind that a prompt in another language names."""
    things = find_local_things(question.layout, question.language)
    if question.language == "en" or things in list_claims(question.language):
        return []
    count = find_row_count(question.layout)
    return things[:count] if count else pick_usual(things)


CODE_SERIES = make_regex(r"(?<![\d.])(\d{2,5}(?:, \d{2,5}){1,12},? and \d{2,5})(?![\d%])")


LETTER_SERIES = make_regex(
    r"\b(?:table|chart|matrix) of ([a-z]{3,20}s) ([A-Z]\d{0,2}(?:, [A-Z]\d{0,2}){1,8},? and"
    r" [A-Z]\d{0,2})\b"
)
"""Things with a letter each: "a table of vitamins A, C and D"."""


MONTHS = (
    "January February March April May June July August September October November December".split()
)
MONTH_RANGE = make_regex(
    rf"\b({'|'.join(MONTHS)})\s?(?:to|through|until|-|–)\s?({'|'.join(MONTHS)})\b", re.I
)


def find_months(text: str) -> list[str]:
    """Return the months in "January to June"."""
    match = MONTH_RANGE.search(text)
    if match is None:
        return []
    return MONTHS[MONTHS.index(match[1].title()) : MONTHS.index(match[2].title()) + 1]


def find_codes(text: str) -> list[str]:
    """Return the numbers in "the status codes 200, 301 and 404"."""
    match = CODE_SERIES.search(text)
    if match is not None:
        return re.split(r",? and |, ", match[1])
    letters = LETTER_SERIES.search(text)
    if letters is None:
        return []
    noun = to_singular(letters[1].lower()).capitalize()
    return [f"{noun} {one}" for one in re.split(r",? and |, ", letters[2])]


def find_listed(question: Question) -> list[str]:
    """Return the things after "of the following:", or the lines of a list."""
    listed = parse_items(question.prompt[:4000]) or []
    return [item for item in listed if isinstance(item, str)]


WHOLE = make_regex(
    r"\b(?:planets|continents|oceans|seasons|months|weekdays|days of the week)$", re.I
)
"""Kinds of which a list has all."""
SOME = 5
"""Rows with known things if the prompt names no number."""


def find_known(text: str) -> list[str]:
    """Return the things of the kind that the table lists, if they are known."""
    for match in LISTS.finditer(HEAD_END.split(text, maxsplit=1)[0]):
        if things := find_known_things(match[1]):
            if WHOLE.search(match[1]):
                return things
            return things[: max(SOME, find_thing_count(text), find_row_count(text))]
    return []


def find_listed_rows(given: Any) -> list[str]:
    """Return the things of a given list: the rows of the table."""
    is_list = isinstance(given, list) and all(isinstance(item, str) for item in given)
    return given if is_list else []
