"""Tables in words: what a given table shows, and the answer to a question about a row of it."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.given_tables import (
    GivenTable,
    choose_column,
    list_number_columns,
    name_row,
    read_table,
    read_value,
)
from mockgem.operations.forms.given_text import SENTENCES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

DESCRIBES = make_regex(
    r"\b(?:describe|summari[sz]e|explain|interpret|put|turn|convert|what does)\b[^.?\n]{0,60}"
    r"\b(?:table|data|results?|rows?|figures|csv|output|numbers)\b"
    r"|\b(?:table|data|results?|rows?|figures)\b[^.?\n]{0,40}\b(?:in words|in plain|as (?:a )?text"
    r"|in (?:\w+ )?sentences?|in natural language)\b",
    re.I,
)
OTHER_FORM = make_regex(
    r"\b(?:json|ya?ml|xml|csv (?:file|format)|as csv|to csv|markdown|html|sql|code|python|chart"
    r"|bullets?|list|as a table|into a table|function|script|total|sort\w*|rank\w*)\b",
    re.I,
)
ORDINALS = "first second third fourth fifth".split()
ROW = make_regex(r"\b(first|second|third|fourth|fifth|last) row\b", re.I)
LOOKS_UP = make_regex(r"\b(?:what|how (?:much|many|old|long)|when|where|who|which)\b", re.I)


@form(
    "table in words",
    "Describe this table in two sentences.\n\n| Month | Guests |\n|---|---|\n| May | 20 |\n"
    "| June | 30 |\n| July | 25 |",
    words="describe summarize summarise explain interpret put turn convert what how when where who"
    " which sentence sentences words",
    signs=("\n",),
    about="sentences about the rows of the given table, or the cell that a question asks for",
)
def tell_table(question: Question) -> str | None:
    prompt = question.prompt[:8000]
    if "\n" not in prompt or question.language != "en" or question.is_terse:
        return None
    asked = question.instruction if question.material else prompt
    if OTHER_FORM.search(question.stated if question.material else asked.partition("\n")[0]):
        return None
    is_described = DESCRIBES.search(asked) is not None
    if not (is_described or LOOKS_UP.search(asked)):
        return None
    table = read_table(question.material or prompt) or read_table(prompt)
    if table is None:
        return None
    if not is_described:
        return find_cell(asked, table) or None
    if (row := ROW.search(asked)) and (rows := tell_rows(table)):
        place = -1 if row[1].lower() == "last" else ORDINALS.index(row[1].lower())
        return rows[min(place, len(rows) - 1)]
    match = SENTENCES.search(question.wish)
    said = describe_table(table)
    count = parse_count(match[1], 20) if match else 3
    return " ".join([*said, *tell_rows(table)][:count])


def find_cell(asked: str, table: GivenTable) -> str:
    """Return the cell that a question asks for in a sentence; empty if it names no row."""
    lower = asked.lower()
    rows = [
        row for row in table.rows if any(is_named(cell, lower) for cell in row if len(cell) > 1)
    ]
    if len(rows) != 1:
        return ""
    row = rows[0]
    places = [at for at, cell in enumerate(row) if not is_named(cell, lower)]
    place = choose_column(asked, table, places)
    if place is None and len(places) == 1:
        place = places[0]
    name = next(cell for cell in row if is_named(cell, lower))
    if place is None:
        return ""
    return f"The {write_name(table.columns[place])} of {name} is {row[place]}."


def is_named(cell: str, lower: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(cell.lower())}(?!\w)", lower) is not None


def describe_table(table: GivenTable) -> list[str]:
    """Return what a table shows, and the highest and the lowest value of its last numbers."""
    places = list_number_columns(table)
    if not places:
        return [f"The table lists {join(list(map(name_row, table.rows[:6])))}."]
    at = places[-1]
    column = write_name(table.columns[at])
    shown = [f"{row[at]} for {name_row(row)}" for row in table.rows[:12]]
    values = [read_value(row[at]) or 0.0 for row in table.rows]
    high, low = (table.rows[values.index(pick(values))] for pick in (max, min))
    return [
        f"The table shows the {column} for each {write_name(table.columns[0])}: {join(shown)}.",
        f"{name_row(high)} has the highest value ({high[at]}) and {name_row(low)} the lowest"
        f" ({low[at]}).",
    ]


def tell_rows(table: GivenTable) -> list[str]:
    """Return a sentence for each row of a table."""
    said = []
    for row in table.rows:
        pairs = zip(table.columns[1:], row[1:], strict=False)
        parts = [f"the {write_name(name)} is {cell}" for name, cell in pairs]
        said.append(f"For {row[0]}, {join(parts)}.")
    return said


def write_name(column: str) -> str:
    """Return the name of a column as it stands in a sentence: "Price" is "price", "Q2" stays."""
    return column.lower() if column[1:].islower() else column


def join(parts: list[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last
