"""Interactions for tests."""

from __future__ import annotations

import json
from typing import Any

from mockgem.config.model_catalog import load_catalogue
from mockgem.config.settings import Settings
from mockgem.core.world import World
from mockgem.recording.interaction import Interaction
from mockgem.storage.memory import MemoryStorage

URI = "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"
KEY = "AIzaSyB-canary_0123456789abcdefghijklmn"
"""Looks like a key, and is not one."""


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


def make_world(name: str = "") -> World:
    """Return a world with nothing in it."""
    state = MemoryStorage().open(name)
    return World(
        load_catalogue(Settings()),
        state.store,
        state.blobs,
        state.request_counts,
        state.locks,
        state.journal,
        name,
    )
