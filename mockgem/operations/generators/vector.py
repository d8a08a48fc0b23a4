"""Embed texts as vectors: texts that share words, or parts of words, are near each other.

The features of a text are the stems of its words, their trigrams, and pairs of neighbouring words.
A hash maps a feature to a few places of the vector and a sign for each; its weight is added there.
The places are spread over blocks of growing size, so the beginning of a vector represents the text
as the whole vector does, but less precisely. All sums are whole numbers, so a text has the same
vector on every machine and in every version.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import isqrt, sqrt
from operator import itemgetter, mul
from typing import Protocol

from mockgem.core.frozen import frozen

BLOCK_ENDS = (128, 256, 512, 768, 1024, 1536, 2048, 3072, 6144)
"""The ends of the blocks; they include the sizes that the models offer."""
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
WORD_WEIGHT, COMMON_WEIGHT, PAIR_WEIGHT, TRIGRAM_WEIGHT = 96, 8, 28, 72
MAX_CHARACTERS = 20_000
"""The rest of a longer text is ignored; the real models have about the same limit."""
COMMON_WORDS = frozenset(
    """a about am an and are as at be been but by can could did do does for from had has have he
    her his how i if in into is it its me my of on or our she should so that the their them
    then there they this those to us was we were what when where which who why will with
    would you your""".split()
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


class Vector(Protocol):
    """The vector of a text, in the forms in which responses write it."""

    @property
    def counts(self) -> tuple[int, ...]:
        """The whole numbers of which the vector is a multiple."""
        ...

    def to_list(self) -> list[float]:
        """Return the numbers with eight digits, more than a float32 distinguishes."""
        ...

    def to_json(self) -> bytes:
        """Return the numbers as a JSON array."""
        ...

    def to_double_json(self) -> bytes:
        """Return the numbers as a JSON array of float32 that are printed as doubles.

        Protobuf writes 17 digits where 15 are not the same number.

        Evidence: openai-cookbook-02-batch-output-embeddings.
        """
        ...

    def to_base64(self) -> str:
        """Return the numbers as little-endian float32 in base64, which OpenAI's clients request."""
        ...


@frozen
class CodedVector:
    """A vector of whole numbers with a factor.

    Few numbers are different, so `codes` has for each place the index of its number in `values`:
    bytes, or a list if there are more than 256 numbers.
    """

    codes: Sequence[int]
    values: tuple[int, ...]
    scale: float

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(map(self.values.__getitem__, self.codes))

    def to_list(self) -> list[float]:
        spelled = [float(f"{value * self.scale:.8g}") for value in self.values]
        return list(map(spelled.__getitem__, self.codes))

    def to_json(self) -> bytes:
        return self.write_array([f"{value * self.scale:.8g}" for value in self.values])

    def to_double_json(self) -> bytes:
        return self.write_array([format_double(single) for single in self.singles])

    def write_array(self, spelled: list[str]) -> bytes:
        return f"[{','.join(map(spelled.__getitem__, self.codes))}]".encode()

    @property
    def singles(self) -> array[float]:
        """The values as float32."""
        return array("f", [value * self.scale for value in self.values])

    def to_base64(self) -> str:
        singles = self.singles
        if not isinstance(self.codes, bytes):
            return b64encode(array("f", map(singles.__getitem__, self.codes))).decode()
        packed = singles.tobytes()
        data = bytearray(4 * len(self.codes))
        for plane in range(4):  # each of the four bytes of all numbers at once
            data[plane::4] = self.codes.translate(packed[plane::4].ljust(256, b"\0"))
        return b64encode(data).decode()


def make_vector(counts: Sequence[int], scale: float) -> CodedVector:
    """Return the vector of whole numbers with a factor."""
    values = tuple(dict.fromkeys(counts))
    index = {value: code for code, value in enumerate(values)}
    codes = [index[count] for count in counts]
    return CodedVector(bytes(codes) if len(values) <= MAX_CODES else codes, values, scale)


MAX_CODES = 256


def format_double(number: float) -> str:
    short = f"{number:.15g}"
    return short if float(short) == number else f"{number:.17g}"


def embed_text(
    text: str, space: str, size: int, length: int = 0, *, unit: bool = True
) -> CodedVector:
    """Return the vector of a text.

    Args:
        space: The model's id; models have different vectors.
        size: The number of dimensions of the whole vector, whose length is one.
        length: Return only this number of dimensions; 0 for all.
        unit: Scale a shortened vector to the length one.
    """
    base = baseline_for(space, size, size)
    counts, touched = count_features(base, text[:MAX_CHARACTERS], space, size)
    if not length or length >= size:
        return make_sparse_vector(base, counts, touched)
    whole = base.sum_squares(pick(counts, touched), touched)
    base = baseline_for(space, size, length)
    touched = [place for place in touched if place < length]
    return make_sparse_vector(base, counts[:length], touched, 0 if unit else whole)


def count_features(base: Baseline, text: str, space: str, size: int) -> tuple[list[int], list[int]]:
    """Return the whole numbers of a text, and the places that differ from the baseline."""
    counts = base.numbers.copy()
    places: list[Places] = []
    for feature, weight in extract_features(text).items():
        added, subtracted = hash_feature(space, feature, size)
        places += (added, subtracted)
        for place in added:
            counts[place] += weight
        for place in subtracted:
            counts[place] -= weight
    return counts, list(set().union(*places))


def pick(values: Sequence[int], places: Sequence[int]) -> Sequence[int]:
    """Return the values at some places."""
    if len(places) < 2:
        return [values[place] for place in places]
    picked: tuple[int, ...] = itemgetter(*places)(values)
    return picked


