"""Remembering what is pure: a bounded dictionary that forgets what was put in longest ago."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """At most `count` values and about `weight` bytes, by what the callers say their values weigh.

    Only results that depend on nothing but their key may be kept here, so that forgetting is never noticed. There are
    two generations: when the young one has half of the room, it becomes the old one, and the old one is forgotten.
    """

    __slots__ = ("max_items", "max_weight", "old", "total_weight", "young")

    def __init__(self, count: int = 1024, weight: int = 16 * 2**20) -> None:
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

    def count(self: BoundedCache[Key, int], key: Key) -> int:
        """How often a key was counted before; it is counted from now on."""
        before = self.young.get(key) or self.old.get(key) or 0
        self.young[key] = before + 1
        if len(self.young) >= self.max_items:
            self.old, self.young, self.total_weight = self.young, {}, 0
        return before

    def put(self, key: Key, value: Value, weight: int = 0) -> None:
        """Keep a value, unless it alone would fill a large part of the room."""
        if weight * 4 > self.max_weight:
            return
        self.young[key] = value
        self.total_weight += weight
        if len(self.young) >= self.max_items or self.total_weight > self.max_weight:
            self.old, self.young, self.total_weight = self.young, {}, 0
