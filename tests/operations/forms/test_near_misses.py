"""Prompts that have words of a form and want something else."""

from __future__ import annotations

import pytest

from mockgem.core.content import Text, Turn
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply
from mockgem.operations.generators.seeded_random import SeededRandom


def name_form(prompt: str, system: str = "") -> str:
    """Return the form that answers a prompt; empty if none does."""
    question = Question(prompt, SeededRandom(7), system, [Turn("user", (Text(prompt),))])
    reply = find_reply(question)
    return reply.form if reply else ""


@pytest.mark.parametrize(
    ("form", "prompt"),
    [
        ("access log", "I need access to the server logs of our shop"),
        ("appointment reminder", "Is an appointment reminder by SMS better than a call?"),
        ("readme", "what is the readme for a project good for?"),
        (
            "fuel consumption",
            "If I drive 340 km using 22 litres, how far at a consumption of 6 l/100 km?",
        ),
        ("explained error", "help\n[2025-01-02] ERROR loading: the SSL team meets at noon"),
    ],
)
def test_a_word_of_a_form_is_no_wish_for_it(form: str, prompt: str) -> None:
    assert name_form(prompt) != form


@pytest.mark.parametrize(
    ("form", "system", "prompt"),
    [
        (
            "support reply",
            "You are the support agent of our pizza shop.",
            "I want to order two pizzas, not too spicy",
        ),
        (
            "regional spelling",
            "You are a helpful assistant. Use British spelling.",
            "My favorite color is gray.",
        ),
        (
            "question of an interviewer",
            "You help an interviewer prepare for a nurse role.",
            "I have the notes here.",
        ),
        (
            "question of an interviewer",
            "You are an interviewer for a nurse role. Score each answer from 1 to 5.",
            "I would call the doctor at once.",
        ),
        (
            "commanded e-mail",
            "You draft emails for our office.",
            "Tell me about the office rules for guests",
        ),
        (
            "everyday answer",
            "You are a compiler. Reply with the output.",
            "How do I return an item?",
        ),
    ],
)
def test_a_system_instruction_with_a_word_of_a_form_is_no_wish_for_it(
    form: str, system: str, prompt: str
) -> None:
    assert name_form(prompt, system) != form


@pytest.mark.parametrize(
    ("form", "system", "prompt"),
    [
        (
            "support reply",
            "You are the support agent of our pizza shop.",
            "My order still hasn't arrived",
        ),
        ("regional spelling", "Convert each text to British spelling.", "The color is gray."),
        (
            "question of an interviewer",
            "You are an interviewer for a nurse position.",
            "Hi, I am ready.",
        ),
        (
            "commanded e-mail",
            "You draft emails for our office.",
            "Ask our suppliers whether they deliver on Friday",
        ),
    ],
)
def test_the_wish_itself_gets_its_form(form: str, system: str, prompt: str) -> None:
    assert name_form(prompt, system) == form


def test_an_asked_reader_gets_a_question() -> None:
    question = Question(
        "Ask our suppliers whether they deliver on Friday",
        SeededRandom(7),
        "You draft emails for our office.",
        [],
    )
    reply = find_reply(question)
    assert reply is not None
    assert "let us know whether you deliver on Friday?" in reply.text
