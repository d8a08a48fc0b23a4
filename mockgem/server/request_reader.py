"""Requests from connections: target, head and body, with their limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp import web
from aiohttp.http import HttpVersion10
from aiohttp.http_exceptions import ContentEncodingError, PayloadEncodingError

from mockgem.core.http import EMPTY, WireRequest

BODY_TIMEOUT = 60.0
"""Seconds in which a body, or the next piece of a streamed body, must arrive."""
MAX_DECOMPRESSED = 20 * 2**20
"""Bytes of the largest body after decompression; a few kilobytes can expand to gigabytes."""
UNREADABLE = "Request body could not be read."
BODY_ERRORS = (
    web.RequestPayloadError,
    PayloadEncodingError,
    ContentEncodingError,
    TimeoutError,
)


class DecompressionBomb(Exception):
    """A compressed body that would fill the memory."""


def parse_request(method: str, target: str, headers: Mapping[str, str]) -> WireRequest:
    """Return a request without its body."""
    path, query = parse_target(target)
    return WireRequest(method, path, query, headers, target=target)


@lru_cache(maxsize=1024)
def parse_target(target: str) -> tuple[str, Mapping[str, str]]:
    """Split a request target into its decoded path and its query.

    A scheme and host in front of the path are dropped; several slashes at its start become one.
    """
    path, _, text = target.partition("?")
    if path[:1] != "/":
        path = urlsplit(path).path or "/"
    if "%" in path:
        path = unquote(path)
    if path[:2] == "//":
        path = "/" + path.lstrip("/")
    return path, MappingProxyType(dict(parse_qsl(text, keep_blank_values=True))) if text else EMPTY


def add_world(target: str, world: str) -> str:
    """Put a world, /w/NAME, in front of a target that names none."""
    if target[:1] != "/":
        target = target.partition("://")[2].partition("/")[2]
    path = "/" + target.lstrip("/")
    return path if path[:3] == "/w/" else world + path


async def read_body(wire: WireRequest, request: web.BaseRequest, max_body: int) -> None:
    """Set `wire.body`, or `wire.error` to the reason why the body can't be read.

    A body that arrived together with its headers is taken without waiting.
    """
    content = request.content
    try:
        if content.is_eof():
            wire.body = content.read_nowait() if not content.at_eof() else b""
        else:
            send_continue(request)
            async with asyncio.timeout(BODY_TIMEOUT):
                wire.body = await read_arriving_body(request)
    except DecompressionBomb:
        wire.error = too_large_message(f"{MAX_DECOMPRESSED} bytes when it is unpacked")
    except web.HTTPRequestEntityTooLarge:
        wire.error = too_large_message(f"{max_body} bytes")
    except BODY_ERRORS:
        wire.error = UNREADABLE
    if len(wire.body) > max_body:
        wire.body, wire.error = b"", too_large_message(f"{max_body} bytes")


def too_large_message(limit: str) -> str:
    return f"Request payload size exceeds the limit: {limit}."


async def read_arriving_body(request: web.BaseRequest) -> bytes:
    """Read a body to its end. Raises DecompressionBomb, and HTTPRequestEntityTooLarge."""
    if "content-encoding" not in request.headers:
        return await request.read()
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > MAX_DECOMPRESSED:
            raise DecompressionBomb
    return bytes(body)


async def iter_body(request: web.BaseRequest) -> AsyncIterator[bytes]:
    """Yield a body as it arrives. Raises ConnectionError if its end does not arrive."""
    try:
        while not request.content.at_eof():
            async with asyncio.timeout(BODY_TIMEOUT):
                yield await request.content.readany()
    except BODY_ERRORS as error:
        raise ConnectionError(UNREADABLE) from error


def send_continue(request: web.BaseRequest) -> None:
    """Send 100 Continue to a client that waits for it before it sends the body."""
    waits = request.headers.get("expect", "").lower() == "100-continue"
    if waits and request.version != HttpVersion10 and request.transport is not None:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
