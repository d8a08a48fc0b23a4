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

from mockgem.core.http import NOTHING, Frame, Frames, Hangup, Pieces, WireRequest, WireResponse, frames_of
from mockgem.core.scheduling import pause, side_by_side, turn
from mockgem.server import fast_path

Headers = tuple[tuple[str, str], ...]
Door = Callable[[WireRequest], Awaitable[WireResponse]]
Special = Callable[[str, str], tuple[bool, bool]]

REASONS = {status.value: status.phrase for status in HTTPStatus} | {499: "Client Closed Request"}
BODILESS = (204, 304)
LAST_CHUNK = b"0\r\n\r\n"
PATIENCE = 60.0
"""Seconds that a body may take to arrive."""
BREATH = 64
LINGER = 2.0
"""Seconds that a connection is read on whose other half is closed, or whose request was refused before it had come."""
LARGEST_UNPACKED = 20 * 2**20
"""Bytes that a packed body may have when it is unpacked; a few kilobytes can be made into gigabytes."""
UNREADABLE = "Request body could not be read."
IDLE_INSIDE = 75.0
"""Seconds that a connection from this process may stay open with nothing to do: nobody may ever close it."""
ENOUGH_TO_WAIT_FOR = 256 * 1024
"""Bytes after which a response waits for the client to read."""

quiet = logging.getLogger("mockgem.http")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
# aiohttp logs a malformed request with the bytes it choked on, which may hold a key.


class Sent(web.StreamResponse):
    """Tells aiohttp that a response has been written already, and whether the connection stays."""

    async def prepare(self, request: web.BaseRequest) -> None:
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        return None


