"""Read and write recordings of google/test-server, the proxy in the tests of Google's SDKs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from mockgem.recording.formats.entries import read_entries
from mockgem.recording.formats.segments import (
    add_content_type,
    build_request_body,
    build_response_body,
    join_headers,
    split_request,
    split_response,
    to_header_list,
)
from mockgem.recording.interaction import Interaction

FIRST_HASH = "b4d6e60a9b97e7b98c63df9308728c5c88c0b40c398046772c63447b94608b4d"
"""The hash in place of the request before the first one."""
DEFAULT_PORTS = {"https": 443, "http": 80}


def is_test_server_file(tree: Any) -> bool:
    """Whether a JSON value is a recording of test-server."""
    rows = tree.get("interactions") if isinstance(tree, dict) else None
    return (
        isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict) and "shaSum" in rows[0]
    )


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return all interactions of a file."""
    return read_entries(tree["interactions"], to_interaction)


def to_interaction(row: dict[str, Any]) -> Interaction:
    """Return a row as an interaction."""
    request, response = row["request"], row.get("response", {})
    events = "alt=sse" in request.get("url", "")
    body, chunks = build_response_body(response.get("bodySegments") or [], events=events)
    default_type = "text/event-stream" if events else "application/json; charset=UTF-8"
    dropped = ("content-encoding", "content-length", "transfer-encoding")
    headers = tuple(
        [pair for pair in to_header_list(response.get("headers")) if pair[0].lower() not in dropped]
    )
    return Interaction(
        str(request.get("method", "GET")).upper(),
        build_url(request),
        to_header_list(request.get("headers")),
        build_request_body(request.get("bodySegments") or []),
        int(response.get("statusCode", 200)),
        "",
        add_content_type(headers, default_type),
        body,
        chunks,
    )


def build_url(request: dict[str, Any]) -> str:
    """Return the URL of a request."""
    scheme = request.get("protocol", "https")
    host = request.get("serverAddress", "generativelanguage.googleapis.com")
    port = request.get("port", DEFAULT_PORTS.get(scheme))
    suffix = "" if port == DEFAULT_PORTS.get(scheme) else f":{port}"
    return f"{scheme}://{host}{suffix}{request.get('url', '/')}"


def write(interactions: Sequence[Interaction], name: str) -> tuple[Any, int]:
    """Return a recording, and how many interactions are left out: those without JSON bodies."""
    rows: list[Any] = []
    previous = FIRST_HASH
    for one in interactions:
        segments, answer = split_request(one), split_response(one)
        if segments is None or answer is None or len(segments) > 1:
            continue
        request = to_request_record(one, segments, previous)
        previous = hash_request(request)
        response = {
            "statusCode": one.status,
            "headers": join_headers(one.headers),
            "bodySegments": answer,
        }
        rows.append({"request": request, "shaSum": previous, "response": response})
    return {"recordID": name, "interactions": rows}, len(interactions) - len(rows)


def to_request_record(one: Interaction, segments: list[Any], previous: str) -> dict[str, Any]:
    """Return the request of a row; `previous` is the hash of the one before it."""
    parts = urlsplit(one.uri)
    url = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return {
        "method": one.method,
        "url": url,
        "request": f"{one.method} {url} HTTP/1.1",
        "headers": {
            to_canonical_name(name): text
            for name, text in join_headers(one.request_headers).items()
        },
        "bodySegments": segments if one.request_body else [None],
        "previousRequest": previous,
        "serverAddress": parts.hostname or "",
        "port": parts.port or DEFAULT_PORTS.get(parts.scheme, 443),
        "protocol": parts.scheme,
    }


def to_canonical_name(name: str) -> str:
    """Return a header name as Go writes it."""
    return "-".join(word.capitalize() for word in name.split("-"))


def hash_request(request: dict[str, Any]) -> str:
    """Return the hash of a request as Go writes it.

    Keys below the first level are sorted, and HTML characters are escaped.
    """
    fields = {
        name: json.loads(json.dumps(item, sort_keys=True))
        if isinstance(item, (dict, list))
        else item
        for name, item in request.items()
        if item
    }
    text = json.dumps(fields, indent=2, ensure_ascii=False)
    for sign in "&<>\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
