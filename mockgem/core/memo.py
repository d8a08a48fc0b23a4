"""Remembering what is pure: a bounded dictionary that forgets its oldest entries."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(Generic[Key, Value]):
    """At most `count` values and about `weight` bytes, by what the callers say their values weigh.

    Only results that depend on nothing but their key may be kept here, so that forgetting is never noticed.
    """

    def __init__(self, count: int = 1024, weight: int = 16 * 2**20) -> None:
        self.count = count
        self.weight = weight
        self.held = 0
        self.entries: dict[Key, tuple[Value, int]] = {}

    def get(self, key: Key) -> Value | None:
        entry = self.entries.get(key)
        return entry[0] if entry is not None else None

    def put(self, key: Key, value: Value, weight: int = 0) -> Value:
        """Keep a value, unless it alone would fill a large part of the room; gives it back either way."""
        if weight * 8 <= self.weight:
            self.held += weight - (self.entries[key][1] if key in self.entries else 0)
            self.entries[key] = (value, weight)
            while len(self.entries) > self.count or self.held > self.weight:
                self.held -= self.entries.pop(next(iter(self.entries)))[1]
        return value
