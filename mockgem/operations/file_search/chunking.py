"""Split a document's text into chunks at white space, as a chunking configuration says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mockgem.core.frozen import frozen
from mockgem.operations.generators.tokens import count_tokens

MIN_TOKENS, MAX_TOKENS = 21, 512
"""The limits of `maxTokensPerChunk` (measured).

Evidence: report-file-search-chunking.
"""
DEFAULT_TOKENS, DEFAULT_OVERLAP = 256, 0
"""The service does not say which numbers it uses by itself; these are a guess."""
PIECE = re.compile(r"\s*\S{1,16}|\s+")
"""A chunk consists of whole pieces: words, or sixteen letters of longer ones.

Sixteen letters of any script have fewer than MIN_TOKENS tokens.
"""


@frozen
class Chunk:
    """A passage of a document, and the page that it is on; 0 for documents without pages."""

    text: str
    page: int = 0


@frozen
class Chunking:
    """How many tokens a chunk has at most, and how many it shares with the chunk before it."""

    max_tokens: int = DEFAULT_TOKENS
    overlap: int = DEFAULT_OVERLAP


@frozen
class TextPage:
    """The text of a page; texts without pages are one page with the number 0."""

    text: str
    number: int = 0


def split_pages(pages: list[TextPage], chunking: Chunking) -> Iterator[Chunk]:
    """Yield the chunks of all pages. No chunk extends over two pages."""
    for page in pages:
        for text in split_text(page.text, chunking):
            yield Chunk(text, page.number)


def split_text(text: str, chunking: Chunking) -> Iterator[str]:
    """Yield the chunks of a text, without chunks of white space."""
    pieces = [match.span() for match in PIECE.finditer(text)]
    costs = [count_tokens(text[start:end]) for start, end in pieces]
    first = 0
    while first < len(pieces):
        last = find_end(costs, first, chunking.max_tokens)
        chunk = text[pieces[first][0] : pieces[last - 1][1]].strip()
        if chunk:
            yield chunk
        if last == len(pieces):
            return
        first = max(find_start(costs, last, chunking.overlap), first + 1)


def find_end(costs: list[int], first: int, limit: int) -> int:
    """Return the end of the longest run of pieces with up to `limit` tokens, at least one piece."""
    end, total = first + 1, costs[first]
    while end < len(costs) and total + costs[end] <= limit:
        total += costs[end]
        end += 1
    return end


def find_start(costs: list[int], end: int, limit: int) -> int:
    """Return the start of the longest run of pieces before `end` with up to `limit` tokens."""
    start, total = end, 0
    while start > 0 and total + costs[start - 1] <= limit:
        start -= 1
        total += costs[start]
    return start