def sent(*, keep: bool) -> Sent:
    response = Sent()
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
        door: Door,
        *,
        max_body: int,
        clock: Callable[[], float],
        indoors: Door | None = None,
        prompt: Door | None = None,
        plain: fast_path.Plain = lambda path, headers, body: True,
        special: Special = lambda method, path: (False, False),
        close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.door = door
        self.indoors = indoors or door
        self.close_behind = close
        self.special = special
        self.plain = plain
        self.prompt = prompt if fast_path.POSSIBLE else None
        self.max_body = max_body
        self.clock = clock
        self.heads: dict[tuple[int, int, str, bool], tuple[Headers, int, bytes]] = {}
        self.keep = sent(keep=True)
        self.close = sent(keep=False)
        self.protocols: web.Server
        self.inside: web.Server
        self.listener: asyncio.Server | None = None
        self.place = ("", 0)
        self.refusing: asyncio.Task[None] | None = None
        self.open = 0
        self.stopped = False

    async def start(self, host: str, port: int) -> int:
        """Listen; gives the port, which is a free one if 0 was asked for. Raises OSError."""
        self.prepare()
        self.listener = await asyncio.get_running_loop().create_server(self.protocols, host, port, backlog=2048)
        self.place = host, int(self.listener.sockets[0].getsockname()[1])
        return self.place[1]

    def prepare(self) -> None:
        """What a server needs that takes connections, whether it listens for them or not."""
        prompt = partial(
            fast_path.Listener, answer_now=self.answer_now, waits=lru_cache(maxsize=4096)(self.waits), plain=self.plain
        )
        self.protocols = self.protocols_of(self.handle, prompt if self.prompt is not None else web.Server)
        self.inside = self.protocols_of(self.handle_inside, partial(web.Server, keepalive_timeout=IDLE_INSIDE))

    def accept(self) -> asyncio.Protocol:
        """The protocol for a connection from this process, without a socket. Raises ConnectionRefusedError while nobody is
        let in."""
        if self.refusing is not None or self.stopped:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        return self.inside()

    def hang_up_inside(self, world: str) -> None:
        """End the connections from this process that are of a world, /w/NAME; clients that were left open have some."""
        for protocol in self.inside.connections:
            if protocol.transport is not None and protocol.transport.get_extra_info("world") == world:
                protocol.transport.close()

    def protocols_of(self, handle: Any, kind: Callable[..., web.Server]) -> web.Server:
        """What makes a protocol for each connection, and knows those that are open."""
        loop = asyncio.get_running_loop()
        request = partial(web.BaseRequest, loop=loop, client_max_size=self.max_body)
        options: dict[str, Any] = {
            "request_factory": request,
            "access_log": None,
            "logger": quiet,
            "lingering_time": LINGER,
        }
        return kind(handle, handler_cancellation=True, **options)

    async def stop(self, drain: float) -> None:
        """Take no more connections, let open answers end for so many seconds, then hang up."""
        self.stopped = True
        if self.listener is not None:
            self.listener.close()
        if self.refusing is not None:
            self.refusing.cancel()
        self.protocols.pre_shutdown()
        self.inside.pre_shutdown()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.idle(), drain)
        await asyncio.gather(self.protocols.shutdown(0.01), self.inside.shutdown(0.01))
        if self.close_behind is not None:
            await self.close_behind()

    async def idle(self) -> None:
        """Wait until no answer is open; those that are made at once are there after one round of the loop."""
        await turn()
        while self.open:
            await pause(0.01)

    async def handle(self, request: web.BaseRequest, door: Door | None = None, target: str = "") -> web.StreamResponse:
        self.open += 1
        try:
            return await self.respond(request, door or self.door, target or request.raw_path)
        finally:
            self.open -= 1

    async def handle_inside(self, request: web.BaseRequest) -> web.StreamResponse:
        """Connections from this process are of a world, /w/NAME, for all that names none itself."""
        transport = request.transport
        world = transport.get_extra_info("world", "") if transport is not None else ""
        return await self.handle(request, self.indoors, in_world(request.raw_path, world))

    async def respond(self, request: web.BaseRequest, door: Door, target: str) -> web.StreamResponse:
        wire = received(request.method, target, request.headers)
        if self.special(request.method, wire.path)[1] and not request.content.is_eof():
            invite(request)
            wire.stream = arriving(request)
        else:
            await self.read_into(wire, request)
        response = await door(wire)
        keep = request.keep_alive and request.version != HttpVersion10 and wire.problem != UNREADABLE
        keep = keep and request.content.is_eof() and ("Connection", "close") not in response.headers
        if isinstance(response.body, (bytes, Pieces)):
            return await self.send_whole(request, response, keep=keep)
        return await self.send_frames(request, response, keep=keep)

    async def read_into(self, wire: WireRequest, request: web.BaseRequest) -> None:
        """The body; one that has arrived with its headers is taken as it is, without waiting."""
        content = request.content
        try:
            if content.is_eof():
                wire.body = content.read_nowait() if not content.at_eof() else b""
            else:
                invite(request)
                async with asyncio.timeout(PATIENCE):
                    wire.body = await (unpacked(request) if "content-encoding" in request.headers else request.read())
        except Bomb:
            wire.problem = f"Request payload size exceeds the limit: {LARGEST_UNPACKED} bytes when it is unpacked."
        except web.HTTPRequestEntityTooLarge:
            wire.problem = self.too_large()
        except (web.RequestPayloadError, PayloadEncodingError, ContentEncodingError, TimeoutError):
            wire.problem = UNREADABLE
        if len(wire.body) > self.max_body:
            wire.body, wire.problem = b"", self.too_large()

    def waits(self, method: str, target: str) -> bool:
        """Whether the answer to a request may have to wait."""
        return self.special(method, addressed(target)[0])[0]

    def too_large(self) -> str:
        return f"Request payload size exceeds the limit: {self.max_body} bytes."

    async def send_whole(self, request: web.BaseRequest, response: WireResponse, *, keep: bool) -> web.StreamResponse:
        transport = request.transport
        if transport is None:
            raise ConnectionResetError("the client has gone")
        coded = request.version != HttpVersion10
        data = self.whole(response, coded=coded, keep=keep, bodiless=request.method == "HEAD")
        transport.write(data)
        if len(data) > ENOUGH_TO_WAIT_FOR or request.protocol.writing_paused:
            await request.writer.drain()
        return self.keep if keep else self.close

    def whole(self, response: WireResponse, *, coded: bool, keep: bool, bodiless: bool) -> bytes:
        """Head and body in one. `coded`: the client knows chunked coding."""
        body = response.body
        assert isinstance(body, (bytes, Pieces)), "frames are delivered, not written"
        if isinstance(body, Pieces) and coded:
            head, data = self.head(response, "chunked", keep=keep), body.chunked + LAST_CHUNK
        else:
            data = body.joined() if isinstance(body, Pieces) else body
            head = self.head(response, "none" if response.status in BODILESS else str(len(data)), keep=keep)
        return head if bodiless or response.status in BODILESS else head + data

    def answer_now(self, requests: Sequence[tuple[Any, bytes]]) -> list[bytes | Exception]:
        """The whole responses to requests, heads and bodies, that have arrived whole and at the same moment."""
        wires = [self.received_whole(head, body) for head, body in requests]
        assert self.prompt is not None
        responses = side_by_side([self.prompt(wire) for wire in wires])
        return [self.at_once(response, wire) for response, wire in zip(responses, wires, strict=True)]

    def received_whole(self, head: Any, body: bytes) -> WireRequest:
        path, query = addressed(head.path)
        if len(body) > self.max_body:
            return WireRequest(head.method, path, query, head.headers, b"", self.too_large(), target=head.path)
        return WireRequest(head.method, path, query, head.headers, body, target=head.path)

    def at_once(self, response: WireResponse | Exception, wire: WireRequest) -> bytes | Exception:
        """A mistake over one response is no harm to the others."""
        if isinstance(response, Exception):
            return response
        try:
            return self.whole(response, coded=True, keep=True, bodiless=wire.method == "HEAD")
        except Exception as error:
            return error

    async def send_frames(self, request: web.BaseRequest, response: WireResponse, *, keep: bool) -> web.StreamResponse:
        old = request.version == HttpVersion10
        size = next((int(value) for name, value in response.headers if name == "Content-Length"), None)
        bodiless = response.status in BODILESS
        coded = not old and size is None and not bodiless
        head = self.head(response, "chunked" if coded else "none", keep=keep)
        if bodiless and isinstance(response.body, AsyncGenerator):
            await use_up(response.body)
        if request.method == "HEAD" or bodiless:
            write(request, head, b"")
            return self.keep if keep else self.close
        try:
            body = response.body
            async with aclosing(frames_of(body) if isinstance(body, (bytes, Pieces)) else body) as frames:
                sent = await self.deliver(request, frames, head, coded=coded)
        except Hangup as hangup:
            await self.hang_up(request, hangup)
            return self.close
        return self.keep if keep and size in (None, sent) else self.close

    async def hang_up(self, request: web.BaseRequest, hangup: Hangup) -> None:
        """End a connection in the way that was asked for. Without lingering, closing it sends RST; else FIN."""
        transport = request.transport
        if transport is None:
            return
        if hangup.how == "half":
            transport.write_eof()
            for _ in range(round(LINGER / 0.05)):
                if request.transport is None or request.transport.is_closing():
                    break
                await pause(0.05)
            return
        if hangup.how in ("reset", "refuse"):
            connection = transport.get_extra_info("socket")
            if connection is not None:  # in the same process there is none
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
        if hangup.how == "refuse":
            self.refuse(hangup.seconds)

    def refuse(self, seconds: float) -> None:
        """Take no new connections for a while: nobody listens on the port."""
        if self.refusing is not None:
            return
        if self.listener is not None:
            self.listener.close()
        self.refusing = asyncio.get_running_loop().create_task(self.listen_again(seconds))

    async def listen_again(self, seconds: float) -> None:
        while True:
            await pause(seconds)
            with contextlib.suppress(OSError):  # somebody else has the port for now
                if self.listener is not None:
                    loop = asyncio.get_running_loop()
                    self.listener = await loop.create_server(self.protocols, *self.place, backlog=2048)
                self.refusing = None
                return
            seconds = 0.5

    async def deliver(self, request: web.BaseRequest, frames: Frames, head: bytes, *, coded: bool) -> int:
        """Each frame at its time; gives the bytes of the body. Waits add up from one start, so that no delay is passed on
        to the next. Raises Hangup where the connection is to end."""
        loop = asyncio.get_running_loop()
        due, sent, passed = loop.time(), 0, 0
        try:
            async for frame in frames:
                passed += 1
                if passed % BREATH == 0:
                    await turn()  # others have their turn, however fast this one goes
                if frame.delay:
                    due = max(due, loop.time() - 1.0) + frame.delay
                    await pause(due - loop.time())
                if frame.raw:
                    write(request, b"", frame.data)
                else:
                    head = write(request, head, coded_as_chunk(frame) if coded else frame.data)
                    sent += len(frame.data)
                await request.writer.drain()
        except Hangup as hangup:
            if hangup.how == "half":
                write(request, head, LAST_CHUNK if coded else b"")
            raise
        write(request, head, LAST_CHUNK if coded else b"")
        return sent

    def head(self, response: WireResponse, length: str, *, keep: bool) -> bytes:
        """Status line and headers. `length` is a number, "chunked", or "none" for a body that ends with the connection."""
        second, headers = int(self.clock()), response.headers
        facts = (id(headers), response.status, length, keep)
        known = self.heads.get(facts)
        if known is not None and known[0] is headers and known[1] == second:
            return known[2]
        if len(self.heads) > 512:
            self.heads.clear()
        data = head_bytes(response, length, formatdate(second, usegmt=True), keep=keep)
        self.heads[facts] = headers, second, data
        return data


