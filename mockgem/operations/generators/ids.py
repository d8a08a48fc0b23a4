"""Derive ids: they differ between repeated requests, and repeat in a fresh world."""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from mockgem.core.call import OperationContext
from mockgem.core.store import Collection

Kind = TypeVar("Kind")

LOWER_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789"
GOOGLE_ID_LENGTH = 23


def derive_id_seed(seed: int, context: OperationContext) -> bytes:
    """Return the 16 bytes that a reply's ids are derived from.

    They depend on the request's key, the seed and the number of equal requests before.
    """
    return mix_id_seed(seed, context.key, context.repeat_count)


def mix_id_seed(seed: int, key: bytes, repeat_count: int) -> bytes:
    mixed = int.from_bytes(key, "big") ^ hash_seed(seed, repeat_count)
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
    digest = derive_id_seed(context.world.id_seed, context)
    while True:
        digest = hashlib.blake2b(digest, digest_size=64).digest()
        name = "".join([LOWER_ALPHANUMERIC[byte % 36] for byte in digest[:length]])
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


def make_google_id(seed: bytes, created: int) -> str:
    """Return an id of 23 characters: URL-safe base64 of a time and three random numbers.

    The time takes four bytes of seconds. Varints follow: microseconds, a host and a number. All
    recorded ids decode like this. The masks make three varints out of 13
    bytes of the seed: of three bytes (below a million), of five (4.14e9 to 4.16e9, as the
    recorded hosts) and of five.

    Evidence: openai-javatest-01-chat, openai-magentic-01-tool-stream,
    openai-vertexdoc-01-stream-fc-args.
    """
    numbers = (int.from_bytes(seed[:13], "big") & RANDOM_BITS | FIXED_BITS).to_bytes(13, "big")
    return (
        b2a_base64((created & 0xFFFF_FFFF).to_bytes(4, "little") + numbers)[:GOOGLE_ID_LENGTH]
        .translate(URL_SAFE)
        .decode()
    )


RANDOM_BITS = int.from_bytes(bytes.fromhex("7f7f1e 7f7f7f0700 7f7f7f7f0e"), "big")
FIXED_BITS = int.from_bytes(bytes.fromhex("808001 808080b80f 8080808001"), "big")
URL_SAFE = bytes.maketrans(b"+/", b"-_")


def encode_in_alphabet(seed: bytes, alphabet: str, length: int) -> str:
    number = int.from_bytes(hashlib.blake2b(seed, digest_size=32).digest(), "little")
    characters = []
    for _ in range(length):
        number, index = divmod(number, len(alphabet))
        characters.append(alphabet[index])
    return "".join(characters)


def compute_call_seed(seed: bytes, number: int) -> bytes:
    return hashlib.blake2b(seed, digest_size=16, salt=number.to_bytes(4, "little")).digest()
