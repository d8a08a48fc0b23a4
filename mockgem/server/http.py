"""HTTP: requests in, responses out. The only module that knows both aiohttp's server and mockgem."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import re
import socket
import struct
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from email.utils import formatdate
from functools import lru_cache, partial
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp import web
from aiohttp.http import HttpVersion10
from aiohttp.http_exceptions import ContentEncodingError, PayloadEncodingError

from mockgem.core.http import (
    EMPTY,
    ChunkedBody,
    ConnectionDropped,
    Frame,
    Frames,
    Handler,
    WireRequest,
    WireResponse,
    iter_frames,
)
from mockgem.core.scheduling import run_interleaved, sleep, yield_control
from mockgem.server import fast_path

Headers = tuple[tuple[str, str], ...]
FlagsFor = Callable[[str, str], tuple[bool, bool]]

REASONS = {status.value: status.phrase for status in HTTPStatus} | {499: "Client Closed Request"}
BODILESS = (204, 304)
LAST_CHUNK = b"0\r\n\r\n"
BODY_TIMEOUT = 60.0
"""Seconds that a body may take to arrive."""
YIELD_EVERY = 64
LINGER = 2.0
"""Seconds that a connection is read on whose other half is closed, or whose request was refused before it had come."""
MAX_DECOMPRESSED = 20 * 2**20
"""Bytes that a packed body may have when it is unpacked; a few kilobytes can be made into gigabytes."""
UNREADABLE = "Request body could not be read."
LOCAL_KEEPALIVE = 75.0
"""Seconds that a connection from this process may stay open with nothing to do: nobody may ever close it."""
DRAIN_THRESHOLD = 256 * 1024
"""Bytes after which a response waits for the client to read."""

http_log = logging.getLogger("mockgem.http")
http_log.addHandler(logging.NullHandler())
http_log.propagate = False
# aiohttp logs a malformed request with the bytes it choked on, which may hold a key.


class WrittenResponse(web.StreamResponse):
    """Tells aiohttp that a response has been written already, and whether the connection stays."""

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


class Server:
    """Listens, and hands every request to the door.

    Whole bodies leave in one write together with their headers; frames leave one by one, the headers with the first.
    `clock` gives the time for the Date header, `max_body` is in bytes. `prompt` is a door that never waits and gives no
    frames, for requests that are `plain`; their answers are written where they come in. `special` tells for a method and
    a path whether the door may wait all the same, and whether it takes the body as it comes. `close` is done when it has
    stopped. `indoors` is the door for connections from this process.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        max_body: int,
        clock: Callable[[], float],
        local_handler: Handler | None = None,
        sync_handler: Handler | None = None,
        is_simple: fast_path.IsSimple = lambda path, headers, body: True,
        flags_for: FlagsFor = lambda method, path: (False, False),
        on_stop: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.handler = handler
        self.local_handler = local_handler or handler
        self.on_stop = on_stop
        self.flags_for = flags_for
        self.is_simple = is_simple
        self.sync_handler = sync_handler if fast_path.IS_SUPPORTED else None
        self.max_body = max_body
        self.clock = clock
        self.head_cache: dict[tuple[int, int, str, bool], tuple[Headers, int, bytes]] = {}
        self.keep_response = make_written_response(keep=True)
        self.close_response = make_written_response(keep=False)
        self.protocol_factory: web.Server
        self.local_protocol_factory: web.Server
        self.listener: asyncio.Server | None = None
        self.address = ("", 0)
        self.refuse_task: asyncio.Task[None] | None = None
        self.open_requests = 0
        self.stopped = False

    async def start(self, host: str, port: int) -> int:
        """Listen; gives the port, which is a free one if 0 was asked for. Raises OSError."""
        self.prepare()
        self.listener = await asyncio.get_running_loop().create_server(
            self.protocol_factory, host, port, backlog=2048
        )
        self.address = host, int(self.listener.sockets[0].getsockname()[1])
        return self.address[1]

    def prepare(self) -> None:
        """What a server needs that takes connections, whether it listens for them or not."""
        prompt = partial(
            fast_path.FastServer,
            answer_now=self.answer_now,
            may_wait=lru_cache(maxsize=4096)(self.may_wait),
            is_simple=self.is_simple,
        )
        self.protocol_factory = self.make_protocol_factory(
            self.handle, prompt if self.sync_handler is not None else web.Server
        )
        self.local_protocol_factory = self.make_protocol_factory(
            self.handle_local, partial(web.Server, keepalive_timeout=LOCAL_KEEPALIVE)
        )

    def accept(self) -> asyncio.Protocol:
        """The protocol for a connection from this process, without a socket. Raises ConnectionRefusedError while nobody is
        let in."""
        if self.refuse_task is not None or self.stopped:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        return self.local_protocol_factory()

    def close_local_connections(self, world: str) -> None:
        """End the connections from this process that are of a world, /w/NAME; clients that were left open have some."""
        for protocol in self.local_protocol_factory.connections:
            if (
                protocol.transport is not None
                and protocol.transport.get_extra_info("world") == world
            ):
                protocol.transport.close()

    def make_protocol_factory(self, handle: Any, kind: Callable[..., web.Server]) -> web.Server:
        """What makes a protocol for each connection, and knows those that are open."""
        loop = asyncio.get_running_loop()
        request = partial(web.BaseRequest, loop=loop, client_max_size=self.max_body)
        options: dict[str, Any] = {
            "request_factory": request,
            "access_log": None,
            "logger": http_log,
            "lingering_time": LINGER,
        }
        return kind(handle, handler_cancellation=True, **options)

    async def stop(self, drain: float) -> None:
        """Take no more connections, let open answers end for so many seconds, then hang up."""
        self.stopped = True
        if self.listener is not None:
            self.listener.close()
        if self.refuse_task is not None:
            self.refuse_task.cancel()
        self.protocol_factory.pre_shutdown()
        self.local_protocol_factory.pre_shutdown()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.wait_until_idle(), drain)
        await asyncio.gather(
            self.protocol_factory.shutdown(0.01), self.local_protocol_factory.shutdown(0.01)
        )
        if self.on_stop is not None:
            await self.on_stop()

    async def wait_until_idle(self) -> None:
        """Wait until no answer is open; those that are made at once are there after one round of the loop."""
        await yield_control()
        while self.open_requests:
            await sleep(0.01)

    async def handle(
        self, request: web.BaseRequest, door: Handler | None = None, target: str = ""
    ) -> web.StreamResponse:
        self.open_requests += 1
        try:
            return await self.respond(request, door or self.handler, target or request.raw_path)
        finally:
            self.open_requests -= 1

    async def handle_local(self, request: web.BaseRequest) -> web.StreamResponse:
        """Connections from this process are of a world, /w/NAME, for all that names none itself."""
        transport = request.transport
        world = transport.get_extra_info("world", "") if transport is not None else ""
        return await self.handle(request, self.local_handler, add_world(request.raw_path, world))

    async def respond(
        self, request: web.BaseRequest, door: Handler, target: str
    ) -> web.StreamResponse:
        wire = parse_request(request.method, target, request.headers)
        if self.flags_for(request.method, wire.path)[1] and not request.content.is_eof():
            send_continue(request)
            wire.stream = iter_body(request)
        else:
            await self.read_body(wire, request)
        response = await door(wire)
        keep = request.keep_alive and request.version != HttpVersion10 and wire.error != UNREADABLE
        keep = keep and request.content.is_eof() and ("Connection", "close") not in response.headers
        if isinstance(response.body, (bytes, ChunkedBody)):
            return await self.send_whole(request, response, keep=keep)
        return await self.send_frames(request, response, keep=keep)

    async def read_body(self, wire: WireRequest, request: web.BaseRequest) -> None:
        """The body; one that has arrived with its headers is taken as it is, without waiting."""
        content = request.content
        try:
            if content.is_eof():
                wire.body = content.read_nowait() if not content.at_eof() else b""
            else:
                send_continue(request)
                async with asyncio.timeout(BODY_TIMEOUT):
                    wire.body = await (
                        read_decompressed(request)
                        if "content-encoding" in request.headers
                        else request.read()
                    )
        except DecompressionBomb:
            wire.error = f"Request payload size exceeds the limit: {MAX_DECOMPRESSED} bytes when it is unpacked."
        except web.HTTPRequestEntityTooLarge:
            wire.error = self.too_large_message()
        except (web.RequestPayloadError, PayloadEncodingError, ContentEncodingError, TimeoutError):
            wire.error = UNREADABLE
        if len(wire.body) > self.max_body:
            wire.body, wire.error = b"", self.too_large_message()

    def may_wait(self, method: str, target: str) -> bool:
        """Whether the answer to a request may have to wait."""
        return self.flags_for(method, parse_target(target)[0])[0]

    def too_large_message(self) -> str:
        return f"Request payload size exceeds the limit: {self.max_body} bytes."

    async def send_whole(
        self, request: web.BaseRequest, response: WireResponse, *, keep: bool
    ) -> web.StreamResponse:
        transport = request.transport
        if transport is None:
            raise ConnectionResetError("the client has gone")
        coded = request.version != HttpVersion10
        data = self.encode_whole(
            response, coded=coded, keep=keep, bodiless=request.method == "HEAD"
        )
        transport.write(data)
        if len(data) > DRAIN_THRESHOLD or request.protocol.writing_paused:
            await request.writer.drain()
        return self.keep_response if keep else self.close_response

    def encode_whole(
        self, response: WireResponse, *, coded: bool, keep: bool, bodiless: bool
    ) -> bytes:
        """Head and body in one. `coded`: the client knows chunked coding."""
        body = response.body
        assert isinstance(body, (bytes, ChunkedBody)), "frames are delivered, not written"
        if isinstance(body, ChunkedBody) and coded:
            head, data = self.get_head(response, "chunked", keep=keep), body.encoded + LAST_CHUNK
        else:
            data = body.join_chunks() if isinstance(body, ChunkedBody) else body
            head = self.get_head(
                response, "none" if response.status in BODILESS else str(len(data)), keep=keep
            )
        return head if bodiless or response.status in BODILESS else head + data

    def answer_now(self, requests: Sequence[tuple[Any, bytes]]) -> list[bytes | Exception]:
        """The whole responses to requests, heads and bodies, that have arrived whole and at the same moment."""
        wires = [self.build_request(head, body) for head, body in requests]
        assert self.sync_handler is not None
        responses = run_interleaved([self.sync_handler(wire) for wire in wires])
        return [
            self.encode_response(response, wire)
            for response, wire in zip(responses, wires, strict=True)
        ]

    def build_request(self, head: Any, body: bytes) -> WireRequest:
        path, query = parse_target(head.path)
        if len(body) > self.max_body:
            return WireRequest(
                head.method,
                path,
                query,
                head.headers,
                b"",
                self.too_large_message(),
                target=head.path,
            )
        return WireRequest(head.method, path, query, head.headers, body, target=head.path)

    def encode_response(
        self, response: WireResponse | Exception, wire: WireRequest
    ) -> bytes | Exception:
        """A mistake over one response is no harm to the others."""
        if isinstance(response, Exception):
            return response
        try:
            return self.encode_whole(
                response, coded=True, keep=True, bodiless=wire.method == "HEAD"
            )
        except Exception as error:
            return error

    async def send_frames(
        self, request: web.BaseRequest, response: WireResponse, *, keep: bool
    ) -> web.StreamResponse:
        old = request.version == HttpVersion10
        size = next(
            (int(value) for name, value in response.headers if name == "Content-Length"), None
        )
        bodiless = response.status in BODILESS
        coded = not old and size is None and not bodiless
        head = self.get_head(response, "chunked" if coded else "none", keep=keep)
        if bodiless and isinstance(response.body, AsyncGenerator):
            await run_to_end(response.body)
        if request.method == "HEAD" or bodiless:
            write_data(request, head, b"")
            return self.keep_response if keep else self.close_response
        try:
            body = response.body
            async with aclosing(
                iter_frames(body) if isinstance(body, (bytes, ChunkedBody)) else body
            ) as frames:
                sent = await self.deliver(request, frames, head, coded=coded)
        except ConnectionDropped as hangup:
            await self.close_connection(request, hangup)
            return self.close_response
        return self.keep_response if keep and size in (None, sent) else self.close_response

    async def close_connection(self, request: web.BaseRequest, hangup: ConnectionDropped) -> None:
        """End a connection in the way that was asked for. Without lingering, closing it sends RST; else FIN."""
        transport = request.transport
        if transport is None:
            return
        if hangup.mode == "half":
            transport.write_eof()
            for _ in range(round(LINGER / 0.05)):
                if request.transport is None or request.transport.is_closing():
                    break
                await sleep(0.05)
            return
        if hangup.mode in ("reset", "refuse"):
            connection = transport.get_extra_info("socket")
            if connection is not None:  # in the same process there is none
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
        if hangup.mode == "refuse":
            self.refuse(hangup.seconds)

    def refuse(self, seconds: float) -> None:
        """Take no new connections for a while: nobody listens on the port."""
        if self.refuse_task is not None:
            return
        if self.listener is not None:
            self.listener.close()
        self.refuse_task = asyncio.get_running_loop().create_task(self.listen_again(seconds))

    async def listen_again(self, seconds: float) -> None:
        while True:
            await sleep(seconds)
            with contextlib.suppress(OSError):  # somebody else has the port for now
                if self.listener is not None:
                    loop = asyncio.get_running_loop()
                    self.listener = await loop.create_server(
                        self.protocol_factory, *self.address, backlog=2048
                    )
                self.refuse_task = None
                return
            seconds = 0.5

    async def deliver(
        self, request: web.BaseRequest, frames: Frames, head: bytes, *, coded: bool
    ) -> int:
        """Each frame at its time; gives the bytes of the body. Waits add up from one start, so that no delay is passed on
        to the next. Raises Hangup where the connection is to end."""
        loop = asyncio.get_running_loop()
        due, sent, passed = loop.time(), 0, 0
        try:
            async for frame in frames:
                passed += 1
                if passed % YIELD_EVERY == 0:
                    await yield_control()  # others have their turn, however fast this one goes
                if frame.delay:
                    due = max(due, loop.time() - 1.0) + frame.delay
                    await sleep(due - loop.time())
                if frame.raw:
                    write_data(request, b"", frame.data)
                else:
                    head = write_data(request, head, encode_chunk(frame) if coded else frame.data)
                    sent += len(frame.data)
                await request.writer.drain()
        except ConnectionDropped as hangup:
            if hangup.mode == "half":
                write_data(request, head, LAST_CHUNK if coded else b"")
            raise
        write_data(request, head, LAST_CHUNK if coded else b"")
        return sent

    def get_head(self, response: WireResponse, length: str, *, keep: bool) -> bytes:
        """Status line and headers. `length` is a number, "chunked", or "none" for a body that ends with the connection."""
        second, headers = int(self.clock()), response.headers
        facts = (id(headers), response.status, length, keep)
        known = self.head_cache.get(facts)
        if known is not None and known[0] is headers and known[1] == second:
            return known[2]
        if len(self.head_cache) > 512:
            self.head_cache.clear()
        data = encode_head(response, length, formatdate(second, usegmt=True), keep=keep)
        self.head_cache[facts] = headers, second, data
        return data


