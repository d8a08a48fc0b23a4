"""A value that the text lacks is null, or what the prompt wants instead."""

from __future__ import annotations

import json

import pytest

from tests.asking import Asker

TEXT = "Hi, I am Paul Weber, reach me at paul@weber.example"


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("Use null if a field is missing.", None),
        ('If something is not mentioned, write "N/A".', "N/A"),
        ("Leave unknown values as an empty string.", ""),
    ],
)
def test_a_rule_says_what_stands_for_a_missing_value(rule: str, value: object) -> None:
    prompt = f"Extract name, email and phone as JSON. {rule}\n\nText: {TEXT}"
    reply = json.loads(Asker().chat(prompt).message["content"])
    assert reply == {"name": "Paul Weber", "email": "paul@weber.example", "phone": value}


def test_without_a_rule_a_value_is_invented() -> None:
    prompt = f"Extract name, email and phone as JSON.\n\nText: {TEXT}"
    assert json.loads(Asker().chat(prompt).message["content"])["phone"]
