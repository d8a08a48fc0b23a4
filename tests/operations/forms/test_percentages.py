"""Sums with percentages, rates and speeds."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.percentages import solve


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("What is 20% of 350?", "70"),
        ("25 % off 40", "30"),
        ("A tip of 15% on 48", "7.2"),
        ("The bill is 48 and the tip 25 percent. What is the total?", "60"),
        ("How much do I save with 20% off 85 euros?", "17"),
        ("85.00 euro with 20% off, two decimals", "68.00"),
        ("Increase 200 by 15%", "230"),
        ("Erhöhe 200 um 15 Prozent", "230"),
        ("50 € con 10 % de descuento", "45"),
        ("What percentage of 80 is 20?", "25"),
        ("120 km in 2 hours: how fast?", "60"),
        ("250 mg per tablet, 375 mg: number of tablets?", "1.5"),
        ("At 80 km/h for 3 hours, how far?", "240"),
    ],
)
def test_a_sum_in_words_has_its_result(text: str, result: str) -> None:
    assert solve(text) == result


@pytest.mark.parametrize(
    "text", ["I agree 100%", "10% of users and 20% of guests left", "The hotel is 20 km away", ""]
)
def test_other_texts_have_no_result(text: str) -> None:
    assert solve(text) is None
