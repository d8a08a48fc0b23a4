"""Given programs: changed, in another language, completed and explained."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from mockgem.operations.forms.code_changes import GivenCode, change_code, name_wish
from mockgem.operations.forms.code_completion import complete_source
from mockgem.operations.forms.code_explaining import estimate_complexity, explain_code
from mockgem.operations.forms.code_from_braces import rewrite_in_python
from mockgem.operations.forms.code_recognition import recognise_language

SUM = """function sumArray(arr) {
  let total = 0;
  for (const x of arr) {
    if (x > 0 && x !== 5) {
      total += x;
    }
  }
  return total;
}"""
JAVA_SUM = """public static int sumArray(int[] arr) {
    int total = 0;
    for (int i = 0; i < arr.length; i++) {
        if (arr[i] > 0 && arr[i] != 5) { total += arr[i]; }
    }
    return total;
}"""
GO_SUM = """func sumArray(arr []int) int {
	total := 0
	for _, x := range arr {
		if x > 0 && x != 5 {
			total += x
		}
	}
	return total
}"""


@pytest.mark.parametrize("source", [SUM, JAVA_SUM, GO_SUM])
def test_a_program_with_braces_does_the_same_in_python(source: str) -> None:
    names: dict[str, Any] = {}
    exec(rewrite_in_python(source), names)
    assert names["sum_array"]([1, -2, 5, 7]) == 8


def test_what_cannot_be_python_is_empty() -> None:
    assert rewrite_in_python("switch (x) { case 1: break; }") == ""


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Fix the bug in this code", "fix"),
        ("Add comments to this function", "comments"),
        ("Add type hints", "types"),
        ("Convert this to Go", "convert"),
        ("Write unit tests for this", "tests"),
        ("Rename x to total", "rename"),
        ("コメントを追加してください", "comments"),
        ("Tell me a joke", ""),
    ],
)
def test_the_wish_about_a_program_is_named(wish: str, name: str) -> None:
    assert name_wish(wish) == name


PRICES = "def average(numbers):\n    total = sum(numbers)\n    return total / len(number)"


def change(source: str, wish: str, language: str = "python", target: str = "") -> str:
    return change_code(GivenCode(language, source, wish), target)[1]


def test_a_misspelled_name_is_mended() -> None:
    assert change(PRICES, "fix the bug") == PRICES.replace("len(number)", "len(numbers)")


def test_a_missing_colon_and_a_missing_bracket_are_mended() -> None:
    assert ast.parse(change("for i in range(5)\n    print(i)", "what is wrong?"))
    mended = change("function greet(name {\n  log(name)\n}", "fix this", "javascript")
    assert mended.startswith("function greet(name) {")


def test_comments_stand_above_the_lines_that_do_something() -> None:
    text = change(PRICES, "add comments")
    assert [line for line in text.split("\n") if not line.lstrip().startswith("#")] == (
        PRICES.split("\n")
    )
    assert text.count("#") == 3


def test_types_docstrings_and_guards_leave_a_program_that_parses() -> None:
    assert change(PRICES, "add type hints").startswith(
        "def average(numbers: list[float]) -> float:"
    )
    assert ast.get_docstring(ast.parse(change(PRICES, "add a docstring")).body[0])  # type: ignore[arg-type]
    assert isinstance(ast.parse(change(PRICES, "add error handling")).body[0].body[0], ast.Try)  # type: ignore[attr-defined]


def test_a_loop_becomes_a_comprehension() -> None:
    loop = "result = []\nfor x in items:\n    if x > 0:\n        result.append(x * 2)"
    assert change(loop, "refactor") == "result = [x * 2 for x in items if x > 0]"


def test_a_function_is_written_in_the_named_language() -> None:
    text = change("def is_even(n):\n    return n % 2 == 0", "convert", "python", "javascript")
    assert "export function isEven(n) {\n  return n % 2 === 0;\n}" in text


def test_a_well_known_function_is_completed() -> None:
    head = "def celsius_to_fahrenheit(c):\n    "
    assert complete_source(head, "python")[1] == "    return c * 9 / 5 + 32"
    filled = complete_source("function add(a, b) {\n  // your code here\n}", "javascript")[0]
    assert "return a + b;" in filled


def test_the_order_of_growth_counts_loops_inside_each_other() -> None:
    assert estimate_complexity("def f(a):\n    return a") == "O(1)"
    assert estimate_complexity("for a in b:\n    for c in b:\n        print(a)") == "O(n^2)"


def test_an_explanation_names_the_function_and_its_steps() -> None:
    text = explain_code(PRICES, "python")
    assert "defines `average`, which takes `numbers`" in text
    assert "sets `total`" in text


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("def f(x):\n    return x", "python"),
        ("for i in range(3)\n    print(i)", "python"),
        ("const a = 1;", "javascript"),
        ("SELECT * FROM users", "sql"),
        ("func main() {", "go"),
        ("if you like it, say so.\nThanks", ""),
        ("import the data before noon", ""),
        ("print the numbers", ""),
    ],
)
def test_programs_are_known_by_how_they_begin(source: str, language: str) -> None:
    assert recognise_language(source) == language
