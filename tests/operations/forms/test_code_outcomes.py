"""What given functions return, for the tests of them; heads with types; calculations."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_heads import find_head
from mockgem.operations.forms.code_idioms import load_idioms
from mockgem.operations.forms.code_outcomes import list_outcomes


def test_the_results_of_short_functions_are_worked_out() -> None:
    cases = list_outcomes("def add(a, b):\n    return a + b", "add", ["int", "int"])
    assert cases == [((3, 4), 7), ((4, 7), 11), ((7, 0), 7)]
    source = "function isEven(n) {\n  return n % 2 === 0;\n}"
    assert list_outcomes(source, "isEven", ["int"])[0] == ((3,), False)


def test_functions_with_other_parts_have_no_results() -> None:
    source = "def load(path):\n    return open(path).read()"
    assert list_outcomes(source, "load", ["str"]) == []
    assert list_outcomes("def f(a):\n    return a * 10**9 * a", "f", ["int"])[:1] == []


@pytest.mark.parametrize(
    ("language", "text", "head"),
    [
        ("rust", "a function gcd(a: u64, b: u64) -> u64.", "fn gcd(a: u64, b: u64) -> u64"),
        ("go", "a function add(a, b float64) float64.", "func add(a, b float64) float64"),
        (
            "typescript",
            "function isEven(n: number): boolean",
            "function isEven(n: number): boolean",
        ),
        ("java", "a method int factorial(int n).", "int factorial(int n)"),
        ("rust", "a function called gcd (fast)", ""),
    ],
)
def test_heads_with_types_need_no_backticks(language: str, text: str, head: str) -> None:
    assert find_head(language, "function", text) == head


def test_each_idiom_has_a_program() -> None:
    assert all(rows for _, rows in load_idioms())
