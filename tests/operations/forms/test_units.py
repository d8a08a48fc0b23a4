"""Amounts in other units."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.units import convert_units, format_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 km in miles", "3.1069"),
        ("How many days are in a leap year?", "366"),
        ("how many minutes in 3 hours", "180"),
        ("100 fahrenheit to celsius", "37.7778"),
        ("convert -40 °C to °F", "-40"),
        ("2,500 grams in kilograms", "2.5"),
        ("How many seconds are in a day?", "86400"),
    ],
)
def test_an_amount_has_its_value_in_the_other_unit(text: str, value: str) -> None:
    found = convert_units(text)
    assert found is not None
    assert format_value(found[0]) == value


@pytest.mark.parametrize(
    "text", ["5 km in hours", "I ran 5 km in the park", "How many days until Easter?", "20 C to C"]
)
def test_other_texts_are_no_conversions(text: str) -> None:
    assert convert_units(text) is None
