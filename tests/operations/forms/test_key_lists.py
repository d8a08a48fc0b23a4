"""Lists of keys whose notes have commas, brackets and lists of their own."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.key_lists import find_key_list

OBJECT, ROWS, TEXTS = "object", "rows", "texts"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Fields: title, servings (int), ingredients (list of objects: name, amount, unit),"
            " steps (list of strings), vegetarian (bool).",
            {
                "title": "string",
                "servings": "integer",
                "ingredients": ROWS,
                "steps": TEXTS,
                "vegetarian": "boolean",
            },
        ),
        (
            'JSON (keys: date in YYYY-MM-DD, items: list of {name, price}, paid with one of "cash",'
            ' "card").',
            {"date": "string", "items": ROWS, "paid": "string"},
        ),
        (
            "It should contain id (uuid), and data with order_id, customer {name, email}, rows"
            " [{sku, price}], and test (boolean).",
            {"id": "string", "data": OBJECT},
        ),
        (
            'an object with the key "products", an array of exactly 3 objects: name (string, max 60'
            " chars), tags (array of exactly 3 strings)",
            {"products": ROWS},
        ),
        (
            "keys PERSON, ORG, LOC, each one a list of strings (empty if none).",
            {"PERSON": TEXTS, "ORG": TEXTS, "LOC": TEXTS},
        ),
        ("For each, give name and a fun score from 1-10 (integer).", {"name": "string"}),
    ],
)
def test_a_key_keeps_what_its_note_says(text: str, kinds: dict[str, str]) -> None:
    fields, rest = find_key_list(text)
    found = {name: name_kind(schema) for name, schema in fields}
    assert {name: found[name] for name in kinds} == kinds
    assert rest != text


@pytest.mark.parametrize("text", ["Fields: name, age.", "with sugar (brown)", "", "keys: ((("])
def test_a_list_without_notes_is_left_to_others(text: str) -> None:
    assert find_key_list(text) == ((), text)


def name_kind(schema: dict[str, object]) -> object:
    items = schema.get("items")
    if isinstance(items, dict):
        return ROWS if "properties" in items else TEXTS
    return OBJECT if "properties" in schema else schema["type"]