async def use_up(frames: Frames) -> None:
    """Run frames to their end without sending them, for an answer that has no body (RFC 9110 15.3.5, 15.4.5)."""
    async with aclosing(frames):
        with contextlib.suppress(Hangup):
            async for _ in frames:
                pass


class Bomb(Exception):
    """A packed body that would fill the memory."""


async def unpacked(request: web.BaseRequest) -> bytes:
    """A packed body, a piece at a time. Raises Bomb before much of it is there."""
    found = bytearray()
    async for piece in request.content.iter_any():
        found += piece
        if len(found) > LARGEST_UNPACKED:
            raise Bomb
    return bytes(found)


async def arriving(request: web.BaseRequest) -> AsyncIterator[bytes]:
    """A body as it comes. Raises ConnectionError if it does not come to its end."""
    try:
        while not request.content.at_eof():
            async with asyncio.timeout(PATIENCE):
                yield await request.content.readany()
    except (web.RequestPayloadError, PayloadEncodingError, ContentEncodingError, TimeoutError) as error:
        raise ConnectionError(UNREADABLE) from error


def invite(request: web.BaseRequest) -> None:
    """Tell a client that waits for it to send its body."""
    waits = request.headers.get("expect", "").lower() == "100-continue"
    if waits and request.version != HttpVersion10 and request.transport is not None:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def in_world(target: str, world: str) -> str:
    """A request's target, with a world before its path where it names none."""
    if target[:1] != "/":
        target = target.partition("://")[2].partition("/")[2]
    path = "/" + target.lstrip("/")
    return path if path[:3] == "/w/" else world + path


