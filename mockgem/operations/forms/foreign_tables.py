"""Rows and columns that prompts in other languages name for a table: days, things, numbers."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.vocabulary import list_words

FOREIGN_DAYS = make_regex(
    rf"(?<![\w.])({NUMBER})[ -]?(?:(?:tag(?:e|en|es)?|tägig\w*|jours?|días?|dias?|giorni|giorno"
    rf"|dagen"
    r"|daags\w*|dni|dniow\w*|gün\w*|дн\w+|ден\w*|ngày|hari)(?!\w)"
    r"|أيام|يوم|ימים|יום|दिन|日間|日(?!本)|天|일(?=치|간|\s|차|정)|วัน)",
    re.I,
)


TABLE_WORD = make_regex(
    r"tabelle|tabla|tableau|tabella|tabela|tabel|tablo|таблиц|جدول|טבל|तालिका|टेबल|表|표|bảng|ตาราง",
    re.I,
)


OF_SEVERAL = make_regex(
    r"([^\s、，,。]{1,10}(?:[、，,]\s?[^\s、，,。の的의]{1,10}){1,8})(?:の|的"
    r"|의\s)([^。\n、，]{1,12}(?:(?:と|和|과 |와 |、|及)[^。\n、，]{1,12}?){1,4}?)"
    r"(?:を|做成|制成|列成|整理|成表|을|를)"
)
"""Rows and columns in "東京、大阪の人口と名物を表に"."""


def find_rows_and_columns(text: str) -> tuple[list[str], list[str]]:
    match = OF_SEVERAL.search(text) if not text.isascii() and TABLE_WORD.search(text) else None
    if match is None:
        return [], []
    return re.split(r"[、，,]\s?", match[1]), re.split("と|和|과 |와 |、|及", match[2])


FOREIGN_WEEK = make_regex(
    r"(?<!\w)(?:wochen(?:plan|übersicht)\w*|plan(?:ning)? (?:semanal|hebdomadaire|settimanale)"
    r"|(?:menú?|horario|agenda) (?:semanal|settimanale)|weekplan\w*"
    r"|weekmenu|plan tygodni\w*|(?:jadłospis|plan) na tydzień|haftalık|на неделю|недельн\w*"
    r"|на тиждень|тижнев\w*|(?:theo |hàng )tuần|mingguan)(?!\w)"
    r"|أسبوعي|שבועי|साप्ताहिक|週間|一週間|每周|每週|一周|주간|일주일|รายสัปดาห์",
    re.I,
)


def list_foreign_days(question: Question) -> list[str]:
    """Return the days of a plan in another language: all, or those of a working week."""
    if question.language == "en" or not FOREIGN_WEEK.search(question.layout):
        return []
    days = list_words(question.language, "days")
    ends_friday = days[4].lower() in question.layout.lower()
    return days[:5] if ends_friday and days[6].lower() not in question.layout.lower() else days


def list_named_days(question: Question) -> list[str]:
    """Return the days of the week in another language, if the prompt names them as a kind."""
    if question.language == "en":
        return []
    named = [one.lower() for one in find_local_things(question.layout, question.language)]
    days = list_words(question.language, "days")
    return days if named == [day.lower() for day in days] else []


def find_days(text: str) -> int:
    """Return the number of days in a plan that a text in another language asks for."""
    match = FOREIGN_DAYS.search(text) if is_foreign(text) else None
    return parse_count(match[1], 31) if match else 0


POSSESSIVE = (
    r"(?:ihre[mnrs]?|ihr|seine[mnrs]?|deren|dessen|leurs?|sus?|seus?|suas?|(?:il |la |i |le "
    r"|l['’])?loro|hun|їхн\w+|їх|их|ich)"
)
WORDS = r"[^\W\d_][\w'’-]*(?: (?!und\b|et\b|y\b|e\b|en\b|i\b)[^\W\d_][\w'’-]*){0,3}"
BETWEEN = r"(?:,\s?(?:und |et |y |e |en |i |и |та |і )?| und | et | y | e | en | i | и | та | і )"
POSSESSED = make_regex(
    rf"(?:,|\s(?:mit|con|com|avec|et|y|e|en|met|z|и|та|і|с|und))?:?\s(?P<list>{POSSESSIVE} {WORDS}"
    rf"(?:{BETWEEN}{WORDS}){{0,5}})\s*[.!]?\s*(?:\Z|\n)",
    re.I,
)
"""What each thing of a table has: "mit ihrem Bundesland und einer Sehenswürdigkeit"."""
OWNER = make_regex(
    rf"^(?:{POSSESSIVE}|eine[mnr]?|ein|un[ae]?|uma?|een|il|la|le|lo|el|der|die|das|de|het) ", re.I
)
THING = make_regex(
    rf"\b(?!(?:une?|una|uno|eine?n?|uma?|een|an?) )(?:{NUMBER}|\d{{1,2}}) "
    r"(?P<words>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,3}?)"
    r"(?=,| (?:mit|con|com|avec|de|von|aus|da|di|del|della|met|z|и|та|с|i|і|leur|su|sus|loro|ihr"
    r"|in)\b|[.!:]|\Z)",
    re.I,
)


def find_possessed_columns(text: str) -> list[str]:
    """Return the columns of "3 cheeses, their region and their taste" in another language."""
    match = POSSESSED.search(text)
    if match is None:
        return []
    items = [OWNER.sub("", one.strip()) for one in re.split(BETWEEN, match["list"]) if one.strip()]
    thing = THING.search(text[: match.start() + 1])
    first = thing["words"] if thing else ""
    columns = [one[:1].upper() + one[1:] for one in (first, *items) if one]
    return columns if len(columns) > 1 else []
