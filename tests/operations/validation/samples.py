"""Messages, tools and media for requests that models accept or refuse."""

from __future__ import annotations

import base64
import struct
from typing import Any

from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom

CALL = {"id": "a1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
F = {
    "type": "function",
    "function": {"name": "f", "parameters": {"type": "object", "properties": {}}},
}
USER = {"role": "user", "content": "hi"}
CALL_TURN = {"role": "assistant", "tool_calls": [CALL]}
RESULT_TURN = {"role": "tool", "tool_call_id": "a1", "content": "ok"}


def url(mime_type: str, data: bytes) -> str:
    return f"data:{mime_type};base64,{base64.b64encode(data).decode()}"


def wav(seconds: int) -> bytes:
    rate = 8000
    data = b"\0" * rate * seconds
    head = (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8)
    )
    return head + b"data" + struct.pack("<I", len(data)) + data


PDF = (
    b"%PDF-1.4\n1 0 obj <</Type /Pages /Count 3>> endobj\n"
    + b"2 0 obj <</Type /Page>> endobj\n" * 3
    + b"%%EOF"
)
PNG = render_picture(SeededRandom(0, "x"), 640, 480)


def image(data: bytes = PNG, mime_type: str = "image/png") -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url(mime_type, data)}}


def message_with(*parts: Any) -> list[Any]:
    return [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, *parts]}]
