"""The programs of `data/programs.md`: all are read, can be parsed and take the name of a prompt."""

from __future__ import annotations

import ast

import pytest

from mockgem.operations.forms.code_programs import FILE, NAME, load_programs
from tests.asking import chat

ROWS = [(language, *row) for language, rows in load_programs().items() for row in rows]


def test_every_section_of_the_file_is_read() -> None:
    assert len(ROWS) == FILE.read_text(encoding="utf-8").count("\n## ")


def test_every_pattern_is_one() -> None:
    for _, pattern, _ in ROWS:
        assert pattern.search("") is None


@pytest.mark.parametrize("source", [source for language, _, source in ROWS if language == "python"])
def test_python_can_parse_the_programs_in_python(source: str) -> None:
    ast.parse(NAME.sub(r"\1", source))


@pytest.mark.parametrize(
    ("prompt", "head"),
    [
        ("Write a Python function `tally` that counts how often each word occurs.", "def tally("),
        (
            "Write a JavaScript function that counts how often each character occurs.",
            "function countCharacters(",
        ),
    ],
)
def test_a_program_has_the_name_of_the_prompt(prompt: str, head: str) -> None:
    assert head in chat([{"role": "user", "content": prompt}]).message["content"]
