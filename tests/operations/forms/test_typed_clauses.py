"""Clauses that state the types of fields are read, also those of inner objects."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.operations.forms.typed_clauses import find_typed_clauses


def list_types(text: str) -> dict[str, Any]:
    return {name: schema.get("type") for name, schema in find_typed_clauses(text)}


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (
            '"title" is a string, "options" an array of four strings and "index" an integer.',
            {"title": "string", "options": "array", "index": "integer"},
        ),
        (
            'priority is one of "low", "high"; component is a string; hours is an integer.',
            {"priority": "string", "component": "string", "hours": "integer"},
        ),
        (
            "I need name, servings (integer), ingredients (a list of objects with item and unit)"
            " and steps (a list of strings).",
            {"name": "string", "servings": "integer", "ingredients": "array", "steps": "array"},
        ),
        ("with the keys name and age", {}),
        ('Is "red" a string?', {}),
    ],
)
def test_the_types_of_fields_are_read(text: str, types: dict[str, Any]) -> None:
    assert list_types(text) == types


def test_objects_and_lists_have_their_own_fields() -> None:
    text = (
        'a "customer" object with "name" and "city", and an "items" array whose entries have'
        ' "sku" and "quantity".'
    )
    fields = dict(find_typed_clauses(text))
    assert list(fields["customer"]["properties"]) == ["name", "city"]
    assert list(fields["items"]["items"]["properties"]) == ["sku", "quantity"]
