"""A given SQL query in another way: a join in place of a query inside it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

INNER = make_regex(
    r"SELECT\s+(?P<columns>[\w.*,"
    r" ]+?)\s+FROM\s+(?P<outer>\w+)\s+WHERE\s+(?:\w+\.)?(?P<key>\w+)\s+IN\s*"
    r"\(\s*SELECT\s+(?:\w+\.)?(?P<other>\w+)\s+FROM\s+(?P<inner>\w+)"
    r"(?:\s+WHERE\s+(?P<condition>[^()]{2,200}?))?\s*\)",
    re.I,
)
"""A query with IN and another one in brackets."""
ONLY_COLUMNS = make_regex(
    r"\bselect(?: only)? ((?:\w+\.)?[a-z_]\w*(?:(?:, | and "
    r"|, and )(?:\w+\.)?[a-z_]\w*){0,8})\s*[.!]?\Z"
)
"""The columns at the end of a wish: "and only select orders.id and orders.total"."""
BARE_COLUMN = make_regex(
    r"(?<![\w.'\"])([a-z_]\w*)(?=\s*(?:=|<|>|!=|\bIN\b|\bLIKE\b|\bIS\b|\bBETWEEN\b))", re.I
)


def join_inner(source: str, wish: str) -> str:
    """Return a query with a join in place of IN and a query; empty for another one."""
    match = INNER.search(source)
    if match is None:
        return ""
    outer, inner = match["outer"], match["inner"]
    only = ONLY_COLUMNS.search(wish.strip())
    named = only[1] if only else match["columns"]
    columns = [qualify(name, outer) for name in re.split(r",\s*(?:and )?| and ", named.strip())]
    rows = [
        f"SELECT {', '.join(columns)}",
        f"FROM {outer}",
        f"JOIN {inner} ON {outer}.{match['key']} = {inner}.{match['other']}",
    ]
    if match["condition"]:
        rows.append(f"WHERE {BARE_COLUMN.sub(rf'{inner}.' + chr(92) + '1', match['condition'])}")
    rest = source[match.end() :].partition(";")[0].strip()
    return "\n".join([*rows, *([rest] if rest else [])]) + ";"


def qualify(column: str, table: str) -> str:
    return column if "." in column else f"{table}.{column}"
