"""Formulas of spreadsheets for what a prompt names: columns, cells and values."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.hints import to_iso_date

COLUMN = make_regex(r"\b(?:columns?|spalten?|columnas?|colonnes?|colonn[ae]|col) ([A-Z])\b")
CELL = make_regex(r"\b([A-Z]{1,2}\d{1,5})(?!:)\b")
RANGE = make_regex(r"\b([A-Z]{1,2}\d{1,5}:[A-Z]{1,2}\d{1,5}|[A-Z]:[A-Z])\b")
VALUE = make_regex(r"[\"“'‘]([^\"”'’\n]{1,40})[\"”'’]")
LIMIT = make_regex(
    r"(greater|more|larger|above|over|less|below|under|at least|größer"
    r"|mayor)[a-z ]{0,8} ?[$€]?(\d+(?:\.\d+)?)",
    re.I,
)
FUNCTIONS = (
    (
        "VLOOKUP",
        r"\bv?lookup\b|\bsverweis\b|buscarv|recherchev|\blook up\b|\bmatch\w* .{0,30}\bcolumn",
    ),
    ("COUNT", r"\bcount\b|\bhow many\b|zähl|cuenta|contar|compte|\bconta\b"),
    ("AVERAGE", r"\baverage\b|\bmean\b|durchschnitt|promedio|moyenne|media"),
    ("SUM", r"\bsum\w*\b|\btotal\b|\badd(?:s|ing)? up\b|summ|\bsuma\w*|somme"),
    ("MAX", r"\bmax\w*|\blargest|\bhighest"),
    ("MIN", r"\bmin\w*|\bsmallest|\blowest"),
    ("PERCENT", r"\bpercent\w*"),
    ("DATEDIF", r"\bdays between\b|\bage\b|\bdifference between\b[^.\n]{0,20}\bdates?"),
    ("JOIN", r"\bconcat\w*|\bcombin\w+|\bjoin\w*|\bfirst and last"),
    ("SPLIT", r"\bfirst name\b|\bbefore the\b|\bextract\b|\bsplit\b|\bdomain\b"),
    ("IF", r"\bif\b|\bwenn\b"),
)


def write_excel(text: str) -> str:
    """Return a formula that does what a text wants."""
    name = next((name for name, pattern in FUNCTIONS if re.search(pattern, text, re.I)), "SUM")
    columns = COLUMN.findall(text) or re.findall(r"\b([A-H])\b(?! [a-z]+ed)", text)
    cells, ranges = CELL.findall(text), RANGE.findall(text)
    criteria = CRITERION.findall(text)
    if name in ("SUM", "COUNT", "AVERAGE") and len(criteria) > 1:
        return write_several(name, criteria, text)
    condition = write_condition(text)
    if name in ("SUM", "COUNT", "AVERAGE", "MAX", "MIN"):
        return write_total(name, [f"{one}:{one}" for one in columns], ranges, condition)
    first, second = [*cells, *(f"{one}2" for one in columns), "A2", "B2"][:2]
    match name:
        case "VLOOKUP":
            where = ranges[0] if ranges else "A:B"
            return f"=VLOOKUP({first}, {where}, 2, FALSE)"
        case "PERCENT":
            return f"=({second}-{first})/{first}"
        case "DATEDIF":
            return f'=DATEDIF({first}, {second}, "d")'
        case "JOIN":
            return f'={first}&" "&{second}'
        case "SPLIT":
            return f'=LEFT({first}, FIND(" ", {first}) - 1)'
    values = VALUE.findall(text)
    sign = condition if condition[:1] in "<>" and condition else ">0"
    yes, no = [*values[-2:], "Yes", "No"][:2] if len(values) > 1 else ("Yes", "No")
    return f'=IF({first}{sign}, "{yes}", "{no}")'


CRITERION = make_regex(
    r"\bcolumn ([A-Z]) (?:is|equals?|=|contains|has|was)? ?(not |after|before|since|greater than"
    r"|more"
    r" than|above|over|less than|below|under|at least)? ?"
    r"([\"“'‘][^\"”'’\n]{1,40}[\"”'’]|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d|\d+(?:\.\d+)?)",
    re.I,
)
"""A condition about a column: 'column A is "Berlin"', "column B is after 1 Jan 2024"."""
SIGNS = {"not": "<>", "after": ">", "since": ">=", "before": "<", "at least": ">="}


def write_several(name: str, criteria: list[tuple[str, str, str]], text: str) -> str:
    """Return a sum, a count or an average of the rows that meet several conditions."""
    pairs = [
        f"{column}:{column},{write_criterion(word, value)}" for column, word, value in criteria
    ]
    used = {column for column, _, _ in criteria}
    summed = next((one for one in COLUMN.findall(text) if one not in used), "")
    area = f"{summed}:{summed}," if name != "COUNT" and summed else ""
    return f"={name}IFS({area}{','.join(pairs)})"


def write_criterion(word: str, value: str) -> str:
    """Return a criterion of a formula: a text, or a comparison with a number or a date."""
    plain = word.strip().lower()
    sign = SIGNS.get(plain, ">" if plain in ("greater than", "more than", "above", "over") else "")
    sign = sign or ("<" if plain in ("less than", "below", "under") else "")
    if date := to_iso_date(value):
        year, month, day = (int(one) for one in date[:10].split("-"))
        return f'"{sign or "="}"&DATE({year},{month},{day})'
    text = value.strip("\"“”'‘’")
    return f'"{sign}{text}"'


def write_condition(text: str) -> str:
    """Return the criterion of a text: a value, or a comparison with a number."""
    if limit := LIMIT.search(text):
        is_less = limit[1].lower() in ("less", "below", "under")
        return f"{'<' if is_less else '>=' if limit[1].lower() == 'at least' else '>'}{limit[2]}"
    value = VALUE.search(text)
    return value[1] if value else ""


def write_total(name: str, columns: list[str], ranges: list[str], condition: str) -> str:
    """Return a sum, a count or an average of a range, with a condition if there is one."""
    areas = [*ranges, *dict.fromkeys(columns)] or ["A:A"]
    if not condition or name in ("MAX", "MIN"):
        return f"={name}({areas[0]})"
    if name == "COUNT" or len(areas) == 1:
        return f'={name}IF({areas[-1] if name != "COUNT" else areas[0]}, "{condition}")'
    return f'={name}IF({areas[1]}, "{condition}", {areas[0]})'
