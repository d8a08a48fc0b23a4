"""Patterns with a place for a name."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.named_patterns import NAME, mark_name, search_named
from mockgem.operations.forms.word_patterns import join_words

COUNTED = re.compile(rf"\b(\d+) (short )?{NAME}s?\b", re.I)


@pytest.mark.parametrize(
    ("name", "text", "groups"),
    [
        ("step", "Give me 4 short steps.", ("4 short steps", "4", "short ")),
        ("step", "Give me 4 STEPS.", ("4 stepS", "4", "")),
        ("step", "A stepladder with 3 stepping stones", None),
        ("step", "Give me 4 ideas.", None),
        ("a.b", "the 2 a.bs", ("2 a.bs", "2", "")),
        ("", "2 steps", None),
    ],
)
def test_a_name_is_found_in_its_place(name: str, text: str, groups: tuple[str, ...] | None) -> None:
    assert search_named(COUNTED, name, text) == groups


def test_a_text_without_the_name_is_not_searched() -> None:
    assert mark_name("step", "İ step") == ""
    assert mark_name("step", "no such word") == ""
    assert mark_name("step", "Step by step") == f"{NAME} by {NAME}"


def test_joined_words_match_the_longest_one() -> None:
    words = ["four", "fourteen", "five", "fifteen", "a.b", "a"]
    pattern = re.compile(join_words(words))
    for word in words:
        found = pattern.match(f"{word} things")
        assert found is not None
        assert found[0] == word
    assert pattern.match("axb")[0] == "a"  # type: ignore[index]
    assert pattern.match("six") is None
