"""A search that looks for literals first finds what the search alone finds."""

from __future__ import annotations

import gc
import re

import pytest

from mockgem.operations.forms import lazy_patterns
from mockgem.operations.forms.lazy_patterns import LazyPattern, guard_search, lower, make_regex
from mockgem.operations.forms.registry import list_forms
from mockgem.operations.forms.required_literals import find_required
from tests.operations.forms.prompt_files import read_prompts

EVERY = 60


@pytest.mark.parametrize(
    ("source", "literals"),
    [
        (r"\b(?:list|name) \d+", [{"list", "name"}]),
        (r"in (\d+) Words?", [{" word"}, {"in "}]),
        (r"(?:red|blue)? sentence\b", [{" sentence"}]),
        (r"\bfoo\b|\bbarren\b", [{"foo", "barren"}]),
        (r"\bja\W(?:oder|of)\W(nein|nee)\b", [{"ja"}, {"ne"}]),
        (r"(?:yes|no)", []),
        (r"(?:yes|no) ready", [{" ready"}, {"yes", "no"}]),
        (r"\w+", []),
        (r"(?:again )*", []),
        (r"(?:again ){2}", [{"again "}]),
        (r"(?<!not )ready", [{"ready"}]),
        (r"übersetze|翻译", [set()]),
        (r"answer|réponse", [{"answer"}]),
        (r"yalnızca", [{"yaln"}, {"zca"}]),
        (r"(?>table)", [{"table"}]),
    ],
)
def test_literals_are_what_every_match_has(source: str, literals: list[set[str]]) -> None:
    assert find_required(source, re.I) == tuple(map(frozenset, literals))


def test_a_pattern_with_many_alternatives_has_none() -> None:
    assert find_required("|".join(f"{at}word" for at in range(100, 300)), 0) == ()


@pytest.mark.parametrize("text", ["YES, please", "yes", "oui", "", "Ünïcödé yes", "ye"])
def test_a_guarded_search_finds_the_same(text: str) -> None:
    plain = re.compile("yes", re.I)
    found = guard_search(plain.search, frozenset({"yes"}))(text)
    expected = plain.search(text)
    assert (found and found.span()) == (expected and expected.span())


def test_a_guarded_search_keeps_its_limits() -> None:
    find = guard_search(re.compile("yes").search, frozenset({"yes"}))
    assert find("yes yes", 1).span() == (4, 7)  # type: ignore[union-attr]
    assert find("yes yes", 1, 5) is None


def test_a_pattern_that_is_used_often_finds_the_same() -> None:
    pattern = make_regex(r"\b(?:table|list)s? of\b", re.I)
    for _ in range(2 * lazy_patterns.UNGUARDED_USES):
        assert pattern.search("nothing here") is None
        assert pattern.search("a LIST of cities") is not None


def test_kept_texts_are_few() -> None:
    for at in range(100):
        text = f"Text {at} " * 100
        assert lower(text) == text.lower()
    assert len(lazy_patterns.lowered_texts) <= lazy_patterns.MAX_LOWERED


def test_all_patterns_find_the_same_in_prompts() -> None:
    list_forms()
    patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
    prompts = [f"{one.system}\n{one.text}" for one in read_prompts("prompts")[::EVERY]]
    guarded = 0
    for one in patterns:
        required = find_required(one.source, one.regex_flags)
        if not required:
            continue
        guarded += 1
        search = re.compile(one.source, one.regex_flags).search
        guard = guard_search(search, *required)
        for prompt in prompts:
            assert (guard(prompt) is None) == (search(prompt) is None), (one.source, prompt)
    assert guarded > 1000
