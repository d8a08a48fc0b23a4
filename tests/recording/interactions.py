"""Interactions for tests."""

from __future__ import annotations

import json
from typing import Any

from mockgem.recording.interaction import Interaction

URI = "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"
KEY = "AIzaSyB-canary_0123456789abcdefghijklmn"
"""Looks like a key, and is none."""


def chat(text: str = "hi", answer: bytes = b'{"choices": []}', **more: Any) -> Interaction:
    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]}
    ).encode()
    fields: dict[str, Any] = {
        "method": "POST",
        "uri": URI,
        "request_headers": (("content-type", "application/json"),),
        "request_body": body,
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "application/json"),),
        "body": answer,
    }
    return Interaction(**fields | more)


def stream(*pieces: bytes, **more: Any) -> Interaction:
    chunks = tuple([(10 * n, len(piece)) for n, piece in enumerate(pieces)])
    return chat(
        "stream",
        b"".join(pieces),
        headers=(("Content-Type", "text/event-stream"),),
        chunks=chunks,
        **more,
    )
