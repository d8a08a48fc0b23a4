"""Rows whose cells come from the clause about their first cell: "Oslo has 4 degrees, Rome 22"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_TEXT = 6_000
FEWEST = 2
NUMBER = make_regex(r"-?\d[\d,]*(?:\.\d+)?")
BOUNDARY = make_regex(r"[.;,!?\n]|\band\b|\bwhile\b|\bbut\b", re.I)
FILLERS = make_regex(
    r"\b(?:in|it|is|are|was|were|has|have|had|with|and|a|an|the|of|at|to|about|around|only|also|while"
    r"|but|where|there|today|degrees?|celsius|fahrenheit|costs?|for|euros?|dollars?|people|inhabitants"
    r"|years?|old|km|kg|percent|hours?|minutes?|pieces?|units?|currently|now)\b",
    re.I,
)
"""Words of a clause that do not belong to a value."""


def fill_clauses(value: Any, question: Question) -> Any:
    """Return rows that all have the same cells with those of the clauses about each."""
    rows = value if isinstance(value, list) else []
    text = question.material[:MAX_TEXT]
    if len(rows) < FEWEST or not text or not all(isinstance(row, dict) and row for row in rows):
        return value
    first = next(iter(rows[0]))
    names = [str(row.get(first, "")) for row in rows]
    places = [text.find(name) for name in names]
    if min(places) < 0 or places != sorted(places) or len(set(names)) < len(names):
        return value
    same = [key for key in rows[0] if key != first and is_same(key, rows)]
    if not same:
        return value
    clauses = cut_clauses(text, names, places)
    return [
        {**row, **read_cells(same, row, clause)} for row, clause in zip(rows, clauses, strict=True)
    ]


def is_same(key: str, rows: list[dict[str, Any]]) -> bool:
    """Return whether a column has one value in all rows, which no list of texts is."""
    values = [row.get(key) for row in rows]
    return not isinstance(values[0], (list, dict, bool)) and len({str(one) for one in values}) == 1


def cut_clauses(text: str, names: list[str], places: list[int]) -> list[str]:
    """Return what stands about each name: up to the clause of the next one."""
    ends = []
    for at in (*places[1:], len(text)):
        before = [found.start() for found in BOUNDARY.finditer(text, 0, at)]
        ends.append(before[-1] if before and at < len(text) else at)
    return [
        text[at + len(name) : max(end, at + len(name))]
        for name, at, end in zip(names, places, ends, strict=True)
    ]


def read_cells(keys: list[str], row: dict[str, Any], clause: str) -> dict[str, Any]:
    """Return the values of a clause for some keys: its numbers, and the words that are left."""
    numbers = [float(one.replace(",", "")) for one in NUMBER.findall(clause)]
    rest = " ".join(FILLERS.sub(" ", NUMBER.sub(" ", clause)).split()).strip(" .,;:!?")
    words = [one.strip(" .,;:") for one in re.split(r"[,;:]", rest) if one.strip(" .,;:")]
    cells: dict[str, Any] = {}
    for key in keys:
        item = row[key]
        if isinstance(item, (int, float)) and numbers:
            number = numbers.pop(0)
            cells[key] = int(number) if number.is_integer() and isinstance(item, int) else number
        elif isinstance(item, str) and words:
            cells[key] = words.pop(0)
    return cells
