"""Lists of usual kinds hold values of their kind, each once."""

from __future__ import annotations

import re

import pytest

from tests.asking import Asker


def ask_lines(prompt: str) -> list[str]:
    return str(Asker().chat(prompt).message["content"]).splitlines()


@pytest.mark.parametrize(
    ("things", "pattern"),
    [
        ("email addresses", r"\S+@example\.com"),
        ("random integers between 10 and 20", r"1\d|20"),
        ("street addresses", r"\d+ .+"),
        ("search queries about bees", r".*bees.*"),
        ("questions about bees", r".*bees.*\?"),
        ("band names", r"\w+(?: [\w&.]+){1,3}"),
    ],
)
def test_each_line_is_a_value_of_the_kind(things: str, pattern: str) -> None:
    lines = ask_lines(f"Give me 4 {things}, one per line, no numbering.")
    assert len(lines) == 4
    assert all(re.fullmatch(pattern, line) for line in lines)


def test_values_differ() -> None:
    lines = ask_lines("Give me 6 usernames, one per line, no numbering.")
    assert len(set(lines)) == 6


@pytest.mark.parametrize(
    ("language", "first"), [("French", "lundi"), ("Spanish", "lunes"), ("Dutch", "maandag")]
)
def test_days_come_in_the_language_of_the_prompt(language: str, first: str) -> None:
    lines = ask_lines(f"List the days of the week in {language}, one per line, no numbering.")
    assert (len(lines), lines[0]) == (7, first)
