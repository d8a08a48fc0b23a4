"""Replay files of google-genai for Python (its replay client, 1.x to 3.x)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Any

from mockgem.recording.formats.segments import (
    joined,
    pairs_in,
    request_body,
    request_segments,
    response_body,
    response_segments,
    with_type,
)
from mockgem.recording.index import at_version
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import asked_in

GEMINI = "https://generativelanguage.googleapis.com"
PROJECT = "projects/project/locations/us-central1"
VERTEX = f"https://us-central1-aiplatform.googleapis.com/v1beta1/{PROJECT}"
ON_VERTEX = re.compile(r"/v1(?:beta1)?/projects/[^/]+/locations/[^/]+")


def looks(tree: Any) -> bool:
    return isinstance(tree, dict) and ("replay_id" in tree or "replayId" in tree) and "interactions" in tree


def field(record: dict[str, Any], name: str) -> Any:
    """Keys may be in either spelling."""
    first, *rest = name.split("_")
    return record.get(name, record.get(first + "".join(word.capitalize() for word in rest)))


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Calls of the SDK that are no requests, as its uploads are kept, are left out."""
    records = tree["interactions"]
    found = [one for record in records if (one := interaction(record["request"], record["response"])) is not None]
    return found, len(records) - len(found)


def interaction(request: dict[str, Any], response: dict[str, Any]) -> Interaction | None:
    url = address(str(request.get("url", "")))
    if not url:
        return None
    segments = field(response, "body_segments") or []
    octets = [base64.urlsafe_b64decode(text) for text in field(response, "byte_segments") or ()]
    events = "alt=sse" in url and bool(segments)
    body, chunks = (b"".join(octets), ()) if octets and not segments else response_body(segments, events=events)
    usual = "text/event-stream" if events else "application/json; charset=UTF-8"
    return Interaction(
        str(request.get("method", "POST")).upper(),
        url,
        pairs_in(request.get("headers")),
        placed(request_body(field(request, "body_segments") or [])),
        int(field(response, "status_code") or 200),
        "",
        with_type(pairs_in(response.get("headers")), usual),
        body,
        chunks,
    )


def address(url: str) -> str:
    url = url.replace("{MLDEV_URL_PREFIX}/v1beta/", f"{GEMINI}/upload/v1beta/")
    return url.replace("{MLDEV_URL_PREFIX}", f"{GEMINI}/v1beta").replace("{VERTEX_URL_PREFIX}", VERTEX)


def placed(body: bytes) -> bytes:
    return body.replace(b"{PROJECT_AND_LOCATION_PATH}", PROJECT.encode())


def write(interactions: Sequence[Interaction], name: str) -> tuple[Any, int]:
    rows = [row for one in interactions if (row := record(one)) is not None]
    surface = "vertex" if rows and "{VERTEX_URL_PREFIX}" in rows[0]["request"]["url"] else "mldev"
    return {"replay_id": f"mockgem/{name}/{surface}", "interactions": rows}, len(interactions) - len(rows)


def record(one: Interaction) -> dict[str, Any] | None:
    asked, answered = request_segments(one), response_segments(one)
    if asked is None or answered is None:
        return None
    return {
        "request": {
            "method": one.method.lower(),
            "url": shortened(one),
            "headers": {name.lower(): text for name, text in joined(one.request_headers).items()},
            "body_segments": asked,
        },
        "response": {
            "status_code": one.status,
            "headers": joined(one.headers),
            "body_segments": answered,
            "byte_segments": [],
            "sdk_response_segments": [parsed(segment, joined(one.headers), one.uri) for segment in answered],
        },
    }


def parsed(segment: Any, headers: dict[str, str], uri: str) -> dict[str, Any]:
    """What the SDK makes of a response, with which its replay client compares: its own names, and only what it has a
    field for."""
    kept = {name: text for name, text in headers.items() if name not in ("Date", "Server-Timing")}
    found = snake(segment)
    if uri.partition("?")[0].endswith(":countTokens"):
        found = {name: part for name, part in found.items() if name in ("total_tokens", "cached_content_token_count")}
    return {"sdk_http_response": {"headers": kept}, **found}


UNREAD = ("serviceTier",)
"""Fields of responses that the SDK passes over (3.4.0)."""


def snake(found: Any) -> Any:
    match found:
        case dict():
            return {snake_name(name): octets(name, snake(part)) for name, part in found.items() if name not in UNREAD}
        case list():
            return [snake(part) for part in found]
    return found


OCTETS = ("thoughtSignature", "data", "imageBytes", "videoBytes")


def octets(name: str, found: Any) -> Any:
    """The SDK writes bytes with the letters of addresses."""
    return found.replace("+", "-").replace("/", "_") if name in OCTETS and isinstance(found, str) else found


def snake_name(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


def shortened(one: Interaction) -> str:
    """The address with the SDK's stand-ins for what depends on who asked."""
    path = at_version(asked_in(one)).path
    query = f"?{one.uri.partition('?')[2]}" if "?" in one.uri else ""
    if match := ON_VERTEX.match(path):
        return "{VERTEX_URL_PREFIX}" + path[match.end() :] + query
    if path.startswith("/upload/"):
        return "{MLDEV_URL_PREFIX}" + path.removeprefix("/upload") + query
    return "{MLDEV_URL_PREFIX}" + re.sub(r"^/v1(?:beta|alpha)?(?=/)", "", path) + query
