"""The JSON of an event or of a whole answer: chat, Google's own API, interactions, responses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

EVENT_PATTERN = re.compile(
    rb"\A(?:((?:event: [^\r\n]*\r?\n)?data: ?)(.*?)(\r?\n\r?\n)"
    rb"|(\[|,\r?\n)(\{.*\})(\n))\Z",
    re.S,
)
"""A server-sent event, or a row of a stream that is one array."""


def unwrap_event(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the bytes before the JSON, the JSON, and the bytes after it."""
    match = EVENT_PATTERN.match(data)
    if match is None:
        return b"", data, b""
    before, body, after = match.group(1, 2, 3) if match[1] is not None else match.group(4, 5, 6)
    return before, body, after


def parse_document(data: bytes) -> Any:
    """Return the JSON of an event or of a whole answer, or None."""
    try:
        return json.loads(unwrap_event(data)[1])
    except ValueError:
        return None


def encode_document(data: bytes, document: Any) -> bytes:
    """Return an event or an answer with other JSON, in the layout of the old one."""
    before, body, after = unwrap_event(data)
    end = b"\n" if not after and body.endswith(b"\n") else b""
    if b"\n  " in body[:20]:
        text = json.dumps(document, indent=2, ensure_ascii=False)
    else:
        spaced = b'": ' in body[:200]
        text = json.dumps(document, separators=(",", ": " if spaced else ":"), ensure_ascii=False)
    return before + text.encode("utf-8", "replace") + end + after


def find_candidates(document: Any) -> list[Any]:
    """Return the choices or candidates of a document."""
    if isinstance(document, list):
        return [one for part in document for one in find_candidates(part)]
    if not isinstance(document, dict):
        return []
    rows = document.get("choices") or document.get("candidates") or []
    if not rows and (is_interaction(document) or is_response(document)):
        return [document]
    return [row for row in rows if isinstance(row, dict)]


def is_interaction(document: Any) -> bool:
    """Whether a document is an interaction, or an event of one: it takes a candidate's place."""
    return document.get("object") == "interaction" or "event_type" in document


def is_response(document: Any) -> bool:
    """Whether a document is a response, or an event of one: it takes a candidate's place."""
    return document.get("object") == "response" or is_response_event(document)


def is_response_event(document: Any) -> bool:
    kind = document.get("type")
    return isinstance(kind, str) and kind.startswith("response.")


def find_content(candidate: Any) -> Any:
    """Return the message, delta or content of a candidate; {} without one."""
    for name in ("message", "delta", "content"):
        if isinstance(candidate.get(name), dict):
            return candidate[name]
    return {}


def find_tool_calls(candidate: Any) -> Iterator[Any]:
    """Yield the tool calls of a candidate, in either spelling."""
    content = find_content(candidate)
    yield from content.get("tool_calls") or ()
    for part in content.get("parts") or ():
        if isinstance(part, dict) and "functionCall" in part:
            yield part["functionCall"]
    for step in [*iter_steps(candidate), *iter_items(candidate)]:
        if step.get("type") == "function_call":
            yield step


def iter_items(document: Any) -> Iterator[Any]:
    """Yield the output items of a response, also of the one in an event, and an event's own."""
    for holder in (document, document.get("response")):
        items = holder.get("output") if isinstance(holder, dict) else None
        yield from [item for item in items or () if isinstance(item, dict)]
    if isinstance(document.get("item"), dict):
        yield document["item"]


def iter_steps(document: Any) -> Iterator[Any]:
    """Yield the steps of an interaction, or the one that an event begins."""
    steps = document.get("steps") or [document.get("step")]
    yield from [step for step in steps if isinstance(step, dict)]


def text_of_document(document: Any) -> str:
    """Return the text of a document."""
    texts = []
    for candidate in find_candidates(document):
        content = find_content(candidate)
        text = content.get("content")
        texts.append(text if isinstance(text, str) else "")
        texts += [
            part.get("text", "") for part in content.get("parts") or () if isinstance(part, dict)
        ]
        texts += list_interaction_texts(candidate)
        texts += list_response_texts(candidate)
    return "".join(texts)


def list_interaction_texts(document: Any) -> list[str]:
    """Return the texts of an interaction's outputs, or the text of an event's delta."""
    contents = [
        content
        for step in iter_steps(document)
        if step.get("type") == "model_output"
        for content in step.get("content") or ()
    ]
    contents.append(document.get("delta"))
    return [
        content["text"]
        for content in contents
        if isinstance(content, dict) and isinstance(content.get("text"), str)
    ]


def list_response_texts(document: Any) -> list[str]:
    """Return the texts of a response's messages, or the text of an event's delta.

    The events at the end of a stream repeat the deltas, so they count nothing.
    """
    if is_response_event(document):
        is_text = document["type"] == "response.output_text.delta"
        delta = document.get("delta")
        return [delta] if is_text and isinstance(delta, str) else []
    contents = [
        content
        for item in iter_items(document)
        if item.get("type") == "message"
        for content in item.get("content") or ()
    ]
    return [
        content["text"]
        for content in contents
        if isinstance(content, dict) and isinstance(content.get("text"), str)
    ]
