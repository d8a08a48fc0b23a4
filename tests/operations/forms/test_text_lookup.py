"""Values of fields that stand in a text."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.field_filling import fill_from_line
from mockgem.operations.forms.text_lookup import find_in_text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("host", "level=error host=db-prod-2 msg=full", "db-prod-2"),
        ("sender", "WAYBILL / from: Olsen Fish AS / to: Petrov Trade", "Olsen Fish AS"),
        ("recipient", "WAYBILL / from: Olsen Fish AS / to: Petrov Trade", "Petrov Trade"),
        ("ip", "web1 has the address 10.0.0.4 and is up", "10.0.0.4"),
        ("email", "Write to jana@novak.example soon", "jana@novak.example"),
        ("origin", "A barge goes from Rotterdam to Basel", "Rotterdam"),
        ("party_b", "between Brightway Ltd and Orchid Foods Inc", "Orchid Foods Inc"),
        ("address", "See you at Lindenweg 4, second floor", "Lindenweg 4"),
    ],
)
def test_a_field_has_its_value_in_the_text(name: str, text: str, value: str) -> None:
    assert find_in_text(name, text) == value


def test_a_line_fills_a_row() -> None:
    fields = {
        "ingredient": {"type": "string"},
        "amount": {"type": "number"},
        "unit": {"type": "string"},
    }
    row = fill_from_line({"ingredient": "", "amount": 0, "unit": ""}, fields, "200 g flour")
    assert row == {"ingredient": "flour", "amount": 200, "unit": "g"}
