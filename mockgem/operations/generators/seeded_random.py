"""Reproducible random numbers: the same seed and facts always give the same numbers."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def hash_facts(seed: int, *facts: str) -> bytes:
    """Return the 64-byte hash of a seed and facts.

    NULs separate the facts. If a fact contains NULs, the lengths of all facts are hashed, too.
    """
    text = "\0".join(facts)
    if any("\0" in fact for fact in facts):
        text = f"{[len(fact) for fact in facts]}\0\0{text}"
    data = f"{seed}\0{text}".encode("utf-8", "surrogatepass")
    if len(data) > LONG:
        data = hashlib.sha256(data).digest()
    return hashlib.blake2b(data).digest()


LONG = 32_768
"""Facts with more bytes are hashed with SHA-256, for which processors have instructions."""


def hash_data(data: bytes) -> str:
    """Return a hash of media as a fact."""
    return (hashlib.sha256 if len(data) > LONG else hashlib.blake2b)(data).hexdigest()


DIGEST_SIZE = 64


class SeededRandom:
    """A stream of random numbers.

    Each draw uses two bytes of a hash, which is hashed again when it is used up.
    """

    __slots__ = ("digest", "position")

    def __init__(self, seed: int, *facts: str) -> None:
        self.digest = hash_facts(seed, *facts)
        self.position = 0

    def fork(self, name: str) -> SeededRandom:
        """Return an independent stream of the same seed and facts."""
        other = SeededRandom.__new__(SeededRandom)
        other.digest = hashlib.blake2b(self.digest, salt=name.encode()[:16]).digest()
        other.position = 0
        return other

    def draw_below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit` - 1."""
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

    def draw_bytes(self, count: int) -> bytes:
        """Return as many random bytes, which equal single draws below 256."""
        drawn = b""
        while len(drawn) < count:
            if self.position == DIGEST_SIZE:
                self.digest = hashlib.blake2b(self.digest).digest()
                self.position = 0
            missing = 2 * (count - len(drawn))
            piece = self.digest[self.position : self.position + missing]
            self.position += len(piece)
            drawn += piece[1::2]
        return drawn

    def skip(self, draws: int) -> None:
        """Pass over some draws, as if their numbers had been used."""
        for _ in range(draws):
            self.draw_below(1)

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.draw_below(len(items))]

    def draw_between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.draw_below(high - low + 1)

    def draw_fraction(self) -> float:
        """Return a number from 0 to less than 1."""
        return self.draw_below(0x10000) / 0x10000

    def to_random(self) -> random.Random:
        """Return a random.Random, for libraries that need one."""
        return random.Random(
            self.draw_below(0x10000) << 32
            | self.draw_below(0x10000) << 16
            | self.draw_below(0x10000)
        )
