"""Clues: whatever text a pattern matches, it contains one of the pattern's clues."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.operations.generators import hint_patterns, tool_order, tool_selection
from mockgem.operations.generators.clued_pattern import CluedPattern
from mockgem.operations.generators.hints import CLUES_OF_KINDS, Hints
from mockgem.operations.generators.item_counts import find_number_of
from tests.laws import calm

PATTERNS = {
    **{
        name: pattern
        for module in (hint_patterns, tool_order, tool_selection)
        for name, pattern in vars(module).items()
        if isinstance(pattern, CluedPattern)
    },
    **hint_patterns.KIND_PATTERNS,
}
TEXTS = (
    "Invent a customer of our shop, number 17.",
    "priority: high, the total is $12.50 = 3 * 4",
    'Say "good morning" to Bob and Alice, or call f(3) with [1, 2] and {"a": 1}',
    "Meet in Oslo on 2027-03-14, on 14.3.2027, on May 3 or next Friday at 10:30 or 5 pm",
    "Tags: red, green and blue. Mail a@example.com is fine, see https://example.com/a",
    "Rename the cat named Tom, a dog called “Rex” and ten others, Zoë",
    "",
)


def test_there_are_patterns_with_clues() -> None:
    assert len(PATTERNS) > 30


@pytest.mark.parametrize("name", PATTERNS)
def test_a_text_that_matches_has_a_clue(name: str) -> None:
    pattern = PATTERNS[name]
    matching = st.from_regex(pattern.pattern, alphabet=st.characters(codec="ascii"))

    @calm(40)
    @given(matching)
    def check(text: str) -> None:
        assert pattern.may_match(text), text

    check()


def test_other_letters_can_equal_a_clue_if_case_is_ignored() -> None:
    pattern = CluedPattern("say", ("say",), re.IGNORECASE)
    assert pattern.search("\u017fay")  # a long s
    assert not pattern.search("tell")


def test_clues_only_save_searches() -> None:
    pattern = CluedPattern(r"\d-\d", ("-",))
    assert pattern.findall("1-2 and 3-4") == ["1-2", "3-4"]
    assert [match[0] for match in pattern.finditer("1-2")] == ["1-2"]
    assert pattern.remove("on 1-2 or so") == "on   or so"
    assert (pattern.findall("12"), list(pattern.finditer("12")), pattern.search("12")) == (
        [],
        [],
        None,
    )
    assert pattern.remove("12") == "12"


def read_all(text: str, *, sifted: bool) -> dict[str, object]:
    hints = Hints(text)
    if not sifted:
        hints.__dict__["is_sifted"] = True  # as if the sifting had left out nothing
    return {kind: getattr(hints, kind) for kind in (*CLUES_OF_KINDS, "undated", "people", "places")}


@pytest.mark.parametrize("text", TEXTS)
def test_hints_are_the_same_whether_absent_kinds_are_left_out_at_once(text: str) -> None:
    assert read_all(text, sifted=True) == read_all(text, sifted=False)


@calm(200)
@given(
    st.lists(st.sampled_from([*"aAI .,:='\"(){}[]-/1", " and ", " is ", "May", "pm"])).map("".join)
)
def test_hints_of_any_text_are_the_same(text: str) -> None:
    assert read_all(text, sifted=True) == read_all(text, sifted=False)


@pytest.mark.parametrize(
    ("item", "text", "number"),
    [
        ("city", "Compare 3 big cities", ""),
        ("city", "Compare 3 big citys", "3"),
        ("", "The 3 best results", "3"),
        ("Option", "five OPTIONS", "five"),
        ("option", "five more", ""),
        ("s", "the 4 \u017f", "4"),
    ],
)
def test_a_number_counts_the_items_that_it_stands_before(item: str, text: str, number: str) -> None:
    assert find_number_of(item, text) == number
