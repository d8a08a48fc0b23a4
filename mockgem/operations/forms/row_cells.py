"""Cells of rows without a header: names for their columns, and words that all of them share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mockgem.operations.forms.lazy_patterns import make_regex

SHARED = (
    (
        make_regex(
            r"(?:aged? )?(\d{1,3}) ?(?:years? old|years of age|yrs?|y/?o|jahre alt|años|ans)"
        ),
        "age",
    ),
    (
        make_regex(r"(?:is |comes )?(?:from|lives? in|based in|aus|de) ([A-ZÀ-Þ][\w .'-]{1,40})"),
        "city",
    ),
    (make_regex(r"(?:born (?:in|on) )(\S[\w ,.-]{1,30})"), "born"),
    (make_regex(r"(?:works as |is )(?:an? )([a-z][\w -]{1,40})"), "job"),
    (make_regex(r"(?:costs? |priced at |for )([$€£]?\d[\d.,]{0,12} ?(?:[$€£]|\w{3,7})?)"), "price"),
)
"""Cells whose words say what is in them: "23 years old", "from Leeds"."""
NUMBER = make_regex(r"[$€£]?-?\d[\d.,]*\s?[%$€£]?")


def read_columns(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return a name for each column, and the rows without the words that all cells share."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    names = list(name_columns(columns))
    for at, column in enumerate(columns):
        for pattern, name in SHARED:
            found = [pattern.fullmatch(cell) for cell in column]
            if all(found) and name not in names:
                names[at] = name
                columns[at] = [match[1] for match in found if match]
                break
    return names, [list(row) for row in zip(*columns, strict=True)]


def share_words(rows: list[list[str]]) -> bool:
    """Return whether a column has the same words in all rows, so that the first is not a header."""
    columns = zip(*rows, strict=True)
    return any(all(map(pattern.fullmatch, column)) for column in columns for pattern, _ in SHARED)


def name_columns(columns: list[list[str]]) -> Iterator[str]:
    """Yield a name for each column: the first one has names, others numbers or details."""
    taken: set[str] = set()
    for at, column in enumerate(columns):
        is_number = all(map(NUMBER.fullmatch, column))
        name = "name" if at == 0 else guess_column(column) if not is_number else "value"
        number = 2
        while name in taken:
            name, number = f"{name.rstrip('0123456789_')}_{number}", number + 1
        taken.add(name)
        yield name


def guess_column(cells: list[str]) -> str:
    if all("@" in cell for cell in cells):
        return "email"
    if all(re.search(r"\d{4}|\d[./-]\d", cell) for cell in cells):
        return "date"
    return "detail"
