"""Queries over the tables that a prompt shows or names: groups, joins, filters, an order."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_compares import NUMERIC
from mockgem.operations.forms.code_joins import AGGREGATES, SqlTable, read_tables
from mockgem.operations.forms.code_query_parts import (
    ADVERBS,
    EACH_CJK,
    find_category,
    find_product,
    singular,
    write_having,
    write_key,
    write_missing,
    write_period,
)
from mockgem.operations.forms.field_items import to_key
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.word_stems import extract_stems

INLINE = make_regex(
    r"(?:^|[\s`\"'*•-])[`\"']?([A-Za-z_]\w{1,40})[`\"']?\s?\(\s*"
    r"(?!(?:tables?|tabla|tabelle|tabela|collection|type|e\.g"
    r"|i\.e)\b)([a-z_]\w{0,40}[^()]{0,400}(?:\([^()]{0,20}\)[^()]{0,400}){0,6})\)",
    re.M,
)
LABELLED = make_regex(
    r"^[ \t]*(?:[-*•]\s*)?(?:table\s+)?[`\"']?([A-Za-z_]\w{1,40})[`\"']?(?: table)?(?: "
    r"columns)?\s?:\s*"
    r"((?:[`\"']?[a-z_]\w{0,40}[`\"']?(?:\s\([^()\n]{1,20}\))?,\s?){1,30}[`\"']?[a-z_]\w{0,40})",
    re.M | re.I,
)
SHOWN = make_regex(
    r"\b(?:table|tabla|tabelle|tabella|tabela|tabel|collection) [`\"']?([A-Za-z_]\w{1,40})[`\"']?"
    r"(?: (?:with|mit|con|avec|com) (?:the )?(?:columns?|spalten|columnas|colonnes)?)?\s?[:：(]?\s?"
    r"((?:[`\"']?[a-z_]\w{0,40}[`\"']?,\s?){1,30}(?:and |und |y |et )?[`\"']?[a-z_]\w{0,40})",
    re.I,
)
NAMED = make_regex(
    r"\b(?:the )?(?:tables?|tabel\w{0,3}|tablas?|tabelas?|tabell\w{1,2}) (?:called |named )?[`\"']?"
    r"([a-z_]\w{1,40})[`\"']?(?:,\s?(?:and "
    r")?[`\"']?([a-z_]\w{1,40})"
    r"[`\"']?)?(?:,? (?:and|und|y|et|e|i|en|ve) (?:the )?[`\"']?([a-z_]\w{1,40})[`\"']?)?"
    r"|\b(?:the )?([a-z_]\w{1,40}) and (?:the )?([a-z_]\w{1,40}) tables\b",
    re.I,
)
NOT_NAMES = frozenset(
    "with that which for and the a an of in to is are has have from by schema definitions structure"
    " name names below above following columns using where join question note answer example table"
    " tables database count sum avg max min values varchar decimal numeric char references".split()
)
TOP = make_regex(
    r"\b(?:top|first|best|highest|limit)\s+(\d{1,4}|three|five|ten)\s+(\w+)"
    r"|\b(\d{1,4}) (\w+) (?:más|mais|più|plus|meist\w*|best\w*|mit den (?:meisten|höchsten)"
    r"|con más)\b"
    r"|\b(\d{1,4}) (?:meist\w+|besten|höchsten|mejores|meilleurs|migliori|melhores) (\w+)",
    re.I,
)
MOST = make_regex(
    r"\b(\d{1,4}|three|five|ten) (?:most \w+ )?(\w+)\b(?=[^.\n]{0,40}\b(?:most|highest|lowest"
    r"|newest|latest)\b)",
    re.I,
)
PER = make_regex(
    r"(?<!\w)(?:per|for every|for each|grouped by|group by|by|each|every|por|par|pro|je|na|за|по)"
    r"\s(?:the\s|cada\s|chaque\s|ogni\s)?([^\W\d]\w{1,30})",
    re.I,
)
NUMBERS = {"three": "3", "five": "5", "ten": "10"}
VALUE = make_regex(
    r"\b(?:total|sum of(?: the)?|average|avg|mean|highest|lowest|maximum"
    r"|minimum)\s((?:\w+\s?){1,3})",
    re.I,
)
STOPS = frozenset(
    "per by for of each in from and the their with who that is spent made all every on".split()
)


def list_tables(text: str) -> list[SqlTable]:
    """Return the tables that a text creates, describes or names."""
    tables = {one.name.lower(): one for one in read_tables(text)}
    rest = re.sub(
        r"CREATE TABLE[^;]{3,2000}?\)\s?(?:;|\Z|\n\n|(?=\n\s*CREATE TABLE))", " ", text, flags=re.I
    )
    for pattern in (INLINE, LABELLED, SHOWN):
        for name, body in pattern.findall(rest):
            columns = [part.split() for part in re.sub(r"\([^()]*\)", "", body).split(",")]
            names = tuple(find_column_name(part) for part in columns if part)
            if name.lower() not in NOT_NAMES and len(names) > 1:
                tables.setdefault(name.lower(), SqlTable(name, names))
    for groups in NAMED.findall(rest):
        for name in filter(None, groups):
            if name.lower() not in NOT_NAMES:
                tables.setdefault(name.lower(), SqlTable(name, ()))
    return list(tables.values())


def find_column_name(words: list[str]) -> str:
    is_joined = words[0] in ("and", "und", "y", "et") and len(words) > 1
    return words[1 if is_joined else 0].strip("`\"'")


def write_query(tables: list[SqlTable], question: str, where: str) -> str:
    """Return a SELECT that fits a question about some tables.

    Args:
        where: The clause with the conditions, on a separate line; empty without conditions.
    """
    top = find_top(question)
    limit = f"\nLIMIT {NUMBERS.get(top[0].lower(), top[0])}" if top else ""
    aggregate = next((row for row in AGGREGATES if row[0].search(question)), None)
    question = ADVERBS.sub(lambda found: f"per {found[1]}", question)
    group = PER.search(question)
    each = EACH_CJK.search(question) if group is None else None
    grouped = (top[1] if top else "") if aggregate and top else (group[1] if group else "")
    if each and aggregate and not grouped:
        grouped = find_category(tables)
    if having := write_having(tables, question):
        return having
    if aggregate and grouped:
        return write_groups(tables, question, where, grouped, aggregate, limit)
    main = find_main(tables, question)
    missing = write_missing(tables, main, question)
    where = f"{where} AND {missing}" if where and missing else where
    where = where or (f"\nWHERE {missing}" if missing else "")
    source = f"FROM {main.name}{'' if missing else join_other(tables, main, question)}"
    if aggregate:
        _, function, alias = aggregate
        column = find_value(main, question)
        if not column and function != "COUNT":
            column = next((one for one in main.columns if NUMERIC.search(one)), "")
        value = "*" if function == "COUNT" or not column else column
        function = "COUNT" if value == "*" else function
        return f"SELECT {function}({value}) AS {alias}\n{source}{where};"
    named = list_columns([main] if missing else tables, main, question)
    columns = [one for one in named if f"{one} " not in where] or ["*"]
    order = find_order(main, question, bool(top))
    return f"SELECT {', '.join(columns)}\n{source}{where}{order}{limit};"


def find_top(question: str) -> tuple[str, str] | None:
    """Return the number and the things in "the top 5 customers"; None without them."""
    match = TOP.search(question) or MOST.search(question)
    if match is None:
        return None
    number, thing = [part for part in match.groups() if part][:2]
    return number, thing


def write_groups(
    tables: list[SqlTable],
    question: str,
    where: str,
    word: str,
    aggregate: tuple[re.Pattern[str], str, str],
    limit: str,
) -> str:
    _, function, alias = aggregate
    owner, key = find_group(tables, word)
    period = write_period(tables, word)
    valued = find_valued(tables, owner, question, key)
    value = write_aggregate(valued, question, key, function)
    source = f"FROM {valued.name}"
    if valued.name != owner.name:
        source = f"FROM {owner.name}\nJOIN {valued.name} ON {write_key(owner, valued)}"
    order = (
        f"\nORDER BY {alias} DESC"
        if limit or re.search(r"\b(?:desc|highest|most)\b", question, re.I)
        else ""
    )
    if period:
        others = [match for match in PER.findall(question) if match.lower() != word.lower()]
        second = find_group(tables, others[0])[1] if others else ""
        keys = f"{period}, {second}" if second in valued.columns else period
        return (
            f"SELECT {period} AS {word.lower()}{keys.removeprefix(period)}, {value} AS {alias}\n"
            f"FROM {valued.name}{where}\nGROUP BY {keys}\nORDER BY {period}{limit};"
        )
    return (
        f"SELECT {owner.name}.{key}, {value} AS {alias}\n{source}{where}\n"
        f"GROUP BY {owner.name}.{key}{order}{limit};"
    )


def write_aggregate(table: SqlTable, question: str, key: str, function: str) -> str:
    """Return the value of a group: the number of its rows, or a function of a column."""
    if function == "COUNT":
        return "COUNT(*)"
    if function == "SUM" and (product := find_product(table, question)):
        return f"SUM({product})"
    numbers = (one for one in table.columns if NUMERIC.search(one) and one != key)
    column = find_value(table, question, key) or next(numbers, "") or guess_value(question)
    return f"{function}({table.name}.{column})"


def find_group(tables: list[SqlTable], word: str) -> tuple[SqlTable, str]:
    """Return the table and the column that a word names: "customer" is customers.name."""
    stem = singular(word)
    for table in tables:
        if singular(table.name) == stem:
            named = next((one for one in table.columns if one in ("name", "title")), "")
            named = named or next((one for one in table.columns if "name" in one), "")
            return table, named or (table.columns[0] if table.columns else "name")
    for table in tables:
        for column in table.columns:
            if column.lower() in (stem, word.lower()):
                return table, column
    for table in tables:
        for column in table.columns:
            if stem in column.lower():
                return table, column
    return tables[0], to_key(word)


def find_main(tables: list[SqlTable], question: str) -> SqlTable:
    """Return the table whose name comes first in a question, else the first table."""
    lower = question.lower()
    places = {lower.find(singular(table.name).lower()): table for table in reversed(tables)}
    found = [at for at in places if at >= 0]
    return places[min(found)] if found else tables[0]


def find_valued(tables: list[SqlTable], owner: SqlTable, question: str, key: str) -> SqlTable:
    """Return the table whose numbers or rows a question asks for."""
    for table in tables:
        if find_value(table, question, key):
            return table
    others = [
        table
        for table in tables
        if table is not owner and singular(table.name).lower() in question.lower()
    ]
    return others[0] if others else owner


def find_value(table: SqlTable, question: str, key: str = "") -> str:
    """Return the column with numbers that a question names.

    Args:
        key: The column of the groups, which is not one of these.
    """
    stems = extract_stems(question)
    for column in table.columns:
        plain = column.lower()
        is_key = plain in ("id", key) or plain.endswith(("_id", "name"))
        if (
            not is_key
            and (plain in question.lower() or extract_stems(column.replace("_", " ")) & stems)
            and singular(column) != singular(table.name)
        ):
            return column
    if re.search(r"\b(?:spen\w+|revenue|sales|earn\w*)\b", question, re.I):
        numbers = re.compile(r"amount|total|price|value|revenue|sales", re.I)
        return next((one for one in table.columns if numbers.search(one)), "")
    return ""


def guess_value(question: str) -> str:
    """Return the column that a question with no known columns names: "total order amount"."""
    match = VALUE.search(question)
    words: list[str] = []
    for word in match[1].split() if match else []:
        if word.lower() in STOPS:
            break
        words.append(word)
    return to_key(words[-1]) if words else "amount"


def join_other(tables: list[SqlTable], main: SqlTable, question: str) -> str:
    """Return the JOIN with a further table that a question names."""
    lower = question.lower()
    for table in tables:
        if table is not main and (singular(table.name) in lower or "join" in lower):
            return f"\nJOIN {table.name} ON {write_key(main, table)}"
    return ""


def list_columns(tables: list[SqlTable], main: SqlTable, question: str) -> list[str]:
    """Return the columns that a question names; all of them if it names none."""
    lower = re.sub(r"\b(?:order|sort)\w* by\b.*", " ", question.lower(), flags=re.S)
    has_other = bool(join_other(tables, main, question))
    found = [
        f"{table.name}.{column}" if has_other else column
        for table in (tables if has_other else [main])
        for column in table.columns
        if column != "id"
        and re.search(
            rf"\b{re.escape(column.replace('_', ' '))}s?\b|\b{re.escape(column)}\b", lower
        )
    ]
    return found or (["*"] if not has_other else [f"{main.name}.*"])


def find_order(table: SqlTable, question: str, is_top: bool) -> str:
    """Return the ORDER BY that a question asks for."""
    match = re.search(
        r"\b(?:order|sort|sortiert|ordenad|triée?|ordinat)\w* (?:by|nach|por|par"
        r"|per) (?:the )?(\w+)( desc\w*| abst\w*)?",
        question,
        re.I,
    )
    if match:
        return f"\nORDER BY {match[1]}{' DESC' if match[2] else ''}"
    by = re.search(r"\bby (\w+)", question, re.I)
    named = by[1] if by and (by[1] in table.columns or is_top) else ""
    if re.search(
        r"\b(?:most expensive|highest|newest|latest|most recent|largest)\b", question, re.I
    ):
        wanted = re.compile(r"price|amount|salary|total|score|date|_at$", re.I)
        named = named or next((one for one in table.columns if wanted.search(one)), "")
        return f"\nORDER BY {named} DESC" if named else ""
    return f"\nORDER BY {named} DESC" if named and is_top else ""
