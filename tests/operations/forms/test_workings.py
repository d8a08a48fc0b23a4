"""Explanations of how well-known things work."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.knowledge_files import read_sections
from mockgem.operations.forms.workings import find_working
from tests.asking import Asker


def ask(prompt: str, seed: int = 0) -> str:
    return str(Asker(seed=seed).chat(prompt).message["content"])


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Explain to me how AI works", "learn from examples"),
        ("How does a VPN work?", "encrypts everything"),
        ("Explain black holes to me like I'm five.", "event horizon"),
        ("Explain quantum computing in simple terms.", "qubits"),
        ("Can you explain how the heart works, please?", "pumps blood"),
    ],
)
def test_a_question_how_something_works_is_answered(prompt: str, said: str) -> None:
    assert said in ask(prompt)


def test_a_few_words_are_one_sentence() -> None:
    said = ask("Explain how AI works in a few words")
    assert said == "AI is software that does tasks which usually need human thinking."
    assert ask("Explain the water cycle in a few words") == find_working("water cycle")[0]


def test_seeds_begin_and_end_an_explanation_differently() -> None:
    assert len({ask("Explain to me how AI works", seed) for seed in range(8)}) > 2


def test_an_unknown_thing_is_still_the_topic() -> None:
    assert "looms" in ask("Explain to me how looms work")


def test_every_explanation_has_at_least_three_sentences() -> None:
    assert all(len(rows) >= 3 for _, rows in read_sections("workings"))


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("Explain how AI works in two sentences.", "AI is software"),
        ("How does DNS work? Answer in one sentence.", "DNS translates names"),
        ("Write a short paragraph about how vaccines work.", "A vaccine shows"),
    ],
)
def test_a_length_keeps_the_explanation(prompt: str, first: str) -> None:
    assert ask(prompt).startswith(first)
