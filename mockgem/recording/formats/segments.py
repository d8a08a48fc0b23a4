"""Convert bodies from and to lists of JSON objects, as google-genai and test-server keep them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.recording.drift import AnswerSnapshot, EventList, parse_answer
from mockgem.recording.interaction import HeaderList, Interaction


def split_body(content_type: str, body: bytes) -> list[dict[str, Any]] | None:
    """Return the JSON objects of a body: one, or one for each event; None for another body."""
    if not body.strip():
        return [{}]
    value = parse_answer(AnswerSnapshot(200, content_type, body))
    if isinstance(value, EventList):
        return list(value)
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return value
    return [value] if isinstance(value, dict) else None


def split_request(interaction: Interaction) -> list[dict[str, Any]] | None:
    """Return the JSON objects of a request body."""
    return split_body("application/json", interaction.request_body)


def split_response(interaction: Interaction) -> list[dict[str, Any]] | None:
    """Return the JSON objects of a response body."""
    return split_body(interaction.get_header("content-type"), interaction.body)


def build_request_body(segments: Sequence[Any]) -> bytes:
    """Return a request body. A single empty object means an empty body."""
    values = [segment for segment in segments or () if segment]
    if not values:
        return b""
    return json.dumps(values[0], ensure_ascii=False).encode("utf-8", "surrogateescape")


def build_response_body(
    segments: Sequence[Any], *, events: bool
) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """Return a response body, and the sizes of its chunks if it was a stream of events."""
    if not segments:
        return b"", ()
    if not events:
        return json.dumps(segments[0], indent=2, ensure_ascii=False).encode() + b"\n", ()
    rows = [
        f"data: {json.dumps(one, ensure_ascii=False)}\r\n\r\n".encode("utf-8", "surrogateescape")
        for one in segments
    ]
    return b"".join(rows), tuple([(0, len(row)) for row in rows]) if len(rows) > 1 else ()


def to_header_list(headers: Mapping[str, Any] | None) -> HeaderList:
    """Return a mapping of headers as pairs."""
    return tuple([(str(name), str(value)) for name, value in (headers or {}).items()])


def join_headers(headers: HeaderList) -> dict[str, str]:
    """Return headers as a mapping; values of the same name are joined with a comma."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def add_content_type(headers: HeaderList, content_type: str) -> HeaderList:
    """Return headers with a content type, which some recordings lack."""
    has_type = any(name.lower() == "content-type" for name, _ in headers)
    return headers if has_type else (*headers, ("Content-Type", content_type))
