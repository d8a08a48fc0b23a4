"""Secrets in a text: their places, the quick test before, and the user's own patterns."""

from __future__ import annotations

import random
import re

import pytest

from mockgem.redaction.finder import DEFAULT_FINDER, SecretFinder, join_spans, lower
from tests.recording.interactions import KEY
from tests.redaction.test_harmless import TEXTS
from tests.redaction.test_named_values import FOUND
from tests.redaction.test_patterns import KINDS, PLACES, fill, random_key

OWN = "a-credential-of-no-known-kind-42"
MINE = re.compile(r"\d{3}-\d{2}-\d{4}")


@pytest.mark.parametrize("kind", KINDS)
def test_the_quick_test_misses_no_key(kind: str) -> None:
    key = random_key(kind, random.Random(kind))
    for place in PLACES:
        assert DEFAULT_FINDER.may_find(fill(place, key)), place


@pytest.mark.parametrize("text", FOUND)
def test_the_quick_test_misses_no_named_value(text: str) -> None:
    assert DEFAULT_FINDER.may_find(text)


def test_the_quick_test_sees_that_most_texts_are_harmless() -> None:
    assert sum(map(DEFAULT_FINDER.may_find, TEXTS)) < len(TEXTS) * 0.8
    assert not any(map(DEFAULT_FINDER.may_find, ("", "Hello", '{"model": "gemini-2.5-flash"}')))


def test_the_user_s_patterns_may_find_something_anywhere() -> None:
    finder = SecretFinder([OWN], [MINE])
    assert finder.may_find("Hello")
    assert finder.find("x 123-45-6789") == [(2, 13)]
    assert finder.redact(f"{KEY} 123-45-6789 {OWN}.") == "REDACTED REDACTED REDACTED."


def test_names_can_be_left_out() -> None:
    text = '{"password": "hunter22"}'
    assert DEFAULT_FINDER.find(text) == [(14, 22)]
    assert DEFAULT_FINDER.find(text, by_name=False) == []
    by_shape = SecretFinder(by_name=False)
    assert (by_shape.find(text), by_shape.may_find(text)) == ([], False)


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([(4, 9), (1, 3)], [(1, 3), (4, 9)]),
        ([(1, 5), (5, 9)], [(1, 5), (5, 9)]),
        ([(1, 5), (4, 9)], [(1, 9)]),
        ([(1, 9), (2, 3), (4, 5)], [(1, 9)]),
        ([(1, 4), (1, 9), (1, 9)], [(1, 9)]),
        ([(2, 2), (3, 4)], [(3, 4)]),
    ],
)
def test_overlapping_places_become_one(
    spans: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    assert join_spans(spans) == joined


def test_a_place_that_is_redacted_already_is_not_found_again() -> None:
    finder = SecretFinder(patterns=[re.compile("[A-Z]{8}")])
    assert finder.redact("REDACTED and REDACTER") == "REDACTED and REDACTED"
    assert finder.find("REDACTED and REDACTER") == [(13, 21)]


def test_lower_case_moves_nothing() -> None:
    for text in ("AbC", "ÄÖ", "İstanbul KEY", "ß"):
        assert len(lower(text)) == len(text)
    assert lower("ÄB") == "äb"