async def run_to_end(frames: Frames) -> None:
    """Run frames to their end without sending them, for an answer that has no body (RFC 9110 15.3.5, 15.4.5)."""
    async with aclosing(frames):
        with contextlib.suppress(ConnectionDropped):
            async for _ in frames:
                pass


class DecompressionBomb(Exception):
    """A packed body that would fill the memory."""


async def read_decompressed(request: web.BaseRequest) -> bytes:
    """A packed body, a piece at a time. Raises Bomb before much of it is there."""
    found = bytearray()
    async for piece in request.content.iter_any():
        found += piece
        if len(found) > MAX_DECOMPRESSED:
            raise DecompressionBomb
    return bytes(found)


async def iter_body(request: web.BaseRequest) -> AsyncIterator[bytes]:
    """A body as it comes. Raises ConnectionError if it does not come to its end."""
    try:
        while not request.content.at_eof():
            async with asyncio.timeout(BODY_TIMEOUT):
                yield await request.content.readany()
    except (
        web.RequestPayloadError,
        PayloadEncodingError,
        ContentEncodingError,
        TimeoutError,
    ) as error:
        raise ConnectionError(UNREADABLE) from error


def send_continue(request: web.BaseRequest) -> None:
    """Tell a client that waits for it to send its body."""
    waits = request.headers.get("expect", "").lower() == "100-continue"
    if waits and request.version != HttpVersion10 and request.transport is not None:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def add_world(target: str, world: str) -> str:
    """A request's target, with a world before its path where it names none."""
    if target[:1] != "/":
        target = target.partition("://")[2].partition("/")[2]
    path = "/" + target.lstrip("/")
    return path if path[:3] == "/w/" else world + path


