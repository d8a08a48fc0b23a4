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


@pytest.mark.parametrize(
    "body",
    [
        "while True:\n        n += 0\n    return n",
        "for i in range(1000000000):\n        for j in range(1000000000):\n            n = j\n"
        "    return n",
        "return str_of(n)",
        "return 'text' * 1000000000",
        "while n < 1:\n        pass\n    return items[n]",
    ],
)
def test_loops_that_take_long_are_not_worked_out(body: str) -> None:
    assert list_outcomes(f"def f(n):\n    {body}", "f", ["int"]) == []


def test_loops_and_methods_of_texts_are_worked_out() -> None:
    source = (
        "def f(text):\n    count = 0\n    for letter in text:\n        count += 1\n    return count"
    )
    assert list_outcomes(source, "f", ["str"])[0] == (("level",), 5)
    source = "def f(title):\n    return title.lower().replace(' ', '-')"
    assert list_outcomes(source, "f", ["str"])[0] == (("Hello World",), "hello-world")


def test_lists_that_share_their_parts_are_not_compared() -> None:
    """Two such lists of 60 levels would take 2 to the power of 60 steps."""
    grows = "x = [1]\n    y = [1]\n    for i in range(60):\n        x = [x, x]\n        y = [y, y]"
    source = f"def same(n):\n    {grows}\n    return x == y"
    assert list_outcomes(source, "same", ["int"]) == []


def test_a_list_that_contains_itself_is_not_compared() -> None:
    grows = "x = [1]\n    x.append(x)\n    y = [1]\n    y.append(y)"
    source = f"def same(n):\n    {grows}\n    return x == y"
    assert list_outcomes(source, "same", ["int"]) == []
