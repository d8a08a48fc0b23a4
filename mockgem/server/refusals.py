"""Responses of the server itself: to bytes that are not HTTP, and to connections over the limit."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from aiohttp.http import HttpVersion, HttpVersion10, HttpVersion11
from aiohttp.http_exceptions import LineTooLong

from mockgem.dialects.common.json_writer import dump_compact
from mockgem.server.response_writer import REASONS

log = logging.getLogger("mockgem")
STATUS_NAMES = {403: "PERMISSION_DENIED", 502: "UNAVAILABLE", 503: "UNAVAILABLE"}
MALFORMED = "mockgem: the request is not valid HTTP/1.1"
HEAD_TOO_LARGE = "mockgem: the request line or a header is longer than 8190 bytes"
BAD_VERSION = "mockgem: only HTTP/1.1 and HTTP/1.0 are supported"
HTTP2 = (
    "mockgem: HTTP/2 and gRPC are not supported. Let the client use REST over HTTP/1.1, such as "
    "transport='rest' in google-generativeai"
)
BAD_EXPECTATION = "mockgem: only Expect: 100-continue is supported"
NOT_A_PROXY = (
    "mockgem: this server is not a proxy: start it with --proxy. CONNECT has to be the first "
    "request on its connection"
)
BAD_CODING = "mockgem: HTTP/1.0 has no Transfer-Encoding"


def encode_refusal(status: int, message: str, reason: str = "") -> bytes:
    """Return a whole response in the layout of Google's errors, after which the server closes.

    `reason` is the text after the status, if it is not the usual one.
    """
    error = {
        "code": status,
        "message": message,
        "status": STATUS_NAMES.get(status, "INVALID_ARGUMENT"),
    }
    body = dump_compact({"error": error})
    head = (
        f"HTTP/1.1 {status} {reason or REASONS[status]}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def refuse_bytes(error: BaseException | None) -> bytes:
    """Return the response to bytes that aiohttp can't parse.

    It quotes nothing of the request, which may contain a key. A client of gRPC shows nothing of the
    response, so the log says what to do.
    """
    if "PRI/Upgrade" in str(error):
        log.warning(HTTP2)
        return encode_refusal(505, HTTP2)
    if isinstance(error, LineTooLong):
        return encode_refusal(431, HEAD_TOO_LARGE)
    if "Invalid HTTP version" in str(error):
        return encode_refusal(505, BAD_VERSION)
    return encode_refusal(400, MALFORMED)


def refuse_head(method: str, version: HttpVersion, headers: Mapping[str, str]) -> bytes | None:
    """Return the response to a head that this server does not understand, or None.

    RFC 9110 15.6.6 and 10.1.1, RFC 9112 6.1. The head of CONNECT reaches a proxy only as a second
    request.
    """
    if method == "CONNECT":
        return encode_refusal(405, NOT_A_PROXY, "mockgem is not a proxy without --proxy")
    if version not in (HttpVersion10, HttpVersion11):
        return encode_refusal(505, BAD_VERSION)
    if headers.get("expect", "100-continue").lower() != "100-continue":
        return encode_refusal(417, BAD_EXPECTATION)
    if version == HttpVersion10 and "transfer-encoding" in headers:
        return encode_refusal(400, BAD_CODING)
    return None
