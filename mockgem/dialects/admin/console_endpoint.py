"""Serve the console: a page for browsers, whose scripts use the admin API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mockgem.core.call import Dialect, Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.admin.json_endpoint import encode_failure

FOLDER = Path(__file__).parents[2] / "console"
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' data: blob:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""What the console may do. Prompts and replies are text to it: nothing in them can run."""
SAFE_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-cache"),
)
START_PAGE = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>mockgem</title>
<p>This is mockgem, the Gemini API on localhost. <a href="%b">Open the console</a></p>
"""


@frozen
class PageRequest:
    """A file of the console, or the address to which a browser goes instead."""

    file: str = ""
    location: str = ""


@cache
def list_files() -> Mapping[str, bytes]:
    """Return the console's files by name: only these can be requested."""
    return {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in CONTENT_TYPES
    }


def decode_file(wire: WireRequest, params: Mapping[str, str]) -> PageRequest:
    """Raises ApiError (404) for a file that the console does not have."""
    name = params.get("file") or "index.html"
    if name == "index.html" and not wire.path.endswith(("/", ".html")):
        return PageRequest(location=build_location(wire))
    if name not in list_files():
        raise ApiError(Failure(Code.NOT_FOUND, f"the console has no file {name[:80]!r}"))
    return PageRequest(name)


def decode_start(wire: WireRequest, params: Mapping[str, str]) -> PageRequest:
    return PageRequest(location=build_location(wire))


def build_location(wire: WireRequest) -> str:
    """Return the console's path in the world of a request."""
    return f"{wire.base_path}/_mockgem/console/"


async def pass_on(request: PageRequest, context: OperationContext) -> PageRequest:
    return request


def encode_page(request: PageRequest, result: PageRequest) -> WireResponse:
    if result.location:
        location = result.location.encode("latin-1", "replace").decode("latin-1")
        headers = (
            ("Location", location),
            ("Content-Type", CONTENT_TYPES[".html"]),
            ("Vary", "Accept"),
            *SAFE_HEADERS,
        )
        return WireResponse(302, headers, START_PAGE % location.encode("latin-1"))
    content_type = CONTENT_TYPES[Path(result.file).suffix]
    return WireResponse(
        200, (("Content-Type", content_type), *SAFE_HEADERS), list_files()[result.file]
    )


def build_page_endpoint(path: str, decode: Any, summary: str) -> Endpoint[PageRequest, PageRequest]:
    return Endpoint(
        "GET", path, summary, decode, pass_on, encode_page, encode_failure, pure=False
    )  # fmt: skip


SUMMARY = "Open the console in a browser"
CONSOLE_ENDPOINTS = (
    build_page_endpoint("/console/", decode_file, SUMMARY),
    build_page_endpoint("/console", decode_file, SUMMARY),
    build_page_endpoint("/console/{file*}", decode_file, "Load a file of the console"),
)


def refuse_credential(which: str) -> Failure:
    raise AssertionError("the start page needs no API key")


def encode_not_found(unrouted: RouteNotFound) -> WireResponse:
    return encode_failure(Failure(Code.NOT_FOUND, "not found"), WireRequest("GET", "/"))


def build_start_dialect() -> Dialect:
    """Return what leads browsers from / to the console."""
    endpoint = build_page_endpoint("", decode_start, "Lead a browser to the console")
    return Dialect("start", (endpoint,), refuse_credential, encode_not_found)
