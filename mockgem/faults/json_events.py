"""The JSON in an answer: each event's, or the whole. Both spellings are known by their keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import Frames
from mockgem.faults.frames import gathered, is_event

Change = Callable[[Any, int, int], Any]
"""A document, its number from 0 and how many there are → what becomes of it; None leaves it out."""
EVENT = re.compile(rb"\A(?:(data: ?)(.*?)(\r?\n\r?\n)|(\[|,\r?\n)(\{.*\})(\n))\Z", re.S)
"""An event, or a row of a stream that is one array."""


def taken_apart(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the JSON, the JSON, and what stands behind it."""
    match = EVENT.match(data)
    if match is None:
        return b"", data, b""
    before, body, after = match.group(1, 2, 3) if match[1] is not None else match.group(4, 5, 6)
    return before, body, after


def value_of(data: bytes) -> Any:
    """The JSON of an event or of a whole answer; None where there is none."""
    try:
        return json.loads(taken_apart(data)[1])
    except ValueError:
        return None


def written(data: bytes, found: Any) -> bytes:
    """An event or an answer with other JSON, laid out as the old one was."""
    before, body, after = taken_apart(data)
    end = b"\n" if not after and body.endswith(b"\n") else b""
    if b"\n  " in body[:20]:
        text = json.dumps(found, indent=2, ensure_ascii=False)
    else:
        spaced = b'": ' in body[:200]
        text = json.dumps(found, separators=(",", ": " if spaced else ":"), ensure_ascii=False)
    return before + text.encode("utf-8", "replace") + end + after


def changed(change: Change) -> Fault:
    """The fault of every document being other than it should be."""

    async def apply(frames: Frames) -> Frames:
        found = [*await gathered(frames)]
        values = [value_of(frame.data) if is_event(frame) else None for frame in found]
        count, number = sum(one is not None for one in values), 0
        for frame, one in zip(found, values, strict=True):
            if one is None:
                yield frame
                continue
            new = change(one, number, count)
            number += 1
            if new is not None:
                yield replace(frame, data=written(frame.data, new))

    return apply


def candidates_in(found: Any) -> list[Any]:
    """Choices or candidates."""
    if isinstance(found, list):
        return [one for part in found for one in candidates_in(part)]
    rows = (found.get("choices") or found.get("candidates") or []) if isinstance(found, dict) else []
    return [row for row in rows if isinstance(row, dict)]


def content_in(candidate: Any) -> Any:
    """The message, delta or content of a candidate."""
    for name in ("message", "delta", "content"):
        if isinstance(candidate.get(name), dict):
            return candidate[name]
    return {}


def calls_in(candidate: Any) -> Iterator[Any]:
    """The tool calls of a candidate, in whichever spelling."""
    content = content_in(candidate)
    yield from content.get("tool_calls") or ()
    for part in content.get("parts") or ():
        if isinstance(part, dict) and "functionCall" in part:
            yield part["functionCall"]


def text_of(found: Any) -> str:
    """The words that a document says."""
    said = []
    for candidate in candidates_in(found):
        content = content_in(candidate)
        said.append(content.get("content") or "" if isinstance(content.get("content"), str) else "")
        said += [part.get("text", "") for part in content.get("parts") or () if isinstance(part, dict)]
    return "".join(said)
