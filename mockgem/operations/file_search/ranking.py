"""Rank the chunks of documents by how well they fit a question.

A chunk's score is the cosine of its vector and the question's, as `mockgem.operations.generators.
vector` makes them, with rare features counting more. A chunk that shares no word with the question
does not fit it, unless the question has only common words.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from math import log, sqrt

from mockgem.core.frozen import frozen
from mockgem.operations.file_search.chunking import Chunk
from mockgem.operations.generators.vector import (
    COMMON_WORDS,
    MAX_CHARACTERS,
    split_words,
    weigh_features,
)

MIN_SHARE = 0.35
"""A chunk fits if its score is at least this share of the best one's (a guess)."""
MAX_QUESTION = 4_000
"""Characters of a question that are compared."""
BYTES_PER_POSTING, BYTES_PER_FEATURE = 6, 240
SENTENCE_END = re.compile(
    r"(?<=[.!?])\s+(?=[^\sa-z])|(?<=[\u3002\uff01\uff1f])|\n(?!\s*[a-z])|\n\s*\n"
)
"""Between two sentences, list items or rows; a line that begins in lower case continues."""


class ChunkIndex:
    """The features of the chunks of a document or of several, by feature.

    Attributes:
        postings: The numbers of the chunks that have a feature, and its weights there.
        words: The numbers of the chunks that have a word which is not common.
        lengths: The lengths of the chunks' vectors.
        size: About how many bytes of memory the index takes.
    """

    __slots__ = ("chunks", "lengths", "postings", "size", "words")

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.postings: dict[str, tuple[array[int], array[int]]] = {}
        self.words: dict[str, array[int]] = {}
        self.lengths: list[float] = []
        for number, chunk in enumerate(chunks):
            self.add(number, chunk.text[:MAX_CHARACTERS])
        self.size = self.estimate_size()

    def add(self, number: int, text: str) -> None:
        words = split_words(text)
        features = weigh_features(words, text)
        self.lengths.append(sqrt(sum([weight * weight for weight in features.values()])) or 1.0)
        for feature, weight in features.items():
            numbers, weights = self.postings.setdefault(feature, (array("I"), array("I")))
            numbers.append(number)
            weights.append(weight)
        for word in {word for word in words if word not in COMMON_WORDS}:
            self.words.setdefault(word, array("I")).append(number)

    def estimate_size(self) -> int:
        postings = sum([len(numbers) for numbers, _ in self.postings.values()])
        texts = sum([len(chunk.text) for chunk in self.chunks])
        return BYTES_PER_POSTING * postings + BYTES_PER_FEATURE * len(self.postings) + 2 * texts


def merge_indexes(indexes: Sequence[ChunkIndex]) -> ChunkIndex:
    """Return one index of the chunks of several, in their order."""
    merged = ChunkIndex(())
    chunks: list[Chunk] = []
    for index in indexes:
        first = len(chunks)
        chunks += index.chunks
        merged.lengths += index.lengths
        for feature, (numbers, weights) in index.postings.items():
            known = merged.postings.setdefault(feature, (array("I"), array("I")))
            known[0].extend([first + number for number in numbers])
            known[1].extend(weights)
        for word, numbers in index.words.items():
            merged.words.setdefault(word, array("I")).extend([first + n for n in numbers])
    merged.chunks = chunks
    merged.size = merged.estimate_size()
    return merged


@frozen
class Match:
    """A chunk that fits a question: its number in the index, and its score."""

    chunk: int
    score: float


class SearchedText:
    """The text that a search looks for with its features, to compare chunks with."""

    def __init__(self, text: str) -> None:
        words = split_words(text[:MAX_QUESTION])
        self.features = weigh_features(words, text[:MAX_QUESTION])
        self.words = {word for word in words if word not in COMMON_WORDS}

    def rank(self, index: ChunkIndex, limit: int) -> list[Match]:
        """Return the chunks that fit best, best first; equal ones in the order of the index."""
        matches = [Match(chunk, score) for chunk, score in self.score_chunks(index).items()]
        best = nsmallest(limit, matches, key=lambda match: (-match.score, match.chunk))
        least = MIN_SHARE * best[0].score if best and self.words else 0.0
        return [match for match in best if match.score >= least]

    def score_chunks(self, index: ChunkIndex) -> dict[int, float]:
        """Return the scores of the chunks that share a word with the question."""
        scores = dict.fromkeys(self.find_candidates(index), 0.0)
        if not scores:
            return scores
        for feature, weight in self.features.items():
            if (posting := index.postings.get(feature)) is None:
                continue
            weight_here = weight * log(1 + len(index.chunks) / len(posting[0]))
            for number, count in zip(*posting, strict=True):
                if number in scores:
                    scores[number] += weight_here * count
        return {number: score / index.lengths[number] for number, score in scores.items()}

    def find_candidates(self, index: ChunkIndex) -> Iterable[int]:
        if not self.words:
            return range(len(index.chunks))
        shared: set[int] = set()
        for word in self.words:
            shared.update(index.words.get(word, ()))
        return sorted(shared)

    def choose_quote(self, text: str) -> str:
        """Return the sentence of a passage that shares most with the question."""
        sentences = [sentence.strip() for sentence in SENTENCE_END.split(text)]
        sentences = [sentence for sentence in sentences if sentence] or [text.strip()]
        return max(sentences, key=self.count_shared)

    def count_shared(self, sentence: str) -> int:
        """Return how much of the question a sentence has: whole words count most."""
        words = split_words(sentence)
        shared = self.words.intersection(words)
        return sum([self.features.get(word, 0) for word in shared])
