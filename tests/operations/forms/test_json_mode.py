"""JSON mode without a schema: the keys, the data and the things that the prompt names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import chat


def ask(prompt: str) -> Any:
    reply = chat(prompt, response_format={"type": "json_object"})
    return json.loads(reply.message["content"])


@pytest.mark.parametrize(
    ("prompt", "keys"),
    [
        (
            "Who won in 2020? Use the keys winner, year and location.",
            ["winner", "year", "location"],
        ),
        ("What is the weather like in Boston?", ["city", "temperature", "condition"]),
        ("Write a recipe for pancakes.", ["title", "ingredients", "steps"]),
        ("Give me five facts about otters.", ["facts"]),
        ("Translate 'hello'. Keys: french, italian.", ["french", "italian"]),
    ],
)
def test_keys_come_from_the_prompt(prompt: str, keys: list[str]) -> None:
    assert list(ask(prompt)) == keys


def test_things_have_their_properties() -> None:
    rows = ask("List three colors with their hex codes.")
    assert [list(row) for row in rows] == [["name", "hex_code"]] * 3
    assert len({row["name"] for row in rows}) == 3


def test_a_known_country_has_its_capital() -> None:
    rows = ask("List 3 European countries with their capitals and populations.")
    assert rows[0]["name"] == "France"
    assert rows[0]["capital"] == "Paris"


def test_given_data_is_converted() -> None:
    assert ask("Convert to JSON:\n\nname: Ann\nage: 30") == {"name": "Ann", "age": 30}
