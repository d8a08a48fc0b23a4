"""Random numbers that repeat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.operations.generators.seeded_random import SeededRandom


@pytest.mark.law
@given(st.integers(0, 70), st.lists(st.integers(0, 200), max_size=4))
def test_bytes_equal_single_draws(skipped: int, counts: list[int]) -> None:
    together, single = SeededRandom(1, "fact"), SeededRandom(1, "fact")
    together.skip(skipped)
    single.skip(skipped)
    for count in counts:
        expected = bytes([single.draw_below(256) for _ in range(count)])
        assert together.draw_bytes(count) == expected
    assert together.draw_below(1000) == single.draw_below(1000)
