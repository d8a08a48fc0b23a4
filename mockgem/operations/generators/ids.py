"""The luck ids are made from: it differs from asking to asking, and repeats in a fresh world."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from mockgem.core.call import OperationContext
from mockgem.core.store import Collection

Kind = TypeVar("Kind")

ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def derive_id_seed(seed: int, occasion: OperationContext) -> bytes:
    """What ids are made from, 16 bytes: the request's key, with the seed and how often it was heard before mixed in."""
    mixed = int.from_bytes(occasion.key, "big") ^ hash_seed(seed, occasion.repeat_count)
    return mixed.to_bytes(ID_SEED_BYTES, "big")


ID_SEED_BYTES = 16


@lru_cache(maxsize=1024)
def hash_seed(seed: int, nth: int) -> int:
    return int.from_bytes(
        hashlib.blake2b(b"%d:%d" % (seed, nth), digest_size=ID_SEED_BYTES).digest(), "big"
    )


async def generate_name(
    occasion: OperationContext, length: int, claim: Callable[[str], Awaitable[bool]]
) -> str:
    """Return a new name of lower-case letters and digits.

    `claim` takes a name, and returns whether it was free: other processes may share the state.
    """
    luck = derive_id_seed(occasion.world.seed, occasion)
    while True:
        luck = hashlib.blake2b(luck, digest_size=64).digest()
        name = "".join([ID_CHARACTERS[byte % len(ID_CHARACTERS)] for byte in luck[:length]])
        if await claim(name):
            return name


async def insert_with_new_id(
    item: Kind, field: str, length: int, collection: Collection[Kind], occasion: OperationContext
) -> Kind:
    """Put an item into a collection under a new name, and return it with the name in that field."""

    def add_name(name: str) -> Kind:
        return replace(item, **{field: name})  # type: ignore[type-var]

    return add_name(
        await generate_name(occasion, length, lambda name: collection.insert(name, add_name(name)))
    )
