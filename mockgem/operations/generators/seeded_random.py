"""Chance that repeats itself: the same seed and facts always throw the same numbers."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def hash_facts(seed: int, *facts: str) -> bytes:
    """64 bytes of a hash of seed and facts. Facts are told apart by NULs, by their lengths where they hold NULs."""
    said = "\0".join(facts)
    if said.count("\0") != len(facts) - 1:
        said = f"{[len(fact) for fact in facts]}\0\0{said}"
    return hashlib.blake2b(f"{seed}\0{said}".encode("utf-8", "surrogatepass")).digest()


DIGEST_SIZE = 64


class SeededRandom:
    """A stream of choices. Each throw uses two bytes of a hash, which is hashed again when it runs out."""

    __slots__ = ("digest", "position")

    def __init__(self, seed: int, *facts: str) -> None:
        self.digest = hash_facts(seed, *facts)
        self.position = 0

    def fork(self, name: str) -> SeededRandom:
        """Other dice of the same seed and facts."""
        other = SeededRandom.__new__(SeededRandom)
        other.digest = hashlib.blake2b(self.digest, salt=name.encode()[:16]).digest()
        other.position = 0
        return other

    def draw_below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        if limit > 0x10000:
            return (
                self.draw_below(0x10000) << 32
                | self.draw_below(0x10000) << 16
                | self.draw_below(0x10000)
            ) % limit
        at = self.position
        if at == DIGEST_SIZE:
            self.digest = hashlib.blake2b(self.digest).digest()
            at = 0
        self.position = at + 2
        return (self.digest[at] << 8 | self.digest[at + 1]) % limit

    def skip(self, draws: int) -> None:
        """Pass over some draws, as if their numbers had been used."""
        for _ in range(draws):
            self.draw_below(1)

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[self.draw_below(len(things))]

    def draw_between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return low + self.draw_below(high - low + 1)

    def draw_fraction(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self.draw_below(0x10000) / 0x10000

    def to_random(self) -> random.Random:
        """A generator of the standard library's kind, for libraries that want one."""
        return random.Random(
            self.draw_below(0x10000) << 32
            | self.draw_below(0x10000) << 16
            | self.draw_below(0x10000)
        )
