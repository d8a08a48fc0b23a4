"""Derive ids: they differ between repeated requests, and repeat in a fresh world."""

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


def derive_id_seed(seed: int, context: OperationContext) -> bytes:
    """Return the 16 bytes that a reply's ids are derived from.

    They depend on the request's key, the seed and the number of equal requests before.
    """
    mixed = int.from_bytes(context.key, "big") ^ hash_seed(seed, context.repeat_count)
    return mixed.to_bytes(ID_SEED_BYTES, "big")


ID_SEED_BYTES = 16


@lru_cache(maxsize=1024)
def hash_seed(seed: int, nth: int) -> int:
    return int.from_bytes(
        hashlib.blake2b(b"%d:%d" % (seed, nth), digest_size=ID_SEED_BYTES).digest(), "big"
    )


async def generate_name(
    context: OperationContext, length: int, claim: Callable[[str], Awaitable[bool]]
) -> str:
    """Generate a name of lower-case letters and digits.

    Args:
        claim: Reserves a name and returns whether it was free; other processes may share the state.
    """
    digest = derive_id_seed(context.world.seed, context)
    while True:
        digest = hashlib.blake2b(digest, digest_size=64).digest()
        name = "".join([ID_CHARACTERS[byte % len(ID_CHARACTERS)] for byte in digest[:length]])
        if await claim(name):
            return name


async def insert_with_new_id(
    item: Kind, field: str, length: int, collection: Collection[Kind], context: OperationContext
) -> Kind:
    """Insert an item into a collection under a new name, which `field` of the item holds."""

    def add_name(name: str) -> Kind:
        return replace(item, **{field: name})  # type: ignore[type-var]

    return add_name(
        await generate_name(context, length, lambda name: collection.insert(name, add_name(name)))
    )
