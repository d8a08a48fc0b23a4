"""Tables that a prompt gives: rows of Markdown, of a query in a console, or of CSV."""

from __future__ import annotations

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.word_stems import strip_ending

RULE = make_regex(r"[\s|:+=-]+\Z")
VALUE = make_regex(r"[$€£]? ?(-?\d[\d,]*(?:\.\d+)?) ?(?:%|[A-Za-z€$]{1,8})?\Z")
WORD = make_regex(r"[^\W_]+")
MIN_ROWS = 2
MAX_ROWS = 60


@frozen
class GivenTable:
    """A table: the names of its columns, and the cells of its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(text: str) -> GivenTable | None:
    """Return the first table in a text; None without one."""
    mark = next((mark for mark in "|\t," if text.count(mark) > MIN_ROWS), "")
    if not mark:
        return None
    found: list[tuple[str, ...]] = []
    for line in text[:8000].splitlines():
        cells = tuple(cell.strip(" *`") for cell in line.strip().strip("|").split(mark))
        if mark in line and RULE.match(line):
            continue
        if mark in line and (not found or len(cells) == len(found[0])) and all(cells):
            found.append(cells)
        elif len(found) > MIN_ROWS or (mark in line and len(found) > 1):
            break
        else:
            found.clear()
    if len(found) <= MIN_ROWS or any(map(VALUE.match, found[0])):
        return None
    if mark == "," and not any(VALUE.match(cell) for cell in found[1]):
        return None
    return GivenTable(found[0], tuple(found[1 : MAX_ROWS + 1]))


def read_value(cell: str) -> float | None:
    match = VALUE.match(cell)
    return float(match[1].replace(",", "")) if match else None


def list_number_columns(table: GivenTable) -> list[int]:
    """Return the places of the columns whose cells are all numbers."""
    return [
        at
        for at in range(len(table.columns))
        if all(read_value(row[at]) is not None for row in table.rows)
    ]


def choose_column(asked: str, table: GivenTable, places: list[int]) -> int | None:
    """Return the one of some columns that a question names; None if it names none."""
    words = {strip_ending(word) for word in WORD.findall(asked.lower())}
    named = [
        (len(words & {strip_ending(word) for word in WORD.findall(table.columns[at].lower())}), -at)
        for at in places
    ]
    best = max(named, default=(0, 0))
    return -best[1] if best[0] else None


def name_row(row: tuple[str, ...]) -> str:
    """Return the first cell of a row that is not a number."""
    return next((cell for cell in row if read_value(cell) is None), row[0])
