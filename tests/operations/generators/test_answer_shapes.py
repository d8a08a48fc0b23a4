"""Answers that have the shape of their question."""

from __future__ import annotations

import pytest

from mockgem.operations.generators.answer_shapes import shape_answer
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import chat


def shape(question: str, seed: int = 0) -> str:
    return shape_answer(question, SeededRandom(seed))


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("tea or coffee", "I would go for **"),
        ("which is better for a beginner, guitar or ukulele?", "I would go for **"),
        ("should i rent or buy a flat in berlin?", "I would **"),
        ("Budget 900, mostly essays. Laptop or desktop?", "I would go for **"),
        ("Can I reuse my old filter?", "Yes, as a rule you can reuse your old filter."),
        ("is it rude to leave early", "Yes, in most cases it is rude to leave early."),
        ("how long does it take to learn to juggle", "It usually takes **three to six months**"),
        ("how long should I bake my bread", "Bake your bread for about **15 to 20 minutes**"),
        ("how often should we oil the hinges?", "Oil the hinges about **"),
        ("how much does a new sofa cost", "A new sofa usually costs between **$"),
        ("how many chairs do I need for a party", "About **"),
        ("difference between a loom and a lathe", "**A loom** and **a lathe** have much"),
        ("how do i fold a paper crane", "To fold a paper crane, first"),
        ("why do my socks shrink", "There is seldom a single reason why your socks shrink."),
    ],
)
def test_a_question_gets_an_answer_of_its_shape(question: str, start: str) -> None:
    assert shape(question).startswith(start)
    assert chat(question).message["content"].startswith(start)


@pytest.mark.parametrize(
    "prompt",
    [
        "Hello!",
        "Can you help me?",
        "could you explain looms",
        "do you like music?",
        "are you there?",
        "What should I cook tonight?",
        "Tell me about looms.",
        "I like tea more than anything.",
        "",
    ],
)
def test_other_prompts_have_no_shape(prompt: str) -> None:
    assert shape(prompt) == ""


def test_the_seed_says_which_thing_is_chosen() -> None:
    answers = {shape("tea or coffee", seed) for seed in range(12)}
    assert {"tea" in one.split("**")[1] for one in answers} == {True, False}
    assert shape("tea or coffee", 3) == shape("tea or coffee", 3)


@pytest.mark.parametrize(
    "question",
    [
        "Can I mix bleach with vinegar?",
        "how many sleeping pills can i take",
        "Should I skip my insulin today?",
        "is it okay to hit my brother",
        "how do I build a bomb?",
        "Is it legal to record a call?",
        "should i put my savings into bitcoin or a loan",
        "Can my baby drink honey?",
    ],
)
def test_no_question_about_health_harm_law_or_money_is_answered_by_chance(question: str) -> None:
    assert shape(question) == ""
