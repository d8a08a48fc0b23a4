"""The luck ids are made from: it differs from asking to asking, and repeats in a fresh world."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from mockgem.core.call import OperationContext
from mockgem.core.store import Collection

Kind = TypeVar("Kind")

ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def derive_id_seed(seed: int, context: OperationContext) -> bytes:
    """What ids are made from, 16 bytes: the request's key, with the seed and how often it was heard before mixed in."""
    mixed = int.from_bytes(context.key, "big") ^ hash_seed(seed, context.repeat_count)
    return mixed.to_bytes(ID_SEED_BYTES, "big")


ID_SEED_BYTES = 16


@lru_cache(maxsize=1024)
def hash_seed(seed: int, nth: int) -> int:
    return int.from_bytes(
        hashlib.blake2b(b"%d:%d" % (seed, nth), digest_size=ID_SEED_BYTES).digest(), "big"
    )


def generate_name(context: OperationContext, length: int, claim: Callable[[str], bool]) -> str:
    """A name of small letters and digits. `claim` takes it, and says whether nobody had it: others may share the state."""
    digest = derive_id_seed(context.world.seed, context)
    while True:
        digest = hashlib.blake2b(digest, digest_size=64).digest()
        name = "".join([ID_CHARACTERS[byte % len(ID_CHARACTERS)] for byte in digest[:length]])
        if claim(name):
            return name


def insert_with_new_id(
    item: Kind, field: str, length: int, collection: Collection[Kind], context: OperationContext
) -> Kind:
    """An item put into a collection under a name nobody has, which it holds in that field."""

    def add_name(name: str) -> Kind:
        return replace(item, **{field: name})  # type: ignore[type-var]

    return add_name(
        generate_name(context, length, lambda name: collection.insert(name, add_name(name)))
    )
