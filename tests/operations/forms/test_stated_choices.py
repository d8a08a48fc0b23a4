"""Choices that stand beside the list of fields belong to their fields."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.stated_choices import (
    add_only_choices,
    add_stated_choices,
    find_stated_choices,
)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("category is one of: account, payment or other.", ["account", "payment", "other"]),
        ("The category must be low, medium or high.", ["low", "medium", "high"]),
        ('Allowed categorys: "a", "b".', ["a", "b"]),
        ('Valid "category" values: "Final Answer" or Search.', ["Final Answer", "Search"]),
        ("a binary category 'yes' or 'no'", ["yes", "no"]),
        ("Classify each line as category A. The category of a thing is its kind.", []),
    ],
)
def test_choices_are_read(text: str, choices: list[str]) -> None:
    assert find_stated_choices("category", text) == choices


def test_other_fields_are_no_choices() -> None:
    schema = build_object([(name, describe_by_name(name)) for name in ("kind", "summary")])
    found = add_stated_choices(schema, "kind is one of red, blue, green and summary is short.")
    assert found["properties"]["kind"] == {"type": "string", "enum": ["red", "blue", "green"]}
    assert found["properties"]["summary"] == {"type": "string"}


def test_a_single_field_has_the_choices_of_the_prompt() -> None:
    schema = build_object([("topic", {"type": "string"})])
    found = add_only_choices(schema, "Return JSON with one of: sports, politics.")
    assert found["properties"]["topic"]["enum"] == ["sports", "politics"]
