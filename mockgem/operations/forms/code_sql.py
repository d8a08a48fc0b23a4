"""SQL statements for a request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.code_joins import SqlTable, read_tables, write_join_by_group
from mockgem.operations.forms.code_queries import list_tables, write_query
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.listed_fields import to_key

TABLE = re.compile(
    r"\b(?:table|tabelle|tabla|tabela)\s+(?:named |called )?[\"'`]?([A-Za-z_]\w{1,40})"
    r"|\b(?:from|into|in|of|update|rows from|records from|all)\s+(?:the )?(?:table "
    r")?[\"'`]?([a-z_]\w{1,40})[\"'`]?(?: table)?(?=\s*(?:$|[.,?]|who|that|where|with|cheaper"
    r"|costing|under|over|more|less|sorted"
    r"|older|ordered|order|table|by|whose|and|for|signed|in\b))"
    r"|\b(?!(?:create|drop|alter|to|the|a|an|this|that|new|my|our|your|sql|database"
    r"|in)\b)([a-z_]\w{1,40}) table\b",
    re.I,
)
SELECT = re.compile(
    r"\b(?:selects?|shows?|lists?|returns?|gets?|finds?|fetch(?:es)?)\s+(?:the |all "
    r")?((?:\w+(?:, | and | und | y )){1,6}\w+)\s+(?:of|from|for)\b",
    re.I,
)
YEAR = re.compile(r"\b(19|20)\d\d\b")
DAYS = re.compile(r"older than (\d{1,4}) days?", re.I)
TOP = re.compile(r"\b(?:top|first|limit)\s+(\d{1,4})\b", re.I)
ORDER = re.compile(r"\b(?:ordered|order|sorted|sort)\s+by\s+(?:the )?(\w+)", re.I)
BY = re.compile(r"\bby (\w+)", re.I)
ADD_COLUMN = re.compile(
    r"\badd\w* (?:an? |the )?(?:new )?column (?:named |called )?[\"'`]?([a-z_]\w{0,40})", re.I
)
NOT_TABLES = frozenset(
    "to this that new my our your sql database existing the all a an each every rows records"
    " columns customers_by sql query statement data "
    "which that".split()
)
SQL_TYPES = {
    "integer": "INTEGER",
    "number": "NUMERIC",
    "boolean": "BOOLEAN",
    "string": "TEXT",
    "array": "TEXT",
}


def write_sql(request: CodeRequest) -> str:
    text = request.text
    table = find_table(text)
    lower = text.lower()
    if special := write_special(table, text):
        return special
    asked = CREATED.sub(" ", text)
    if asked != text and not CHANGES.match(find_last_question(asked)):
        return write_about_tables(asked, text)
    tables = list_tables(text)
    if not CHANGES.search(lower) and (len(tables) > 1 or (tables and ASKED in text)):
        question = re.sub(
            r"\b(\w+)\s?\((?:[^()]|\([^()]*\)){0,400}\)", r"\1", find_last_question(text)
        )
        return write_query(tables, question, find_condition(question, tables))
    if re.search(r"\bcreate\b[^.\n]{0,30}\btable\b|\bschema for\b", lower) and (
        request.members or "create" in lower
    ):
        return write_create(table, request)
    if altered := ADD_COLUMN.search(text):
        kind = find_sql_type(altered[1], "TEXT")
        return f"ALTER TABLE {table}\nADD COLUMN {altered[1]} {kind};"
    where = find_condition(text)
    if "delete" in lower:
        return f"DELETE FROM {table}{where or chr(10) + 'WHERE id = 1'};"
    if re.search(r"\bupdates?\b|\bset\b|\bincreases?\b", lower):
        return write_update(table, text, where)
    if re.search(
        r"\b(?:inserts?|adds? (?:an?|the|\\w+ new|new) (?:new )?(?:row|record|user|product"
        r"|customer|entry|\\w+ to))\b",
        lower,
    ):
        return write_insert(table, request)
    return write_select(table, text, where)


NEVER = re.compile(
    r"\b(\w+) (?:who|that|which) (?:have |has |had )?(?:never|not|n['’]t"
    r"|no)\b[^.\n]{0,24}?\b(?:an?|any|no)?\s?(order|purchase|comment|post|sale|booking|review|employee)s?\b"
    r"|\b(\w+) (?:without|with no) (?:any )?(order|purchase|comment|post|sale|booking|review"
    r"|employee)s?\b",
    re.I,
)
PAGE = re.compile(
    r"\b(\d{1,4}) (?:rows |items |results )?(?:per|a) page\b(?:[^.\n]{0,20}\bpage (\d{1,4}))?", re.I
)
FROM = re.compile(r"\bfrom (?:the )?(?:table )?[`\"']?([a-z_]\w*)", re.I)
DUPLICATES = re.compile(r"\bduplicate[ds]? (?!rows|records|entries)(\w+)|\bduplicates?\b", re.I)
SECOND = re.compile(r"\b(second|third|nth|2nd|3rd)[- ](?:highest|largest|biggest) (\w+)", re.I)


VIEW = re.compile(
    r"\bview (?:called |named )?[\"'`]?(?!(?:that|which|for|with|of|called|named)\b)(\w+)", re.I
)
INDEX = re.compile(
    r"\bindex\b[^.\n]{0,40}?\b(?:on|for) (?:the )?(?:column )?(\w+)(?: column)?(?: (?:of|in"
    r"|on) (?:the )?(?:table )?(\w+))?",
    re.I,
)


def write_special(table: str, text: str) -> str:
    """Return the statement of a view, an index, a search for duplicates; empty for others."""
    if (lacking := NEVER.search(text)) and not re.search(r"\bdelete\b", text, re.I):
        owner, other = lacking[1] or lacking[3], f"{(lacking[2] or lacking[4]).lower()}s"
        owner = owner.lower()
        key = f"{owner.rstrip('s')}_id"
        return (
            f"SELECT {owner}.*\nFROM {owner}\nLEFT JOIN {other} ON {other}.{key} = {owner}.id\n"
            f"WHERE {other}.id IS NULL;"
        )
    if paged := PAGE.search(text):
        source = FROM.search(text)
        name = source[1] if source else table
        size, number = int(paged[1]), int(paged[2] or 1)
        return f"SELECT *\nFROM {name}\nORDER BY id\nLIMIT {size} OFFSET {size * (number - 1)};"
    if view := VIEW.search(text):
        rest = text[view.end() :]
        return (
            f"CREATE VIEW {view[1]} "
            f"AS\n{write_select(find_table(rest), rest, find_condition(rest))}"
        )
    if re.search(r"\b(?:create|add|make)\b[^.\n]{0,20}\bindex\b", text, re.I) and (
        index := INDEX.search(text)
    ):
        name = index[2] or table
        return f"CREATE INDEX idx_{name}_{index[1]}\nON {name} ({index[1]});"
    if (match := SECOND.search(text)) and not re.search(r"\b(?:insert|create)\b", text, re.I):
        column, known = match[2], table if table != "items" else "employees"
        if match[1].lower() in ("second", "2nd"):
            return (
                f"SELECT MAX({column}) AS second_highest\nFROM {known}\n"
                f"WHERE {column} < (SELECT MAX({column}) FROM {known});"
            )
        return f"SELECT DISTINCT {column}\nFROM {known}\nORDER BY {column} DESC\nLIMIT 1 OFFSET 2;"
    if (match := DUPLICATES.search(text)) and not re.search(r"\b(?:delete|remove)\b", text, re.I):
        column = to_key(match[1].rstrip("s")) if match[1] else "name"
        return (
            f"SELECT {column}, COUNT(*) AS count\nFROM {table}\nGROUP BY {column}\nHAVING "
            f"COUNT(*) > 1;"
        )
    return ""


ONE_ROW = re.compile(
    r"\b(?:of|for) (?:the )?(user|order|customer|product|employee|item)s? (?:with id |#"
    r"|number )?(\d+)\b",
    re.I,
)
SETS = re.compile(
    r"\b(?:set|change|update)s? (?:the )?[\"'`]?([a-z_]\w*)[\"'`]? (?:column "
    r"|field )?(?:of [^.\n]{1,40} )?"
    r"(?:to|=|as) ?([\"'`]?[\w@.-]+[\"'`]?)",
    re.I,
)
RAISES = re.compile(
    r"\b(?:increase|raise)s? (?:the )?(\w+)(?: of [^.\n]{1,40}?)? by (\d{1,3}) ?%"
    r"|\b(\w+) by (\d{1,3}) ?%",
    re.I,
)
WHERE = re.compile(
    r"\b(?:where|with|whose|for (?:the )?\w+ with) (?:the )?(\w+) (?:is |= ?|equals |equal to )?"
    r"[\"'`]?(\d+|(?<=[\"'`])[\w@. -]{1,40})[\"'`]?",
    re.I,
)


def write_update(table: str, text: str, where: str) -> str:
    """Return an UPDATE with the values and the condition that a text names."""
    match, raised, found = SETS.search(text), RAISES.search(text), WHERE.search(text)
    if one := ONE_ROW.search(text):
        table = f"{one[1].lower()}s" if table == "items" else table
        where = f"\nWHERE id = {one[2]}"
    if found and found[1].lower() not in NOT_TABLES:
        value = found[2] if found[2].isdigit() else f"'{found[2]}'"
        where = f"\nWHERE {found[1]} = {value}"
    if raised:
        column, percent = (raised[1], raised[2]) if raised[1] else (raised[3], raised[4])
        return f"UPDATE {table}\nSET {column} = {column} * {1 + int(percent) / 100:g}{where};"
    column, given = (match[1], match[2].strip("\"'`")) if match else ("status", "active")
    value = given if re.fullmatch(r"\d+(?:\.\d+)?", given) else f"'{given}'"
    return f"UPDATE {table}\nSET {column} = {value}{where or chr(10) + 'WHERE id = 1'};"


ROW = re.compile(
    r"\b([a-z_]\w{1,30})(?: (?:column|field))?(?:\s?(?:is|=|:|of|set to))?\s"
    r"(?:[\"'`]([^\"'`\n]{1,60})[\"'`]|(\d+(?:\.\d+)?)(?!\w)|([A-Z]\w+(?: [A-Z]\w+)?"
    r"|[\w.]+@[\w.]+\w))"
)
ADDED = re.compile(r"\b(?:into|to)\s(?:the\s|a\s)?(?:table\s)?[\"'`]?([a-z_]\w{1,40})", re.I)


def write_insert(table: str, request: CodeRequest) -> str:
    """Return an INSERT with the columns and the values that a text names."""
    into = ADDED.search(request.text)
    if into and into[1].lower() not in NOT_TABLES:
        table = into[1]
    rows = {
        name: value or number or word
        for name, value, number, word in ROW.findall(request.text)
        if name.lower() not in NOT_TABLES and name != table and name not in NOT_COLUMNS
    }
    if rows:
        values = [
            value if re.fullmatch(r"\d+(?:\.\d+)?", value) else f"'{value}'"
            for value in rows.values()
        ]
        return f"INSERT INTO {table} ({', '.join(rows)})\nVALUES ({', '.join(values)});"
    names = [name for name, _ in request.members] or ["id", "name"]
    examples = ", ".join(["1"] + ["'example'"] * (len(names) - 1))
    return f"INSERT INTO {table} ({', '.join(names)})\nVALUES ({examples});"


NOT_COLUMNS = frozenset("insert into with and the for using in write sql statement adds".split())
CREATED = re.compile(r"\bCREATE TABLE [^;]{3,2000}?\)\s?(?:;|\Z|\n\n)", re.I)
LAST_QUESTION = re.compile(
    r"(?:^|\n|[.;)] )[^\n:]{0,40}\b(?:question|request|query|task|frage)\b[^\n:]{0,40}:([^\n]+)",
    re.I,
)


CHANGES = re.compile(
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
    if len(known) > 1 or ASKED in text:
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


TABLE_NAME = re.compile(
    r"\btable (?:called |named )?[\"'`]?(?!(?:with|for|to|in|that|statement|called|named"
    r"|schema)\b)([a-z_]\w*)"
    r"|:\s*[\"'`]?([a-z_]\w*)[\"'`]? (?:with|\()"
    r"|\b(?!(?:create|a|an|the|sql|new|this|database)\b)([a-z_]\w*) table\b"
    r"|\bfor (?:an? |the )?([a-z_]\w*) (?:with|\()",
    re.I,
)


def write_create(table: str, request: CodeRequest) -> str:
    if named := TABLE_NAME.search(request.text):
        table = next(filter(None, named.groups()))
    columns = [(name, SQL_TYPES.get(kind, "TEXT")) for name, kind in request.members] or [
        ("id", "INTEGER"),
        ("name", "TEXT"),
    ]
    lines = [f"  {name} {find_sql_type(name, kind)}" for name, kind in columns]
    return f"CREATE TABLE {table} (\n" + ",\n".join(lines) + "\n);"


def find_sql_type(name: str, kind: str) -> str:
    """Return the type of a column, by the end of its name where that tells it."""
    if name == "id":
        return "INTEGER PRIMARY KEY"
    if name.endswith(("_at", "date")):
        return "TIMESTAMP"
    return "INTEGER" if name.endswith("_id") else kind


SCHEMA = re.compile(
    r"\b(?!(?:sql|sqlite|postgresql|mysql|query|table"
    r"|database)\b)([A-Za-z_]\w{0,40})\s?\(((?:\s?[A-Za-z_]\w{0,40}(?: \w{1,12})?,?){1,30})\)",
    re.I,
)
"""A table with its columns: orders(id, customer_id, amount)."""
PER = re.compile(
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


def find_columns(text: str) -> list[str]:
    """Return the columns of the first table that the prompt describes."""
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
    word = "count" if word == "how many" else word
    value = "*" if function == "COUNT" or not what else what
    function = "COUNT" if value == "*" else function
    alias = "count" if value == "*" else f"{word[:5]}_{value}"
    return f"SELECT {group}, {function}({value}) AS {alias}\nFROM {table}{where}\nGROUP BY {group};"


JOIN = re.compile(
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
        lines += f"\nORDER BY {order[1]}"
    return f"{lines}\nLIMIT {top[1]};" if top else f"{lines};"


def find_table(text: str) -> str:
    if match := SCHEMA.search(text):
        return match[1]
    for match in TABLE.finditer(text):
        name = str(next(filter(None, match.groups())))
        if name.lower() not in NOT_TABLES and not name.isdigit():
            return name
    return "items"


EQUALS = re.compile(
    r"\b([a-z_]\w{1,30})(?: (?:column|field))?(?: (?:is|equals?|=|equal to|of))?"
    r" [\"'`]([^\"'`\n]{1,40})[\"'`]",
    re.I,
)
COMPARES = re.compile(
    r"\b([a-z_]\w{1,30}) (?:is |are )?(greater than|more than|above|over|at least|less than|below"
    r"|under|>=?|<=?)"
    r" (?:than )?[$€£]?(\d{1,9}(?:\.\d{1,4})?)\b(?! (?:days|rows|records|hours|weeks|months))",
    re.I,
)
CHEAPER = re.compile(
    r"\b(?:cheaper than|(?:costing |priced )?under|costing less than"
    r"|more expensive than) [$€£]?(\d{1,7}(?:\.\d{1,2})?)",
    re.I,
)
OLDER = re.compile(r"\b(older|younger) than (\d{1,3})\b(?! days)", re.I)
MEANT = {"earn": "salary", "earns": "salary", "cost": "price", "costs": "price", "spent": "amount"}
"""The column that a verb means."""
IDLE = re.compile(r"\b(?:for|in) (?:the last |more than |over )?(\d{1,4}) days\b", re.I)
SIGNS = {"at least": ">=", "less than": "<", "below": "<", "under": "<"}


PLACE = re.compile(r"\b(?:in|from|aus|de|en|di) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=[\s.,?!]|\Z)")
RECENT = re.compile(r"\b(?:last|past) (\d{1,4}) days\b", re.I)


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
