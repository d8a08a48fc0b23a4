"""The methods of official SDKs, and what becomes of their requests (`endpoints --coverage`).

The methods and their requests are in `data/sdk_methods.json`, which `tests/tools/sdk_methods.py`
wrote. The states come from the endpoints of this version.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from mockgem.app.router import Router
from mockgem.app.surfaces import build_surfaces
from mockgem.core.http import WireRequest
from mockgem.dialects.common.unsupported import find_unsupported

SERVED, NOT_OFFERED = "served", "not offered"
REFUSED, LOCAL = "refused as in reality", "in the client"
SDKS = {"google-genai": "/v1beta", "openai": "/v1beta/openai"}
"""The SDKs, and the path of the surface that each one uses for the Gemini API."""
HEADERS = {
    "google-genai": {"x-goog-api-key": "k"},
    "openai": {"authorization": "Bearer k"},
}
VERTEX_ALONE = frozenset(
    f"models.{name}"
    for name in "compute_tokens edit_image recontext_image segment_image upscale_image".split()
)
"""Methods of google-genai that refuse a client of the Gemini API, before any request."""
SIBLINGS = ("create", "retrieve", "list")
"""The methods whose requests the helpers beside them send, such as `stream` and `poll`."""
HELPERS_WITHOUT_REQUESTS = ("webhooks.unwrap", "webhooks.verify_signature")

Row = tuple[str, str, str]
"""A method, its request, and its state."""


def list_methods(sdk: str) -> list[Row]:
    """Return the methods of an SDK with their requests and states."""
    methods: dict[str, str] = load_methods()[sdk]["methods"]
    return [(name, request, find_state(sdk, name, request)) for name, request in methods.items()]


def list_versions() -> dict[str, str]:
    """Return the version of each SDK whose methods are listed."""
    return {sdk: str(load_methods()[sdk]["version"]) for sdk in SDKS}


@cache
def load_methods() -> dict[str, Any]:
    """Return version and methods of each SDK."""
    path = Path(__file__).parent.parent / "data" / "sdk_methods.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def find_state(sdk: str, name: str, request: str) -> str:
    """Return what becomes of the request of a method."""
    if sdk == "google-genai" and name in VERTEX_ALONE:
        return REFUSED
    if not request:
        return find_helper_state(sdk, name)
    method, path = build_request(sdk, request)
    if has_endpoint(sdk, method, path):
        return SERVED
    return NOT_OFFERED if sdk == "google-genai" and find_unsupported(path) else REFUSED


def find_helper_state(sdk: str, name: str) -> str:
    """Return the state of a method that sends the requests of the methods beside it, if any."""
    if sdk == "google-genai" or name in HELPERS_WITHOUT_REQUESTS:
        return LOCAL
    methods: dict[str, str] = load_methods()[sdk]["methods"]
    place = name.rpartition(".")[0]
    for sibling in [f"{place}.{one}" for one in SIBLINGS]:
        if request := methods.get(sibling, ""):
            return find_state(sdk, sibling, request)
    return REFUSED


def build_request(sdk: str, request: str) -> tuple[str, str]:
    """Return method and path of a request, with a text for each variable part."""
    method, _, path = request.partition(" ")
    path = re.sub(r"\{\w+\}", "x", path)
    if path.startswith("/ws/"):
        return method, path
    if path.startswith("/upload/"):
        return method, "/upload" + SDKS[sdk] + path.removeprefix("/upload")
    return method, SDKS[sdk] + path


def has_endpoint(sdk: str, method: str, path: str) -> bool:
    route, _ = get_router().find_route(WireRequest(method, path, {}, HEADERS[sdk]))
    return route is not None


@cache
def get_router() -> Router:
    return Router(build_surfaces())


def render_text() -> str:
    """Return the methods of all SDKs as lines with a summary at the end."""
    rows = [(sdk, *row) for sdk in SDKS for row in list_methods(sdk)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        f"{sdk:<{widths[0]}}  {name:<{widths[1]}}  {request:<{widths[2]}}  {state}"
        for sdk, name, request, state in rows
    ]
    return "\n".join([*lines, "", *[summarize(sdk) for sdk in SDKS]])


def summarize(sdk: str) -> str:
    """Return how many methods of an SDK have each state."""
    counts = Counter(state for _, _, state in list_methods(sdk))
    shown = [f"{counts[state]} {state}" for state in (SERVED, REFUSED, NOT_OFFERED, LOCAL)]
    return f"{sdk} {list_versions()[sdk]}: {', '.join(shown)}."


def render_markdown() -> str:
    """Return a table for each SDK, for the documents."""
    parts = []
    for sdk in SDKS:
        rows = [
            f"| `{name}` | {f'`{request}`' if request else '–'} | {state} |"
            for name, request, state in list_methods(sdk)
        ]
        head = [
            f"## {sdk}",
            "",
            summarize(sdk),
            "",
            "| method | request | state |",
            "|---|---|---|",
        ]
        parts.append("\n".join([*head, *rows]))
    return "\n\n".join(parts)
