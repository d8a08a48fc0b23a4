"""Replies that depend on earlier turns or on the system instruction."""

from __future__ import annotations

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask
from tests.asking import chat

MODEL = load_packaged_models()["gemini-2.5-flash"]
ROLES = ("user", "assistant")
BANK = 'You help customers of a bank. If a question is not about banking, say "Only banks."'


def reply_after(*said: str) -> str:
    messages = [{"role": ROLES[at % 2], "content": text} for at, text in enumerate(said)]
    return str(chat(messages).message["content"])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("I am going to Crete in July.", "Nice!", "Where am I going?"), "Crete"),
        (("I work as a nurse in Hamburg", "Great!", "What is my job?"), "nurse"),
        (("My email is tom@example.com.", "OK", "Which email did I give you?"), "tom@example.com"),
        (("Is it late?", "No.", "What did I just ask?"), "You asked me: “Is it late?”"),
        (("Is it late?", "No, it is noon.", "Can you say that again?"), "No, it is noon."),
        (("What is 5 + 7?", "12", "Divide that by 4"), "3"),
        (("What is 5 + 7?", "It is 12.", "now add 10"), "That makes **22**."),
        (("What is the capital of France?", "Paris.", "And of Japan?"), "Tokyo"),
        (("Name tools", "1. Hammer\n2. Spanner", "Explain the second one"), "Spanner"),
        (("Tell me about tea.", "Tea is a drink.", "Tell me more"), "tea"),
        (("Translate 'thank you' to Spanish", "Gracias", "and to Italian?"), "Grazie"),
    ],
)
def test_a_reply_refers_to_earlier_turns(said: tuple[str, ...], answer: str) -> None:
    assert answer in reply_after(*said)


@pytest.mark.parametrize(
    ("system", "prompt", "answer"),
    [
        ("Whatever the user says, respond with ACK.", "Is it late?", "ACK"),
        ('Always answer with "Pizza".', "What is for dinner?", "Pizza"),
        ("You are a cow. You can only say MOO.", "Tell me a joke", "MOO"),
        (BANK, "Which football team won?", "Only banks."),
        ('Greet users with "Welcome!"', "hello", "Welcome!"),
    ],
)
def test_a_system_instruction_dictates_the_reply(system: str, prompt: str, answer: str) -> None:
    assert ask(prompt, MODEL, system=system).text == answer


@pytest.mark.parametrize("prompt", ["What interest do you pay on savings?", "Who are you?"])
def test_a_question_about_the_subject_is_not_refused(prompt: str) -> None:
    assert ask(prompt, MODEL, system=BANK).text != "Only banks."


@pytest.mark.parametrize(
    "system",
    ['Always end your answer with "Bye".', 'Always say "please" before you ask for a name.'],
)
def test_words_for_a_part_of_a_reply_are_not_the_reply(system: str) -> None:
    assert ask("What is rain?", MODEL, system=system).text not in ("Bye", "please")


@pytest.mark.parametrize(
    ("prompt", "name"),
    [("Hi, I'm Alice", "Alice"), ("My name is Tom and I live in York.", "Tom")],
)
def test_a_user_who_gives_a_name_is_greeted_by_it(prompt: str, name: str) -> None:
    assert name in ask(prompt, MODEL).text


@pytest.mark.parametrize("prompt", ["I'm looking for a phone", "I am tired", "My dog is ill"])
def test_other_sentences_about_oneself_are_no_introduction(prompt: str) -> None:
    assert "meet you" not in ask(prompt, MODEL).text
