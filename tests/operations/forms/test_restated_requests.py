"""Follow-ups that change one thing of the last request."""

from __future__ import annotations

import pytest

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
