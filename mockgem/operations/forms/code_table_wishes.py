"""New SQL tables whose columns a prompt names in plain words, with their checks and indexes."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

CREATES = make_regex(
    r"\b(?:creat\w+|write|make|need|give me|define)\b[^.\n]{0,40}?\btable (?:statement )?(?:for "
    r"|called |named )?"
    r"[`\"']?(?P<table>[a-z_]\w{1,40})[`\"']? (?:with|having|that has|containing)"
    r"(?: the)?(?: columns?| fields?)?:? (?P<columns>[^.;\n(]{3,300})",
    re.I,
)
ENDS = make_regex(
    r",? (?:and|with|plus)(?: an?| the)? (?:check(?!-)|constraint|unique|index|foreign key)\b"
    r"|,? (?:where|such that|so that|(?:in|for|using) (?:postgres|mysql|mariadb|sqlite|sql server"
    r"|oracle)\w*)\b",
    re.I,
)
ITEM = make_regex(r"(?:an? |the |its |their )?(?P<name>[a-z][\w-]*(?: [a-z][\w-]*){0,2})", re.I)
KINDS = (
    (r"(?:_date|_on|birthday|dob|^date)$", "DATE NOT NULL"),
    (r"(?:_at|timestamp|_time)$", "TIMESTAMP NOT NULL"),
    (
        r"^(?:is|has)_|^(?:active|done|paid|published|verified|enabled)$",
        "BOOLEAN NOT NULL DEFAULT FALSE",
    ),
    (r"price|amount|total|salary|cost|balance|fee", "NUMERIC(10, 2) NOT NULL"),
    (r"number|count|quantity|age|year|stock|capacity|rating|score", "INTEGER NOT NULL"),
    (r"^e_?mail$", "TEXT NOT NULL UNIQUE"),
    (r"_id$", "INTEGER NOT NULL"),
)
"""Ends and parts of the names of columns, and their types."""
COMPILED = [(make_regex(names), kind) for names, kind in KINDS]
COMPARES = make_regex(
    r"\b(?P<left>[a-z][\w -]{1,30}?) (?:is|must be|has to be|should be|comes) (?P<how>after"
    r"|before|later than"
    r"|earlier than|greater than|more than|less than"
    r"|at least) (?P<right>[a-z][\w-]*(?: [a-z][\w-]*)?)",
    re.I,
)
SIGNS = {
    "after": ">",
    "later than": ">",
    "greater than": ">",
    "more than": ">",
    "at least": ">=",
    "before": "<",
    "earlier than": "<",
    "less than": "<",
}
POSITIVE = make_regex(
    r"\b(?P<name>[a-z][\w-]*(?: [a-z][\w-]*)?) (?:is|must be|has to be"
    r"|should be) (?P<kind>positive|not negative"
    r"|non-negative|greater than (?:0|zero))",
    re.I,
)
INDEX = make_regex(
    r"\bindex on (?:the )?[`\"']?([a-z][\w -]{1,30}?)[`\"']?(?=[.,;\n]| and | column|\Z)", re.I
)
CHANGES = make_regex(r"\b(?:alter|add (?:an? )?column|select|query|insert)\b", re.I)
SERIALS = (
    (make_regex(r"\b(?:mysql|mariadb)\b", re.I), "INT AUTO_INCREMENT PRIMARY KEY"),
    (make_regex(r"\bpostgres\w*\b", re.I), "SERIAL PRIMARY KEY"),
)


def write_described_table(text: str) -> str:
    """Return a table with the columns that a text names in words; empty for other wishes."""
    match = CREATES.search(text)
    if match is None or CHANGES.search(text):
        return ""
    names = list_columns(ENDS.split(match["columns"], maxsplit=1)[0])
    if len(names) < FEWEST or not (ENDS.search(text) or INDEX.search(text) or " and " in text):
        return ""
    table = match["table"].lower()
    lines = [f"{name} {find_kind(name, text)}" for name in names]
    lines += list(dict.fromkeys(list_checks(text[match.start() :], names)))
    created = f"CREATE TABLE {table} (\n  " + ",\n  ".join(lines) + "\n);"
    indexed = [resolve(one, names) for one in INDEX.findall(text)]
    return created + "".join(
        f"\n\nCREATE INDEX idx_{table}_{one} ON {table} ({one});" for one in indexed if one
    )


FEWEST = 2


def list_columns(text: str) -> list[str]:
    """Return the columns of "an id, guest name, check-in and check-out date"."""
    items = [one.strip() for one in re.split(r",? and |, ", text) if one.strip()]
    found = [match["name"].lower() for one in items if (match := ITEM.fullmatch(one))]
    if len(found) != len(items):
        return []
    for at in range(len(found) - 2, -1, -1):
        words = found[at + 1].split()
        if "-" in found[at] and " " not in found[at] and "-" in words[0] and len(words) > 1:
            found[at] = f"{found[at]} {words[-1]}"  # "check-in and check-out date"
    return list(dict.fromkeys(to_column(one) for one in found))


def to_column(name: str) -> str:
    return re.sub(r"[ -]+", "_", name.strip().lower())


def find_kind(name: str, text: str) -> str:
    """Return the type of a column, by its name."""
    if name == "id":
        return next((kind for names, kind in SERIALS if names.search(text)), "INTEGER PRIMARY KEY")
    return next((kind for names, kind in COMPILED if names.search(name)), "TEXT NOT NULL")


def list_checks(text: str, names: list[str]) -> list[str]:
    """Return the checks that a text names: "check-out is after check-in", "price is positive"."""
    checks = []
    for match in COMPARES.finditer(text):
        left, right = resolve(match["left"], names), resolve(match["right"], names)
        if left and right and left != right:
            checks.append(f"CHECK ({left} {SIGNS[match['how'].lower()]} {right})")
    for match in POSITIVE.finditer(text):
        if name := resolve(match["name"], names):
            sign = ">=" if "n" in match["kind"].lower()[:1] else ">"
            checks.append(f"CHECK ({name} {sign} 0)")
    return checks


def resolve(words: str, names: list[str]) -> str:
    """Return the column that the last words of a phrase name; empty for none."""
    own = to_column(words)
    parts = own.split("_")
    ends = ["_".join(parts[at:]) for at in range(len(parts))]
    exact = next((end for end in ends if end in names), "")
    return exact or next(
        (one for end in ends for one in names if len(end) > 2 and one.startswith(end)), ""
    )
