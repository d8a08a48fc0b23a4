"""Read HAR 1.2, as browsers and proxies save it."""

from __future__ import annotations

import base64
from typing import Any

from mockgem.recording.interaction import HeaderList, Interaction

DROPPED_HEADERS = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that do not describe a body as HAR keeps it."""


def is_har(tree: Any) -> bool:
    """Whether a JSON value is a HAR file."""
    return isinstance(tree, dict) and isinstance(tree.get("log"), dict) and "entries" in tree["log"]


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return the entries with a response; one that broke off has the status 0."""
    entries = tree["log"]["entries"]
    interactions = [to_interaction(entry) for entry in entries if entry["response"].get("status")]
    return interactions, len(entries) - len(interactions)


def to_interaction(entry: dict[str, Any]) -> Interaction:
    """Return an entry as an interaction."""
    request, response = entry["request"], entry["response"]
    question = str((request.get("postData") or {}).get("text") or "")
    headers = read_headers(response.get("headers"))
    return Interaction(
        str(request["method"]).upper(),
        str(request["url"]),
        read_headers(request.get("headers")),
        question.encode("utf-8", "surrogateescape"),
        int(response["status"]),
        str(response.get("statusText") or ""),
        tuple([pair for pair in headers if pair[0].lower() not in DROPPED_HEADERS]),
        read_body(response.get("content") or {}),
        recorded=str(entry.get("startedDateTime") or ""),
    )


def read_body(content: dict[str, Any]) -> bytes:
    """Return a response body, which HAR keeps as text or as base64."""
    text = content.get("text") or ""
    if content.get("encoding") == "base64":
        return base64.b64decode(text)
    return str(text).encode("utf-8", "surrogateescape")


def read_headers(headers: Any) -> HeaderList:
    """Return headers without the pseudo-headers of HTTP/2, which begin with a colon."""
    pairs = [(str(one["name"]), str(one["value"])) for one in headers or ()]
    return tuple([pair for pair in pairs if not pair[0].startswith(":")])