def parse_request(method: str, target: str, headers: Mapping[str, str]) -> WireRequest:
    """A request without its body."""
    path, query = parse_target(target)
    return WireRequest(method, path, query, headers, target=target)


@lru_cache(maxsize=1024)
def parse_target(target: str) -> tuple[str, Mapping[str, str]]:
    """Path and query. The path is decoded, slashes doubled at its start are one, a host is left out."""
    path, _, text = target.partition("?")
    if path[:1] != "/":
        path = urlsplit(path).path or "/"
    if "%" in path:
        path = unquote(path)
    if path[:2] == "//":
        path = "/" + path.lstrip("/")
    return path, MappingProxyType(dict(parse_qsl(text, keep_blank_values=True))) if text else EMPTY


def encode_chunk(frame: Frame) -> bytes:
    return b"%x\r\n%b\r\n" % (len(frame.data), frame.data) if frame.data else b""


def write_data(request: web.BaseRequest, head: bytes, data: bytes) -> bytes:
    """Sends what is left of the head before the data; nothing of the head is left afterwards."""
    if request.transport is None:
        raise ConnectionResetError("the client has gone")
    request.transport.write(head + data)
    return b""


LINE_BREAKS = re.compile(r"[\r\n\0]+")
"""No header may end before its end, whatever a client had put into it."""


def encode_head(response: WireResponse, length: str, date: str, *, keep: bool) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Unknown')}"]
    lines += [
        f"{LINE_BREAKS.sub(' ', name)}: {LINE_BREAKS.sub(' ', value)}"
        for name, value in response.headers
    ]
    lines.append(f"Date: {date}")
    if length == "chunked":
        lines.append("Transfer-Encoding: chunked")
    elif length != "none":
        lines.append(f"Content-Length: {length}")
    if not keep and ("Connection", "close") not in response.headers:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
