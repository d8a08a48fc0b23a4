"""What is remembered is bounded."""

from __future__ import annotations

from mockgem.core.cache import BoundedCache


def test_it_keeps_at_most_so_many_and_forgets_the_oldest() -> None:
    memo: BoundedCache[int, int] = BoundedCache(count=10)
    for number in range(1, 101):
        memo.put(number, number)
    assert len(memo) <= 10
    assert memo.get(100) == 100
    assert memo.get(1) is None


def test_it_keeps_at_most_so_much() -> None:
    memo: BoundedCache[int, bytes] = BoundedCache(count=1000, weight=1000)
    for number in range(100):
        memo.put(number, b"x" * 100, 100)
    assert len(memo) * 100 <= 1100


def test_a_value_that_would_push_out_all_others_is_not_kept() -> None:
    memo: BoundedCache[str, bytes] = BoundedCache(weight=1000)
    memo.put("small", b"x", 1)
    memo.put("large", b"x" * 900, 900)
    assert memo.get("small") == b"x"
    assert memo.get("large") is None
