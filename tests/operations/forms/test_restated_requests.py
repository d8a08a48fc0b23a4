"""Follow-ups that change one thing of the last request."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.restated_requests import change_number
from tests.asking import chat


def follow(asked: str, reply: str, prompt: str) -> str:
    said = [("user", asked), ("assistant", reply), ("user", prompt)]
    messages = [{"role": role, "content": text} for role, text in said]
    return str(chat(messages).message["content"])


@pytest.mark.parametrize(
    ("asked", "reply", "prompt", "part"),
    [
        ("What does the HTTP status code 409 mean?", "Conflict.", "and 404? one sentence", "404"),
        ("Write a haiku about debugging.", "a\nb\nc", "Another one, but about snow.", "snow"),
        (
            "List 2 benefits of tests.",
            "- Catches bugs\n- Documents code",
            "put that in a two column table: benefit and example",
            "| Documents code |",
        ),
        (
            "How do I get names?",
            "```sql\nSELECT name FROM staff;\n```",
            "Sort by salary, highest first, and only the first 10.",
            "ORDER BY salary DESC\nLIMIT 10;",
        ),
        (
            "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n\nWhy is it slow?",
            "It computes the same values again.",
            "ok show me a version with memoization",
            "@cache\ndef fib(n):",
        ),
    ],
)
def test_one_thing_of_the_last_request_changes(
    asked: str, reply: str, prompt: str, part: str
) -> None:
    assert part.lower() in follow(asked, reply, prompt).lower()


def test_a_new_request_is_not_the_last_one() -> None:
    assert "```" not in follow(
        "Write SQL", "```sql\nSELECT 1;\n```", "What is the capital of Italy?"
    )


FOLLOW_UPS = (
    "and 5?",
    "put that in a two column table: a and b",
    "now in Spanish please",
    "another one, but about cats",
    "sort by price",
    "make it Friday at 5pm",
    "show me a version with caching",
    "tell me more about tea",
)


@pytest.mark.parametrize("prompt", FOLLOW_UPS)
@pytest.mark.parametrize(
    "before",
    [
        [("user", "List teas")],
        [("assistant", "Hi!")],
        [("user", "def f(x):\n    return x\n\nWhy?")],
        [("user", "What is 2?"), ("assistant", "```sql\nSELECT 1\n```")],
    ],
)
def test_a_follow_up_to_an_odd_conversation_is_answered(
    before: list[tuple[str, str]], prompt: str
) -> None:
    """A user may write twice, and a conversation may begin with a reply."""
    messages = [{"role": role, "content": text} for role, text in [*before, ("user", prompt)]]
    assert chat(messages).status == 200


@pytest.mark.parametrize(
    ("asked", "reply", "prompt"),
    [
        ("Can you book a table for 2?", "Sure! For what time?", "7"),
        ("What does a ticket for 2 cost?", "20 euros.", "5 children"),
    ],
)
def test_an_answer_is_no_other_number(asked: str, reply: str, prompt: str) -> None:
    assert change_number(asked, reply, prompt) == ""
