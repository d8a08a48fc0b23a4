"""The page about scaling computes what it says, and names metrics that exist."""

from __future__ import annotations

import re

import pytest

from benchmarks.pages import SCALING, read_section
from benchmarks.sizes import count_cores, format_cores, render_table
from mockgem.telemetry.metrics import Metrics


def test_the_table_of_sizes_follows_from_the_measured_tables() -> None:
    assert read_section("sizes", SCALING) == render_table(), "run: python -m benchmarks.sizes"


@pytest.mark.parametrize(
    ("rate", "microseconds", "shown"),
    [(1_000, 30, "0.1"), (10_000, 106, "1.8"), (100_000, 413, "69"), (100_000, 11_000, "1,834")],
)
def test_cores_are_rounded_up(rate: int, microseconds: float, shown: str) -> None:
    assert format_cores(count_cores(rate, microseconds)) == shown


def test_its_metrics_exist() -> None:
    text = Metrics("1").render()[1].decode()
    exist = set(re.findall(r"# TYPE (mockgem_\w+)", text))
    named = set(re.findall(r"`(mockgem_\w+)`", SCALING.read_text("utf-8")))
    assert named
    assert named <= exist


def test_every_measured_table_is_there() -> None:
    for name in ("cores", "shares", "valkey", "footprint"):
        rows = read_section(name, SCALING).splitlines()
        assert re.match(r"20\d\d-\d\d-\d\d", rows[0]), name
        assert len(rows) > 5, name
