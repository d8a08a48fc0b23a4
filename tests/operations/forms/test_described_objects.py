"""Objects that prompts describe in words have their structure, and values of the right kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.operations.forms.described_schema import describe_named
from mockgem.operations.forms.nested_fields import find_object_lists
from mockgem.operations.forms.review_points import sort_points
from tests.asking import chat


def ask(prompt: str, system: str = "", **more: Any) -> Any:
    start = [{"role": "system", "content": system}] if system else []
    reply = chat([*start, {"role": "user", "content": prompt}], **more)
    return json.loads(reply.message["content"])


def test_a_field_holds_a_list_of_objects() -> None:
    text = 'JSON with a "title" and "parts", an array of 4 objects each with "a" and "b"'
    found = find_object_lists(text)
    assert found is not None
    assert list(found["properties"]) == ["title", "parts"]
    parts = found["properties"]["parts"]
    assert (parts["minItems"], list(parts["items"]["properties"])) == (4, ["a", "b"])


@pytest.mark.parametrize(
    "text",
    ["Return a JSON array of objects with name and age.", "Return JSON with name and age."],
)
def test_the_reply_itself_is_no_field(text: str) -> None:
    assert find_object_lists(text) is None


def test_lists_of_all_fields_do_not_make_a_list_of_objects() -> None:
    found = describe_named('the keys "persons" and "dates", each a list of strings')
    assert found is not None
    assert not found.is_list


def test_json_mode_gets_the_same_value() -> None:
    prompt = "Return JSON with the keys name and city: Maria Lopez lives in Madrid."
    assert ask(prompt, response_format={"type": "json_object"}) == ask(prompt)


def test_numbers_of_the_prompt_are_no_values() -> None:
    rows = ask("Generate a JSON array of 3 users with name and age.")
    assert len(rows) == 3
    assert {row["age"] for row in rows} != {3}


def test_points_of_a_review_are_sorted() -> None:
    value = sort_points({"pros": [], "cons": []}, "Great sound, but the app is slow.")
    assert value == {"pros": ["Great sound"], "cons": ["the app is slow"]}


def test_a_field_for_a_language_has_its_code() -> None:
    system = 'Reply with JSON: {"topic": "...", "language": "two letter code"}'
    assert ask("Bonjour, où est ma commande ?", system)["language"] == "fr"
