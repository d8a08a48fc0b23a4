"""A dictionary of bounded size for results that can be computed again."""

from __future__ import annotations

import marshal
from collections.abc import Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Keep at most `count` values and about `weight` bytes, as callers state the weight of each.

    Cache only what depends on nothing but its key, so that forgetting it has no visible effect.
    There are two generations: when the young one has half of the space, it becomes the old one, and
    the cache forgets the old one.

    Args:
        count: The highest number of values.
        weight: The highest weight of all values.
        largest: The highest weight of one value; by default an eighth of all, so that a large value
            does not displace many small ones.
    """

    __slots__ = ("largest", "max_items", "max_weight", "old", "total_weight", "young")

    def __init__(self, count: int = 1024, weight: int = 16 * 2**20, largest: int = 0) -> None:
        self.largest = largest or weight // 8
        self.max_items = count // 2
        self.max_weight = weight // 2
        self.total_weight = 0
        self.young: dict[Key, Value] = {}
        self.old: dict[Key, Value] = {}

    def __len__(self) -> int:
        return len(self.young) + len(self.old)

    def get(self, key: Key) -> Value | None:
        value = self.young.get(key)
        return value if value is not None else self.old.get(key)

    def count(self: BoundedCache[Key, int], key: Key, by: int = 1) -> int:
        """Add to the count of a key, and return the count before that."""
        before = self.young.get(key) or self.old.get(key) or 0
        self.young[key] = before + by
        if len(self.young) >= self.max_items:
            self.start_generation()
        return before

    def put(self, key: Key, value: Value, weight: int = 0) -> None:
        """Keep a value, unless it alone takes too much of the space."""
        if weight > self.largest:
            return
        self.young[key] = value
        self.total_weight += weight
        if len(self.young) >= self.max_items or self.total_weight > self.max_weight:
            self.start_generation()

    def start_generation(self) -> None:
        """Make the young generation the old one."""
        self.old, self.young, self.total_weight = self.young, {}, 0

    def clear(self) -> None:
        self.old, self.young, self.total_weight = {}, {}, 0


MARSHAL_VERSION = 2
"""The version whose bytes depend on nothing but the value; later ones abbreviate equal objects."""


def make_value_key(value: Any) -> bytes:
    """Return bytes that are equal for equal JSON values with the same order, and only for these.

    They are empty for a value that contains something else than JSON does. 1, 1.0 and true differ.
    """
    try:
        return marshal.dumps(value, MARSHAL_VERSION)
    except ValueError:
        return b""
