"""Google's front end: its headers, the layout of its errors and its page for unknown paths."""

from __future__ import annotations

from functools import cache
from typing import Any

from mockgem.core.errors import Failure, RouteNotFound
from mockgem.core.http import ChunkedBody, WireResponse, encode_chunks
from mockgem.dialects.common.json_writer import dump_error

Headers = tuple[tuple[str, str], ...]

VARY_HEADERS = (("Vary", "Origin"), ("Vary", "X-Origin"), ("Vary", "Referer"))
FRONTEND_HEADERS = (
    ("Server", "scaffolding on HTTPServer2"),
    ("X-XSS-Protection", "0"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
)
ALT_SVC = ("Alt-Svc", 'h3=":443"; ma=2592000,h3-29=":443"; ma=2592000')
JSON_TYPE = "application/json; charset=UTF-8"


def build_headers(content_type: str, duration: int = 100) -> Headers:
    """Return the headers of Google's front end. `duration` goes into Server-Timing, in ms."""
    return build_headers_for_tenths(content_type, duration // 100)


@cache
def build_headers_for_tenths(content_type: str, tenths: int) -> Headers:
    timing = ("Server-Timing", f"gfet4t7; dur={tenths}{len(content_type):02}")
    return (("Content-Type", content_type), *VARY_HEADERS, *FRONTEND_HEADERS, timing, ALT_SVC)


ERROR_HEADERS = build_headers(JSON_TYPE)
EVENT_STREAM_ERROR_HEADERS = build_headers("text/event-stream")


def encode_google_error(
    failure: Failure, *, array: bool = False, for_events: bool = False
) -> WireResponse:
    """Return a pretty-printed error: an array for methods that stream, otherwise an object.

    Where the reply would have been a stream of events (`for_events`), the error keeps the type of
    the stream, and has its length (recorded 10 times).

    Evidence: native-130-streamGenerateContent-400.
    """
    error: dict[str, Any] = {
        "code": failure.status,
        "message": failure.message,
        "status": failure.code.name,
    }
    if failure.details:
        error["details"] = list(failure.details)
    text = dump_error({"error": error})
    body = (f"[{text}\n]" if array else text + "\n").encode("utf-8", "replace")
    if for_events:
        return WireResponse(failure.status, EVENT_STREAM_ERROR_HEADERS, body)
    return WireResponse(
        failure.status,
        ERROR_HEADERS,
        ChunkedBody(encode_chunks((body,))),
    )


def encode_not_found_page(unrouted: RouteNotFound) -> WireResponse:
    """Return the HTML page of Google's front end for a path or method that does not exist."""
    path = unrouted.path.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    page = (
        "<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n"
        '  <meta name=viewport content="initial-scale=1, minimum-scale=1, width=device-width">\n'
        "  <title>Error 404 (Not Found)!!1</title>\n"
        "  <p><b>404.</b> <ins>That\u2019s an error.</ins>\n"
        f"  <p>The requested URL <code>{path}</code> was not found on this server.  "
        "<ins>That\u2019s all we know.</ins>\n"
    )
    return WireResponse(
        404,
        (("Content-Type", "text/html; charset=UTF-8"), ("Referrer-Policy", "no-referrer")),
        page.encode(),
    )
