"""What is remembered is bounded."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.cache import BoundedCache, make_value_key


def test_a_cache_forgets_the_oldest_values_above_its_count() -> None:
    cache: BoundedCache[int, int] = BoundedCache(count=10)
    for number in range(1, 101):
        cache.put(number, number)
    assert len(cache) <= 10
    assert cache.get(100) == 100
    assert cache.get(1) is None


def test_a_cache_is_bounded_in_weight() -> None:
    cache: BoundedCache[int, bytes] = BoundedCache(count=1000, weight=1000)
    for number in range(100):
        cache.put(number, b"x" * 100, 100)
    assert len(cache) * 100 <= 1100


def test_one_value_may_be_as_large_as_allowed() -> None:
    cache: BoundedCache[str, bytes] = BoundedCache(weight=1000, largest=1000)
    cache.put("large", b"x" * 900, 900)
    assert cache.get("large") is not None
    cache.put("larger", b"x" * 1001, 1001)
    assert cache.get("larger") is None


def test_a_value_that_would_displace_all_others_is_not_kept() -> None:
    cache: BoundedCache[str, bytes] = BoundedCache(weight=1000)
    cache.put("small", b"x", 1)
    cache.put("large", b"x" * 900, 900)
    assert cache.get("small") == b"x"
    assert cache.get("large") is None


def test_equal_json_values_have_the_same_key() -> None:
    text = "".join(["na", "me"])  # not the same object as a literal
    first = {"properties": {"name": {"minimum": 1}}, "required": ["name", "name"]}
    second = {"properties": {text: {"minimum": 1}}, "required": [text, "".join(["na", "me"])]}
    assert make_value_key(first) == make_value_key(second) != b""


@pytest.mark.parametrize("other", [{"a": 1.0}, {"a": True}, {"a": "1"}, {"a": [1]}, {}])
def test_values_that_differ_in_type_have_other_keys(other: Any) -> None:
    assert make_value_key({"a": 1}) != make_value_key(other)


def test_the_order_of_fields_counts() -> None:
    assert make_value_key({"a": 1, "b": 2}) != make_value_key({"b": 2, "a": 1})


def test_values_that_json_does_not_have_and_deep_ones_have_no_key() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert make_value_key({"a": object()}) == make_value_key(deep) == b""
