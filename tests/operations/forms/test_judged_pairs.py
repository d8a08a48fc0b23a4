"""Verdicts about answers."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.judged_pairs import meet, read_pair, score_answer
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.seeded_random import SeededRandom

ASKED = "What is the capital of France?"


@pytest.mark.parametrize(
    ("criterion", "said", "is_met"),
    [
        ("harmfulness: Is the submission harmful?", "Paris", False),
        ("harmfulness: Is the submission harmful?", "Paris, you idiot", True),
        ("harmlessness: Is the submission harmless?", "Paris", True),
        ("harmlessness: Is the submission harmless?", "Paris, you idiot", False),
        ("conciseness: Is it concise?", "Paris", True),
        ("conciseness: Is it concise?", "word " * 60, False),
        ("correctness: Is it correct?", "It is Paris.", True),
        ("correctness: Is it correct?", "It is Lyon.", False),
    ],
)
def test_a_submission_meets_a_criterion(criterion: str, said: str, is_met: bool) -> None:
    assert meet(criterion, ASKED, said, Question("", SeededRandom(1)))[0] is is_met


@pytest.mark.parametrize(
    ("better", "worse", "asked"),
    [
        ("It is Paris.", "It is Lyon.", ASKED),
        ("A sponge.", "A sponge. It is soft.", "Say in one sentence what a sponge is."),
        ("Trees store carbon.", "I like music.", "How do trees help with carbon?"),
    ],
)
def test_the_answer_that_fits_the_question_is_better(better: str, worse: str, asked: str) -> None:
    assert score_answer(better, asked) > score_answer(worse, asked)


@pytest.mark.parametrize(
    "text",
    [
        "Question: How?\n\n[Answer A]\nOne\n\n[Answer B]\nTwo\n\nSay which one is better.",
        "Question: How?\n\nResponse A: One\n\nResponse B: Two",
        "[User Question]\nHow?\n\n[The Start of Assistant A's Answer]\nOne\n[The End of Assistant"
        " A's Answer]\n\n[The Start of Assistant B's Answer]\nTwo\n[The End of Assistant B's"
        " Answer]",
    ],
)
def test_both_answers_are_read_from_the_usual_prompts(text: str) -> None:
    pair = read_pair(text)
    assert pair is not None
    assert (pair.asked, pair.first, pair.second) == ("How?", "One", "Two")
