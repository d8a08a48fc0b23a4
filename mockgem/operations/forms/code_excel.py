"""Formulas of spreadsheets for what a prompt names: columns, cells and values."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

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
