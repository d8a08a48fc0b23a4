"""Greetings and thanks around a request are left out, and nothing else."""

from __future__ import annotations

import pytest

from mockgem.operations.forms import small_talk
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quoted_material import EdgeText
from mockgem.operations.forms.small_talk import strip_question, strip_small_talk
from mockgem.operations.generators.seeded_random import SeededRandom


@pytest.mark.parametrize(
    ("said", "bare"),
    [
        ("Haha nice. Now write one about octopuses", "Now write one about octopuses"),
        ("hi there! can you list five rivers? Thanks :)", "can you list five rivers?"),
        ("Hi Ava! How are you doing today?", "How are you doing today?"),
        ("Bonjour, peux-tu traduire ce mot ? Merci d'avance !", "peux-tu traduire ce mot ?"),
        ("cool, how long does that take in total", "how long does that take in total"),
        ("Perfect, now make it shorter for me", "now make it shorter for me"),
    ],
)
def test_words_around_a_request_are_left_out(said: str, bare: str) -> None:
    assert strip_small_talk(said) == bare


@pytest.mark.parametrize(
    "said",
    [
        "great gift ideas for a friend",
        "hello world in go",
        "Hola, me llamo Pedro",
        "Hi there!",
        "Question: How many employees are there?\nAnswer:",
        "Make this friendlier:\n\nThe numbers are wrong. Thanks",
        "Nice is a city in France, tell me about it",
    ],
)
def test_other_messages_stay_as_they_are(said: str) -> None:
    assert strip_small_talk(said) == said


@pytest.mark.parametrize(
    "said", ["tell me, " + "," * 5_900 + ")", "tell me a" + " " * 5_900 + "x", "hmm " * 1_400 + "x"]
)
def test_only_the_ends_of_a_message_are_searched(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message of 6,000 commas took seconds when the search began at each of them."""
    searched: list[int] = []

    class Watching:
        def search(self, text: str, start: int) -> None:
            searched.append(len(text) - start)

    monkeypatch.setattr(small_talk, "SMILEYS", Watching())
    monkeypatch.setattr(small_talk, "CLOSERS", Watching())
    strip_small_talk(said)
    assert len(searched) == 2
    assert max(searched) <= small_talk.LONGEST


def test_a_question_keeps_the_text_that_it_was_given() -> None:
    question = Question("Thanks! Now make it shorter for me please", SeededRandom(1))
    question.parts = EdgeText("make it shorter", "The meeting is on Monday.")
    assert strip_question(question) is question


def test_a_system_instruction_that_works_on_messages_keeps_greetings() -> None:
    system = "Translate each message into French."
    question = Question("Hello, where are you going now?", SeededRandom(1), system)
    assert strip_question(question) is question
    plain = Question("Hello, where are you going now?", SeededRandom(1))
    assert strip_question(plain).prompt == "where are you going now?"
