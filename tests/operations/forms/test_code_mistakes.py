"""Mistakes that show when a given program runs."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_mistakes import find_mistake


@pytest.mark.parametrize(
    ("source", "language", "mended"),
    [
        ("items = [1, 2]\nprint(items[2])", "python", "print(items[1])"),
        ('ages = {"Ann": 3}\nprint(ages["Bob"])', "python", 'ages.get("Bob")'),
        ('age = 3\nprint("Age: " + age)', "python", "str(age)"),
        ("n = input()\nif n > 3:\n    print(n)", "python", "int(input())"),
        ("i = 0\nwhile i < 3:\n    print(i)", "python", "i += 1"),
        ("const n = 1;\nn = 2;", "javascript", "let n"),
        ("const data = fetch(url);", "javascript", "await fetch(url)"),
    ],
)
def test_a_mistake_is_mended(source: str, language: str, mended: str) -> None:
    found = find_mistake(source, language)
    assert found is not None
    assert mended in found[0]
    assert found[1].endswith(".")


@pytest.mark.parametrize(
    "source", ["items = [1, 2]\nprint(items[1])", 'print("a" + "b")', "while True:\n    break"]
)
def test_a_right_program_has_no_mistake(source: str) -> None:
    assert find_mistake(source, "python") is None
