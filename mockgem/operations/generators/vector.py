"""Vectors from words: texts that share words, or parts of words, lie near each other.

A text is broken into features: the stems of its words, the three-letter pieces of these, and pairs of neighbouring words.
A feature is hashed to a few places of the vector, with a sign for each, and adds its weight there. The places are spread
over blocks of growing size, so that the beginning of a vector tells as much, more coarsely, as the whole. What is added
up are whole numbers: the same text has the same vector on every machine and in every version.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from base64 import b64encode
from functools import lru_cache
from itertools import pairwise
from math import isqrt, sqrt

from mockgem.core.frozen import frozen

BLOCK_ENDS = (128, 256, 512, 768, 1024, 1536, 2048, 3072, 6144)
"""Where the blocks end; the sizes that the models offer are among them."""
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
WORD_WEIGHT, COMMON_WEIGHT, PAIR_WEIGHT, TRIGRAM_WEIGHT = 96, 8, 28, 72
MAX_CHARACTERS = 20_000
"""Characters that are looked at; the real models cut at about as many."""
COMMON_WORDS = frozenset(
    """a about am an and are as at be been but by can could did do does for from had has have he her his how i if in into
    is it its me my of on or our she should so that the their them then there they this those to us was we were what when
    where which who why will with would you your""".split()
)
ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ness",
    "ment",
    "ed",
    "er",
    "es",
    "ly",
    "s",
)


@frozen
class Vector:
    """Whole numbers, and what each is multiplied by."""

    counts: tuple[int, ...]
    scale: float

    def to_list(self) -> list[float]:
        """The vector's numbers with eight digits, more than a float32 keeps apart."""
        spelled = {count: float(f"{count * self.scale:.8g}") for count in set(self.counts)}
        return [spelled[count] for count in self.counts]

    def to_json(self) -> bytes:
        """The numbers as a JSON array."""
        spelled = {count: f"{count * self.scale:.8g}" for count in set(self.counts)}
        return ("[" + ",".join([spelled[count] for count in self.counts]) + "]").encode()

    def to_base64(self) -> str:
        """The numbers as little-endian float32 in base64, as OpenAI's clients ask for them."""
        packed = {count: array("f", [count * self.scale]).tobytes() for count in set(self.counts)}
        return b64encode(b"".join([packed[count] for count in self.counts])).decode()


def embed_text(text: str, space: str, size: int, length: int = 0, *, unit: bool = True) -> Vector:
    """A text's vector of `size` numbers, cut to the first `length`. `space` tells models apart.

    The whole vector has the length one. A part of it keeps its numbers, or has the length one too if `unit` says so.
    """
    counts = list(baseline_for(space, size))
    for feature, weight in extract_features(text[:MAX_CHARACTERS]).items():
        for place, sign in hash_feature(space, feature, size):
            counts[place] += sign * weight
    whole = sum([count * count for count in counts])
    if length and length < size:
        counts = counts[:length]
        whole = sum([count * count for count in counts]) if unit else whole
    return Vector(tuple(counts), 1 / sqrt(whole))


def extract_features(text: str) -> dict[str, int]:
    """The features of a text with their weights, each by the root of how often it stands there."""
    words = [
        strip_endings(word)
        for run in WORD.findall(text.casefold().replace("\u2019", "'"))
        for word in split_run(run)
    ]
    telling = [word for word in words if word not in COMMON_WORDS]
    found: dict[str, int] = {}
    for word in words or [text.strip() or " "]:
        common = word in COMMON_WORDS and bool(telling)
        found[word] = found.get(word, 0) + (COMMON_WEIGHT if common else WORD_WEIGHT)
    for word in telling:
        pieces = split_trigrams(word)
        for piece in pieces:
            found[piece] = found.get(piece, 0) + TRIGRAM_WEIGHT // isqrt(8 * len(pieces))
    for one, other in pairwise(telling):
        pair = f"{one} {other}"
        found[pair] = found.get(pair, 0) + PAIR_WEIGHT
    return {feature: limit_weight(feature, weight) for feature, weight in found.items()}


def split_run(run: str) -> list[str]:
    """A run of letters is a word; in scripts that put no spaces between words, each two neighbouring letters are one."""
    if len(run) < 3 or run < FIRST_WITHOUT_SPACES:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]


FIRST_WITHOUT_SPACES = "\u2e80"
"""From here on stand Chinese, Japanese and Korean letters."""


def limit_weight(feature: str, weight: int) -> int:
    """A feature that comes again and again counts by the root of its number."""
    usual = PAIR_WEIGHT if " " in feature else WORD_WEIGHT
    return weight if weight <= usual else isqrt(weight * usual)


def split_trigrams(word: str) -> list[str]:
    """Three letters at a time, with marks for where the word begins and ends; nothing of short words."""
    marked = f"^{word}$"
    return [marked[at : at + 3] for at in range(len(marked) - 2)] if len(word) > 3 else []


def strip_endings(word: str) -> str:
    """A word without its most common English endings, so that "ships", "shipped" and "ship's" are one."""
    word = word.removesuffix("'s").removesuffix("'")
    for _ in range(2):
        ending = next(
            (one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), ""
        )
        word = word.removesuffix(ending) if ending else word
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "yie" else word


@lru_cache(maxsize=16_384)
def hash_feature(space: str, feature: str, size: int) -> tuple[tuple[int, int], ...]:
    """Where a feature adds its weight, and with which sign: twice in each block."""
    named = space.encode()
    digest = hashlib.blake2b(
        feature.encode("utf-8", "surrogatepass"), person=named[:16], salt=named[16:32]
    ).digest()
    found, start, at = [], 0, 0
    for end in BLOCK_ENDS:
        end = min(end, size)
        for _ in range(2):
            number = int.from_bytes(digest[at : at + 3], "little")
            found.append((start + (number >> 1) % (end - start), 1 if number & 1 else -1))
            at += 3
        if end == size:
            return tuple(found)
        start = end
    return tuple(found)


@lru_cache(maxsize=32)
def baseline_for(space: str, size: int) -> tuple[int, ...]:
    """Small numbers for the places no feature falls on, the same for all texts, so that no vector is full of noughts."""
    return tuple(
        [
            byte % 4 + 1 if byte & 4 else -1 - byte % 4
            for byte in hashlib.shake_256(space.encode()).digest(size)
        ]
    )
