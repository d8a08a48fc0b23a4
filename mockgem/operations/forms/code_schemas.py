"""Tables of a database that a prompt names: "a schema for a library with books and loans"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

NOUN = r"[a-z][a-z]+(?: [a-z]+)?"
SCHEMA = make_regex(
    r"\b(?:(?:sql |database |db |postgres(?:ql)? |mysql |relational |normali[sz]ed )*schema"
    r"|(?:sql )?tables"
    r"|create table statements?|ddl)\b(?P<rest>[^.\n]{4,200})",
    re.I,
)
LISTED = make_regex(
    rf"(?:\b(?:with|for|has|have|of|containing|tables?)(?: the)?(?: tables?)?:?|:)\s"
    rf"(?P<names>{NOUN}(?:, {NOUN}){{0,7}},? (?:and|&) {NOUN})(?= with\b| in\b| using\b|[,.;(]"
    rf"|\s*\Z)",
    re.I,
)
COLUMNS = {
    "user": ("email TEXT NOT NULL UNIQUE", "name TEXT NOT NULL"),
    "customer": ("email TEXT NOT NULL UNIQUE", "name TEXT NOT NULL"),
    "author": ("name TEXT NOT NULL",),
    "book": ("title TEXT NOT NULL", "isbn TEXT UNIQUE"),
    "loan": ("borrowed_on DATE NOT NULL", "due_on DATE NOT NULL", "returned_on DATE"),
    "post": ("title TEXT NOT NULL", "body TEXT NOT NULL"),
    "comment": ("body TEXT NOT NULL",),
    "tag": ("name TEXT NOT NULL UNIQUE",),
    "order": ("ordered_at TIMESTAMP NOT NULL", "status TEXT NOT NULL"),
    "order item": ("quantity INTEGER NOT NULL", "unit_price NUMERIC(10, 2) NOT NULL"),
    "item": ("name TEXT NOT NULL", "quantity INTEGER NOT NULL"),
    "product": ("name TEXT NOT NULL", "price NUMERIC(10, 2) NOT NULL"),
    "payment": ("amount NUMERIC(10, 2) NOT NULL", "paid_at TIMESTAMP"),
    "invoice": ("number TEXT NOT NULL UNIQUE", "total NUMERIC(10, 2) NOT NULL"),
    "appointment": ("starts_at TIMESTAMP NOT NULL", "note TEXT"),
    "booking": ("starts_on DATE NOT NULL", "ends_on DATE NOT NULL"),
    "enrollment": ("enrolled_on DATE NOT NULL", "grade TEXT"),
    "course": ("title TEXT NOT NULL", "credits INTEGER"),
    "room": ("number TEXT NOT NULL UNIQUE", "capacity INTEGER NOT NULL"),
    "message": ("body TEXT NOT NULL", "sent_at TIMESTAMP NOT NULL"),
    "review": ("rating INTEGER NOT NULL", "body TEXT"),
}
USUAL = ("name TEXT NOT NULL",)
OWNERS = {
    "book": ("author",),
    "loan": ("book", "member", "user"),
    "post": ("user", "author", "category"),
    "comment": ("post", "user", "author"),
    "order": ("customer", "user"),
    "order item": ("order", "product"),
    "payment": ("order", "invoice", "customer"),
    "invoice": ("customer", "order"),
    "product": ("category", "supplier"),
    "appointment": ("patient", "doctor", "customer"),
    "booking": ("room", "guest", "customer", "user"),
    "enrollment": ("student", "course"),
    "course": ("teacher",),
    "employee": ("department",),
    "task": ("project", "user", "employee"),
    "message": ("user", "conversation"),
    "review": ("product", "book", "user", "customer"),
    "item": ("order", "list"),
}
"""Which other tables a table points to, where the prompt has them."""
NOT_TABLES = frozenset("statements foreign keys indexes constraints columns timestamps".split())


def write_schema(text: str) -> str:
    """Return a statement for each table that a text names; empty if it names fewer than two."""
    match = SCHEMA.search(text)
    listed = LISTED.search(match["rest"]) if match else None
    if listed is None:
        return ""
    names = [one.strip().lower() for one in re.split(r",? (?:and|&) |, ", listed["names"])]
    singles = [to_singular(one) for one in names if not NOT_TABLES.intersection(one.split())]
    if len(singles) < 2 or any(len(one.split()) > 2 for one in singles):
        return ""
    return "\n\n".join(write_table(one, singles) for one in sort_tables(singles))


def sort_tables(names: list[str]) -> list[str]:
    """Return the tables so that each comes after those to which it points."""
    done: list[str] = []
    for _ in names:
        done += [
            one
            for one in names
            if one not in done and all(owner in done for owner in list_owners(one, names))
        ]
    return [*done, *(one for one in names if one not in done)]


def list_owners(name: str, names: list[str]) -> list[str]:
    return [one for one in OWNERS.get(name, ()) if one in names and one != name]


def write_table(name: str, names: list[str]) -> str:
    owners = list_owners(name, names)
    lines = [
        "id INTEGER PRIMARY KEY",
        *(
            f"{to_column(one)}_id INTEGER NOT NULL REFERENCES {to_plural(one)} (id)"
            for one in owners
        ),
        *COLUMNS.get(name, USUAL),
    ]
    return f"CREATE TABLE {to_plural(name)} (\n  " + ",\n  ".join(lines) + "\n);"


def to_column(name: str) -> str:
    return name.replace(" ", "_")


def to_singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def to_plural(name: str) -> str:
    word = to_column(name)
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
