"""Replay files of google-genai for Python (its replay client, 1.x to 3.x)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Any

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
from mockgem.recording.index import strip_path_prefix
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import request_of

GEMINI_URL = "https://generativelanguage.googleapis.com"
PROJECT = "projects/project/locations/us-central1"
VERTEX_URL = f"https://us-central1-aiplatform.googleapis.com/v1beta1/{PROJECT}"
VERTEX_PATH = re.compile(r"/v1(?:beta1)?/projects/[^/]+/locations/[^/]+")


def is_genai_replay(tree: Any) -> bool:
    """Whether a JSON value is a replay file of google-genai."""
    return (
        isinstance(tree, dict)
        and ("replay_id" in tree or "replayId" in tree)
        and "interactions" in tree
    )


def get_field(record: dict[str, Any], name: str) -> Any:
    """Return a field of a record, whose keys are in snake case or in camel case."""
    first, *rest = name.split("_")
    return record.get(name, record.get(first + "".join(word.capitalize() for word in rest)))


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return the requests; other calls of the SDK, such as its uploads, are left out."""
    return read_entries(tree["interactions"], to_interaction)


def to_interaction(record: dict[str, Any]) -> Interaction | None:
    """Return a record as an interaction; None if it has no URL."""
    request, response = record["request"], record["response"]
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
    default_type = "text/event-stream" if events else "application/json; charset=UTF-8"
    return Interaction(
        str(request.get("method", "POST")).upper(),
        url,
        to_header_list(request.get("headers")),
        expand_project(build_request_body(get_field(request, "body_segments") or [])),
        int(get_field(response, "status_code") or 200),
        "",
        add_content_type(to_header_list(response.get("headers")), default_type),
        body,
        chunks,
    )


def expand_url(url: str) -> str:
    """Return a URL without the SDK's placeholders."""
    url = url.replace("{MLDEV_URL_PREFIX}/v1beta/", f"{GEMINI_URL}/upload/v1beta/")
    return url.replace("{MLDEV_URL_PREFIX}", f"{GEMINI_URL}/v1beta").replace(
        "{VERTEX_URL_PREFIX}", VERTEX_URL
    )


def expand_project(body: bytes) -> bytes:
    """Return a body without the SDK's placeholder for project and location."""
    return body.replace(b"{PROJECT_AND_LOCATION_PATH}", PROJECT.encode())


def write(interactions: Sequence[Interaction], name: str) -> tuple[Any, int]:
    """Return a replay file, and how many interactions are left out: those without JSON bodies."""
    rows = [row for one in interactions if (row := to_record(one)) is not None]
    surface = "vertex" if rows and "{VERTEX_URL_PREFIX}" in rows[0]["request"]["url"] else "mldev"
    tree = {"replay_id": f"mockgem/{name}/{surface}", "interactions": rows}
    return tree, len(interactions) - len(rows)


def to_record(one: Interaction) -> dict[str, Any] | None:
    """Return an interaction as a record; None if a body is not JSON."""
    request, response = split_request(one), split_response(one)
    if request is None or response is None:
        return None
    return {
        "request": {
            "method": one.method.lower(),
            "url": shorten_url(one),
            "headers": {
                name.lower(): text for name, text in join_headers(one.request_headers).items()
            },
            "body_segments": request,
        },
        "response": {
            "status_code": one.status,
            "headers": join_headers(one.headers),
            "body_segments": response,
            "byte_segments": [],
            "sdk_response_segments": [
                build_sdk_response(segment, join_headers(one.headers), one.uri)
                for segment in response
            ],
        },
    }


def build_sdk_response(segment: Any, headers: dict[str, str], uri: str) -> dict[str, Any]:
    """Return a response as the SDK parses it, which its replay client compares.

    Keys have the SDK's names, and only fields that the SDK has are kept.
    """
    kept = {name: text for name, text in headers.items() if name not in ("Date", "Server-Timing")}
    fields = to_snake_case(segment)
    if uri.partition("?")[0].endswith(":countTokens"):
        fields = {
            name: part
            for name, part in fields.items()
            if name in ("total_tokens", "cached_content_token_count")
        }
    return {"sdk_http_response": {"headers": kept}, **fields}


IGNORED_FIELDS = ("serviceTier",)
"""Fields of responses that the SDK ignores (3.4.0)."""


def to_snake_case(value: Any) -> Any:
    """Return a JSON value with keys in snake case, as the SDK has them."""
    match value:
        case dict():
            return {
                to_snake_name(name): to_urlsafe_base64(name, to_snake_case(part))
                for name, part in value.items()
                if name not in IGNORED_FIELDS
            }
        case list():
            return [to_snake_case(part) for part in value]
    return value


BYTES_FIELDS = ("thoughtSignature", "data", "imageBytes", "videoBytes")


def to_urlsafe_base64(name: str, value: Any) -> Any:
    """Return a field's value; the SDK writes bytes as URL-safe base64."""
    if name not in BYTES_FIELDS or not isinstance(value, str):
        return value
    return value.replace("+", "-").replace("/", "_")


def to_snake_name(name: str) -> str:
    """Return a name in snake case."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


def shorten_url(one: Interaction) -> str:
    """Return the URL with the SDK's placeholders for host and project."""
    path = strip_path_prefix(request_of(one)).path
    query = f"?{one.uri.partition('?')[2]}" if "?" in one.uri else ""
    if match := VERTEX_PATH.match(path):
        return "{VERTEX_URL_PREFIX}" + path[match.end() :] + query
    if path.startswith("/upload/"):
        return "{MLDEV_URL_PREFIX}" + path.removeprefix("/upload") + query
    return "{MLDEV_URL_PREFIX}" + re.sub(r"^/v1(?:beta|alpha)?(?=/)", "", path) + query
