"""The times of an agenda."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mockgem.operations.forms.documents import PARTS, share_time


@pytest.mark.parametrize("minutes", [10, 15, 30, 45, 60, 90, 480])
@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_each_point_takes_time_and_the_last_ends_with_the_meeting(minutes: int, count: int) -> None:
    spans = share_time([size for _, size in PARTS[:count]], 540, minutes)
    assert spans[0][0] == 540
    assert spans[-1][1] == 540 + minutes
    assert all(first < last for first, last in spans)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
