"""Statements that change rows, and queries for one purpose: duplicates, pages, views."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_conditions import NOT_TABLES
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.field_items import to_key
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sample_words import WORDS

PAGE = make_regex(
    r"\b(\d{1,4}) (?:rows |items |results )?(?:per|a) page\b(?:[^.\n]{0,20}\bpage (\d{1,4}))?", re.I
)


FROM = make_regex(r"\bfrom (?:the )?(?:table )?[`\"']?([a-z_]\w*)", re.I)


DUPLICATES = make_regex(r"\bduplicate[ds]? (?!rows|records|entries)(\w+)|\bduplicates?\b", re.I)


SECOND = make_regex(r"\b(second|third|nth|2nd|3rd)[- ](?:highest|largest|biggest) (\w+)", re.I)


INDEX = make_regex(
    r"\bindex\b[^.\n]{0,40}?\b(?:on|for) (?:the )?(?:column )?(\w+)(?: column)?(?: (?:of|in"
    r"|on) (?:the )?(?:table )?(\w+))?",
    re.I,
)


PROCEDURE = make_regex(r"\b(?:stored )?procedure\b|\bprocedimiento|\bprocédure stockée", re.I)
TRIGGER = make_regex(r"\btrigger\b|\bdisparador\b", re.I)
GIVEN = make_regex(r"\(([a-z_]\w*(?:, ?[a-z_]\w*)*)\)")
CALLED = make_regex(r"\b(?:called|named|procedure|trigger|llamado) [`\"']?([a-z]\w*_\w+|[A-Z]\w+)")


def write_programmed(table: str, text: str) -> str:
    """Return a trigger or a stored procedure; empty for other statements."""
    named = CALLED.search(text)
    if TRIGGER.search(text):
        column = re.search(r"\b(\w+_at)\b", text)
        name = column[1] if column else "updated_at"
        own = table if table not in ("items", "row") else "items"
        return (
            f"CREATE TRIGGER {named[1] if named else f'set_{name}'}\nAFTER UPDATE ON {own}\nFOR "
            f"EACH ROW\n"
            f"BEGIN\n  UPDATE {own} SET {name} = CURRENT_TIMESTAMP WHERE id = NEW.id;\nEND;"
        )
    if not PROCEDURE.search(text):
        return ""
    given = GIVEN.search(text)
    names = re.findall(r"\w+", given[1]) if given else ["name"]
    thing = re.search(
        r"\b(?:un|una|an?|the|new) (?:new )?(cliente|customer|user|order|product|usuario|pedido)\b",
        text,
    )
    own = table if table != "items" or thing is None else f"{thing[1]}s"
    taken = ", ".join(f"IN p_{name} VARCHAR(255)" for name in names)
    values = ", ".join(f"p_{name}" for name in names)
    return (
        f"CREATE PROCEDURE {named[1] if named else f'add_{own.rstrip(chr(115))}'}({taken})\nBEGIN\n"
        f"  INSERT INTO {own} ({', '.join(names)})\n  VALUES ({values});\nEND;"
    )


NEW_COLUMN = make_regex(r"\badd (?:an? |the )?(?:new )?column\b", re.I)


def write_special(table: str, text: str) -> str:
    """Return the statement of a view, an index, a search for duplicates; empty for others."""
    if programmed := write_programmed(table, text):
        return programmed
    if paged := PAGE.search(text):
        source = FROM.search(text)
        name = source[1] if source else table
        size, number = int(paged[1]), int(paged[2] or 1)
        return f"SELECT *\nFROM {name}\nORDER BY id\nLIMIT {size} OFFSET {size * (number - 1)};"
    is_index = re.search(r"\b(?:create|add|make)\b[^.\n]{0,20}\bindex\b", text, re.I) is not None
    if is_index and not NEW_COLUMN.search(text) and (index := INDEX.search(text)):
        name = index[2] or table
        dotted = re.search(r"\bon (?:the )?[`\"']?([a-z_]\w*)\.([a-z_]\w*)", text)
        if dotted:
            return f"CREATE INDEX idx_{dotted[1]}_{dotted[2]}\nON {dotted[1]} ({dotted[2]});"
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


ONE_ROW = make_regex(
    r"\b(?:of|for) (?:the )?(user|order|customer|product|employee|item)s? (?:with id |#"
    r"|number )?(\d+)\b",
    re.I,
)


SETS = make_regex(
    r"\b(?:set|change|update)s? (?:the )?[\"'`]?([a-z_]\w*)[\"'`]? (?:column "
    r"|field )?(?:of [^.\n]{1,40} )?"
    r"(?:to|=|as) ?([\"'`]?[\w@.-]+[\"'`]?)",
    re.I,
)


RAISES = make_regex(
    r"\b(?:increase|raise|update|change)s? (?:the |all )?(\w+)(?: of [^%\n]{1,80}?)? by (\d{1,3}) "
    r"?(?:%|percent\b)|\b(\w+) by (\d{1,3}) ?(?:%|percent\b)",
    re.I,
)


WHERE = make_regex(
    r"\b(?:where|with|whose|for (?:the )?\w+ with) (?:the )?(\w+) (?:is |= ?|equals |equal to )?"
    r"[\"'`]?(\d+|(?<=[\"'`])[\w@. -]{1,40})[\"'`]?",
    re.I,
)


def write_update(table: str, text: str, where: str) -> str:
    """Return an UPDATE with the values and the condition that a text names."""
    match, raised, found = SETS.search(text), RAISES.search(text), WHERE.search(text)
    if one := ONE_ROW.search(text):
        table = f"{one[1].lower()}s" if table in ("items", one[1].lower()) else table
        where = f"\nWHERE id = {one[2]}"
    if found and found[1].lower() not in NOT_TABLES:
        value = found[2] if found[2].isdigit() else f"'{found[2]}'"
        where = f"\nWHERE {found[1]} = {value}"
    if raised:
        column, percent = (raised[1], raised[2]) if raised[1] else (raised[3], raised[4])
        return f"UPDATE {table}\nSET {column} = {column} * {1 + int(percent) / 100:g}{where};"
    column, given = (
        (match[1], match[2].rstrip(".").strip("\"'`")) if match else ("status", "active")
    )
    value = given if re.fullmatch(r"\d+(?:\.\d+)?", given) else f"'{given}'"
    return f"UPDATE {table}\nSET {column} = {value}{where or chr(10) + 'WHERE id = 1'};"


ROW = make_regex(
    r"\b([a-z_]\w{1,30})(?: (?:column|field))?(?:\s?(?:is|=|:|of|set to))?\s"
    r"(?:[\"'`]([^\"'`\n]{1,60})[\"'`]|(\d+(?:\.\d+)?)(?!\w)|([A-Z]\w+(?: [A-Z]\w+)?"
    r"|[\w.]+@[\w.]+\w))"
)


ADDED = make_regex(r"\b(?:into|to)\s(?:the\s|a\s)?(?:table\s)?[\"'`]?([a-z_]\w{1,40})", re.I)


def write_insert(table: str, request: CodeRequest) -> str:
    """Return an INSERT with the columns and the values that a text names."""
    into = ADDED.search(request.text)
    if into and into[1].lower() not in NOT_TABLES:
        table = into[1]
    listed = IN_BRACKETS.search(request.text)
    if listed:
        table = listed[1]
    rows = (
        {}
        if listed
        else {
            name: value or number or word
            for name, value, number, word in ROW.findall(request.text)
            if name.lower() not in NOT_TABLES and name != table and name not in NOT_COLUMNS
        }
    )
    if rows:
        values = [
            value if re.fullmatch(r"\d+(?:\.\d+)?", value) else f"'{value}'"
            for value in rows.values()
        ]
        return f"INSERT INTO {table} ({', '.join(rows)})\nVALUES ({', '.join(values)});"
    names = [name for name, _ in request.members] or ["id", "name"]
    if listed:
        names = [part.split()[0] for part in listed[2].split(",") if part.strip()]
    counted = ROW_COUNT.search(request.text)
    count = parse_count(counted[1], 50) if counted else 1
    lines = [
        f"({', '.join(invent_value(name, at, table) for name in names)})"
        for at in range(1, count + 1)
    ]
    if counted and "statement" in counted[0].lower():
        return "\n".join(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES {line};" for line in lines
        )
    return (
        f"INSERT INTO {table} ({', '.join(names)})\nVALUES "
        f"{(chr(44) + chr(10) + '       ').join(lines)};"
    )


ROW_COUNT = make_regex(
    rf"\b({NUMBER}) (?:\w+ ){{0,2}}(?:inserts?(?: statements?)?|rows|records|entries|statements)\b",
    re.I,
)


IN_BRACKETS = make_regex(
    r"\b(?:table|into|for) (?:called "
    r"|named )?[`\"']?([a-z_]\w{1,40})[`\"']? ?\(([a-z_][\w ,]{2,200})\)"
    r"(?! ?(?:values|select))",
    re.I,
)
"""A table with its columns in brackets: "products (id, name, price)"."""
PRODUCTS = ("Notebook", "Desk Lamp", "Wireless Mouse", "Water Bottle", "Backpack", "Office Chair")
BOOKS = ("The Long Road", "Northern Light", "A Quiet Town", "Letters Home", "Last Harbour", "Snow")
PEOPLE = ("Anna Lind", "Ben Carter", "Carla Moreno", "David Kim", "Eva Novak", "Farid Aziz")
CITIES = ("Berlin", "Madrid", "Oslo", "Lyon", "Porto", "Vienna")
NUMBERS = make_regex(
    r"price|amount|total|salary|cost|quantity|qty|age|count|stock|score|rating|number"
)
NAMES = (
    (make_regex(r"author|first_?name|last_?name|customer|employee|owner|contact|user"), PEOPLE),
    (make_regex(r"city|town|place"), CITIES),
)
NAMED_TABLES = (
    (make_regex(r"product|item|article|inventory|order", re.I), PRODUCTS),
    (make_regex(r"book|film|movie|novel", re.I), BOOKS),
    (make_regex(r"user|customer|employee|person|people|student|member|contact", re.I), PEOPLE),
)
"""What the names and titles in a table are, by its own name."""


def invent_value(name: str, at: int, table: str = "") -> str:
    """Return a value that suits the name of a column."""
    lower = name.lower()
    if lower == "id" or lower.endswith("_id"):
        return str(at)
    if lower.endswith(("_at", "date", "_on")):
        return f"'2024-01-{at:02}'"
    if "year" in lower:
        return str(2000 + at)
    if NUMBERS.search(lower):
        return str(10 * at)
    if "mail" in lower:
        return f"'{PEOPLE[(at - 1) % len(PEOPLE)].lower().replace(' ', '.')}@example.com'"
    if PART_OF_NAME.fullmatch(lower):
        parts = PEOPLE[(at - 1) % len(PEOPLE)].split()
        return f"'{parts[-1] if lower.startswith(('last', 'sur', 'family')) else parts[0]}'"
    if lower in PAID:
        return str(PAID[lower] + 1250 * at)
    if lower in KNOWN_WORDS:
        words = WORDS[lower]
        return f"'{words[(at - 1) % len(words)]}'"
    if lower in ("name", "title", "full_name"):
        for pattern, names in NAMED_TABLES:
            if pattern.search(table):
                return f"'{names[(at - 1) % len(names)]}'"
    for pattern, names in NAMES:
        if pattern.search(lower):
            return f"'{names[(at - 1) % len(names)]}'"
    return f"'{name.replace('_', ' ').capitalize()} {at}'"


PART_OF_NAME = make_regex(r"(?:first|last|given|family|sur)_?name", re.I)
PAID = {"salary": 42_000, "wage": 2_000, "income": 38_000, "budget": 10_000}
KNOWN_WORDS = frozenset(("department", "dept", "position", "job_title", "role")) & WORDS.keys()
NOT_COLUMNS = frozenset("insert into with and the for using in write sql statement adds".split())
