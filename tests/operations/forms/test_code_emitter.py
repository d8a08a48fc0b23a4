"""Short functions in the languages with a dialect."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.operations.forms.code_dialect_table import DIALECTS
from mockgem.operations.forms.code_emitter import translate_python
from mockgem.operations.forms.code_expressions import NotWritable
from mockgem.operations.forms.code_tasks import TASKS, list_tasks
from mockgem.operations.forms.code_tasks_more import MORE_TASKS
from mockgem.operations.forms.code_tasks_plain import PLAIN_TASKS
from tests.operations.forms.checkers import has_balanced_brackets, parses

SOURCES = [source for _, source in (*TASKS, *PLAIN_TASKS, *MORE_TASKS)]
CASES = (
    ("is_palindrome", ("Level",), True),
    ("fibonacci", (10,), 55),
    ("factorial", (5,), 120),
    ("is_prime", (91,), False),
    ("gcd", (48, 36), 12),
    ("is_leap_year", (1900,), False),
    ("filter_even", ([1, 2, 3, 4],), [2, 4]),
    ("fizz_buzz", (15,), "FizzBuzz"),
    ("binary_search", ([1, 3, 5, 7], 5), 2),
    ("count_vowels", ("Banana split",), 4),
    ("is_anagram", ("listen", "Silent"), True),
    ("reverse_words", ("one two three",), "three two one"),
    ("capitalize_words", ("new york city",), "New York City"),
    ("bubble_sort", ([3, 1, 2],), [1, 2, 3]),
    ("quick_sort", ([3, 1, 2, 3],), [1, 2, 3, 3]),
    ("median", ([4, 1, 3, 2],), 2.5),
    ("apply_discount", (80, 25), 60.0),
    ("digit_sum", (4321,), 10),
    ("greet", ("Ada",), "Hello, Ada!"),
    ("power", (2, 10), 1024),
    ("second_largest", ([4, 9, 7],), 7),
    ("merge_sorted", ([1, 4], [2, 3]), [1, 2, 3, 4]),
    ("to_binary", (10,), "1010"),
    ("remove_vowels", ("banana",), "bnn"),
    ("is_perfect_square", (49,), True),
    ("find_divisors", (6,), [1, 2, 3, 6]),
    ("longest_word", ("a long story",), "story"),
)


def find_source(name: str) -> str:
    return next(source for source in SOURCES if source.startswith(f"def {name}("))


@pytest.mark.parametrize(("name", "given", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_known_function_does_what_its_name_says(
    name: str, given: tuple[Any, ...], expected: object
) -> None:
    names: dict[str, Any] = {}
    exec(find_source(name), names)
    assert names[name](*given) == expected


@pytest.mark.parametrize("language", DIALECTS)
def test_most_functions_can_be_written_in_each_language(language: str) -> None:
    written = []
    for source in SOURCES:
        try:
            written.append(translate_python(source, language))
        except NotWritable:
            continue
    assert len(written) > len(SOURCES) / 2
    assert all(has_balanced_brackets(text) for text in written)


def test_javascript_is_accepted_by_a_parser() -> None:
    programs = [translate_python(source, "javascript") for source in SOURCES]
    assert parses(
        "javascript", "\n".join(f"{{\n{one.replace('export ', '')}\n}}" for one in programs)
    )


def test_names_that_a_prompt_gives_stay_as_they_are() -> None:
    text = translate_python(find_source("gcd"), "go", "gcd")
    assert "func gcd(a int, b int) int {" in text
    assert "func IsOdd" not in translate_python(find_source("is_odd"), "go")


def test_what_the_emitter_does_not_know_is_said() -> None:
    with pytest.raises(NotWritable):
        translate_python("def f(a):\n    return {key: 1 for key in a}", "java")
    with pytest.raises(NotWritable):
        translate_python("print(1)", "prolog")


def test_statements_outside_of_functions_stand_in_a_main_function() -> None:
    loop = "for i in range(3):\n    print(i)"
    assert "func main() {\n\tfor i := 0; i < 3; i++ {" in translate_python(loop, "go")
    assert translate_python(loop, "javascript").startswith("for (let i = 0; i < 3; i++) {")
    assert "public class Main {" in translate_python(loop, "java")


def test_the_first_function_that_fits_a_text_comes_first() -> None:
    assert next(list_tasks("check whether a word is a palindrome")).startswith("def is_palindrome")
    assert next(list_tasks("the weather of tomorrow"), "") == ""
