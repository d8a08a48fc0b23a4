"""Rows of numbers: primes, multiples, powers, within limits."""

from __future__ import annotations

import pytest

from tests.asking import Asker


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("List the prime numbers below 20, comma separated.", "2, 3, 5, 7, 11, 13, 17, 19"),
        ("List the prime numbers up to 19", "2, 3, 5, 7, 11, 13, 17, 19"),
        ("Give me the first 8 Fibonacci numbers.", "0, 1, 1, 2, 3, 5, 8, 13"),
        ("What are the even numbers between 3 and 9?", "4, 6, 8"),
        ("List the multiples of 7 up to 35", "7, 14, 21, 28, 35"),
        ("List the powers of 2 below 20", "1, 2, 4, 8, 16"),
    ],
)
def test_numbers_are_worked_out(prompt: str, reply: str) -> None:
    assert Asker().chat(prompt).message["content"] == reply


def test_a_function_for_primes_is_no_row_of_numbers() -> None:
    assert (
        "def "
        in Asker()
        .chat("Write a Python function that lists the prime numbers below 20.")
        .message["content"]
    )


@pytest.mark.parametrize("prompt", ["List the primes below 900000", "Primes between 1 and 999999?"])
def test_a_long_row_is_not_worked_out(prompt: str) -> None:
    assert "2, 3, 5" not in Asker().chat(prompt).message["content"]
