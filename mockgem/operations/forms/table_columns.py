"""The columns and the rows that a prompt names for a table."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.foreign_tables import (
    TABLE_WORD,
    find_column_count,
    find_days,
    find_rows_and_columns,
    list_foreign_days,
)
from mockgem.operations.forms.given_data import parse_items
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.language_packs import load_pack, translate_heading
from mockgem.operations.forms.layout_words import PROS_AND_CONS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import AFTER_KEYS, ITEM, has_separator
from mockgem.operations.forms.local_fields import find_local_names, read_after
from mockgem.operations.forms.nested_fields import to_singular
from mockgem.operations.forms.option_values import OR
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.serialising import ROW_UNITS, find_row_count

AND = r"(?:and|und|y|et|e|i|en|ve|и|та|і|và|dan|و|&)"
PIPES = make_regex(
    r"^[ \t]{0,8}+\|?[ \t]{0,4}+([^|\n]{1,40}+(?:\|[^|\n]{1,40}+){1,12}+)\|?[ \t]{0,8}$", re.M
)
INLINE_PIPES = make_regex(r"[:：]\s*([^|\n:]{1,40}(?:\|[^|\n:.,;]{1,40}){1,12})")
QUOTED_PIPES = make_regex(
    r"[\"“`]\|?[ ]?([^\"”`|\n]{1,40}(?:\|[^\"”`|\n]{1,40}){1,12})\|?[ ]?[\"”`]"
)
WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
EACH_DAY = make_regex(r"\b(?:each|every) day\b|\bMonday (?:to|through|until|-) Sunday\b", re.I)
COMPARE = make_regex(
    r"\b(?:compar\w+|vergleich\w*|comparando|comparant|confronta\w*|vergelijk\w*|versus|сравнени\w*|сравнив\w*|порівнян\w*|порівнює|porównując\w*|porównanie"
    r"|so sánh|membandingkan|perbandingan|مقارنة|השוואה|between)\s+([^.\n:(]{3,200})",
    re.I,
)
AFTER_COLON = make_regex(
    r"\b(?:rows?|table(?: of \w{1,30})?|filas|zeilen"
    r"|lignes)\s?[:：]\s?((?:[^\W\d][\w ]{0,24},\s?){1,10}"
    r"(?:and )?[^\W\d][\w ]{0,24})",
    re.I,
)
SHOWN = make_regex(
    r"\b(?:show|includ|contain|cover|list|display|giv)(?:e|s|es|ing)?\s+(?:the|their|its)\s"
    r"([^.\n:]{3,160})",
    re.I,
)
"""The columns in "It should show the license, the default port and the typical use for each"."""
ROW_THINGS = make_regex(
    rf"(?<![\w.])(?!(?:an?|one|each|un|une|una|um|uma|eine?[nmr]?)\b)({NUMBER})\s+"
    r"(?!columns?|words?|spalten|columnas|colonnes)(?=[^\W\d])",
    re.I,
)
WORDS = r"(?:[^\W\d_][\w-]{1,24}(?: (?!and\b|or\b|for\b|of\b)[^\W\d_][\w-]{1,24})?)"
WITH_SERIES = make_regex(
    rf"\b(?:with|for|mit|con|avec|com)\s+((?:{WORDS},\s?){{1,8}}{WORDS}"
    rf"(?:,?\s{OR}\s{WORDS})?|{WORDS}\s{OR}\s{WORDS})(?=[.:\n]|\s(?:for|of)\b|\s*\Z)",
    re.I,
)
"""The columns in "a meal plan with breakfast, lunch and dinner"."""
DAYS = make_regex(rf"(?<![\w.])({NUMBER})[- ](day|week|month)s?\b", re.I)
PARENTHESES = make_regex(r"\(([^()\n]{3,200}),([^()\n]{1,100})\)")
WITH_THEIR = make_regex(
    r"\b(?:with|and|mit|und|con|y|avec|et|com|e)\s+(?:their|its|the|ihren?|sus?|leurs?|i loro"
    r"|seus?)\s+([^.\n:]{3,120})",
    re.I,
)
END = make_regex(r"\s{1,4}(?:with|in|as|by|using|mit|con|avec|com|and \d|for|with the)\b", re.I)


def find_columns(text: str) -> list[str]:
    """Return the names of the columns as the prompt spells them."""
    if find_named_rows(text) and (compared := find_compared(text)):
        return ["Feature", *compared]
    if quoted := QUOTED_PIPES.search(text):
        return [cell.strip() for cell in quoted[1].split("|") if cell.strip()]
    if columns := find_rows_and_columns(text)[1]:
        return [translate_heading("Name", detect(text)), *columns]
    if is_foreign(text) and (names := find_local_names(text) or find_after_table(text)):
        return names
    for match in AFTER_KEYS.finditer(text):
        found = read_names(text, match.end())
        if len(found) > 1:
            return found
    for pattern in (INLINE_PIPES, PIPES):
        if piped := pattern.search(text):
            return [cell.strip() for cell in piped[1].split("|") if cell.strip()]
    if listed := AFTER_COLON.search(text):
        return [END.split(cell.strip().removeprefix("and "))[0] for cell in listed[1].split(",")]
    if find_counted_names(text):
        rest = text[text.find(")") :]
        named = WITH_ANY.search(rest)
        extra = split_columns(END.split(named[1], maxsplit=1)[0]) if named else []
        return [translate_heading("Name", detect(text)), *extra] if extra else []
    if listed := PARENTHESES.search(text):
        return [cell.strip() for cell in f"{listed[1]},{listed[2]}".split(",")]
    if (shown := SHOWN.search(text)) and re.search(rf",|\s{OR}\s", shown[1]):
        return [find_noun(text) or "Name", *drop_subject(split_columns(shown[1]))]
    if named := WITH_THEIR.search(text):
        return [find_noun(text) or "Name", *split_columns(named[1])]
    if series := WITH_SERIES.search(text):
        days = DAYS.search(text)
        return [
            days[2].capitalize() if days else find_noun(text) or "Name",
            *split_columns(series[1]),
        ]
    return []


COUNTED_NAMES = make_regex(
    rf"({NUMBER})\s(?!columns?\b|spalten|columnas|colonnes|colunas|colonne|kolommen|kolumn|sütun)(?:[^\W\d_]+\s){{1,2}}\(([^()\n]{{3,200}})\)",
    re.I,
)
WITH_ANY = make_regex(
    r"(?<!\w)(?:with|showing|mit|avec|con|com|met|z|с|з|ile)\s(?:the |their |le |la |les |el "
    r"|los |il |lo |o |a |den |dem |de |het )?([^.\n:]{3,120})",
    re.I,
)


def find_counted_names(text: str) -> list[str]:
    """Return the rows in "three plans (Basic, Pro, Premium)": as many names as the number says."""
    match = COUNTED_NAMES.search(text)
    names = [name.strip() for name in match[2].split(",")] if match else []
    return names if match and len(names) == parse_count(match[1]) > 1 else []


def find_after_table(text: str) -> list[str]:
    """Return the columns in "Tabela comparando PIX e boleto: prazo, custo", with one for names."""
    match = TABLE_WORD.search(text)
    colon = re.search(r"[:：]", text[match.end() :]) if match else None
    names = read_after(text[match.end() + colon.end() :]) if match and colon else []
    if len(names) < 2 or not find_compared(text):
        return names if len(names) > 1 else []
    head = translate_heading("Name", detect(text))
    return [head, *(name[:1].upper() + name[1:] for name in names)]


def drop_subject(names: list[str]) -> list[str]:
    """Return columns without the things themselves: "the top 5 languages, their creators"."""
    is_subject = re.match(r"(?:top|all|most|some|\d)", names[0], re.I) if len(names) > 1 else None
    return names[1:] if is_subject else names


FILLER = make_regex(
    r"^(?:their|its|the|ihre[nr]?|sus?|leurs?|an?)\s+|\s+(?:for|of) (?:each|all|every)\b.*$", re.I
)


def split_columns(text: str) -> list[str]:
    """Return the names in "color and their vitamin C content", each with a capital."""
    pieces = re.split(rf",\s*(?:{AND}\s)?|\s{AND}\s", text)
    names = [FILLER.sub("", FILLER.sub("", piece.strip())) for piece in pieces]
    return [name[:1].upper() + name[1:] for name in names if name][:8]


ROW_WISH = make_regex(rf"(?:exactly |at least )?{NUMBER} (?:items\b|{ROW_UNITS}(?!\w))", re.I)
"""What follows the columns: "Name, Role and five rows"."""


def read_names(text: str, at: int) -> list[str]:
    names: list[str] = []
    for _ in range(12):
        match = ITEM.match(text, at)
        if match is None or (names and not has_separator(match[0])):
            break
        name = (match["quoted"] or match["plain"]).strip()
        if names and ROW_WISH.match(name):
            break
        names.append(name)
        at = match.end()
    return names


OF_TABLE = make_regex(r"^(?:table|chart|matrix)?\s?(?:of|between|for|zwischen|entre|tra)\s+", re.I)


ARTICLE = make_regex(r"^(?:the|an?|both)\s", re.I)


def find_compared(text: str) -> list[str]:
    """Return the things that the prompt compares: the rows of the table."""
    match = COMPARE.search(re.sub(r"\bvs\.", "vs", text))
    if match is None:
        return []
    phrase = END.split(OF_TABLE.sub("", match[1]), maxsplit=1)[0]
    parts = re.split(rf",\s*(?:{AND}\s)?|\s(?:vs|versus|or|{AND})\s", phrase)
    names = [ARTICLE.sub("", name.strip(" .")) for name in parts]
    return [name for name in names if 0 < len(name) < 40] if len(names) > 1 else []


def default_columns(question: Question) -> list[str]:
    """Return columns for a table whose columns the prompt does not name, in its language."""
    pack = load_pack(question.language)
    if PROS_AND_CONS.search(question.layout):
        return [pack.pros, pack.cons]
    count = find_column_count(question.layout)
    names = [translate_heading(name, question.language) for name in choose_columns(question)]
    return names[:count] if count else names


def choose_columns(question: Question) -> list[str]:
    if COMPARE.search(question.layout):
        return ["Name", "Strength", "Weakness"]
    if WEEKLY.search(question.layout) or find_days(question.layout) or list_foreign_days(question):
        return ["Day", "Activity", "Notes"]
    head = find_noun(question.layout)
    return [head, "Description", "Use"] if head else ["Aspect", "Details", "Notes"]


def find_noun(text: str) -> str:
    """Return what a table lists as the name of a column: "5 European countries" → "Country"."""
    for match in LISTS.finditer(HEAD_END.split(text, maxsplit=1)[0]):
        if find_known_things(match[1]):
            return to_singular(match[1].split()[-1].lower()).capitalize()
    return ""


HEAD_END = make_regex(r"\b(?:with|columns?|showing|including|their|rows?)\b|[(:]", re.I)
LISTS = make_regex(
    rf"\b(?:of|listing|lists?|all|some|the|{NUMBER})\s((?:[^\W\d_][\w-]*\s){{0,3}}?[^\W\d_]{{3,20}}s)\b",
    re.I,
)
ASPECTS = ("Planning", "Cost", "Time", "Quality", "Tools", "Support")


def find_thing_count(text: str) -> int:
    """Return the number in "listing 5 fruits"."""
    if days := find_days(text):
        return days
    match = DAYS.search(text) or ROW_THINGS.search(text)
    return parse_count(match[1], 60) if match else 0


WEEKLY = make_regex(
    r"\b(?:weekly|(?:a|the|one|this|per|whole) week|7[- ]days?|seven[- ]days?|weekday)\b", re.I
)


def is_week(text: str) -> bool:
    """Return whether the rows of a table are the days of a week: no other number is named."""
    return WEEKLY.search(text) is not None or not find_thing_count(text)


NAMED_ROWS = make_regex(
    rf"\b(?:the|as|for|with) rows?(?: for| are"
    rf"| being)?:? ((?:{WORDS}, )+(?:{AND} )?{WORDS}(?: {AND} {WORDS})?|{WORDS} {AND} {WORDS})",
    re.I,
)
WORKDAYS = make_regex(r"\bMonday (?:to|through|until|-) Friday\b|\bweekdays?\b", re.I)


def find_row_names(question: Question, columns: list[str]) -> list[str]:
    """Return what the rows are about: days, compared or listed things, those of a known kind."""
    text, first = question.layout, columns[0].lower()
    if first == translate_heading("Day", question.language).lower() and (
        days := list_foreign_days(question)
    ):
        return days
    if first in ("day", "tag", "weekday"):
        if WORKDAYS.search(text):
            return WEEK[:5]
        return WEEK if EACH_DAY.search(text) or is_week(text) else []
    others = {column.lower() for column in columns[1:]}
    for names in (
        find_rows_and_columns(text)[0],
        find_counted_names(text),
        find_named_rows(text),
        find_compared(text),
        find_listed(question),
        find_known(text),
    ):
        if names and others.isdisjoint(map(str.lower, names)):
            return names
    if first == translate_heading("Aspect", question.language).lower():
        return [translate_heading(name, question.language) for name in ASPECTS[:4]]
    return []


def find_named_rows(text: str) -> list[str]:
    match = NAMED_ROWS.search(text)
    return re.split(rf", (?:{AND} )?| {AND} ", match[1]) if match else []


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
