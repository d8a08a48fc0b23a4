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
from itertools import pairwise
from math import isqrt, sqrt
from operator import mul

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


@frozen
class Vector:
    """A vector of whole numbers with a factor.

    Few numbers are different, so `codes` has for each place the index of its number in `values`:
    bytes, or a list if there are more than 256 numbers.
    """

    codes: Sequence[int]
    values: tuple[int, ...]
    scale: float

    @property
    def counts(self) -> tuple[int, ...]:
        """The whole numbers."""
        return tuple(map(self.values.__getitem__, self.codes))

    def to_list(self) -> list[float]:
        """Return the numbers with eight digits, more than a float32 distinguishes."""
        spelled = [float(f"{value * self.scale:.8g}") for value in self.values]
        return list(map(spelled.__getitem__, self.codes))

    def to_json(self) -> bytes:
        """Return the numbers as a JSON array."""
        return self.write_array([f"{value * self.scale:.8g}" for value in self.values])

    def to_double_json(self) -> bytes:
        """Return the numbers as a JSON array of float32 that are printed as doubles.

        Protobuf writes 17 digits where 15 are not the same number.

        Evidence: openai-cookbook-02-batch-output-embeddings.
        """
        return self.write_array([format_double(single) for single in self.singles])

    def write_array(self, spelled: list[str]) -> bytes:
        return f"[{','.join(map(spelled.__getitem__, self.codes))}]".encode()

    @property
    def singles(self) -> array[float]:
        """The values as float32."""
        return array("f", [value * self.scale for value in self.values])

    def to_base64(self) -> str:
        """Return the numbers as little-endian float32 in base64, which OpenAI's clients request."""
        singles = self.singles
        if not isinstance(self.codes, bytes):
            return b64encode(array("f", map(singles.__getitem__, self.codes))).decode()
        packed = singles.tobytes()
        data = bytearray(4 * len(self.codes))
        for plane in range(4):  # each of the four bytes of all numbers at once
            data[plane::4] = self.codes.translate(packed[plane::4].ljust(256, b"\0"))
        return b64encode(data).decode()


def make_vector(counts: Sequence[int], scale: float) -> Vector:
    """Return the vector of whole numbers with a factor."""
    values = tuple(dict.fromkeys(counts))
    index = {value: code for code, value in enumerate(values)}
    codes = [index[count] for count in counts]
    return Vector(bytes(codes) if len(values) <= MAX_CODES else codes, values, scale)


MAX_CODES = 256


def format_double(number: float) -> str:
    short = f"{number:.15g}"
    return short if float(short) == number else f"{number:.17g}"


def embed_text(text: str, space: str, size: int, length: int = 0, *, unit: bool = True) -> Vector:
    """Return the vector of a text.

    Args:
        space: The model's id; models have different vectors.
        size: The number of dimensions of the whole vector, whose length is one.
        length: Return only this number of dimensions; 0 for all.
        unit: Scale a shortened vector to the length one.
    """
    base = baseline_for(space, size)
    counts = list(base.counts)
    touched: set[int] = set()
    for feature, weight in extract_features(text[:MAX_CHARACTERS]).items():
        added, subtracted = hash_feature(space, feature, size)
        for place in added:
            counts[place] += weight
        for place in subtracted:
            counts[place] -= weight
        touched.update(added, subtracted)
    whole = sum(map(mul, counts, counts))
    if length and length < size:
        counts = counts[:length]
        touched = {place for place in touched if place < length}
        whole = sum(map(mul, counts, counts)) if unit else whole
    return encode_counts(counts, touched, base, 1 / sqrt(whole))


def encode_counts(counts: list[int], touched: set[int], base: Baseline, scale: float) -> Vector:
    """Return the vector of whole numbers that differ from the baseline in some places."""
    places = tuple(touched)
    numbers = [counts[place] for place in places]
    values = tuple(dict.fromkeys((*base.values, *numbers)))
    if len(values) > MAX_CODES:
        return make_vector(counts, scale)
    index = {value: code for code, value in enumerate(values)}
    codes = bytearray(base.codes[: len(counts)])
    for place, number in zip(places, numbers, strict=True):
        codes[place] = index[number]
    return Vector(bytes(codes), values, scale)


def extract_features(text: str) -> dict[str, int]:
    """Return the features of a text with their weights.

    A weight grows with the root of the number of times that the feature occurs.
    """
    return weigh_features(split_words(text), text)


def split_words(text: str) -> list[str]:
    """Return the stems of the words of a text, in order."""
    return [
        strip_endings(word)
        for run in WORD.findall(text.casefold().replace("\u2019", "'"))
        for word in split_run(run)
    ]


def weigh_features(words: list[str], text: str) -> dict[str, int]:
    """Return the features of a text that has these stems, with their weights."""
    telling = [word for word in words if word not in COMMON_WORDS]
    weights: dict[str, int] = {}
    for word in words or [text.strip() or " "]:
        common = word in COMMON_WORDS and bool(telling)
        weights[word] = weights.get(word, 0) + (COMMON_WEIGHT if common else WORD_WEIGHT)
    for word in telling:
        pieces = split_trigrams(word)
        for piece in pieces:
            weights[piece] = weights.get(piece, 0) + TRIGRAM_WEIGHT // isqrt(8 * len(pieces))
    for word, next_word in pairwise(telling):
        pair = f"{word} {next_word}"
        weights[pair] = weights.get(pair, 0) + PAIR_WEIGHT
    return {feature: limit_weight(feature, weight) for feature, weight in weights.items()}


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


def split_trigrams(word: str) -> list[str]:
    """Return a word's trigrams, with marks for its beginning and end; none for short words."""
    marked = f"^{word}$"
    return [marked[at : at + 3] for at in range(len(marked) - 2)] if len(word) > 3 else []


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
    places: tuple[list[int], list[int]] = ([], [])
    start = at = 0
    for end in BLOCK_ENDS:
        end = min(end, size)
        for _ in range(2):
            number = int.from_bytes(digest[at : at + 3], "little")
            places[not number & 1].append(start + (number >> 1) % (end - start))
            at += 3
        if end == size:
            break
        start = end
    return tuple(places[0]), tuple(places[1])


@frozen
class Baseline:
    """Small numbers for places without features, so that no vector consists of zeros.

    `codes` and `values` are those of a vector.
    """

    counts: tuple[int, ...]
    codes: Sequence[int]
    values: tuple[int, ...]


@lru_cache(maxsize=32)
def baseline_for(space: str, size: int) -> Baseline:
    counts = tuple(
        [
            byte % 4 + 1 if byte & 4 else -1 - byte % 4
            for byte in hashlib.shake_256(space.encode()).digest(size)
        ]
    )
    vector = make_vector(counts, 1.0)
    return Baseline(counts, vector.codes, vector.values)
