"""Speak an answer: audio piece by piece, with the words that each piece says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mockgem.core.frozen import frozen
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.speech import SAMPLE_RATE, generate_speech

CHUNK_BYTES = 9_600
"""A fifth of a second."""
BYTES_PER_SECOND = 2 * SAMPLE_RATE
SENTENCE = re.compile(r"\S[^.!?]*[.!?]*\s*|\S+\s*")
WORDS_PER_FRAGMENT = 2
MAX_SENTENCE = 2_000
"""Characters in one piece of speech."""


@frozen
class SpokenPiece:
    """A fifth of a second of audio, and the words that begin in it."""

    data: bytes
    text: str


def speak(text: str, seed: int, voice: str) -> Iterator[SpokenPiece]:
    """Yield an answer sentence by sentence: only one sentence is in memory as audio.

    The words add up to the text. The same text in the same voice is the same audio.
    """
    for sentence in split_sentences(text):
        pcm = generate_speech(sentence, SeededRandom(seed, "speech", voice))
        yield from share_words(pcm, sentence)


def share_words(pcm: bytes, text: str) -> Iterator[SpokenPiece]:
    """Yield audio in pieces, and the words of its text spread over them."""
    chunks = [pcm[at : at + CHUNK_BYTES] for at in range(0, len(pcm), CHUNK_BYTES)]
    fragments = split_fragments(text) if text else []
    said = 0
    for number, chunk in enumerate(chunks, start=1):
        until = -(-len(fragments) * number // len(chunks))
        yield SpokenPiece(chunk, "".join(fragments[said:until]))
        said = until


def split_sentences(text: str) -> list[str]:
    """Return the sentences with the spaces in front of them, as transcripts have them."""
    found: list[str] = []
    start = 0
    for match in SENTENCE.finditer(text):
        end = len(text[: match.end()].rstrip())
        if end - start > MAX_SENTENCE:
            found += [
                text[at : min(at + MAX_SENTENCE, end)] for at in range(start, end, MAX_SENTENCE)
            ]
        elif end > start:
            found.append(text[start:end])
        start = end
    return found


def split_fragments(text: str) -> list[str]:
    """Split a text before every second word. The fragments add up to the text.

    Evidence: native-149-ws-pydantic-test-message-history-seeding.
    """
    words = re.findall(r"\s*\S+", text) or [text]
    return [
        "".join(words[at : at + WORDS_PER_FRAGMENT])
        for at in range(0, len(words), WORDS_PER_FRAGMENT)
    ]
