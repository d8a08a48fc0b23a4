"""Rows of tables and lists, and questions about them."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.records import read_records
from tests.asking import chat

TABLE = "| Team | Wins |\n|------|------|\n| Adder | 3 |\n| Cobra | 7 |\n"
PAIRS = "- name: Mina, score: 9\n- name: Joao, score: 4\n"
CSV = "item,price\napple,2\nfig,9\n"


@pytest.mark.parametrize("text", [TABLE, PAIRS, CSV])
def test_tables_lists_and_csv_are_records(text: str) -> None:
    records = read_records(text)
    assert records is not None
    assert len(records.rows) == 2
    assert len(records.columns) == 2


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        (f"{TABLE}\nWhich team has the most wins?", "Cobra"),
        (f"{TABLE}\nWhich team has the fewest wins?", "Adder"),
        (f"{CSV}\nWhat is the most expensive item?", "fig"),
        (f"{PAIRS}\nWho has the highest score?", "Mina"),
    ],
)
def test_a_question_about_rows_is_answered_from_them(prompt: str, word: str) -> None:
    assert str(chat(prompt).message["content"]).startswith(word)


def test_a_text_without_rows_has_no_records() -> None:
    assert read_records("One sentence, and another one.\nThat is all.") is None
