"""Replay files of google-genai for Python (its replay client, 1.x to 3.x)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Any

from mockgem.recording.formats.segments import (
    add_content_type,
    build_request_body,
    build_response_body,
    join_headers,
    split_request,
    split_response,
    to_header_list,
)
from mockgem.recording.index import strip_path_prefix
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import request_of

GEMINI_URL = "https://generativelanguage.googleapis.com"
PROJECT = "projects/project/locations/us-central1"
VERTEX_URL = f"https://us-central1-aiplatform.googleapis.com/v1beta1/{PROJECT}"
VERTEX_PATH = re.compile(r"/v1(?:beta1)?/projects/[^/]+/locations/[^/]+")


def is_genai_replay(tree: Any) -> bool:
    return (
        isinstance(tree, dict)
        and ("replay_id" in tree or "replayId" in tree)
        and "interactions" in tree
    )


def get_field(record: dict[str, Any], name: str) -> Any:
    """Keys may be in either spelling."""
    first, *rest = name.split("_")
    return record.get(name, record.get(first + "".join(word.capitalize() for word in rest)))


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Calls of the SDK that are no requests, as its uploads are kept, are left out."""
    records = tree["interactions"]
    found = [
        one
        for record in records
        if (one := to_interaction(record["request"], record["response"])) is not None
    ]
    return found, len(records) - len(found)


def to_interaction(request: dict[str, Any], response: dict[str, Any]) -> Interaction | None:
    url = expand_url(str(request.get("url", "")))
    if not url:
        return None
    segments = get_field(response, "body_segments") or []
    octets = [base64.urlsafe_b64decode(text) for text in get_field(response, "byte_segments") or ()]
    events = "alt=sse" in url and bool(segments)
    body, chunks = (
        (b"".join(octets), ())
        if octets and not segments
        else build_response_body(segments, events=events)
    )
    usual = "text/event-stream" if events else "application/json; charset=UTF-8"
    return Interaction(
        str(request.get("method", "POST")).upper(),
        url,
        to_header_list(request.get("headers")),
        expand_project(build_request_body(get_field(request, "body_segments") or [])),
        int(get_field(response, "status_code") or 200),
        "",
        add_content_type(to_header_list(response.get("headers")), usual),
        body,
        chunks,
    )


def expand_url(url: str) -> str:
    url = url.replace("{MLDEV_URL_PREFIX}/v1beta/", f"{GEMINI_URL}/upload/v1beta/")
    return url.replace("{MLDEV_URL_PREFIX}", f"{GEMINI_URL}/v1beta").replace(
        "{VERTEX_URL_PREFIX}", VERTEX_URL
    )


def expand_project(body: bytes) -> bytes:
    return body.replace(b"{PROJECT_AND_LOCATION_PATH}", PROJECT.encode())


def write(interactions: Sequence[Interaction], name: str) -> tuple[Any, int]:
    rows = [row for one in interactions if (row := to_record(one)) is not None]
    surface = "vertex" if rows and "{VERTEX_URL_PREFIX}" in rows[0]["request"]["url"] else "mldev"
    return {"replay_id": f"mockgem/{name}/{surface}", "interactions": rows}, len(
        interactions
    ) - len(rows)


def to_record(one: Interaction) -> dict[str, Any] | None:
    asked, answered = split_request(one), split_response(one)
    if asked is None or answered is None:
        return None
    return {
        "request": {
            "method": one.method.lower(),
            "url": shorten_url(one),
            "headers": {
                name.lower(): text for name, text in join_headers(one.request_headers).items()
            },
            "body_segments": asked,
        },
        "response": {
            "status_code": one.status,
            "headers": join_headers(one.headers),
            "body_segments": answered,
            "byte_segments": [],
            "sdk_response_segments": [
                build_sdk_response(segment, join_headers(one.headers), one.uri)
                for segment in answered
            ],
        },
    }


def build_sdk_response(segment: Any, headers: dict[str, str], uri: str) -> dict[str, Any]:
    """What the SDK makes of a response, with which its replay client compares: its own names, and only what it has a
    field for."""
    kept = {name: text for name, text in headers.items() if name not in ("Date", "Server-Timing")}
    found = to_snake_case(segment)
    if uri.partition("?")[0].endswith(":countTokens"):
        found = {
            name: part
            for name, part in found.items()
            if name in ("total_tokens", "cached_content_token_count")
        }
    return {"sdk_http_response": {"headers": kept}, **found}


IGNORED_FIELDS = ("serviceTier",)
"""Fields of responses that the SDK passes over (3.4.0)."""


def to_snake_case(found: Any) -> Any:
    match found:
        case dict():
            return {
                to_snake_name(name): to_urlsafe_base64(name, to_snake_case(part))
                for name, part in found.items()
                if name not in IGNORED_FIELDS
            }
        case list():
            return [to_snake_case(part) for part in found]
    return found


BYTES_FIELDS = ("thoughtSignature", "data", "imageBytes", "videoBytes")


def to_urlsafe_base64(name: str, found: Any) -> Any:
    """The SDK writes bytes with the letters of addresses."""
    return (
        found.replace("+", "-").replace("/", "_")
        if name in BYTES_FIELDS and isinstance(found, str)
        else found
    )


def to_snake_name(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


def shorten_url(one: Interaction) -> str:
    """The address with the SDK's stand-ins for what depends on who asked."""
    path = strip_path_prefix(request_of(one)).path
    query = f"?{one.uri.partition('?')[2]}" if "?" in one.uri else ""
    if match := VERTEX_PATH.match(path):
        return "{VERTEX_URL_PREFIX}" + path[match.end() :] + query
    if path.startswith("/upload/"):
        return "{MLDEV_URL_PREFIX}" + path.removeprefix("/upload") + query
    return "{MLDEV_URL_PREFIX}" + re.sub(r"^/v1(?:beta|alpha)?(?=/)", "", path) + query
