"""HAR 1.2, as browsers and proxies save it. It is only read."""

from __future__ import annotations

import base64
from typing import Any

from mockgem.recording.interaction import HeaderList, Interaction

DROPPED_HEADERS = ("content-encoding", "content-length", "transfer-encoding")


def is_har(tree: Any) -> bool:
    return isinstance(tree, dict) and isinstance(tree.get("log"), dict) and "entries" in tree["log"]


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Entries without an answer, as those that were broken off have a status of 0, are left out."""
    entries = tree["log"]["entries"]
    found = [to_interaction(entry) for entry in entries if entry["response"].get("status")]
    return found, len(entries) - len(found)


def to_interaction(entry: dict[str, Any]) -> Interaction:
    request, response = entry["request"], entry["response"]
    content = response.get("content") or {}
    text = content.get("text") or ""
    body = (
        base64.b64decode(text)
        if content.get("encoding") == "base64"
        else text.encode("utf-8", "surrogateescape")
    )
    return Interaction(
        str(request["method"]).upper(),
        str(request["url"]),
        read_headers(request.get("headers")),
        str((request.get("postData") or {}).get("text") or "").encode("utf-8", "surrogateescape"),
        int(response["status"]),
        str(response.get("statusText") or ""),
        tuple(
            [
                pair
                for pair in read_headers(response.get("headers"))
                if pair[0].lower() not in DROPPED_HEADERS
            ]
        ),
        body,
        recorded=str(entry.get("startedDateTime") or ""),
    )


def read_headers(headers: Any) -> HeaderList:
    """Those of HTTP/2 that begin with a colon are not headers here."""
    told = [(str(one["name"]), str(one["value"])) for one in headers or ()]
    return tuple([pair for pair in told if not pair[0].startswith(":")])
