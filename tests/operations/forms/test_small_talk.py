"""Greetings and thanks around a request are left out, and nothing else."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.small_talk import strip_small_talk


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
