"""Split a candidate into the deltas of a stream."""

from __future__ import annotations

from collections.abc import Iterator

from mockgem.core.content import Candidate, FinishReason, Part, Text
from mockgem.core.frozen import frozen

WORDS_PER_DELTA = 8


@frozen
class CandidateEnd:
    """The last delta of a candidate."""

    finish: FinishReason


Delta = Part | CandidateEnd


def split_deltas(candidate: Candidate) -> Iterator[Delta]:
    """Yield a candidate's deltas: text in groups of words, other parts whole, then the end."""
    for part in candidate.parts:
        match part:
            case Text(text, thought=False, signature=signature):
                pieces = part.pieces or split_text(text)
                yield from (Text(piece) for piece in pieces[:-1])
                yield Text(pieces[-1], signature=signature)
            case _:
                yield part
    yield CandidateEnd(candidate.finish_reason)


def split_text(text: str) -> list[str]:
    """Split a text before every eighth space. The pieces add up to the text."""
    starts = [0]
    at, words = 0, 0
    while (at := text.find(" ", at + 1)) != -1:
        words += 1
        if words % WORDS_PER_DELTA == 0:
            starts.append(at)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
