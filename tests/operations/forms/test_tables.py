"""Columns, rows and cells of tables."""

from __future__ import annotations

import pytest

from tests.asking import chat


def read_table(prompt: str) -> list[list[str]]:
    """Return the rows of the reply's table; the first one names the columns."""
    lines = str(chat(prompt).message["content"]).splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [rows[0], *rows[2:]]


def test_a_weekly_plan_has_the_days_of_the_week() -> None:
    rows = read_table("Create a weekly meal plan as a table with columns Day, Lunch, Dinner.")
    assert [row[0] for row in rows[1:]][::6] == ["Monday", "Sunday"]
    assert rows[0] == ["Day", "Lunch", "Dinner"]


def test_rows_and_compared_things_make_a_table_of_features() -> None:
    rows = read_table("Compare Vue and React in a table with the rows speed, size and support.")
    assert rows[0] == ["Feature", "Vue", "React"]
    assert [row[0] for row in rows[1:]] == ["Speed", "Size", "Support"]


def test_listed_things_are_the_rows() -> None:
    rows = read_table(
        "Make a table of these countries with capital and currency:\n- France\n- Norway\n- Italy"
    )
    assert rows[0] == ["Country", "Capital", "Currency"]
    assert rows[2] == ["Norway", "Oslo", "Norwegian krone"]


@pytest.mark.parametrize("count", [2, 5, 11])
def test_a_multiplication_table_is_right(count: int) -> None:
    rows = read_table(f"Multiplication table of 7 as a markdown table with {count} rows")
    assert rows[-1] == [f"7 × {count}", str(7 * count)]


def test_rows_are_added_to_a_given_table() -> None:
    rows = read_table("| Name | Age |\n|---|---|\n| Ana | 31 |\n\nAdd two more rows to this table.")
    assert len(rows) == 4
    assert rows[1] == ["Ana", "31"]
