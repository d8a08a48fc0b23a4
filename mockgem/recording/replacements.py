"""Find secrets in a body and replace them, with the sizes of its chunks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

REDACTED = "REDACTED"
JSON_STRING = re.compile(rb'(?:"(\w{1,40})"\s*:\s*)?("(?:[^"\\]++|\\.)*+")')
MAX_JSON_SIZE = 16 * 2**20
"""Bytes of a body in which strings of JSON are joined to find a secret."""
Replacement = tuple[int, int, bytes]
"""Start and end of a place in a body, and its new content."""
Chunks = tuple[tuple[int, int], ...]
Finders = Sequence[re.Pattern[str]]


def redact_body(body: bytes, chunks: Chunks, finders: Finders) -> tuple[bytes, Chunks]:
    """Return a body without secrets, and the new sizes of its chunks.

    Secrets in one piece come first, then those that several strings of JSON make together.
    """
    body, chunks = apply_replacements(body, chunks, find_whole_secrets(body, finders))
    if len(body) > MAX_JSON_SIZE or b'"' not in body or not is_utf8(body):
        return body, chunks
    return apply_replacements(body, chunks, sorted(find_split_secrets(body, finders)))


def is_utf8(body: bytes) -> bool:
    """Whether a body is text."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def find_whole_secrets(body: bytes, finders: Finders) -> list[Replacement]:
    """Return the replacements for secrets that are in one piece."""
    mark = REDACTED.encode()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("latin-1")  # one character for each byte, so positions are equal
        return [(start, end, mark) for start, end in find_spans(text, finders)]
    spans = find_spans(text, finders)
    if text.isascii():
        return [(start, end, mark) for start, end in spans]
    return [(len(text[:start].encode()), len(text[:end].encode()), mark) for start, end in spans]


def find_spans(text: str, finders: Finders) -> list[tuple[int, int]]:
    """Return the places of all secrets in a text; overlapping ones are joined."""
    spans = sorted(
        {match.span() for finder in finders for match in finder.finditer(text)},
        key=lambda span: (span[0], -span[1]),
    )
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif end > start:
            joined.append((start, end))
    return joined


def find_split_secrets(body: bytes, finders: Finders) -> Iterator[Replacement]:
    """Yield replacements for strings that make a secret together, or hide one with escapes.

    The deltas of a stream do that: strings under the same key, one after the other.
    """
    by_key: dict[bytes, list[re.Match[bytes]]] = {}
    for match in JSON_STRING.finditer(body):
        if match[1]:
            by_key.setdefault(match[1], []).append(match)
        elif b"\\" in match[2]:
            yield from redact_strings([match], finders)
    for matches in by_key.values():
        if len(matches) > 1 or b"\\" in matches[0][2]:
            yield from redact_strings(matches, finders)


def redact_strings(matches: list[re.Match[bytes]], finders: Finders) -> Iterator[Replacement]:
    """Yield replacements for the strings of JSON that hold a part of a secret."""
    texts = [decode_string(match[2]) for match in matches]
    spans = find_spans("".join(texts), finders)
    start = 0
    for match, text in zip(matches, texts, strict=True):
        end = start + len(text)
        inside = [span for span in spans if span[0] < end and span[1] > start]
        if inside:
            clean = cut_spans(text, start, inside)
            data = json.dumps(clean, ensure_ascii=False).encode("utf-8", "replace")
            yield match.start(2), match.end(2), data
        start = end


def cut_spans(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text without its part of some secrets; a secret is marked where it begins.

    `offset` is the position of the text in the joined one.
    """
    for start, end in reversed(spans):
        mark = REDACTED if start >= offset else ""
        first, last = max(start - offset, 0), min(end - offset, len(text))
        text = text[:first] + mark + text[last:]
    return text


def decode_string(data: bytes) -> str:
    """Return the text of a string of JSON; an empty text if its escapes are not valid."""
    if b"\\" not in data:
        return data[1:-1].decode("utf-8", "replace")
    try:
        return str(json.loads(data))
    except ValueError:
        return ""


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
    ends, total = [], 0
    for _, size in chunks:
        total += size
        ends.append(compute_new_offset(total, replacements))
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    resized = tuple([(ms, size) for (ms, _), size in zip(chunks, sizes, strict=True)])
    return b"".join([*parts, body[position:]]), resized


def compute_new_offset(offset: int, replacements: Sequence[Replacement]) -> int:
    """Return where a position in a body is after the replacements."""
    shift = 0
    for start, end, content in replacements:
        if offset <= start:
            break
        shift += len(content) - (min(end, offset) - start)
    return offset + shift
