"""Queries that prompts in other languages describe over the tables that they show."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_joins import SqlTable
from mockgem.operations.forms.code_query_parts import find_id, find_key
from mockgem.operations.forms.lazy_patterns import make_regex

SPENT_MOST = make_regex(
    r"\b(?:dépensé le plus|am meisten (?:ausgegeben|gekauft|umgesetzt)|(?:más"
    r"|mas) (?:han )?(?:gastado"
    r"|comprado|gastaron|compraron)|(?:speso|comprato) di più|mais (?:gastaram|compraram)|meest"
    r" (?:uitgegeven|besteld)|wydali najwięcej|en çok harca\w+)\b|потратил\w* больше всего"
    r"|витратил\w* найбільше",
    re.I,
)
WITHOUT = make_regex(
    r"\b(?:ohne|sans|sin|senza|sem|zonder|bez) (?:eine?n? |aucune? |ningún |ninguna |alcun \w+ "
    r"|nenhum\w? )?(?P<thing>[^\W\d_]{4,30})",
    re.I,
)
AMOUNT = make_regex(
    r"montant|importe|summe|betrag|total|importo|valor|prix|preis|precio|bedrag|kwota|suma", re.I
)
DATED = make_regex(r"date|datum|fecha|data|_at$", re.I)
COUNT = make_regex(r"(?<![\d(])\b([1-9]\d?)\b(?![\d%)])")
YEAR = make_regex(r"\b(20\d\d)\b")
STEM = 6


def write_foreign_query(text: str, tables: list[SqlTable]) -> str:
    """Return a query for those who spent most, or who have nothing; empty for other wishes."""
    if len(tables) < 2:
        return ""
    pair = find_pair(tables)
    if pair is None:
        return ""
    if SPENT_MOST.search(text):
        return write_spent_most(text, *pair)
    without = WITHOUT.search(text)
    if without and without["thing"].lower()[:STEM] == pair[1].name.lower()[:STEM]:
        owner, other, key = pair
        return (
            f"SELECT *\nFROM {owner.name}\nWHERE {find_id(owner)} NOT IN (\n"
            f"  SELECT {key}\n  FROM {other.name}\n);"
        )
    return ""


def find_pair(tables: list[SqlTable]) -> tuple[SqlTable, SqlTable, str] | None:
    """Return a table, another one that points to it, and the column that does."""
    for owner in tables:
        for other in tables:
            key = find_key(owner.name, other)
            if owner is not other and key in other.columns:
                return owner, other, key
    return None


def write_spent_most(text: str, owner: SqlTable, other: SqlTable, key: str) -> str:
    """Return a query for those with the highest sums, in a year if the text names one."""
    amount = next((one for one in other.columns if AMOUNT.search(one)), other.columns[-1])
    dated = next((one for one in other.columns if DATED.search(one)), "")
    name = next((one for one in owner.columns if one != "id" and not one.endswith("_id")), "id")
    count, year = COUNT.search(text), YEAR.search(text)
    where = ""
    if year and dated:
        after = int(year[1]) + 1
        column = f"{other.name}.{dated}"
        where = f"WHERE {column} >= '{year[1]}-01-01' AND {column} < '{after}-01-01'\n"
    own = f"{owner.name}.{find_id(owner)}"
    return (
        f"SELECT {own}, {owner.name}.{name}, SUM({other.name}.{amount}) AS total\n"
        f"FROM {owner.name}\nJOIN {other.name} ON {other.name}.{key} = {own}\n{where}"
        f"GROUP BY {own}, {owner.name}.{name}\nORDER BY total DESC\n"
        f"LIMIT {count[1] if count else 10};"
    )
