"""Sums that a prompt says in words, and statements about numbers."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.named_sums import decide_sum
from mockgem.operations.forms.number_series import read_number, rewrite_number, spell_number


@pytest.mark.parametrize(
    ("prompt", "result"),
    [
        ("What is 7 squared?", "49"),
        ("2 to the power of 8", "256"),
        ("half of 90", "45"),
        ("the sum of 4 and 5", "9"),
        ("multiply 6 by 7", "42"),
        ("subtract 5 from 12", "7"),
        ("17 mod 5", "2"),
        ("5 factorial", "120"),
        ("the greatest common divisor of 12 and 18", "6"),
        ("Round 3.14159 to two decimal places", "3.14"),
        ("Solve for x: 2x + 3 = 11", "4"),
        ("Which number is bigger, 9.11 or 9.9?", "9.9"),
        ("Convert 0.75 to a percentage", "75"),
        ("I was born in 1990. How old will I be in 2030?", "40"),
        ("What is the length of the list [3, 5, 8, 13]?", "4"),
        ("What is the average of [2, 4, 9]?", "5"),
        ("What is the next number in the sequence 2, 4, 8, 16?", "32"),
        ("Next number in the series 1, 1, 2, 3, 5?", "8"),
        ("Next number in the series 1, 4, 9, 16?", "25"),
        ("A rectangle is 7 cm long and 4 cm wide. What is its area?", "28"),
        ("The perimeter of a square with a side of 3 m", "12"),
        ("Tom has 12 marbles. He loses 3 and then wins 5. How many marbles does he have?", "14"),
        ("A bus has 20 people. 5 people get off and 8 people get on. How many people?", "23"),
        ("I have 3 apples, buy 5 more, then give 2 away. How many apples do I have?", "6"),
        ("10 birds sit on a tree and 3 fly away. How many are left?", "7"),
    ],
)
def test_a_sum_in_words_is_solved(prompt: str, result: str) -> None:
    assert calculate(prompt) == result


@pytest.mark.parametrize(
    ("statement", "truth"),
    [
        ("Is 91 prime?", False),
        ("Is 97 a prime number?", True),
        ("Is 10 an even number?", True),
        ("Is 15 divisible by 4?", False),
        ("Is 7 greater than 5?", True),
        ("5 < 3", False),
        ("2 + 2 = 5", False),
        ("3 times 4 is 12", True),
        ("Is Paris in France?", None),
        ("Was it built in 1889?", None),
    ],
)
def test_a_statement_about_numbers_is_decided(statement: str, truth: bool | None) -> None:
    assert decide_sum(statement) is truth


@pytest.mark.parametrize("value", [0, 17, 40, 99, 100, 215, 1000, 1001, 12345, 7_000_000, -3])
def test_a_number_is_spelled(value: int) -> None:
    words = spell_number(value)
    assert words.replace("-", "").replace(" ", "").isalpha()
    if 0 <= value < 1_000_000:
        assert read_number(words) == value


def test_numbers_and_their_words_change_into_each_other() -> None:
    assert rewrite_number("Write the number 42 in words.") == "forty-two"
    assert rewrite_number("Convert twenty-one to digits") == "21"
    assert rewrite_number("Write 3 words about tea") is None
