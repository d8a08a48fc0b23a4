"""Columns of a new SQL table with the types and constraints that a prompt states for them."""

from __future__ import annotations

import re

from mockgem.operations.forms.key_lists import cut_list, split_list
from mockgem.operations.forms.lazy_patterns import make_regex

COLUMNS = make_regex(
    r"\b(?:columns?|fields?)\b[^:(\n]{0,20}[:(]? ?(?=[`\"']?[a-z_]\w*[`\"']? ?\()", re.I
)
COLUMN = make_regex(r"(?:and |an? )?[`\"']?([A-Za-z_]\w{0,40})[`\"']? ?\(([\s\S]{2,120})\)")
TYPE = make_regex(
    r"\b(?:(?P<sized>varchar|char|character varying)(?: ?\(?(?P<size>\d{1,5})\)?)?"
    r"|(?P<exact>decimal|numeric)(?: ?\((?P<digits>\d{1,2}, ?\d{1,2})\))?"
    r"|(?P<plain>bigserial|serial|bigint|smallint|integer|int|text|date|timestamptz|timestamp|time"
    r"|boolean|bool|real|double precision|float|jsonb?|uuid|bytea|blob|money|string))\b",
    re.I,
)
DEFAULT = make_regex(
    r"\bdefaults?(?: to)? (?P<value>'[^']{0,40}'|\"[^\"]{0,40}\"|[\w.()-]{1,30})", re.I
)
REFERENCE = make_regex(
    r"\b(?:references?|foreign key to|fk to) `?(\w+)`?(?: ?\(| ?\.)`?(\w+)`?\)?", re.I
)
OWN_NAMES = {"string": "TEXT", "bool": "BOOLEAN", "int": "INTEGER"}
FLAGS = (
    (r"\bprimary key\b|\bpk\b", "PRIMARY KEY"),
    (r"\bnot null\b|\brequired\b", "NOT NULL"),
    (r"\bunique\b", "UNIQUE"),
)


def read_columns(text: str) -> list[str]:
    """Return the definitions of columns whose types a prompt states; nothing without types."""
    if bare := read_bare_columns(text):
        return bare
    match = COLUMNS.search(text)
    if match is None:
        return []
    found = [COLUMN.fullmatch(part) for part in split_list(cut_list(text[match.end() :]))]
    columns = [define_column(one[1], one[2]) for one in found if one]
    return columns if len(columns) == len(found) and all(columns) else []


BARE = make_regex(
    r"\btable (?:called |named )?[`\"']?\w{1,40}[`\"']? (?:with|having|that has)"
    r"(?: the)?(?: columns?| fields?)?:? ",
    re.I,
)
BARE_COLUMN = make_regex(r"(?:and )?(?:an? )?[`\"']?([a-z_]\w{0,40})[`\"']? ([^`]{2,100})")
INDEX = make_regex(r"(?:and )?(?:an? )?\bindex on [`\"']?(\w{1,40})", re.I)
SERIALS = (
    (make_regex(r"\b(?:mysql|mariadb)\b", re.I), "INT AUTO_INCREMENT PRIMARY KEY"),
    (make_regex(r"\bsqlite\b", re.I), "INTEGER PRIMARY KEY AUTOINCREMENT"),
    (make_regex(r"\b(?:sql server|t-?sql|mssql)\b", re.I), "INT IDENTITY PRIMARY KEY"),
)
"""A key that the database counts, in the dialects that have a word for it; else `SERIAL`."""
AUTO = make_regex(r"\bauto[- _]?increment\w*|\bserial\b|\bidentity\b", re.I)


def read_bare_columns(text: str) -> list[str]:
    """Return the definitions in "table t with id int primary key, name varchar(80) not null"."""
    match = BARE.search(text)
    parts = (
        re.split(r",(?![^()]*\)) ?", re.split(r"[.;\n]", text[match.end() :])[0]) if match else []
    )
    serial = next((kind for pattern, kind in SERIALS if pattern.search(text)), "SERIAL PRIMARY KEY")
    rows = []
    for part in parts:
        if INDEX.match(part.strip()):
            continue  # `write_indexes` writes it
        column = BARE_COLUMN.fullmatch(part.strip())
        row = define_bare(column[1], column[2], serial) if column else ""
        if not row:
            return []
        rows.append(row)
    return rows if len(rows) > 1 else []


def write_indexes(text: str, table: str) -> str:
    """Return a statement for each index that a prompt wants; empty without any."""
    columns = dict.fromkeys(INDEX.findall(text))
    return "".join(f"\n\nCREATE INDEX idx_{table}_{one}\nON {table} ({one});" for one in columns)


def define_bare(name: str, note: str, serial: str) -> str:
    """Return the definition of a column; empty if its note does not begin with a type or key.

    Args:
        serial: The definition of a key that the database counts, in its dialect.
    """
    if AUTO.search(note):
        is_key = re.search(r"\bprimary key\b", note, re.I) is not None
        return f"{name} {serial if is_key else serial.replace(' PRIMARY KEY', '')}"
    return define_column(name, note) if TYPE.match(note) else ""


def define_column(name: str, note: str) -> str:
    """Return "name VARCHAR(120) NOT NULL" for a column and its note; empty without a type."""
    match = TYPE.search(note)
    if match is None:
        return ""
    if match["sized"]:
        kind = f"{match['sized'].upper()}({match['size'] or 255})"
    elif match["exact"]:
        kind = match["exact"].upper() + (f"({match['digits']})" if match["digits"] else "")
    else:
        kind = OWN_NAMES.get(match["plain"].lower(), match["plain"].upper())
    flags = [flag for pattern, flag in FLAGS if re.search(pattern, note, re.I)]
    if default := DEFAULT.search(note):
        value = default["value"]
        is_word = value.lower() in ("true", "false", "null", "now()", "current_timestamp")
        flags.append(f"DEFAULT {value.upper() if is_word else value.replace(chr(34), chr(39))}")
    if reference := REFERENCE.search(note):
        flags.append(f"REFERENCES {reference[1]}({reference[2]})")
    return " ".join([name, kind, *flags])
