"""Write what the user said as steps of an interaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mockgem.core.content import Blob, Link, Part, Text, ToolResult
from mockgem.operations.base64_codec import encode_base64

Json = dict[str, Any]
MEDIA = ("image", "audio", "video")


def write_input(parts: Sequence[Part]) -> Iterator[Json]:
    """Yield the steps of a turn of the user: results of functions, and other contents together."""
    contents = [content for part in parts for content in write_content(part)]
    for part in parts:
        if isinstance(part, ToolResult):
            named = {"name": part.name} if part.name else {}
            yield {"call_id": part.id, **named, "result": part.output, "type": "function_result"}
    if contents:
        yield {"content": contents, "type": "user_input"}


def write_content(part: Part) -> Iterator[Json]:
    match part:
        case Text(text):
            yield {"text": text, "type": "text"}
        case Blob(mime_type, data):
            encoded = encode_base64(data)
            yield {"data": encoded, "mime_type": mime_type, "type": find_kind(mime_type)}
        case Link(mime_type, uri):
            yield {"uri": uri, "mime_type": mime_type, "type": find_kind(mime_type)}


def find_kind(mime_type: str) -> str:
    kind = mime_type.partition("/")[0]
    return kind if kind in MEDIA else "document"
