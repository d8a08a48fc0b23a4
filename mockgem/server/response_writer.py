"""Responses as bytes: heads, whole bodies, and frames at their times."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

from mockgem.core.http import BODILESS, ChunkedBody, ConnectionDropped, Frames, WireResponse
from mockgem.core.paced_frames import PacedFrames
from mockgem.core.scheduling import yield_control
from mockgem.server import web
from mockgem.server.paced_delivery import (
    LAST_CHUNK,
    MAX_CATCH_UP,
    ClientLeft,
    PacedDelivery,
)
from mockgem.server.ticker import Ticker

Headers = tuple[tuple[str, str], ...]
REASONS = {status.value: status.phrase for status in HTTPStatus} | {499: "Client Closed Request"}
LENGTH_HEADERS = ("content-length", "transfer-encoding")
YIELD_EVERY = 64
"""Frames after which other connections get their turn."""
MAX_CACHED_HEADS = 512
LINE_BREAKS = re.compile(r"[\r\n\0]+")
"""Header values must not contain these: a client could end the header with its own text."""


class WrittenResponse(web.StreamResponse):
    """Tells aiohttp that a response has been written already, and whether the connection stays
    open."""

    async def prepare(self, request: web.BaseRequest) -> None:
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        return None


def make_written_response(*, keep: bool) -> WrittenResponse:
    response = WrittenResponse()
    if not keep:
        response.force_close()
    else:
        response._keep_alive = True
    return response


def encode_chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""


class ResponseWriter:
    """Writes responses. `clock` gives the time of the Date header."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.head_cache: dict[tuple[int, int, str, bool], tuple[Headers, int, bytes]] = {}

    def encode_whole(
        self, response: WireResponse, *, coded: bool, keep: bool, without_body: bool
    ) -> bytes:
        """Return head and body. `coded`: the client understands chunked coding; `without_body`: it
        asked by HEAD."""
        body = response.body
        assert isinstance(body, (bytes, ChunkedBody)), "frames are delivered one by one"
        if isinstance(body, ChunkedBody) and coded:
            head, data = self.get_head(response, "chunked", keep=keep), body.encoded + LAST_CHUNK
        else:
            data = body.join_chunks() if isinstance(body, ChunkedBody) else body
            length = "none" if response.status in BODILESS else str(len(data))
            head = self.get_head(response, length, keep=keep)
        return head if without_body or response.status in BODILESS else head + data

    def get_head(self, response: WireResponse, length: str, *, keep: bool) -> bytes:
        """Return status line and headers.

        `length` is a number, "chunked", or "none" for a body that ends with the connection.
        """
        second, headers = int(self.clock()), response.headers
        key = (id(headers), response.status, length, keep)
        cached = self.head_cache.get(key)
        if cached is not None and cached[0] is headers and cached[1] == second:
            return cached[2]
        if len(self.head_cache) > MAX_CACHED_HEADS:
            self.head_cache.clear()
        head = encode_head(response, length, format_date(second), keep=keep)
        self.head_cache[key] = headers, second, head
        return head


@lru_cache(maxsize=4)
def format_date(second: int) -> str:
    return formatdate(second, usegmt=True)


def encode_head(response: WireResponse, length: str, date: str, *, keep: bool) -> bytes:
    """Encode status line and headers; characters outside Latin-1 become question marks."""
    status, headers = response.status, response.headers
    if status in BODILESS:
        headers = tuple([pair for pair in headers if pair[0].lower() not in LENGTH_HEADERS])
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Unknown')}\r\n"]
    lines += map(format_header, headers)
    lines.append(f"Date: {date}\r\n")
    if length == "chunked":
        lines.append("Transfer-Encoding: chunked\r\n")
    elif length != "none":
        lines.append(f"Content-Length: {length}\r\n")
    if not keep and ("Connection", "close") not in headers:
        lines.append("Connection: close\r\n")
    lines.append("\r\n")
    return "".join(lines).encode("latin-1", "replace")


@lru_cache(maxsize=2048)
def format_header(header: tuple[str, str]) -> str:
    """Return the line of a header. Most of them come again."""
    name, value = header
    return f"{LINE_BREAKS.sub(' ', name)}: {LINE_BREAKS.sub(' ', value)}\r\n"


def write_data(request: web.BaseRequest, head: bytes, data: bytes) -> bytes:
    """Write the rest of the head, then data. Return the rest of the head after that: nothing.

    Raises ClientLeft if the client has closed the connection.
    """
    if request.transport is None or request.transport.is_closing():
        raise ClientLeft("the client has closed the connection")
    request.protocol.is_answering = True  # type: ignore[attr-defined]
    request.transport.write(head + data)
    return b""


async def deliver_frames(
    request: web.BaseRequest, frames: Frames, head: bytes, ticker: Ticker, *, coded: bool
) -> int:
    """Write each frame at its time; return the bytes of the body.

    Delays add up from one start, so that a late frame does not make the next one late. Raises
    ConnectionDropped where the connection must end.
    """
    if isinstance(frames, PacedFrames):
        return await PacedDelivery(request, frames, head, ticker, coded=coded).run()
    loop = asyncio.get_running_loop()
    due, sent, passed = loop.time(), 0, 0
    end = LAST_CHUNK if coded else b""
    try:
        async for frame in frames:
            passed += 1
            if passed % YIELD_EVERY == 0:
                await yield_control()
            if frame.delay:
                due = max(due, loop.time() - MAX_CATCH_UP) + frame.delay
                await ticker.wait_until(due)
            if frame.raw:
                write_data(request, b"", frame.data)
            else:
                head = write_data(request, head, encode_chunk(frame.data) if coded else frame.data)
                sent += len(frame.data)
            if request.protocol.writing_paused:
                await request.writer.drain()
    except ConnectionDropped as drop:
        if drop.mode == "half":
            write_data(request, head, end)
        raise
    write_data(request, head, end)
    return sent


async def take_head(frames: Frames) -> Frames:
    """Yield what happens before the body, and the end of that as a frame without bytes.

    That is all of a response without a body: waits and faults before its head.
    """
    async with aclosing(frames):
        async for frame in frames:
            yield frame if frame.raw else replace(frame, data=b"")
            if not frame.raw:
                return
