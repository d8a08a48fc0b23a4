"""A search that looks for literals first finds what the search alone finds."""

from __future__ import annotations

import gc
import re

import pytest

from mockgem.operations.forms import search_guards
from mockgem.operations.forms.lazy_patterns import (
    UNGUARDED_LETTERS,
    LazyPattern,
    guard_search,
    make_regex,
)
from mockgem.operations.forms.registry import list_forms
from mockgem.operations.forms.required_literals import find_required
from mockgem.operations.forms.search_guards import Guard, list_grams, may_match
from tests.operations.forms.prompt_files import read_prompts

EVERY = 60
LONG = " and so on, as was said before" * 8


def guard(source: str) -> list[Guard]:
    return [Guard(one) for one in find_required(source, re.I)]


@pytest.mark.parametrize("start", ["YES, please", "yes", "oui", "", "Ünïcödé yes", "ye", "Да yes"])
@pytest.mark.parametrize("end", ["", LONG])
def test_a_guarded_search_finds_the_same(start: str, end: str) -> None:
    plain = re.compile("yes", re.I)
    found = guard_search(plain.search, guard("yes"))(start + end)
    expected = plain.search(start + end)
    assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("istanbul", "Ben İSTANBUL'da yaşıyorum" + LONG),
        ("ıslak", "ISLAK bir gün" + LONG),
        ("straße", "Die STRAßE ist lang" + LONG),
        ("Ω|ohm", "Der Widerstand hat 5 Ω" + LONG),
        ("µ", "5 μ sind wenig" + LONG),
        (r"\d+ книг", "У меня ٣ книг" + LONG),
        ("翻译", "请翻译这句话" + LONG),
        ("\u212aelvin", "300 kelvin" + LONG),
        ("kelvin", "300 \u212aelvin" + LONG),
        ("sun", "\u017fun" + LONG),
        ("🚀", "Los 🚀" + LONG),
    ],
)
@pytest.mark.parametrize("uses", [0, 1000])
def test_letters_that_are_the_same_for_a_search_are_so_for_a_guard(
    source: str, text: str, uses: int
) -> None:
    """With many uses the guard compares grams."""
    assert re.search(source, text, re.I)
    may_match(text, [])
    search_guards.known_texts[text].uses = uses
    assert may_match(text, guard(source))


def test_a_guard_rejects_what_has_no_literal() -> None:
    for text in (f"nothing here{LONG}", f"ничего нет{LONG}"):
        for _ in range(3):
            assert not may_match(text, guard("table|tabelle|таблиц"))
            assert may_match(text, guard("nothing|нет"))
            search_guards.known_texts[text].uses += 1000


def test_a_guarded_search_keeps_its_limits() -> None:
    text = f"yes yes{LONG}"
    find = guard_search(re.compile("yes").search, guard("yes"))
    assert find(text, 1).span() == (4, 7)
    assert find(text, 1, 5) is None


def test_a_pattern_that_is_used_often_finds_the_same() -> None:
    pattern = make_regex(r"\b(?:table|list)s? of\b", re.I)
    plain = re.compile(r"\b(?:table|list)s? of\b", re.I)
    uses = UNGUARDED_LETTERS // len(LONG)
    for text in uses * [f"nothing here{LONG}", f"a LIST of cities{LONG}"]:
        assert bool(pattern.search(text)) == bool(plain.search(text))
        assert pattern.findall(text) == plain.findall(text)
        assert pattern.sub("x", text) == plain.sub("x", text)
        assert len(list(pattern.finditer(text))) == len(list(plain.finditer(text)))


def test_grams_are_all_parts_of_four_letters() -> None:
    letters = b"abcdefghij"
    parts = {letters[at : at + 4] for at in range(7)}
    assert list_grams(letters) == {memoryview(part).cast("I")[0] for part in parts}
    assert list_grams(b"abc") == frozenset()


def test_kept_texts_are_few() -> None:
    for at in range(3 * search_guards.MAX_KEPT):
        may_match(f"Text {at} {LONG}", [])
    assert len(search_guards.known_texts) <= search_guards.MAX_KEPT


def test_all_patterns_find_the_same_in_prompts() -> None:
    list_forms()
    patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
    prompts = [f"{one.system}\n{one.text}" for one in read_prompts("prompts")[::EVERY]]
    guarded = 0
    for one in patterns:
        guards = [Guard(literals) for literals in find_required(one.source, one.regex_flags)]
        guarded += bool(guards)
        search = re.compile(one.source, one.regex_flags).search
        for prompt in prompts:
            assert may_match(prompt, guards) or search(prompt) is None, (one.source, prompt)
    assert guarded > 2500
