"""The table of the last reply with one more column: "can u add a column for light"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.table_cells import fill_cell, fit_facts
from mockgem.operations.forms.writing import Writer

VERB = (
    r"\b(?:add|include|insert|with|need|want)\b[^.\n]{0,20}?\b(?:another |an? |one more )"
    r"(?:new |extra )?"
)
POLITE = r"(?: (?:too|please|pls|plz|as well))?"
ADDS = make_regex(
    rf"{VERB}column\b(?: (?:for|called|named|with|about|on|that shows|showing)) (?:an? |the "
    rf"|their |its )?[\"'“`]?(?P<name>[^\W\d][\w -]{{1,30}}?)[\"'”`]?{POLITE}\W*\Z"
    rf"|{VERB}(?P<before>(?!new\b|extra\b)[^\W\d][\w-]{{1,20}}(?: [\w-]{{2,20}})?) "
    rf"column{POLITE}\W*\Z",
    re.I,
)
"""A wish for a column: "add a column for light", "add a price column please"."""
REMOVES = make_regex(
    r"\b(?:remove|delete|drop|without|hide"
    r"|take out)\b(?: the)? [\"'“`]?(?P<name>[^\W\d][\w -]{1,30}?)[\"'”`]?"
    r" column\b",
    re.I,
)
ROW = make_regex(r"^\s*\|.*\|\s*$", re.M)
LIGHT = ("bright", "full sun", "half shade", "shade")
"""How much light plants need, which no other table tells."""
USUAL = ("low", "medium", "high", "medium")
MAX_PROMPT = 120


@form(
    "other columns",
    needs="earlier",
    about='the table of the last reply with a column more or less: "add a column"',
)
def change_columns(question: Question) -> str | None:
    prompt = question.prompt.strip()
    replies = question.list_said("model") if len(prompt) <= MAX_PROMPT else []
    lines = ROW.findall(replies[-1]) if replies else []
    if len(lines) < 3:
        return None
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    if match := REMOVES.search(prompt):
        name = match["name"].lower()
        at = next((at for at, cell in enumerate(cells[0]) if name in cell.lower()), -1)
        return join([[*row[:at], *row[at + 1 :]] for row in cells]) if at >= 0 else None
    added = ADDS.search(prompt)
    if added is None:
        return None
    name = (added["name"] or added["before"]).strip()
    columns = [*cells[0], f"{name[:1].upper()}{name[1:]}"]
    rows = [fill_row(columns, row, at, question) for at, row in enumerate(cells[2:])]
    return join([columns, [*cells[1], "---"], *rows])


def fill_row(columns: list[str], row: list[str], at: int, question: Question) -> list[str]:
    """Return a row with a cell for the last column: a fact if one is known, else a usual value."""
    name = columns[-1]
    if "light" in name.lower():
        return [*row, LIGHT[at % len(LIGHT)]]
    cell = fill_cell(name, question, Writer(question)) or USUAL[at % len(USUAL)]
    return [*row, fit_facts(columns, [*row, cell])[-1]]


def join(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
