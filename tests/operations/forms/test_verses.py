"""Poems have as many lines as asked for, in English with rhymes and the syllables of their kind."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.haikus import BEGINNINGS, ENDS, MIDDLES, compose_haiku
from mockgem.operations.forms.haikus import count_syllables as count_all
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.verses import COUPLETS, write_verses
from mockgem.operations.generators.seeded_random import SeededRandom


def count_syllables(line: str) -> int:
    """Count the groups of vowels, without an `e` that is not spoken at the end of a word."""
    words = re.findall(r"[a-z]+", line.lower())
    spoken = [
        re.sub(r"(?<=[^aeiouyl])(?:e|es|ed)$", "", word) if len(word) > 3 else word
        for word in words
    ]
    return sum(max(1, len(re.findall(r"[aeiouy]+", word))) for word in spoken)


@pytest.mark.parametrize("line", MIDDLES)
def test_the_middle_of_a_haiku_has_seven_syllables(line: str) -> None:
    assert count_syllables(line) == 7


@pytest.mark.parametrize("line", ENDS)
def test_the_end_of_a_haiku_has_five_syllables(line: str) -> None:
    assert count_syllables(line) == 5


@pytest.mark.parametrize("length", BEGINNINGS)
def test_the_beginning_of_a_haiku_has_the_syllables_that_the_topic_leaves(length: int) -> None:
    for text in BEGINNINGS[length]:
        assert length + count_all(text.replace("{}", "")) == 5


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("rain", 1),
        ("autumn rain", 3),
        ("the old library", 5),
        ("fallen leaves", 3),
        ("cherry blossoms", 4),
        ("a loved idea", 5),
        ("the lion", 3),
        ("science", 2),
        ("winter evening", 4),
        ("snowflakes", 2),
    ],
)
def test_syllables_are_counted(text: str, count: int) -> None:
    assert count_all(text) == count


@pytest.mark.parametrize(
    "topic", ["rain", "coffee", "autumn rain", "cherry blossoms", "the first snow in the mountains"]
)
def test_a_haiku_has_five_seven_and_five_syllables(topic: str) -> None:
    question = Question(f"Write a haiku about {topic}.", SeededRandom("1"))
    assert [count_all(line) for line in compose_haiku(question).splitlines()] == [5, 7, 5]


@pytest.mark.parametrize("pair", COUPLETS, ids=lambda pair: pair[0])
def test_couplets_have_lines_of_the_same_length(pair: tuple[str, str]) -> None:
    assert {count_syllables(line) for line in pair} <= {7, 8, 9}


@pytest.mark.parametrize("prompt", ["Write a poem about rain.", "Schreibe ein Gedicht über Regen."])
@pytest.mark.parametrize("lines", [1, 2, 5, 14, 30, 60])
def test_a_poem_has_the_number_of_lines(prompt: str, lines: int) -> None:
    text = write_verses(Question(prompt, SeededRandom(lines)), lines)
    verses = text.split("\n")
    assert len(verses) == lines
    assert all(verses)


def test_no_line_of_a_poem_comes_twice() -> None:
    verses = write_verses(Question("Write a poem about rain.", SeededRandom(3)), 5, 6).split("\n")
    written = [line for line in verses if line]
    assert len(written) == len(set(written)) == 30
