"""Recordings of google/test-server, a proxy that Google's SDKs are tested with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from mockgem.recording.formats.segments import (
    joined,
    pairs_in,
    request_body,
    request_segments,
    response_body,
    response_segments,
    with_type,
)
from mockgem.recording.interaction import Interaction

HEAD = "b4d6e60a9b97e7b98c63df9308728c5c88c0b40c398046772c63447b94608b4d"
"""What stands for the request before the first one."""
PORTS = {"https": 443, "http": 80}


def looks(tree: Any) -> bool:
    rows = tree.get("interactions") if isinstance(tree, dict) else None
    return isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict) and "shaSum" in rows[0]


def read(tree: Any) -> tuple[list[Interaction], int]:
    return [interaction(row["request"], row.get("response", {})) for row in tree["interactions"]], 0


def interaction(request: dict[str, Any], response: dict[str, Any]) -> Interaction:
    events = "alt=sse" in request.get("url", "")
    body, chunks = response_body(response.get("bodySegments") or [], events=events)
    usual = "text/event-stream" if events else "application/json; charset=UTF-8"
    dropped = ("content-encoding", "content-length", "transfer-encoding")
    headers = tuple([pair for pair in pairs_in(response.get("headers")) if pair[0].lower() not in dropped])
    return Interaction(
        str(request.get("method", "GET")).upper(),
        address(request),
        pairs_in(request.get("headers")),
        request_body(request.get("bodySegments") or []),
        int(response.get("statusCode", 200)),
        "",
        with_type(headers, usual),
        body,
        chunks,
    )


def address(request: dict[str, Any]) -> str:
    scheme, host = request.get("protocol", "https"), request.get("serverAddress", "generativelanguage.googleapis.com")
    port = request.get("port", PORTS.get(scheme))
    return f"{scheme}://{host}{'' if port == PORTS.get(scheme) else f':{port}'}{request.get('url', '/')}"


def write(interactions: Sequence[Interaction], name: str) -> tuple[Any, int]:
    rows: list[Any] = []
    before = HEAD
    for one in interactions:
        asked, answered = request_segments(one), response_segments(one)
        if asked is None or answered is None or len(asked) > 1:
            continue
        request = as_request(one, asked, before)
        before = sha_of(request)
        response = {"statusCode": one.status, "headers": joined(one.headers), "bodySegments": answered}
        rows.append({"request": request, "shaSum": before, "response": response})
    return {"recordID": name, "interactions": rows}, len(interactions) - len(rows)


def as_request(one: Interaction, segments: list[Any], before: str) -> dict[str, Any]:
    parts = urlsplit(one.uri)
    url = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return {
        "method": one.method,
        "url": url,
        "request": f"{one.method} {url} HTTP/1.1",
        "headers": {canonical(name): text for name, text in joined(one.request_headers).items()},
        "bodySegments": segments if one.request_body else [None],
        "previousRequest": before,
        "serverAddress": parts.hostname or "",
        "port": parts.port or PORTS.get(parts.scheme, 443),
        "protocol": parts.scheme,
    }


def canonical(name: str) -> str:
    return "-".join(word.capitalize() for word in name.split("-"))


def sha_of(request: dict[str, Any]) -> str:
    """Of the request as Go writes it: keys below the first level sorted, signs of HTML escaped."""
    told = {
        name: json.loads(json.dumps(item, sort_keys=True)) if isinstance(item, (dict, list)) else item
        for name, item in request.items()
        if item
    }
    text = json.dumps(told, indent=2, ensure_ascii=False)
    for sign in "&<>\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
