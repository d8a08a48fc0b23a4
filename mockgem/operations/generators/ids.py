"""The luck ids are made from: it differs from asking to asking, and repeats in a fresh world."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from mockgem.core.call import Occasion
from mockgem.core.store import Collection

Kind = TypeVar("Kind")

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def luck_of(seed: int, occasion: Occasion) -> bytes:
    """What ids are made from, 16 bytes: the request's key, with the seed and how often it was heard before mixed in."""
    mixed = int.from_bytes(occasion.key, "big") ^ pad(seed, occasion.nth)
    return mixed.to_bytes(LUCK_BYTES, "big")


LUCK_BYTES = 16


@lru_cache(maxsize=1024)
def pad(seed: int, nth: int) -> int:
    return int.from_bytes(hashlib.blake2b(b"%d:%d" % (seed, nth), digest_size=LUCK_BYTES).digest(), "big")


def fresh_name(occasion: Occasion, length: int, claim: Callable[[str], bool]) -> str:
    """A name of small letters and digits. `claim` takes it, and says whether nobody had it: others may share the state."""
    luck = luck_of(occasion.world.seed, occasion)
    while True:
        luck = hashlib.blake2b(luck, digest_size=64).digest()
        name = "".join([LETTERS[byte % len(LETTERS)] for byte in luck[:length]])
        if claim(name):
            return name


def kept_anew(item: Kind, field: str, length: int, collection: Collection[Kind], occasion: Occasion) -> Kind:
    """An item put into a collection under a name nobody has, which it holds in that field."""

    def named(name: str) -> Kind:
        return replace(item, **{field: name})  # type: ignore[type-var]

    return named(fresh_name(occasion, length, lambda name: collection.insert(name, named(name))))
