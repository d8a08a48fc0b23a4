"""Sums that code execution works out, in signs and in words."""

from __future__ import annotations

import pytest

from mockgem.operations.generators.code_execution import solve_expression
from tests.asking import chat


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        ("What is 12 + 30?", "The result of 12 + 30 is 42."),
        ("What is 7 times 8?", "The result of 7 * 8 is 56."),
        ("Divide 144 by 12", "The result of 144 / 12 is 12."),
        ("multiply 6 by 7", "The result of 6 * 7 is 42."),
        ("Subtract 5 from 12.5", "The result of 12.5 - 5 is 7.5."),
        ("What is 9 divided by 2?", "The result of 9 / 2 is 4.5."),
    ],
)
def test_a_sum_has_its_result(prompt: str, sentence: str) -> None:
    execution = solve_expression(prompt)
    assert execution is not None
    assert execution.sentence == sentence
    assert chat(prompt).message["content"] == sentence


def test_the_output_of_the_program_is_that_of_python() -> None:
    execution = solve_expression("144 / 12")
    assert execution is not None
    assert execution.output == "result=12.0\n"


@pytest.mark.parametrize("prompt", ["I called 3 times 2 days ago", "Add 3 more tips", "no sum"])
def test_other_texts_have_no_result(prompt: str) -> None:
    assert "The result of" not in chat(prompt).message["content"]
