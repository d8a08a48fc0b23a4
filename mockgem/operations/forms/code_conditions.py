"""The table and the conditions that a prompt for SQL names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.code_joins import SqlTable
from mockgem.operations.forms.lazy_patterns import make_regex

TABLE = make_regex(
    r"\b(?:table|tabelle|tabla|tabela)\s+(?:named |called )?[\"'`]?([A-Za-z_]\w{1,40})"
    r"|\b(?:from|into|in|of|update|rows from|records from|all)\s+(?:the )?(?:table "
    r")?[\"'`]?([a-z_]\w{1,40})[\"'`]?(?: table)?(?=\s*(?:$|[.,?]|who|that|where|with|cheaper"
    r"|costing|under|over|more|less|sorted"
    r"|older|ordered|order|table|by|whose|and|for|signed|in\b))"
    r"|\b(?!(?:create|drop|alter|to|the|a|an|this|that|new|my|our|your|sql|database"
    r"|in)\b)([a-z_]\w{1,40}) table\b",
    re.I,
)


YEAR = make_regex(r"\b(19|20)\d\d\b")


DAYS = make_regex(r"older than (\d{1,4}) days?", re.I)


NOT_TABLES = frozenset(
    "to this that new my our your sql database existing the all a an each every rows records"
    " columns customers_by sql query statement data "
    "which that".split()
)


SCHEMA = make_regex(
    r"\b(?!(?:sql|sqlite|postgresql|mysql|query|table"
    r"|database)\b)([A-Za-z_]\w{0,40})\s?\((\s?[A-Za-z_]\w{0,40}(?:(?:,\s?|\s)\w{1,41}){0,90},?\s?)\)",
    re.I,
)
"""A table with its columns: orders(id, customer_id, amount)."""


BESIDE_WORD = make_regex(r"([A-Za-z_]+) ?(?:表|テーブル|테이블)")


def find_table(text: str) -> str:
    if beside := BESIDE_WORD.search(text):
        return beside[1]
    if match := SCHEMA.search(text):
        return match[1]
    for match in TABLE.finditer(text):
        name = str(next(filter(None, match.groups())))
        if name.lower() not in NOT_TABLES and not name.isdigit():
            return name
    known = KNOWN_TABLES.search(text)
    return known[1].lower() if known else "items"


KNOWN_TABLES = make_regex(
    r"\b(users|customers|orders|products|employees|students|posts|articles|comments|invoices|sales"
    r"|books|authors|accounts|transactions|payments|courses|departments|events|tickets|kunden"
    r"|bestellungen|clientes|pedidos|clients|commandes|clienti|ordini)\b",
    re.I,
)


EQUALS = make_regex(
    r"\b([a-z_]\w{1,30})(?: (?:column|field))?(?: (?:is|equals?|=|equal to|of))?"
    r" [\"'`]([^\"'`\n]{1,40})[\"'`]",
    re.I,
)


COMPARES = make_regex(
    r"\b([a-z_]\w{1,30}) (?:is |are )?(greater than|more than|above|over|at least|less than|below"
    r"|under|>=?|<=?)"
    r" (?:than )?[$€£]?(\d{1,9}(?:\.\d{1,4})?)\b(?! (?:days|rows|records|hours|weeks|months))",
    re.I,
)


CHEAPER = make_regex(
    r"\b(?:cheaper than|(?:costing |priced )?under|costing less than"
    r"|more expensive than) [$€£]?(\d{1,7}(?:\.\d{1,2})?)",
    re.I,
)


OLDER = make_regex(r"\b(older|younger) than (\d{1,3})\b(?! days)", re.I)


MEANT = {"earn": "salary", "earns": "salary", "cost": "price", "costs": "price", "spent": "amount"}
"""The column that a verb means."""


IDLE = make_regex(r"\b(?:for|in) (?:the last |more than |over )?(\d{1,4}) days\b", re.I)


SIGNS = {"at least": ">=", "less than": "<", "below": "<", "under": "<"}


PLACE = make_regex(r"\b(?:in|from|aus|de|en|di) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=[\s.,?!]|\Z)")


RECENT = make_regex(r"\b(?:last|past) (\d{1,4}) days\b", re.I)


def find_place(text: str, tables: Sequence[SqlTable]) -> str:
    """Return the condition in "customers from Berlin"; empty without a place."""
    match = PLACE.search(text)
    names = {table.name.lower() for table in tables}
    if match is None or match[1].lower() in names | MONTHS:
        return ""
    columns = [column for table in tables for column in table.columns]
    known = next(
        (one for one in ("city", "country", "region", "location", "state") if one in columns), ""
    )
    column = known or ("" if columns else "city")
    if not column and "department" in text.lower():
        return ""
    return f"\nWHERE {column} = '{match[1]}'" if column else ""


MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " sql postgres postgresql mysql sqlite table python".split()
)


def find_condition(text: str, tables: Sequence[SqlTable] = ()) -> str:
    """Return the WHERE clause that a text describes; empty without a condition."""
    if (match := IDLE.search(text)) and re.search(
        r"\bn['’]t\b|\bnot\b|\binactive\b|n['’]t log", text
    ):
        return f"\nWHERE last_login < CURRENT_DATE - {match[1]}"
    if match := RECENT.search(text):
        dated = [c for table in tables for c in table.columns if c.endswith(("_at", "date", "_on"))]
        return f"\nWHERE {dated[0] if dated else 'created_at'} >= CURRENT_DATE - {match[1]}"
    if (match := EQUALS.search(text)) and match[1].lower() not in NOT_TABLES:
        return f"\nWHERE {match[1]} = '{match[2]}'"
    if match := CHEAPER.search(text):
        return f"\nWHERE price {'>' if 'expensive' in match[0].lower() else '<'} {match[1]}"
    if match := OLDER.search(text):
        return f"\nWHERE age {'>' if match[1].lower() == 'older' else '<'} {match[2]}"
    if (match := COMPARES.search(text)) and match[1].lower() not in ("is", "are", "with", "have"):
        sign, column = match[2].lower(), MEANT.get(match[1].lower(), match[1])
        return f"\nWHERE {column} {SIGNS.get(sign, sign if sign[0] in '<>' else '>')} {match[3]}"
    if match := DAYS.search(text):
        return f"\nWHERE created_at < CURRENT_DATE - {match[1]}"
    if match := YEAR.search(text):
        dated = [c for table in tables for c in table.columns if c.endswith(("_at", "date", "_on"))]
        column = dated[0] if dated else "signed_up_at" if "sign" in text else "created_at"
        return f"\nWHERE {column} >= '{match[0]}-01-01' AND {column} < '{int(match[0]) + 1}-01-01'"
    return find_place(text, tables)
