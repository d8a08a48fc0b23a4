"""Rows about the people of a given text: each with the age, the job and the place beside it."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.entities import guess_kind
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question

NAMES = frozenset("name person full_name person_name employee student".split())
PARTS = (
    (
        frozenset("job occupation profession role job_title position title".split()),
        make_regex(
            r"\b(?:is|was|as|becomes?|became) (?:an?|the|our) ((?:[a-z][\w-]+ ){0,2}[a-z][\w-]+?)"
            r"(?=\s(?:in|at|for|from|with|and|who|of|by)\b|[.,;!\n]|\s*\Z)"
            r"|,\s(?:an?|the) ((?:[a-z][\w-]+ ){0,2}[a-z][\w-]+?)(?=\s(?:in|at|for|from|who)\b"
            r"|[.,;\n])"
        ),
    ),
    (
        frozenset(("age",)),
        make_regex(r"(?:\b(?:is|aged?)|[,(]) ?(\d{1,3})\b(?! ?(?:%|€|euros?|dollars?|km|kg))"),
    ),
    (
        frozenset("city location place town home hometown residence".split()),
        make_regex(
            r"\b(?:lives? in|living in|from|based in|moved to|in) ([A-Z][\w-]+(?: [A-Z][\w-]+)?)"
        ),
    ),
    (
        frozenset("company employer organization workplace".split()),
        make_regex(r"\b(?:at|for|joined) ([A-Z][\w&-]+(?: [A-Z][\w&-]+){0,2})"),
    ),
    (frozenset(("email",)), make_regex(r"([\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20})")),
    (
        frozenset(("phone", "phone_number")),
        make_regex(r"(?<![\w-])(\+?\(?\d[\d ()./-]{5,18}\d)(?![\w-])"),
    ),
)
"""Sentences about a person, by the fields that want them."""


def list_people_rows(fields: dict[str, Any], text: str, question: Question) -> list[dict[str, Any]]:
    """Return a row for each person of a text; empty if the fields want something else."""
    keys = {CAMEL.sub("_", key).lower(): key for key in fields}
    name = next((one for one in keys if one in NAMES), "")
    wanted = {one: find_part(one) for one in keys if one != name}
    if not name or not wanted or None in wanted.values():
        return []
    people = [one for one in list_names(text) if guess_kind(one, text, question) == "person"]
    people = [one for one in people if f" {one}" in f" {text}"]
    starts = [text.find(one) for one in people]
    if len(people) < 2 or sorted(starts) != starts:
        return []
    rows = []
    for person, start, end in zip(people, starts, [*starts[1:], len(text)], strict=True):
        said = text[start + len(person) : end]
        found = {one: part.search(said) for one, part in wanted.items() if part}
        row: dict[str, Any] = {keys[name]: person}
        for one, match in found.items():
            value = next(filter(None, match.groups()), None) if match else None
            row[keys[one]] = int(value) if value and value.isdecimal() and one == "age" else value
        rows.append({key: row[key] for key in fields})
    return (
        rows if any(value is not None for row in rows for value in list(row.values())[1:]) else []
    )


def find_part(name: str) -> re.Pattern[str] | None:
    return next((pattern for names, pattern in PARTS if name in names), None)
