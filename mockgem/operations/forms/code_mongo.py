"""Queries of MongoDB for a statement of SQL or for what a prompt says."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_conditions import find_column_conditions, find_table
from mockgem.operations.forms.code_joins import SqlTable
from mockgem.operations.forms.code_queries import list_tables
from mockgem.operations.forms.lazy_patterns import make_regex

SELECT = make_regex(
    r"\bSELECT\s+(.{1,300}?)\s+FROM\s+(\w+)(?:\s+WHERE\s+(.{1,300}?))?"
    r"(?:\s+ORDER BY\s+(\w+)(?:\s+(ASC|DESC))?)?(?:\s+LIMIT\s+(\d+))?\s*(?:;|`|\Z|\n)",
    re.I | re.S,
)
TEST = make_regex(r"(\w+)\s*(>=|<=|<>|!=|=|>|<)\s*('[^']*'|\"[^\"]*\"|[\w.]+)")
SIGNS = {">": "$gt", "<": "$lt", ">=": "$gte", "<=": "$lte", "!=": "$ne", "<>": "$ne"}
WORDS = make_regex(
    r"\b(\w+) (?:is |are )?(greater than|more than|above|over|older than|less than|below|under"
    r"|at least|equals?|=|>|<) [$€]?['\"]?([\w.]+)",
    re.I,
)
IS_VALUE = make_regex(
    r"\b(?:where|and|whose|with) (?:the |their )?([a-z]\w{1,20})(?: is| =|:) ?"
    r"(?:['\"](\w[\w ]*)['\"]"
    r"|(?=[A-Z])(\w+)|(true|false))"
)
COLLECTION = make_regex(
    r"\bcollections? (?:called |named )?[`\"']?(\w+)|[`\"']?\b(\w+)[`\"']? collection\b", re.I
)
GROUP = make_regex(r"\b(?:per|by|for each|group(?:ed)? by) (\w+)", re.I)


def write_mongo(text: str) -> str:
    """Return a query for the collection, the conditions and the order of a text."""
    if statement := SELECT.search(text):
        return write_find_for(statement)
    named = COLLECTION.search(text)
    names = [name for name in (named.groups() if named else ()) if name and name not in NOT_NAMES]
    name = names[0] if names else find_table(text)
    tests = [
        ("age" if sign.lower() == "older than" else column, sign.lower(), value)
        for column, sign, value in WORDS.findall(text)
    ]
    tests += [
        (column, "=", next(filter(None, values)))
        for column, *values in IS_VALUE.findall(text)
        if column not in [test[0] for test in tests]
    ]
    if place := PLACE.search(text):
        tests.append(("city", "=", place[1]))
    known = list_tables(text) or [SqlTable(name, ("age", "price", "amount"))]
    rows = [write_test(*row) for row in tests] or [
        write_test(*row) for one in find_column_conditions(text, known) for row in TEST.findall(one)
    ]
    group = GROUP.search(text)
    if group and re.search(r"\b(?:count|sum|total|average|group|aggregat\w+)\b", text, re.I):
        return (
            f"db.{name}.aggregate([\n  {{ $group: {{ _id: '${group[1]}', count: {{ $sum: 1 }} "
            f"}} }},\n"
            "  { $sort: { count: -1 } },\n]);"
        )
    order, limit = ORDER.search(text), LIMIT.search(text)
    ends = f".sort({{ {order[1]}: {-1 if order[2] else 1} }})" if order else ""
    ends += f".limit({limit[1]})" if limit else ""
    return (
        f"db.{name}.find({{ {', '.join(rows)} }}){ends};"
        if rows
        else f"db.{name}.find({{}}){ends};"
    )


PLACE = make_regex(
    r"\b(?:living|lives?|located|based|from|in) (?:in )?([A-Z][a-z]+)(?=[\s,.]|\Z)(?! ?DB)"
)
ORDER = make_regex(r"\b(?:sort|order)\w* by (?:the )?(\w+)(?: (?:in )?(desc\w*))?", re.I)
LIMIT = make_regex(r"\b(?:top|first|limit(?:ed)?(?: to)?) (\d{1,4})\b", re.I)
NOT_NAMES = frozenset("a an the my this mongodb mongo new".split())


def write_find_for(statement: re.Match[str]) -> str:
    """Return what a SELECT means."""
    columns, table, where, order, direction, limit = statement.groups()
    rows = [write_test(*row) for row in TEST.findall(where or "")]
    names = [] if columns.strip() == "*" else re.findall(r"\w+", columns)
    shown = f", {{ {', '.join(f'{name}: 1' for name in names)} }}" if names else ""
    text = f"db.{table}.find({{ {', '.join(rows)} }}{shown})".replace("{  }", "{}")
    if order:
        text += f".sort({{ {order}: {-1 if (direction or '').upper() == 'DESC' else 1} }})"
    return f"{text}.limit({limit});" if limit else f"{text};"


def write_test(column: str, sign: str, value: str) -> str:
    sign = {"at least": ">=", "less than": "<", "below": "<", "under": "<"}.get(sign, sign)
    sign = ">" if sign.split()[0] in ("greater", "more", "above", "over", "older") else sign
    text = value.strip("'\"")
    shown = text if re.fullmatch(r"-?\d+(?:\.\d+)?|true|false", text) else f"'{text}'"
    return f"{column}: {{ {SIGNS[sign]}: {shown} }}" if sign in SIGNS else f"{column}: {shown}"
