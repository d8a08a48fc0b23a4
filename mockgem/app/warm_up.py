"""Import and build what first requests need, before a server forks its workers.

A single process does this when the first request of a kind comes. Workers inherit it instead: they
share the memory, and the replacement of a killed worker is as quick as the others.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest
from mockgem.core.scheduling import run_interleaved

MODULES = (
    "aiohttp.web_ws",
    "mockgem.app.worker",
    "mockgem.redaction.body",
    "mockgem.redaction.credentials",
    "mockgem.scenarios.loader",
    "mockgem.scenarios.runner",
    "mockgem.scenarios.shared_state",
    "mockgem.scenarios.validation",
    "mockgem.scenarios.verdict",
    "mockgem.scenarios.yaml_reader",
)
CHAT, NATIVE = "/v1beta/openai/chat/completions", "/v1beta/models/gemini-2.5-flash:generateContent"
QUESTION = "Write a list of the colours of a rainbow as JSON, and answer the question: why?"
SCHEMA = {"type": "object", "properties": {"colour": {"type": "string"}}, "required": ["colour"]}
FORMAT = {"type": "json_schema", "json_schema": {"name": "colour", "schema": SCHEMA}}
TOOL = {"type": "function", "function": {"name": "find_colour", "parameters": SCHEMA}}
HEADERS = {"authorization": "Bearer none", "content-type": "application/json"}


def warm_up() -> None:
    """Import modules, and answer a request of each usual kind in a server without a port."""
    for name in MODULES:
        importlib.import_module(name)
    app = create_app(Settings())
    app.router.load_all()
    for path, body in list_requests():
        request = WireRequest("POST", path, {}, HEADERS, json.dumps(body).encode(), target=path)
        run_interleaved([app.handler(request)])
    app.storage.close()


def list_requests() -> list[tuple[str, Mapping[str, Any]]]:
    """Return the path and the body of each request."""
    messages = [{"role": "user", "content": QUESTION}]
    chat = {"model": "gemini-2.5-flash", "messages": messages}
    native = {"contents": [{"role": "user", "parts": [{"text": QUESTION}]}]}
    embedding = {"model": "gemini-embedding-001", "input": QUESTION}
    return [
        (CHAT, chat),
        (CHAT, chat | {"stream": True}),
        (CHAT, chat | {"response_format": FORMAT}),
        (CHAT, chat | {"tools": [TOOL]}),
        (NATIVE, native),
        ("/v1beta/openai/embeddings", embedding),
        ("/_mockgem/health", {}),
    ]
