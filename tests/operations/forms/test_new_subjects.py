"""Questions about a new subject in a conversation, and messages about the last reply."""

from __future__ import annotations

import pytest

from mockgem.core.content import Text, Turn
from mockgem.operations.forms import new_subjects
from mockgem.operations.forms.new_subjects import starts_new_subject
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.seeded_random import SeededRandom


def ask_after(user: str, model: str, prompt: str) -> Question:
    said = (("user", user), ("model", model), ("user", prompt))
    turns = [Turn(role, (Text(text),)) for role, text in said]
    return Question(prompt, SeededRandom(1), "", turns)


@pytest.mark.parametrize(
    "prompt",
    [
        "Why do cats purr?",
        "Explain how DNS works.",
        "Is it true that bats are blind?",
        "How long does it take to learn the guitar?",
        "Can swift birds sleep while they fly?",
    ],
)
def test_a_question_about_something_else_starts_a_new_subject(prompt: str) -> None:
    assert starts_new_subject(ask_after("Write a haiku about rain", "Rain falls.", prompt))


@pytest.mark.parametrize(
    "prompt",
    [
        "Why is it so short?",
        "And in winter?",
        "Which one is best?",
        "Explain the second line",
        "What about snow?",
        "How does rain form?",
        "shorter please",
    ],
)
def test_a_question_about_what_was_said_starts_none(prompt: str) -> None:
    assert not starts_new_subject(ask_after("Write a haiku about rain", "Rain falls.", prompt))


def test_a_question_about_given_code_starts_no_new_subject() -> None:
    code = "```python\nfor i in range(3):\n    print(i)\n```"
    assert not starts_new_subject(ask_after("Write code", code, "Explain how the loop works"))


def test_the_first_message_starts_no_new_subject() -> None:
    assert not starts_new_subject(Question("Why do cats purr?", SeededRandom(1)))


def test_a_long_prompt_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prompt of 200 kB took ten times as long as without this look."""
    monkeypatch.setattr(new_subjects, "IMPERSONAL", None)
    turns = (Turn("user", (Text("Hi"),)), Turn("model", (Text("Hello!"),)), Turn("user", ()))
    for earlier in ((), turns):
        question = Question("Why is the sea blue? " * 10_000, SeededRandom(1), "", earlier)
        assert not new_subjects.starts_new_subject(question)
