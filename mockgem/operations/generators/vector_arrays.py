"""Embed texts with numpy, where it is installed: the same vectors in a fraction of the time.

All sums are whole numbers below 2**53, which floats hold exactly, so not a bit of a vector differs
from `vector.py`. The places of a word with its trigrams are kept as arrays; a text adds those of
its words.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.generators.vector import (
    COMMON_WEIGHT,
    COMMON_WORDS,
    MAX_CHARACTERS,
    MAX_CODES,
    PAIR_WEIGHT,
    WORD_WEIGHT,
    CodedVector,
    baseline_for,
    hash_feature,
    split_trigrams,
    split_words,
    weigh_features,
)

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
Located: TypeAlias = tuple[Places, Numbers]
"""The places of features, and what they add there."""
MAX_LOCATED = 4096
"""Words whose places are kept, about 2 KB each."""


class ArrayVector:
    """A vector of whole numbers with a factor, as an array."""

    __slots__ = ("array", "scale")

    def __init__(self, array: Numbers, scale: float) -> None:
        self.array = array
        self.scale = scale

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(map(int, self.array))

    def to_list(self) -> list[float]:
        return self.encode().to_list()

    def to_json(self) -> bytes:
        return self.encode().to_json()

    def to_double_json(self) -> bytes:
        return self.encode().to_double_json()

    def to_base64(self) -> str:
        singles = (self.array * self.scale).astype("<f4")
        return encode_base64(singles.tobytes())

    def encode(self) -> CodedVector:
        """Return the vector with a code for each different number, of which it has few."""
        numbers = self.array.astype(np.intp)
        lowest = int(numbers.min())
        numbers -= lowest
        values = np.flatnonzero(np.bincount(numbers))
        index = np.empty(int(values[-1]) + 1, np.intp)
        index[values] = np.arange(len(values))
        codes = index[numbers]
        named = tuple((values + lowest).tolist())
        few = len(named) <= MAX_CODES
        return CodedVector(
            codes.astype(np.uint8).tobytes() if few else codes.tolist(), named, self.scale
        )


def embed_text(
    text: str, space: str, size: int, length: int = 0, *, unit: bool = True
) -> ArrayVector:
    """Return the vector of a text, as `vector.embed_text` does."""
    counts = count_features(text[:MAX_CHARACTERS], space, size)
    kept = counts[:length] if 0 < length < size else counts
    measured = kept if unit else counts
    return ArrayVector(kept, 1 / sqrt(float(measured @ measured)))


def count_features(text: str, space: str, size: int) -> Numbers:
    """Return the whole numbers of a text."""
    words = split_words(text)
    telling = [word for word in words if word not in COMMON_WORDS]
    if are_all_light(words, telling):
        located = [locate_word(space, word, size) for word in telling]
        located += [
            locate_feature(space, word, size, COMMON_WEIGHT)
            for word in words
            if word in COMMON_WORDS
        ]
        located += [
            locate_feature(space, f"{word} {next_word}", size, PAIR_WEIGHT)
            for word, next_word in pairwise(telling)
        ]
    else:
        weights = weigh_features(words, text)
        located = [
            locate_feature(space, feature, size, weight) for feature, weight in weights.items()
        ]
    places = np.concatenate([one for one, _ in located])
    added = np.concatenate([numbers for _, numbers in located])
    counts: Numbers = get_baseline(space, size) + np.bincount(places, added, size)
    return counts


def are_all_light(words: list[str], telling: list[str]) -> bool:
    """Return whether no feature of a text is so frequent that its weight is limited.

    Then each word adds the same, whatever the other words are.
    """
    if not telling or len(set(telling)) < len(telling) or len(words) - len(telling) > MOST_COMMON:
        return False
    peaks = [find_peak(word) for word in telling]
    if sum([peak for peak, _ in peaks]) > WORD_WEIGHT:
        return False
    pieces = frozenset().union(*[one for _, one in peaks])
    return pieces.isdisjoint(words)


MOST_COMMON = WORD_WEIGHT // COMMON_WEIGHT


@lru_cache(maxsize=16_384)
def find_peak(word: str) -> tuple[int, frozenset[str]]:
    """Return the most that one trigram of a word weighs, and all its trigrams."""
    pieces, share = split_trigrams(word)
    return share * max([pieces.count(piece) for piece in pieces], default=0), frozenset(pieces)


@lru_cache(maxsize=MAX_LOCATED)
def locate_word(space: str, word: str, size: int) -> Located:
    """Return the places of a telling word and of its trigrams."""
    pieces, share = split_trigrams(word)
    located = [
        locate_feature(space, word, size, WORD_WEIGHT),
        *[locate_feature(space, piece, size, share) for piece in pieces],
    ]
    return (
        np.concatenate([places for places, _ in located]),
        np.concatenate([numbers for _, numbers in located]),
    )


@lru_cache(maxsize=MAX_LOCATED)
def locate_feature(space: str, feature: str, size: int, weight: int) -> Located:
    """Return the places of a feature."""
    added, subtracted = hash_feature(space, feature, size)
    signs = [weight] * len(added) + [-weight] * len(subtracted)
    return np.array((*added, *subtracted), np.intp), np.array(signs, np.float64)


@lru_cache(maxsize=64)
def get_baseline(space: str, size: int) -> Numbers:
    return np.array(baseline_for(space, size, size).numbers, np.float64)