def make_sparse_vector(
    base: Baseline, counts: list[int], touched: list[int], squares: int = 0
) -> CodedVector:
    """Return the vector of whole numbers that differ from the baseline in some places.

    Args:
        squares: The sum of their squares, if the vector is a part of a longer one.
    """
    numbers = pick(counts, touched)
    scale = 1 / sqrt(squares or base.sum_squares(numbers, touched))
    distinct = dict.fromkeys((*base.vector.values, *numbers))
    if len(distinct) > MAX_CODES:
        return make_vector(counts, scale)
    index = dict(zip(distinct, range(MAX_CODES), strict=False))
    codes = bytearray(base.vector.codes)
    for place, code in zip(touched, map(index.__getitem__, numbers), strict=True):
        codes[place] = code
    return CodedVector(bytes(codes), tuple(index), scale)


def extract_features(text: str) -> dict[str, int]:
    """Return the features of a text with their weights.

    A weight grows with the root of the number of times that the feature occurs.
    """
    return weigh_features(split_words(text), text)


def split_words(text: str) -> list[str]:
    """Return the stems of the words of a text, in order."""
    runs = WORD.findall(text.casefold().replace("\u2019", "'"))
    return list(chain.from_iterable(map(stem_run, runs)))


@lru_cache(maxsize=16_384)
def stem_run(run: str) -> tuple[str, ...]:
    """Return the stem of a run of letters, or of its pairs in scripts without spaces."""
    return tuple(map(strip_endings, split_run(run)))


def weigh_features(words: list[str], text: str) -> dict[str, int]:
    """Return the features of a text that has these stems, with their weights."""
    telling = [word for word in words if word not in COMMON_WORDS]
    weights: dict[str, int] = {}
    for word in words or [text.strip() or " "]:
        common = word in COMMON_WORDS and bool(telling)
        weights[word] = weights.get(word, 0) + (COMMON_WEIGHT if common else WORD_WEIGHT)
    for word in telling:
        pieces, share = split_trigrams(word)
        for piece in pieces:
            weights[piece] = weights.get(piece, 0) + share
    for word, next_word in pairwise(telling):
        pair = f"{word} {next_word}"
        weights[pair] = weights.get(pair, 0) + PAIR_WEIGHT
    heavy = [pair for pair in weights.items() if pair[1] > PAIR_WEIGHT]  # no limit is lower
    weights.update([(feature, limit_weight(feature, weight)) for feature, weight in heavy])
    return weights


def split_run(run: str) -> list[str]:
    """Return a run of letters as a word, or its pairs of letters in scripts without spaces."""
    if len(run) < 3 or run < FIRST_WITHOUT_SPACES:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]


FIRST_WITHOUT_SPACES = "\u2e80"
"""The first of the Chinese, Japanese and Korean letters."""


def limit_weight(feature: str, weight: int) -> int:
    """Return a weight that grows with the root of a feature's number."""
    usual = PAIR_WEIGHT if " " in feature else WORD_WEIGHT
    return weight if weight <= usual else isqrt(weight * usual)


@lru_cache(maxsize=16_384)
def split_trigrams(word: str) -> tuple[tuple[str, ...], int]:
    """Return a word's trigrams, with marks for its beginning and end, and the weight of each.

    Short words have none.
    """
    if len(word) < 4:
        return (), 0
    marked = f"^{word}$"
    pieces = tuple([marked[at : at + 3] for at in range(len(marked) - 2)])
    return pieces, TRIGRAM_WEIGHT // isqrt(8 * len(pieces))


@lru_cache(maxsize=16_384)
def strip_endings(word: str) -> str:
    """Strip common English endings: "ships", "shipped" and "ship's" become one word."""
    word = word.removesuffix("'s").removesuffix("'")
    for _ in range(2):
        ending = next(
            (one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), ""
        )
        word = word.removesuffix(ending) if ending else word
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "yie" else word


Places = tuple[int, ...]


@lru_cache(maxsize=16_384)
def hash_feature(space: str, feature: str, size: int) -> tuple[Places, Places]:
    """Return the places where a feature is added and where it is subtracted: two in each block."""
    named = space.encode()
    digest = hashlib.blake2b(
        feature.encode("utf-8", "surrogatepass"), person=named[:16], salt=named[16:32]
    ).digest()
    added: list[int] = []
    subtracted: list[int] = []
    at = 0
    for start, span in list_blocks(size):
        for first in (at, at + 3):
            number = digest[first] | digest[first + 1] << 8 | digest[first + 2] << 16
            (added if number & 1 else subtracted).append(start + (number >> 1) % span)
        at += 6
    return tuple(added), tuple(subtracted)


@lru_cache(maxsize=64)
def list_blocks(size: int) -> tuple[tuple[int, int], ...]:
    """Return the start and the length of each block of a vector."""
    ends = [*[end for end in BLOCK_ENDS if end < size], size]
    return tuple([(start, end - start) for start, end in zip([0, *ends], ends, strict=False)])


class Baseline:
    """Small numbers for places without features, so that no vector consists of zeros.

    A text changes few places of it, so what all vectors share is computed once.
    """

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers
        self.vector = make_vector(numbers, 1.0)
        self.squares = [number * number for number in numbers]
        self.sum = sum(self.squares)

    def sum_squares(self, numbers: Sequence[int], touched: Sequence[int]) -> int:
        """Return the sum of the squares of all numbers, some of which are at these places."""
        new: int = sum(map(mul, numbers, numbers))
        return self.sum + new - sum(pick(self.squares, touched))


@lru_cache(maxsize=64)
def baseline_for(space: str, size: int, length: int) -> Baseline:
    """Return the first `length` numbers of the baseline of a size."""
    data = hashlib.shake_256(space.encode()).digest(size)[:length]
    return Baseline([byte % 4 + 1 if byte & 4 else -1 - byte % 4 for byte in data])
