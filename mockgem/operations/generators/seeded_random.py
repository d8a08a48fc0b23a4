"""Chance that repeats itself: the same seed and facts always throw the same numbers."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def digest(seed: int, *facts: str) -> bytes:
    """64 bytes of a hash of seed and facts. Facts are told apart by NULs, by their lengths where they hold NULs."""
    said = "\0".join(facts)
    if said.count("\0") != len(facts) - 1:
        said = f"{[len(fact) for fact in facts]}\0\0{said}"
    return hashlib.blake2b(f"{seed}\0{said}".encode("utf-8", "surrogatepass")).digest()


SIZE = 64


class Dice:
    """A stream of choices. Each throw uses two bytes of a hash, which is hashed again when it runs out."""

    __slots__ = ("at", "numbers")

    def __init__(self, seed: int, *facts: str) -> None:
        self.numbers = digest(seed, *facts)
        self.at = 0

    def sibling(self, name: str) -> Dice:
        """Other dice of the same seed and facts."""
        other = Dice.__new__(Dice)
        other.numbers = hashlib.blake2b(self.numbers, salt=name.encode()[:16]).digest()
        other.at = 0
        return other

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        if limit > 0x10000:
            return (self.below(0x10000) << 32 | self.below(0x10000) << 16 | self.below(0x10000)) % limit
        at = self.at
        if at == SIZE:
            self.numbers = hashlib.blake2b(self.numbers).digest()
            at = 0
        self.at = at + 2
        return (self.numbers[at] << 8 | self.numbers[at + 1]) % limit

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[self.below(len(things))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return low + self.below(high - low + 1)

    def chance(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self.below(0x10000) / 0x10000

    def random(self) -> random.Random:
        """A generator of the standard library's kind, for libraries that want one."""
        return random.Random(self.below(0x10000) << 32 | self.below(0x10000) << 16 | self.below(0x10000))