def received(method: str, target: str, headers: Mapping[str, str]) -> WireRequest:
    """A request without its body."""
    path, query = addressed(target)
    return WireRequest(method, path, query, headers, target=target)


@lru_cache(maxsize=1024)
def addressed(target: str) -> tuple[str, Mapping[str, str]]:
    """Path and query. The path is decoded, slashes doubled at its start are one, a host is left out."""
    path, _, text = target.partition("?")
    if path[:1] != "/":
        path = urlsplit(path).path or "/"
    if "%" in path:
        path = unquote(path)
    if path[:2] == "//":
        path = "/" + path.lstrip("/")
    return path, MappingProxyType(dict(parse_qsl(text, keep_blank_values=True))) if text else NOTHING


def coded_as_chunk(frame: Frame) -> bytes:
    return b"%x\r\n%b\r\n" % (len(frame.data), frame.data) if frame.data else b""


def write(request: web.BaseRequest, head: bytes, data: bytes) -> bytes:
    """Sends what is left of the head before the data; nothing of the head is left afterwards."""
    if request.transport is None:
        raise ConnectionResetError("the client has gone")
    request.transport.write(head + data)
    return b""


BREAKS = re.compile(r"[\r\n\0]+")
"""No header may end before its end, whatever a client had put into it."""


def head_bytes(response: WireResponse, length: str, date: str, *, keep: bool) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Unknown')}"]
    lines += [f"{BREAKS.sub(' ', name)}: {BREAKS.sub(' ', value)}" for name, value in response.headers]
    lines.append(f"Date: {date}")
    if length == "chunked":
        lines.append("Transfer-Encoding: chunked")
    elif length != "none":
        lines.append(f"Content-Length: {length}")
    if not keep and ("Connection", "close") not in response.headers:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
