"""Numbers that a prompt determines are computed."""

from __future__ import annotations

from mockgem.operations.forms.number_values import compute_statistics, list_series
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.seeded_random import SeededRandom


def test_statistics_are_those_of_the_numbers() -> None:
    question = Question("Keys min, max and average for 4, 8, 15, 16, 23, 42", SeededRandom(1))
    value = compute_statistics({"min": "", "max": "", "average": ""}, question)
    assert value == {"min": 4, "max": 42, "average": 18}


def test_objects_without_statistics_stay() -> None:
    question = Question("Return 4, 8 and 15", SeededRandom(1))
    assert compute_statistics({"name": "a"}, question) == {"name": "a"}


def test_series_are_listed() -> None:
    assert list_series("the numbers from 1 to 5") == [1, 2, 3, 4, 5]
    assert list_series("the first 5 prime numbers") == [2, 3, 5, 7, 11]
    assert list_series("the first 4 square numbers") == [1, 4, 9, 16]
    assert list_series("the first 6 fibonacci numbers") == [0, 1, 1, 2, 3, 5]
    assert list_series("10 random numbers from 1 to 5") == []
