"""The JSON in an answer: each event's, or the whole. Both spellings are known by their keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import Frames
from mockgem.faults.frames import collect_events, is_event

DocumentChange = Callable[[Any, int, int], Any]
"""A document, its number from 0 and how many there are → what becomes of it; None leaves it out."""
EVENT_PATTERN = re.compile(rb"\A(?:(data: ?)(.*?)(\r?\n\r?\n)|(\[|,\r?\n)(\{.*\})(\n))\Z", re.S)
"""An event, or a row of a stream that is one array."""


def unwrap_event(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the JSON, the JSON, and what stands behind it."""
    match = EVENT_PATTERN.match(data)
    if match is None:
        return b"", data, b""
    before, body, after = match.group(1, 2, 3) if match[1] is not None else match.group(4, 5, 6)
    return before, body, after


def parse_document(data: bytes) -> Any:
    """The JSON of an event or of a whole answer; None where there is none."""
    try:
        return json.loads(unwrap_event(data)[1])
    except ValueError:
        return None


def encode_document(data: bytes, found: Any) -> bytes:
    """An event or an answer with other JSON, laid out as the old one was."""
    before, body, after = unwrap_event(data)
    end = b"\n" if not after and body.endswith(b"\n") else b""
    if b"\n  " in body[:20]:
        text = json.dumps(found, indent=2, ensure_ascii=False)
    else:
        spaced = b'": ' in body[:200]
        text = json.dumps(found, separators=(",", ": " if spaced else ":"), ensure_ascii=False)
    return before + text.encode("utf-8", "replace") + end + after


def change_documents(change: DocumentChange) -> Fault:
    """The fault of every document being other than it should be."""

    async def apply(frames: Frames) -> Frames:
        found = [*await collect_events(frames)]
        values = [parse_document(frame.data) if is_event(frame) else None for frame in found]
        count, number = sum(one is not None for one in values), 0
        for frame, one in zip(found, values, strict=True):
            if one is None:
                yield frame
                continue
            new = change(one, number, count)
            number += 1
            if new is not None:
                yield replace(frame, data=encode_document(frame.data, new))

    return apply


def find_candidates(found: Any) -> list[Any]:
    """Choices or candidates."""
    if isinstance(found, list):
        return [one for part in found for one in find_candidates(part)]
    rows = (
        (found.get("choices") or found.get("candidates") or []) if isinstance(found, dict) else []
    )
    return [row for row in rows if isinstance(row, dict)]


def find_content(candidate: Any) -> Any:
    """The message, delta or content of a candidate."""
    for name in ("message", "delta", "content"):
        if isinstance(candidate.get(name), dict):
            return candidate[name]
    return {}


def find_tool_calls(candidate: Any) -> Iterator[Any]:
    """The tool calls of a candidate, in whichever spelling."""
    content = find_content(candidate)
    yield from content.get("tool_calls") or ()
    for part in content.get("parts") or ():
        if isinstance(part, dict) and "functionCall" in part:
            yield part["functionCall"]


def text_of_document(found: Any) -> str:
    """The words that a document says."""
    said = []
    for candidate in find_candidates(found):
        content = find_content(candidate)
        said.append(content.get("content") or "" if isinstance(content.get("content"), str) else "")
        said += [
            part.get("text", "") for part in content.get("parts") or () if isinstance(part, dict)
        ]
    return "".join(said)
