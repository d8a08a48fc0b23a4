"""SELECT statements over tables that the prompt shows with CREATE TABLE."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.word_stems import extract_stems

CREATE = make_regex(
    r"\bCREATE TABLE (?:IF NOT EXISTS )?[\"`]?(\w{1,40})[\"`]?\s?\(([^;]{3,2000}?)\)\s?(?:;|\Z"
    r"|\n\n|(?=\n\s*(?:CREATE TABLE|/\*)))",
    re.I,
)
COLUMN = make_regex(r"^\s*[\"`]?([a-z_]\w{0,40})[\"`]?(?=\s|\Z)", re.I)
NOT_COLUMNS = frozenset("primary foreign constraint unique key check index".split())
PER = make_regex(
    r"\b(?:per|for every|for each|by|grouped by|each|every)\s(?:the\s)?(\w{2,30})", re.I
)
AGGREGATES = (
    (
        make_regex(
            r"\b(?:total|sum|overall|revenue|best[- ]?sell\w*|most sold|más vendid\w+|più vendut\w"
            r"|plus vendu\w*|meistverkauft\w*|mais vendid\w+|summe|suma|somme|somma|soma"
            r"|gesamt\w*|сумм\w+)\b"
            r"|总和|总额|合計|합계",
            re.I,
        ),
        "SUM",
        "total",
    ),
    (
        make_regex(
            r"\b(?:average|avg|mean|promedio|moyen\w*|durchschnitt\w*|media|média|gemiddeld\w*"
            r"|średni\w*"
            r"|средн\w+)\b|平均|평균",
            re.I,
        ),
        "AVG",
        "average",
    ),
    (
        make_regex(
            r"\b(?:how many|number of|count|cuánt[oa]s|combien|quant[iea]s?|wie viele|anzahl"
            r"|liczb\w+|ile"
            r"|número de|numero di|nombre de|aantal|hoeveel|скольк\w+|количеств\w+)\b"
            r"|多少|数量|いくつ|何人|件数|몇",
            re.I,
        ),
        "COUNT",
        "count",
    ),
    (make_regex(r"\b(?:highest|most expensive|maximum|max)\b", re.I), "MAX", "highest"),
    (make_regex(r"\b(?:lowest|cheapest|minimum|min)\b", re.I), "MIN", "lowest"),
)
DESCENDING = make_regex(r"\b(?:highest first|descending|largest first|most first|top|desc)\b", re.I)
MONEY = make_regex(r"amount|price|total|value|cost|salary|quantity|score", re.I)


@frozen
class SqlTable:
    """A table and the names of its columns."""

    name: str
    columns: tuple[str, ...]


def read_tables(text: str) -> list[SqlTable]:
    """Return the tables that a text creates."""
    tables = []
    for name, body in CREATE.findall(text):
        parts = re.split(r",(?![^(]*\))", body)
        columns = [match[1] for part in parts if (match := COLUMN.match(part))]
        tables.append(SqlTable(name, tuple(c for c in columns if c.lower() not in NOT_COLUMNS)))
    return tables


def write_join_by_group(text: str, question: str) -> str:
    """Return a SELECT with GROUP BY, over two tables if needed; empty without a group."""
    tables = read_tables(text)
    group, aggregate = (
        PER.search(question),
        next((row for row in AGGREGATES if row[0].search(question)), None),
    )
    if not tables or group is None or aggregate is None:
        return ""
    _, function, alias = aggregate
    owner = find_owner(tables, group[1])
    stems = extract_stems(question)
    valued = [
        (table, column)
        for table in tables
        for column in table.columns
        if column.lower() in stems or (MONEY.search(column) and extract_stems(column) & stems)
    ]
    table, column = next((pair for pair in valued if pair[1] != owner[1]), (tables[-1], "*"))
    value = f"{function}({table.name}.{column})" if column != "*" else "COUNT(*)"
    key = f"{owner[0].name}.{owner[1]}" if owner[1] else group[1]
    source = f"FROM {table.name}"
    shared = next(
        (one for one in table.columns if one in owner[0].columns and one.endswith("id")), ""
    )
    if owner[0].name != table.name and shared:
        source += f"\nJOIN {owner[0].name} ON {table.name}.{shared} = {owner[0].name}.{shared}"
    order = f"\nORDER BY {alias} DESC" if DESCENDING.search(question) else ""
    return f"SELECT {key}, {value} AS {alias}\n{source}\nGROUP BY {key}{order};"


def find_owner(tables: list[SqlTable], word: str) -> tuple[SqlTable, str]:
    """Return the table with a column that a word names, and the column; else the first table."""
    stem = word.lower().rstrip("s")
    for table in tables:
        for column in table.columns:
            if column.lower() in (stem, word.lower()):
                return table, column
    for table in tables:
        for column in table.columns:
            if stem in column.lower():
                return table, column
    return tables[0], ""
