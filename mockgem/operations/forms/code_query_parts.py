"""Parts of queries: rows without others, groups with a limit, periods, keys."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_compares import LESS, MORE
from mockgem.operations.forms.code_joins import SqlTable
from mockgem.operations.forms.lazy_patterns import make_regex

HAVING = make_regex(
    rf"\b(\w+) (?:with|having|that have|who have|who (?:placed|made)"
    rf"|which have) (?:(?P<more>{MORE})|(?P<least>at"
    rf" least)|(?P<less>{LESS})) (\d{{1,6}}) (\w+)",
    re.I,
)
ADVERBS = make_regex(r"\b(month|week|year|quarter)ly\b", re.I)
EACH_CJK = make_regex(r"各|每个|每個|ごと|毎|별로|별 ")
CATEGORY = make_regex(r"categor|type|region|department|status|country|city|product|customer", re.I)


def find_category(tables: list[SqlTable]) -> str:
    """Return a column by which rows are usually grouped; empty without one."""
    columns = [column for table in tables for column in table.columns]
    named = next((one for one in columns if CATEGORY.search(one)), "")
    return named or next((one for one in columns if one == "name"), "")


SPENT = make_regex(
    rf"\b(\w+) (?:who |that |which )?(?:have |has )?(?:spent|paid|bought|earned"
    rf"|sold) (?:a total of )?(?:(?P<less>{LESS})"
    rf"|{MORE}) [$€£]?(\d[\d,]{{0,9}})",
    re.I,
)
AMOUNT = make_regex(r"amount|total|price|value|sum", re.I)


def write_having_sum(tables: list[SqlTable], question: str) -> str:
    """Return a SELECT for "customers who spent more than 500"; empty for other questions."""
    match = SPENT.search(question)
    owner = next(
        (one for one in tables if match and singular(one.name) == singular(match[1])), None
    )
    if match is None or owner is None:
        return ""
    key = f"{singular(owner.name)}_id"
    other = next((one for one in tables if key in one.columns), None)
    column = next((one for one in other.columns if AMOUNT.search(one)), "") if other else ""
    if other is None or not column:
        return ""
    shown = next((one for one in owner.columns if "name" in one or one == "title"), find_id(owner))
    return (
        f"SELECT {owner.name}.{shown}, SUM({other.name}.{column}) AS total\nFROM {owner.name}\n"
        f"JOIN {other.name} ON "
        f"{write_key(owner, other)}\nGROUP BY {owner.name}.{find_id(owner)}, {owner.name}.{shown}\n"
        f"HAVING SUM({other.name}.{column}) {'<' if match['less'] else '>'} "
        f"{match.groups()[-1].replace(',', '')};"
    )


def write_having(tables: list[SqlTable], question: str) -> str:
    """Return a SELECT for "departments with more than 10 employees"; empty for other questions."""
    match = HAVING.search(question)
    if match is None:
        return write_having_sum(tables, question)
    by_name = {singular(table.name): table for table in tables}
    owner = by_name.get(singular(match[1]))
    other = by_name.get(singular(match.groups()[-1]))
    if owner is None or other is None or owner is other:
        return ""
    sign = ">" if match["more"] else ">=" if match["least"] else "<"
    shown = next((one for one in owner.columns if one in ("name", "title")), find_id(owner))
    return (
        f"SELECT {owner.name}.{shown}, COUNT(*) AS count\nFROM {owner.name}\nJOIN {other.name} ON "
        f"{write_key(owner, other)}\nGROUP BY {owner.name}.{shown}\nHAVING COUNT(*) {sign} "
        f"{match.groups()[-2]};"
    )


def find_product(table: SqlTable, question: str) -> str:
    """Return the product of amount and price for a question about revenue; empty without both."""
    if not re.search(
        r"\brevenue|\bsales|\bturnover|umsatz|ventas|ingresos|chiffre|fatturato", question, re.I
    ):
        return ""
    many = next(
        (one for one in table.columns if re.match(r"qty|quantit|amount|units|menge|cantidad", one)),
        "",
    )
    price = next(
        (one for one in table.columns if re.search(r"price|prix|preis|precio|prezzo", one)), ""
    )
    return f"{table.name}.{many} * {table.name}.{price}" if many and price else ""


NEVER = make_regex(
    r"\b(?:never|without|no|not|haven['’]t|hasn['’]t|didn['’]t|don['’]t|keine?n?|nie|nunca|sin"
    r"|jamais|sans|mai|senza)\b",
    re.I,
)
KIND = make_regex(r"\b(type|status|kind|action|event) ?= ?'([^'\n]{1,40})'")


def write_missing(tables: list[SqlTable], main: SqlTable, question: str) -> str:
    """Return the condition that a row has no rows in another table; empty without one."""
    if not NEVER.search(question):
        return ""
    key = f"{singular(main.name)}_id"
    other = next((table for table in tables if table is not main and key in table.columns), None)
    if other is None:
        return ""
    kind = KIND.search(question)
    of_kind = f" WHERE {kind[1]} = '{kind[2]}'" if kind and kind[1] in other.columns else ""
    return f"{find_id(main)} NOT IN (SELECT {key} FROM {other.name}{of_kind})"


def write_period(tables: list[SqlTable], word: str) -> str:
    """Return the month, week, day or year of a column with dates; empty for other groups."""
    unit = word.lower().rstrip("s")
    dated = (one for table in tables for one in table.columns if DATED.search(one))
    column = next(dated, "")
    if unit not in PERIODS or not column or any(unit in table.columns for table in tables):
        return ""
    return f"strftime('{PERIODS[unit]}', {column})"


PERIODS = {"month": "%Y-%m", "year": "%Y", "day": "%Y-%m-%d", "week": "%Y-%W"}
DATED = make_regex(r"(?:_at|date|_on|_time|fecha|datum)\Z|^(?:ts|created|timestamp)\Z|^date", re.I)


def singular(word: str) -> str:
    lower = word.lower()
    return f"{lower[:-3]}y" if lower.endswith("ies") else lower.rstrip("s")


def write_key(owner: SqlTable, other: SqlTable) -> str:
    """Return the condition that joins two tables."""
    own, back = find_key(owner.name, other), find_key(other.name, owner)
    if back in owner.columns and own not in other.columns:
        return f"{owner.name}.{back} = {other.name}.{find_id(other)}"
    shared = next(
        (
            one
            for one in owner.columns
            if one in other.columns and one.endswith("id") and one != "id"
        ),
        "",
    )
    if shared:
        return f"{owner.name}.{shared} = {other.name}.{shared}"
    return f"{other.name}.{own} = {owner.name}.{find_id(owner)}"


def find_key(name: str, table: SqlTable) -> str:
    """Return the column of a table that points to another one: "dept_id" for departments."""
    usual = f"{singular(name)}_id"
    if usual in table.columns:
        return usual
    starts = (one for one in table.columns if one.endswith("_id") and len(one) > SHORTEST_KEY)
    return next((one for one in starts if is_short_for(one[:-3].lower(), singular(name))), usual)


def is_short_for(short: str, word: str) -> bool:
    """Return whether a word has the letters of a short form in their order: "dept", "cust"."""
    letters = iter(word)
    return word[:1] == short[:1] and all(letter in letters for letter in short)


SHORTEST_KEY = 5


def find_id(table: SqlTable) -> str:
    return "id" if "id" in table.columns or not table.columns else table.columns[0]
