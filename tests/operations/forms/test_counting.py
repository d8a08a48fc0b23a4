"""Counting, which tests of streams ask for."""

from __future__ import annotations

import json

import pytest

from tests.asking import Asker

QUESTION = "/v1beta/models/gemini-2.5-flash:generateContent"


def reply_to(text: str) -> str:
    body = {"contents": [{"role": "user", "parts": [{"text": text}]}]}
    answer = Asker().send("POST", QUESTION, json.dumps(body).encode(), {"x-goog-api-key": "k"})
    reply: str = answer.json["candidates"][0]["content"]["parts"][0]["text"]
    return reply


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Count from 1 to 5, one number per line, digits only.", "1\n2\n3\n4\n5"),
        ("count to 3", "1, 2, 3"),
        ("Please count from 7 down to 5, separated by spaces", "7 6 5"),
        ("Can you count up to 4? Each number on its own line.", "1\n2\n3\n4"),
    ],
)
def test_the_numbers_come_as_asked(text: str, reply: str) -> None:
    assert reply_to(text) == reply


@pytest.mark.parametrize(
    "text",
    [
        "Count from 1 to 5 in Spanish",
        "Count from 1 to 100000",
        "Count to 10 by twos",
        "Why do we count from 1 to 10?",
    ],
)
def test_other_questions_about_counting_get_other_replies(text: str) -> None:
    assert not reply_to(text).replace("\n", "").replace(", ", "").isdigit()
