"""Bodies as lists of JSON objects, which google-genai's replays and test-server keep."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.recording.drift import AnswerSnapshot, EventList, parse_answer
from mockgem.recording.interaction import HeaderList, Interaction


def split_body(content_type: str, body: bytes) -> list[dict[str, Any]] | None:
    """The objects a body is made of: one, or one for each event. None where it is something else."""
    if not body.strip():
        return [{}]
    found = parse_answer(AnswerSnapshot(200, content_type, body))
    if isinstance(found, EventList):
        return list(found)
    if isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
        return found
    return [found] if isinstance(found, dict) else None


def split_request(one: Interaction) -> list[dict[str, Any]] | None:
    return split_body("application/json", one.request_body)


def split_response(one: Interaction) -> list[dict[str, Any]] | None:
    return split_body(one.get_header("content-type"), one.body)


def build_request_body(segments: Sequence[Any]) -> bytes:
    """A lone empty object stands for no body."""
    told = [one for one in segments or () if one]
    return (
        json.dumps(told[0], ensure_ascii=False).encode("utf-8", "surrogateescape") if told else b""
    )


def build_response_body(
    segments: Sequence[Any], *, events: bool
) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """The body, and the table of its pieces where it was a stream of events."""
    if not events:
        return json.dumps(
            segments[0], indent=2, ensure_ascii=False
        ).encode() + b"\n" if segments else b"", ()
    rows = [
        b"data: "
        + json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogateescape")
        + b"\r\n\r\n"
        for one in segments
    ]
    return b"".join(rows), tuple([(0, len(row)) for row in rows]) if len(rows) > 1 else ()


def to_header_list(headers: Mapping[str, Any] | None) -> HeaderList:
    return tuple([(str(name), str(text)) for name, text in (headers or {}).items()])


def join_headers(headers: HeaderList) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in headers:
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def add_content_type(headers: HeaderList, content_type: str) -> HeaderList:
    """With a content type; those recordings may lack one."""
    named = any(name.lower() == "content-type" for name, _ in headers)
    return headers if named else (*headers, ("Content-Type", content_type))
