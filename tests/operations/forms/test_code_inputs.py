"""Programs do what a prompt adds to them: checks, tests, sums of a field, several steps."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_case_tests import write_case_tests
from mockgem.operations.forms.code_field_sums import STYLES, convert_field_sum
from mockgem.operations.forms.code_inputs import handle_case

FACTORIAL = "def factorial(n):\n    return n"
JAVASCRIPT = "function total(rows) {\n  return rows.reduce((sum, row) => sum + row.price, 0);\n}"


@pytest.mark.parametrize(
    ("wish", "check"),
    [
        ("handle negative numbers too", "if n < 0:"),
        ("what about None?", "if n is None:"),
        ("reject zero", "if n == 0:"),
    ],
)
def test_a_case_is_checked_first(wish: str, check: str) -> None:
    assert handle_case(FACTORIAL, wish).splitlines()[1].strip() == check


def test_another_wish_leaves_the_program_as_it_is() -> None:
    assert handle_case(FACTORIAL, "make it faster") == FACTORIAL


@pytest.mark.parametrize("language", STYLES)
def test_a_sum_of_a_field_has_the_field_in_each_language(language: str) -> None:
    source = convert_field_sum(JAVASCRIPT, language)
    assert "price" in source.lower()
    assert "total" in source.lower()


def test_other_functions_are_not_sums() -> None:
    assert convert_field_sum("function f(rows) {\n  return rows.length;\n}", "go") == ""


@pytest.mark.parametrize("language", ["kotlin", "go", "rust", "java", "csharp", "php", "swift"])
def test_cases_are_compared_with_their_results(language: str) -> None:
    source = write_case_tests(language, "isPrime", [((3,), True), ((4,), False)])
    assert "isPrime(3)" in source
    assert "true" in source
    assert source.count("{") == source.count("}")
