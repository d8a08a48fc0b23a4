"""Requests from connections: target, head and body, with their limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp.http import HttpVersion10
from aiohttp.http_exceptions import PayloadEncodingError

from mockgem.core.content_coding import SUPPORTED, Decoder, normalize_coding
from mockgem.core.http import EMPTY, WireRequest
from mockgem.core.scheduling import sleep
from mockgem.server import web
from mockgem.server.body_memory import BodyLease, Overloaded

BODY_TIMEOUT = 60.0
"""Seconds in which a body, or the next piece of a streamed body, must arrive."""
MAX_DECOMPRESSED = 20 * 2**20
"""Bytes of the largest body after decompression; a few kilobytes can expand to gigabytes."""
YIELD_EVERY = 16
"""Pieces of a decoded body after which other requests get their turn: one MiB."""
UNREADABLE = "Request body could not be read."
BODY_ERRORS = (web.RequestPayloadError, PayloadEncodingError, TimeoutError)
MEMORY_STEP = 2**20
"""Bytes of memory that a body of unknown length takes at once."""


class BodyTooLarge(Exception):
    """A body over a limit; the message names the limit."""


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


async def read_body(
    wire: WireRequest, request: web.BaseRequest, max_body: int, lease: BodyLease
) -> None:
    """Set `wire.body`, or `wire.error` to the reason why the body can't be read.

    A body that arrived together with its headers is taken without waiting.
    """
    content = request.content
    try:
        if content.is_eof():
            data = content.read_nowait() if not content.at_eof() else b""
        else:
            data = await receive_body(request, max_body, lease)
        if len(data) > max_body:
            raise BodyTooLarge(f"{max_body} bytes")
        await set_body(wire, data, lease)
        if len(wire.body) > max_body:
            raise BodyTooLarge(f"{max_body} bytes")
    except BodyTooLarge as error:
        wire.error = too_large_message(str(error))
    except Overloaded:
        wire.error, wire.is_overloaded = overloaded_message(lease.memory.limit), True
    except (*BODY_ERRORS, ValueError):
        wire.error = UNREADABLE


def too_large_message(limit: str) -> str:
    return f"Request payload size exceeds the limit: {limit}."


def overloaded_message(limit: int) -> str:
    return (
        f"mockgem: the bodies of all open requests may take {limit} bytes of memory, and this one "
        "does not fit. Send fewer large requests at once, or start the server with a larger "
        "--body-memory."
    )


async def receive_body(request: web.BaseRequest, max_body: int, lease: BodyLease) -> bytes:
    """Read a body to its end. Raises BodyTooLarge and Overloaded."""
    announced = request.content_length or 0
    if announced > max_body:
        raise BodyTooLarge(f"{max_body} bytes")
    await lease.grow(announced)
    send_continue(request)
    received: list[bytes] = []
    size = 0
    async with asyncio.timeout(BODY_TIMEOUT):
        async for piece in request.content.iter_any():
            received.append(piece)
            size += len(piece)
            if size > max_body:
                raise BodyTooLarge(f"{max_body} bytes")
            if size > lease.size:
                await lease.grow(min(size + MEMORY_STEP, max_body))
    return b"".join(received)


async def set_body(wire: WireRequest, data: bytes, lease: BodyLease) -> None:
    """Set the body without its content coding. Raises BodyTooLarge, Overloaded and ValueError."""
    coding = normalize_coding(wire.headers.get("content-encoding", "")) if data else ""
    if coding in SUPPORTED:
        async with lease.memory.decoding:
            wire.body, wire.sent_body = await decode_body(data, coding, lease), data
        return
    wire.body = data
    if coding:
        refuse_coding(wire, coding)


async def decode_body(data: bytes, coding: str, lease: BodyLease) -> bytes:
    """Return a decoded body. Other requests get their turn between the steps.

    Raises BodyTooLarge as soon as the body is larger than MAX_DECOMPRESSED.
    """
    decoder, pieces, size = Decoder(coding), [], 0
    for piece in decoder.decode(data):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_DECOMPRESSED:
            raise BodyTooLarge(f"{MAX_DECOMPRESSED} bytes when it is unpacked")
        if len(pieces) % YIELD_EVERY == 0:
            await lease.grow(len(data) + size + MEMORY_STEP)
            await sleep(0)
    decoder.finish()
    return b"".join(pieces)


def refuse_coding(wire: WireRequest, coding: str) -> None:
    """Note that the body stays encoded; a recorder can send it on all the same."""
    wire.unknown_coding = coding
    wire.error = (
        f"mockgem: Content-Encoding {coding[:60]!r} is not supported: send the body with gzip or "
        "deflate, or without Content-Encoding."
    )


def open_stream(wire: WireRequest, request: web.BaseRequest) -> None:
    """Set `wire.stream` to the body, which is read as it arrives."""
    coding = normalize_coding(wire.headers.get("content-encoding", ""))
    if coding and coding not in SUPPORTED:
        refuse_coding(wire, coding)
    send_continue(request)
    wire.stream = iter_body(request)


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
