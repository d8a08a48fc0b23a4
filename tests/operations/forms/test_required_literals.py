"""Literals that each match of a pattern has."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.required_literals import MAX_LITERALS, find_required, fold


@pytest.mark.parametrize(
    ("source", "literals"),
    [
        (r"\b(?:list|name) \d+", [{"list", "name"}, {" "}, {"0"}]),
        (r"in (\d+) Words?", [{" word"}, {"in "}, {"0"}]),
        (r"(?:red|blue)? sentence\b", [{" sentence"}]),
        (r"\bfoo\b|\bbarren\b", [{"foo", "barren"}]),
        (r"\bja\W(?:oder|of)\W(nein|nee)\b", [{"ja"}, {"ne"}]),
        (r"(?:yes|no)", [{"no", "yes"}]),
        (r"\w+", []),
        (r"[0-9]{2}", [{"0"}]),
        (r"[^\d]", []),
        (r"(?:again )*", []),
        (r"(?:again ){2}", [{"again "}]),
        (r"(?<!not )ready", [{"ready"}]),
        (r"übersetze|翻译", [{"übersetze", "翻译"}]),
        (r"ΣΟΦΙΑ time", [{" time"}]),
        (r"yalnızca", [{"yalnizca"}]),
        (r"(?>table)", [{"table"}]),
    ],
)
def test_literals_are_what_every_match_has(source: str, literals: list[set[str]]) -> None:
    found = find_required(source, re.I)
    assert sorted(map(sorted, found)) == sorted(sorted(one) for one in literals if one != {" "})


def test_a_pattern_with_many_alternatives_has_none() -> None:
    assert find_required("|".join(f"{at}word" for at in range(100, 300)), 0) != ()
    assert find_required("|".join(f"{at}word" for at in range(100, 200 + MAX_LITERALS)), 0) == ()


@pytest.mark.parametrize(("text", "folded"), [("İstanbul", "istanbul"), ("ILIK ılık", "ilik ilik")])
def test_letters_that_match_each_other_are_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded
