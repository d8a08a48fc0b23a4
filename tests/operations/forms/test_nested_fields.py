"""Objects in objects that a prompt describes."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.described_schema import describe_schema
from mockgem.operations.forms.nested_fields import find_arrows, to_plural, to_singular


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            "A company with departments. Each department has a name and employees, each employee"
            " has name and salary.",
            ["departments", "employees", "salary"],
        ),
        ("A customer with name and a list of orders, each with id and total.", ["orders", "total"]),
        ("A quiz: title and questions; every question has text and answer", ["questions", "text"]),
        ("user -> id, name; settings -> theme, language", ["settings", "theme"]),
        ("a shop with name and address (street, city, zip)", ["address", "city"]),
    ],
)
def test_described_objects_nest(text: str, path: list[str]) -> None:
    found = describe_schema(text)
    assert found is not None
    schema = found.schema
    for name in path:
        schema = schema["properties"][name]
        schema = schema.get("items", schema)


def test_the_number_of_things_is_kept() -> None:
    found = describe_schema("A team with 4 members. Each member has name and role.")
    assert found is not None
    assert found.schema["properties"]["members"]["minItems"] == 4


def test_arrows_need_lists() -> None:
    assert find_arrows("Press File -> Open. Then wait.") is None


@pytest.mark.parametrize(("one", "many"), [("city", "cities"), ("box", "boxes"), ("day", "days")])
def test_singular_and_plural(one: str, many: str) -> None:
    assert to_plural(one) == many
    assert to_singular(many) == one
