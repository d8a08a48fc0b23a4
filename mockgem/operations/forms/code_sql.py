"""SQL statements for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_absent_rows import write_absent_rows
from mockgem.operations.forms.code_columns import read_columns, write_indexes
from mockgem.operations.forms.code_conditions import SCHEMA, find_condition, find_table
from mockgem.operations.forms.code_foreign_queries import write_foreign_query
from mockgem.operations.forms.code_joins import (
    AGGREGATES,
    SqlTable,
    read_tables,
    write_join_by_group,
)
from mockgem.operations.forms.code_members import find_members
from mockgem.operations.forms.code_queries import find_top, list_tables, write_query
from mockgem.operations.forms.code_query_kinds import (
    INCLUDING,
    add_limit,
    cut_limit,
    find_like,
    guess_tables,
    write_best,
    write_join_of,
    write_known_query,
    write_lacking,
)
from mockgem.operations.forms.code_query_parts import PERIODS, singular
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_schemas import write_schema
from mockgem.operations.forms.code_statements import write_insert, write_special, write_update
from mockgem.operations.forms.code_table_wishes import write_described_table
from mockgem.operations.forms.field_items import to_key
from mockgem.operations.forms.lazy_patterns import make_regex

SELECT = make_regex(
    r"\b(?:selects?|shows?|lists?|returns?|gets?|finds?|fetch(?:es)?)\s+(?:the |all "
    r")?((?:\w+(?:, | and | und | y )){1,6}\w+)\s+(?:of|from|for)\b",
    re.I,
)
TOP = make_regex(r"\b(?:top|first|limit)\s+(\d{1,4})\b", re.I)
ORDER = make_regex(
    r"\b(?:ordered|order|sorted|sort|sortiert|ordenad[oa]s?|triée?s?|ordinat[aeio])\s+(?:by"
    r"|nach|por|par|per)"
    r"\s+(?:the )?(\w+)",
    re.I,
)
BY = make_regex(r"\bby (\w+)", re.I)
STATED_TYPE = (
    r"\(?((?:var)?char\(\d{1,4}\)|integer|int|bigint|text|boolean|date"
    r"|timestamp|decimal\(\d+, ?\d+\)"
    r"|json|jsonb|uuid|float)(?!\w)"
)
"""The type of a column: "a column phone varchar(20)"."""
ADD_COLUMN = make_regex(
    r"\badd\w* (?:an? |the )?(?:new )?column (?:named |called )?[\"'`]?([a-z_]\w{0,40})"
    r"|\badd\w* (?:an? |the )?(?:new )?[\"'`]?([a-z_]\w{0,40})[\"'`]? (?:\w+ ){0,3}column\b",
    re.I,
)
SQL_TYPES = {
    "integer": "INTEGER",
    "number": "NUMERIC",
    "boolean": "BOOLEAN",
    "string": "TEXT",
    "array": "TEXT",
}


VIEW = make_regex(
    r"\bview (?:called |named )?[\"'`]?(?!(?:that|which|for|with|of|called|named)\b)(\w+)", re.I
)


def write_sql(request: CodeRequest) -> str:
    """Return a statement, with the functions for dates that the named database has."""
    source = write_statement(request)
    if re.search(r"\bpostgres", request.text, re.I):
        return STRFTIME.sub(lambda found: f"DATE_TRUNC('{UNITS[found[1]]}', {found[2]})", source)
    is_mysql = re.search(r"\b(?:mysql|mariadb)\b", request.text, re.I)
    return STRFTIME.sub(r"DATE_FORMAT(\2, '\1')", source) if is_mysql else source


SHOWS_COLUMNS = make_regex(
    r"\([^()\n]{1,200},|\bcreate table\b|\bcolumns?\b|^\s{0,4}- \w", re.I | re.M
)
"""Tables that a prompt shows with their columns."""
STRFTIME = make_regex(r"strftime\('([^'\n]+)', (\w+)\)")
UNITS = {form: unit for unit, form in PERIODS.items()}


def write_statement(request: CodeRequest) -> str:
    text = request.text
    table = find_table(text)
    lower = text.lower()
    if view := VIEW.search(text):
        rest = text[view.end() :]
        return (
            f"CREATE VIEW {view[1]} "
            f"AS\n{write_select(find_table(rest), rest, find_condition(rest))}"
        )
    is_foreign = not text.isascii() or ABROAD.search(text) is not None
    if is_foreign and (query := write_foreign_query(text, list_tables(text))):
        return query
    if created := write_described_table(text):
        return created
    if INCLUDING.search(text) and (known := write_known_query(text, table, list_tables(text))):
        return known
    if schema := write_schema(text):
        return schema
    if not SHOWS_COLUMNS.search(text) and (absent := write_absent_rows(text)):
        return absent
    if special := write_lacking(text) or write_special(table, text):
        return special
    if known := write_known_query(text, table, list_tables(text)):
        return known
    asked = CREATED.sub(" ", text)
    if asked != text and not CHANGES.match(find_last_question(asked)):
        return write_about_tables(asked, text)
    tables = list_tables(text)
    is_known = len(tables) > 1 or (tables and (ASKED in text or tables[0].columns))
    if is_known and not CHANGES.search(lower):
        question = re.sub(
            r"\b(\w+)\s?\((?:[^()=]|\([^()]*\)){0,400}\)", r"\1", find_last_question(text)
        )
        question, having = cut_limit(question, tables)
        return add_limit(write_query(tables, question, find_condition(question, tables)), having)
    if not CHANGES.search(lower) and not tables and (guessed := guess_tables(text))[1:]:
        if joined := write_join_of(text):
            return joined
        return write_query(guessed, text, find_condition(text, guessed))
    return write_change(request, table)


ABROAD = make_regex(r"\b(?:ohne|sans|sin|senza|sem|zonder|meisten|compraron|gastado|speso)\b", re.I)
"""A word of a query in another language that ASCII can write."""
COPIES = make_regex(r"\bduplicate (?!rows?\b|records?\b|entries\b)([a-z]\w{1,30})", re.I)
"""A column whose values come several times."""


def write_change(request: CodeRequest, table: str) -> str:
    """Return a statement that creates or changes a table, or else a SELECT."""
    text, lower = request.text, request.text.lower()
    creates = re.search(r"\bcreat(?:e|es|ing)\b[^.\n]{0,30}\btable\b|\bschema for\b", lower)
    if (creates and (request.members or "creat" in lower)) or CREATES_ABROAD.search(lower):
        return write_create(table, request)
    if altered := ADD_COLUMN.search(text):
        name = altered[1] or altered[2]
        typed = re.search(rf"\b{name}[`\"']? {STATED_TYPE}", text, re.I)
        kind = typed[1].upper() if typed else find_sql_type(name, "TEXT")
        statement = f"ALTER TABLE {table}\nADD COLUMN {name} {kind};"
        if re.search(r"\bindex(?:es)?\b", lower):
            statement += f"\n\nCREATE INDEX idx_{table}_{name}\nON {table} ({name});"
        return statement
    text, having = cut_limit(text, [])
    where = find_condition(text) or find_like(text)
    if (copies := COPIES.search(text)) and re.search(r"\bdelet\w+|\bremov\w+", lower):
        return (
            f"DELETE FROM {table}\nWHERE id NOT IN (\n  SELECT MIN(id)\n  FROM {table}\n"
            f"  GROUP BY {to_key(copies[1].lower().rstrip('s'))}\n);"
        )
    if re.search(r"\b(?:delet(?:es?|ing)|lösch\w*|elimin\w*|borr\w*|supprim\w*)\b", lower):
        return f"DELETE FROM {table}{where or chr(10) + 'WHERE id = 1'};"
    if re.search(r"\bupdates?\b|\bset\b|\bincreases?\b", lower):
        return write_update(table, text, where)
    if re.search(
        r"\b(?:inserts?|adds? (?:an?|the|\\w+ new|new) (?:new )?(?:row|record|user|product"
        r"|customer|entry|\\w+ to))\b",
        lower,
    ):
        return write_insert(table, request)
    if not having and (joined := write_join_of(text)):
        return joined
    if best_rows := write_best(table, text):
        return best_rows
    counted = next((row for row in FOREIGN_COUNTS if re.search(row, text, re.I)), "")
    if counted and (group := GROUP_WORD.search(text)):
        return write_query([SqlTable(table, ())], f"number of {table} per {group[1]}", where)
    top = find_top(text)
    if top and not text.isascii() and any(row[0].search(text) for row in AGGREGATES):
        thing = SqlTable(table, (singular(top[1]), "amount"))
        return write_query([thing], text, where)
    return add_limit(write_select(table, text, where), having)


FOREIGN_COUNTS = (
    r"\b(?:conta|contare|quanti|numero di|cuenta|cuente|número de|conte|compte[rz]?|nombre de"
    r"|zählt?|anzahl|zlicza|policz|liczb[aęy]|aantal|telt)\b|подсч\w+|количеств\w+|скольк\w+|数量|件数",
)
GROUP_WORD = make_regex(
    r"\b(?:per|por|par|pro|je|dla każdego|voor elke|по|на|для каждого) (?:cada |chaque |ogni "
    r")?([^\W\d]\w{2,30})"
)
CREATES_ABROAD = make_regex(
    r"созда\w+\s\w{0,12}\s?таблиц|\bcre[ae]\w*\s(?:una |la |uma |a )?tab(?:la|ela|ella)"
    r"|\btabelle\b[^.\n]{0,40}"
    r"\berstell|\berstell\w*[^.\n]{0,30}\btabelle|\bcr[ée]+\w*\s(?:une |la )?table|创建[^.\n"
    r"]{0,12}表|建表|テーブル[^.\n]{0,12}作成|utwórz tabel|tablo\w* oluştur"
)
CREATED = make_regex(
    r"\bCREATE TABLE [^;]{3,2000}?\)\s?(?:;|\Z|\n\n|(?=\n\s*(?:CREATE TABLE|/\*)))", re.I
)
LAST_QUESTION = make_regex(
    r"(?:^|\n|[.;)] )[^\n:]{0,40}\b(?:question|request|query|task|frage)\b[^\n:]{0,40}:([^\n]+)",
    re.I,
)


CHANGES = make_regex(
    r"\W*(?:insert|update|delete|remove|add|alter|drop|truncate|create)s?\b"
    r"|\b(?:insert|update|delete|alter|drop|create|truncate)s?\b[^.\n]{0,40}"
    r"\b(?:table|rows?|records?|index|view|column|into|from|users|where)\b",
    re.I,
)
ASKED = "\nQuestion: "
"""What stands between the tables of a system instruction and the question about them."""


def find_last_question(asked: str) -> str:
    """Return the last question that a prompt labels, else the whole prompt."""
    if ASKED in asked:
        return asked.rpartition(ASKED)[2]
    questions = LAST_QUESTION.findall(asked)
    return str(questions[-1]) if questions else asked


def write_about_tables(asked: str, text: str) -> str:
    """Return a SELECT for the last question about the tables that a prompt creates."""
    question = find_last_question(asked)
    known = list_tables(text)
    if len(known) > 1 or (known and ASKED in text):
        return write_query(known, question, find_condition(question, known))
    if joined := write_join_by_group(text, question):
        return joined
    tables = read_tables(text)
    stems = question.lower()
    table = next(
        (one for one in tables if one.name.lower().rstrip("s") in stems),
        tables[0] if tables else None,
    )
    name = table.name if table else find_table(asked)
    return write_select(name, question, find_condition(question))


TABLE_NAME = make_regex(
    r"\b(?:table|tabla|tabelle|tabella|tabela) (?:called |named |llamada |namens |nommée "
    r"|appelée |chiamata"
    r" |chamada )?[\"'`]?(?!(?:with|for|to|in|that|statement|called|named|schema|avec|con|com|mit"
    r"|para|per"
    r"|pour|für|de|qui|que|che|die)\b)([a-z_]\w*)"
    r"|\bfor (?:the )?([a-z_]\w*):"
    r"|:\s*[\"'`]?([a-z_]\w*)[\"'`]? (?:with|\()"
    r"|\b(?!(?:create|a|an|the|sql|new|this|database|une|la|le|una)\b)([a-z_]\w*) table\b"
    r"|\bfor (?:an? |the )?([a-z_]\w*) (?:with|\()",
    re.I,
)


def write_create(table: str, request: CodeRequest) -> str:
    if named := TABLE_NAME.search(request.text):
        table = next(filter(None, named.groups()))
    if stated := read_columns(request.text):
        created = f"CREATE TABLE {table} (\n  " + ",\n  ".join(stated) + "\n);"
        return created + write_indexes(request.text, table)
    members = request.members or find_members(request.text)
    columns = [(name, SQL_TYPES.get(kind, "TEXT")) for name, kind in members] or [
        ("id", "INTEGER"),
        ("name", "TEXT"),
    ]
    lines = [f"  {name} {find_sql_type(name, kind)}" for name, kind in columns]
    return f"CREATE TABLE {table} (\n" + ",\n".join(lines) + "\n);"


def find_sql_type(name: str, kind: str) -> str:
    """Return the type of a column, by the end of its name where that tells it."""
    if name == "id":
        return "INTEGER PRIMARY KEY"
    if name.endswith(("_at", "date")) or name.startswith("last_log"):
        return "TIMESTAMP"
    if name.endswith(("_on", "_day", "birthday", "dob")):
        return "DATE"
    return "INTEGER" if name.endswith("_id") else kind


PER = make_regex(
    r"\b(how many|total|sum|average|avg|mean|number|count|max\w*|min\w*|highest|lowest)\b"
    r"(?: of)?(?: the)? ?(\w+)?[^.\n]{0,30}?\b(?:per|for each|by|grouped by) (\w+)",
    re.I,
)
FUNCTIONS = {
    "how many": "COUNT",
    "average": "AVG",
    "avg": "AVG",
    "mean": "AVG",
    "number": "COUNT",
    "count": "COUNT",
}


SHORT = {"average": "avg", "mean": "avg", "maximum": "max", "minimum": "min"}
"""How the names of results begin."""
KNOWN_TABLES = (
    (frozenset(("salary", "department")), "employees"),
    (frozenset(("grade", "class", "score")), "students"),
    (frozenset(("amount", "revenue", "customer_id", "customer")), "orders"),
    (frozenset(("price", "category", "stock")), "products"),
)
"""Tables that columns usually belong to."""
LISTED = make_regex(r"\bcolumns?(?: are)?:? ((?:[a-z_]\w*, ?){1,20}(?:and )?[a-z_]\w*)", re.I)
RESERVED = frozenset("order group select table index user value by where".split())


def find_columns(text: str) -> list[str]:
    """Return the columns of the first table that the prompt describes."""
    listed = LISTED.search(text)
    if listed:
        return re.findall(r"\w+", listed[1])
    match = SCHEMA.search(text)
    return [column.split()[0] for column in match[2].split(",") if column.strip()] if match else []


def find_column(word: str, columns: list[str]) -> str:
    """Return the column that a word names: "customer" means customer_id."""
    return next((name for name in columns if word.lower().rstrip("s") in name), "")


def write_aggregate(table: str, text: str, where: str) -> str:
    """Return a SELECT with GROUP BY for "the total amount per customer"; empty without one."""
    columns = find_columns(text)
    match = PER.search(text)
    if match is None:
        return ""
    group = find_column(match[3], columns) or (to_key(match[3]) if match[3].isidentifier() else "")
    word = match[1].lower()
    function = FUNCTIONS.get(word, "MAX" if word[:2] in ("ma", "hi") else "MIN")
    function = "SUM" if word in ("total", "sum") else function
    what = (find_column(match[2] or "", columns) if match[2] else "") or to_key(match[2] or "")
    what = "amount" if what in RESERVED else what
    word = "count" if word == "how many" else word
    value = "*" if function == "COUNT" or not what else what
    function = "COUNT" if value == "*" else function
    is_sorted = re.search(
        r"\b(?:sorted|ordered|order|sort|descending|(?:highest|largest|biggest) (?:\w+ )?first"
        r"|desc)\b",
        text,
        re.I,
    )
    alias = "count" if value == "*" else f"{SHORT.get(word, word)}_{value}"
    order = f"\nORDER BY {alias} DESC" if is_sorted else ""
    if table == "items":
        table = next((name for words, name in KNOWN_TABLES if words & {group, value}), table)
    return (
        f"SELECT {group}, {function}({value}) AS {alias}\nFROM {table}{where}\nGROUP BY "
        f"{group}{order};"
    )


JOIN = make_regex(
    r"\btables? [\"'`]?(\w{1,40})[\"'`]? (?:and|with|to) (?:table )?[\"'`]?(\w{1,40})[\"'`]?"
    r"(?: (?:on|by|using) (?:the )?(?:column )?[\"'`]?(\w{1,40}))?",
    re.I,
)


def write_join(text: str) -> str:
    """Return a SELECT over two tables; empty if the prompt names none to join."""
    match = JOIN.search(text) if "join" in text.lower() else None
    if match is None:
        return ""
    first, second, key = match[1], match[2], match[3] or "id"
    return f"SELECT *\nFROM {first}\nJOIN {second} ON {first}.{key} = {second}.{key};"


def write_select(table: str, text: str, where: str) -> str:
    if joined := write_join(text):
        return joined
    if aggregate := write_aggregate(table, text, where):
        return aggregate
    if re.search(r"\bhow many\b", text, re.I):
        return f"SELECT COUNT(*)\nFROM {table}{where};"
    match = SELECT.search(text)
    columns = [to_key(name) for name in re.split(r", | and | und | y ", match[1])] if match else []
    top = TOP.search(text)
    by = BY.search(text)
    order = ORDER.search(text)
    if not columns:
        thing = re.search(r"\b(?:top|first) \d+ (\w+)", text, re.I)
        columns = (
            [to_key(thing[1].rstrip("s")), f"SUM({by[1]}) AS {by[1]}"]
            if thing and by and by[1].isidentifier()
            else ["*"]
        )
        if thing and by:
            return (
                f"SELECT {', '.join(columns)}\nFROM {table}{where}\nGROUP BY "
                f"{columns[0]}\nORDER BY {by[1]} DESC\nLIMIT {top[1] if top else 10};"
            )
    lines = f"SELECT {', '.join(columns)}\nFROM {table}{where}"
    if order:
        down = re.search(
            rf"\b{order[1]},?\s?(?:in )?(?:desc\w*|absteigend|descendente)", text, re.I
        )
        lines += f"\nORDER BY {order[1]}{' DESC' if down else ''}"
    return f"{lines}\nLIMIT {top[1]};" if top else f"{lines};"
