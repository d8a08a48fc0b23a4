"""The days of holidays in a year."""

from __future__ import annotations

from datetime import date

import pytest

from mockgem.operations.forms.holiday_dates import find_easter, find_holiday


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter_is_on_its_sunday(day: date) -> None:
    assert find_easter(day.year) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("thanksgiving", date(2025, 11, 27)),
        ("thanksgiving", date(2026, 11, 26)),
        ("good friday", date(2026, 4, 3)),
        ("christmas", date(2027, 12, 25)),
    ],
)
def test_a_holiday_is_on_its_day(name: str, day: date) -> None:
    assert find_holiday(name, day.year) == day
