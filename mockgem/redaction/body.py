"""Find secrets in a body and replace them, with the sizes of its chunks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from mockgem.redaction.finder import SecretFinder, join_spans
from mockgem.redaction.patterns import Span
from mockgem.redaction.pieces import Piece, group_pieces
from mockgem.redaction.values import REDACTED

MAX_JSON_SIZE = 16 * 2**20
"""Bytes of a body in which strings of JSON are joined to find a secret."""
Replacement = tuple[int, int, bytes]
"""Start and end of a place in a body, and its new content."""
Chunks = tuple[tuple[int, int], ...]


def redact_body(body: bytes, chunks: Chunks, finder: SecretFinder) -> tuple[bytes, Chunks]:
    """Return a body without secrets, and the new sizes of its chunks.

    Secrets in one piece come first, then those that several strings of JSON or events make
    together.
    """
    body, chunks = apply_replacements(body, chunks, find_whole_secrets(body, finder))
    if len(body) > MAX_JSON_SIZE or not has_pieces(body):
        return body, chunks
    return apply_replacements(body, chunks, sorted(find_split_secrets(body, finder)))


def has_pieces(body: bytes) -> bool:
    """Return whether a body is text with strings or events; its last character may be cut off."""
    if b'"' not in body and b"data:" not in body:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def find_whole_secrets(body: bytes, finder: SecretFinder) -> list[Replacement]:
    """Return the replacements for secrets that are in one piece."""
    mark = REDACTED.encode()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("latin-1")  # one character for each byte, so positions are equal
        return [(start, end, mark) for start, end in finder.find(text)]
    spans = finder.find(text)
    if not text.isascii():
        spans = list(to_byte_spans(text, spans))
    return [(start, end, mark) for start, end in spans]


def to_byte_spans(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the places of secrets in the encoded text."""
    position = offset = 0
    for start, end in spans:
        first = offset + len(text[position:start].encode())
        offset = first + len(text[start:end].encode())
        position = end
        yield first, offset


def find_split_secrets(body: bytes, finder: SecretFinder) -> Iterator[Replacement]:
    """Yield replacements for texts that make a secret together, or hide one with escapes."""
    for pieces, is_stream in group_pieces(body):
        spans = find_in_pieces(pieces, finder, is_stream=is_stream)
        if spans:
            yield from redact_pieces(pieces, spans)


def find_in_pieces(pieces: Sequence[Piece], finder: SecretFinder, *, is_stream: bool) -> list[Span]:
    """Return the places of secrets in the text that pieces make together.

    The messages of a request are separate texts: a name at the end of one says nothing about
    the beginning of the next.
    """
    text = "".join([piece.text for piece in pieces])
    if is_stream or len(pieces) == 1:
        return finder.find(text)
    spans, start = finder.find(text, by_name=False), 0
    for piece in pieces:
        if piece.has_escapes:
            spans += [(start + first, start + last) for first, last in finder.find(piece.text)]
        start += len(piece.text)
    return join_spans(spans)


def redact_pieces(pieces: Sequence[Piece], spans: Sequence[Span]) -> Iterator[Replacement]:
    """Yield replacements for the pieces that hold a part of a secret."""
    start = first = 0
    for piece in pieces:
        end = start + len(piece.text)
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        last = first
        while last < len(spans) and spans[last][0] < end:
            last += 1
        if last > first:
            clean = cut_spans(piece.text, start, spans[first:last])
            data = json.dumps(clean, ensure_ascii=False) if piece.is_json else clean
            yield piece.start, piece.end, data.encode("utf-8", "replace")
        start = end


def cut_spans(text: str, offset: int, spans: Sequence[Span]) -> str:
    """Return a text without its part of some secrets; a secret is marked where it begins.

    `offset` is the position of the text in the joined one.
    """
    parts, position = [], 0
    for start, end in spans:
        parts.append(text[position : max(start - offset, 0)])
        parts.append(REDACTED if start >= offset else "")
        position = min(end - offset, len(text))
    return "".join([*parts, text[position:]])


def apply_replacements(
    body: bytes, chunks: Chunks, replacements: Sequence[Replacement]
) -> tuple[bytes, Chunks]:
    """Return a body after its replacements, and the new sizes of its chunks.

    New content counts for the chunk in which it begins.
    """
    if not replacements:
        return body, chunks
    parts, position = [], 0
    for start, end, content in replacements:
        parts += [body[position:start], content]
        position = end
    return b"".join([*parts, body[position:]]), tuple(resize_chunks(chunks, replacements))


def resize_chunks(chunks: Chunks, replacements: Sequence[Replacement]) -> Iterator[tuple[int, int]]:
    """Yield the chunks with their sizes after the replacements."""
    shift = number = old_end = new_end = 0
    for ms, size in chunks:
        old_end += size
        while number < len(replacements) and replacements[number][1] <= old_end:
            start, end, content = replacements[number]
            shift += len(content) - (end - start)
            number += 1
        before, new_end = new_end, old_end + shift + shift_inside(replacements, number, old_end)
        yield ms, new_end - before


def shift_inside(replacements: Sequence[Replacement], number: int, offset: int) -> int:
    """Return by how much a replacement moves an end of a chunk that is inside of its place."""
    if number == len(replacements) or offset <= replacements[number][0]:
        return 0
    start, _, content = replacements[number]
    return len(content) - (offset - start)
