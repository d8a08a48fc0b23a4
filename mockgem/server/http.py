"""The HTTP server: connections, their requests and responses, refusal and shutdown.

Only this package knows aiohttp's server.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import lru_cache, partial
from typing import Any

from aiohttp.http import HttpVersion10

from mockgem.core.http import (
    BODILESS,
    ChunkedBody,
    ConnectionDropped,
    Handler,
    WireResponse,
    iter_frames,
)
from mockgem.core.path_counts import PathCounts
from mockgem.core.sockets import SWITCHING_PROTOCOLS, SocketResponse
from mockgem.server import fast_path, web
from mockgem.server.body_memory import BodyLease, BodyMemory
from mockgem.server.certificates import Certificates
from mockgem.server.connections import (
    MAX_REFUSED,
    ConnectionServer,
    drop_connection,
    end_request,
    is_from_here,
    is_last_request,
    is_secure,
)
from mockgem.server.immediate_answers import ImmediateAnswers
from mockgem.server.last_requests import accept_waiting, finish_requests
from mockgem.server.limits import ServerLimits, default_max_connections
from mockgem.server.listening import ListeningPort
from mockgem.server.paced_delivery import ClientLeft
from mockgem.server.proxy import Proxy
from mockgem.server.raw_requests import IsSimple
from mockgem.server.refusals import refuse_head
from mockgem.server.request_reader import (
    MAX_DECOMPRESSED,
    UNREADABLE,
    add_world,
    open_stream,
    parse_request,
    parse_target,
    read_body,
)
from mockgem.server.response_writer import (
    ResponseWriter,
    deliver_frames,
    make_written_response,
    take_head,
    write_data,
)
from mockgem.server.ticker import Ticker
from mockgem.server.tls import OnePort
from mockgem.server.websocket import SocketServer, refuse_upgrade

FlagsFor = Callable[[str, str], tuple[bool, bool]]
"""Method and path → whether the answer may wait, and whether the body is read as it arrives."""

LOCAL_KEEPALIVE = 75.0
"""Seconds after which an idle connection from this process is closed: its client may never close
it."""
DRAIN_THRESHOLD = 256 * 1024
"""Bytes above which a response waits until the client has read."""


class Server:
    """Accepts connections and passes every request to a handler.

    A whole body leaves in one write together with its head; frames leave one by one, the head with
    the first.

    Args:
        handler: answers all requests.
        limits: of connections, time and memory.
        clock: the time of the Date header, in seconds since 1970.
        local_handler: answers requests from this process; by default `handler`.
        sync_handler: never waits and returns no frames. It answers simple requests where they
        arrive (fast_path). is_simple: whether `sync_handler` can answer a request with this path,
        these headers and this body. flags_for: for a method and a path, whether the answer may wait
        all the same, and whether the body is read
            as it arrives.
        on_start: awaited before the server listens.
        on_ready: called when requests can be answered. on_draining: called before the server stops.
        on_stop: awaited after the last connection has ended.
        list_problems: what went wrong, for the exit code of a command.
        certificates: for TLS on the same port; None turns it off.
        port: where it listens, if several servers share a port.
        proxy: makes it a proxy too; it needs certificates.
        path_counts: counts the requests of the fast path and of aiohttp's.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        limits: ServerLimits,
        clock: Callable[[], float],
        local_handler: Handler | None = None,
        sync_handler: Handler | None = None,
        is_simple: IsSimple = lambda path, headers, body: True,
        flags_for: FlagsFor = lambda method, path: (False, False),
        on_ready: Callable[[], None] = lambda: None,
        on_draining: Callable[[], None] = lambda: None,
        on_stopping: Callable[[], None] = lambda: None,
        on_start: Callable[[], Awaitable[None]] | None = None,
        on_stop: Callable[[], Awaitable[None]] | None = None,
        list_problems: Callable[[], list[str]] = list,
        certificates: Certificates | None = None,
        port: ListeningPort | None = None,
        path_counts: PathCounts | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self.proxy = proxy
        self.path_counts = path_counts or PathCounts()
        self.list_problems = list_problems
        self.certificates = certificates
        self.handler = handler
        self.local_handler = local_handler or handler
        self.is_simple = is_simple
        self.flags_for = flags_for
        self.on_ready = on_ready
        self.on_draining = on_draining
        self.on_stopping = on_stopping
        self.on_start = on_start
        self.on_stop = on_stop
        self.limits = limits
        self.max_body = limits.max_body
        largest = limits.max_body + MAX_DECOMPRESSED
        self.body_memory = BodyMemory(max(limits.body_memory, largest))
        self.writer = ResponseWriter(clock)
        self.immediate: ImmediateAnswers | None = None
        if sync_handler is not None and fast_path.IS_SUPPORTED:
            self.immediate = ImmediateAnswers(
                sync_handler, self.writer, self.path_counts, limits.max_body
            )
        self.ticker = Ticker()
        self.sockets = SocketServer(limits.max_message)
        self.keep_response = make_written_response(keep=True)
        self.close_response = make_written_response(keep=False)
        self.protocol_factory: ConnectionServer
        self.local_protocol_factory: ConnectionServer
        self.one_port: OnePort
        self.port = port or ListeningPort()
        self.open_requests = 0
        self.stopped = False

    async def start(self, host: str, port: int) -> int:
        """Listen on an address and return the port. Port 0 picks a free one.

        Raises OSError; then the server has stopped.
        """
        self.prepare()
        try:
            if self.on_start is not None:
                await self.on_start()
            most = self.protocol_factory.max_connections + MAX_REFUSED
            return await self.port.open(self.one_port, host, port, most)
        except BaseException:
            await self.stop(0)
            raise

    def prepare(self) -> None:
        """Set up what accepts connections, whether or not the server listens on a port."""
        limited: dict[str, Any] = {
            "idle_timeout": self.limits.idle_timeout,
            "max_connections": self.limits.max_connections or default_max_connections(),
        }
        kind: Callable[..., ConnectionServer] = ConnectionServer
        if self.immediate is not None:
            kind = partial(
                fast_path.FastServer,
                answer_now=self.immediate.answer_now,
                answer_again=self.immediate.answer_again,
                may_wait=lru_cache(maxsize=4096)(self.may_wait),
                is_simple=self.is_simple,
            )
        handle = self.handle if self.proxy is None else self.handle_proxied
        self.protocol_factory = self.make_protocol_factory(handle, partial(kind, **limited))
        self.one_port = self.make_port()
        self.local_protocol_factory = self.make_protocol_factory(
            self.handle_local, partial(ConnectionServer, idle_timeout=LOCAL_KEEPALIVE)
        )
        self.on_ready()

    def make_port(self) -> OnePort:
        """Return what makes the first protocol of each connection."""
        if self.proxy is None:
            return OnePort(self.protocol_factory, self.certificates)
        from mockgem.server.proxy.port import ProxyPort

        assert self.certificates is not None, "a proxy needs certificates"
        return ProxyPort(self.protocol_factory, self.certificates, self.proxy)

    def make_protocol_factory(
        self, handle: Any, kind: Callable[..., ConnectionServer]
    ) -> ConnectionServer:
        """Return what makes a protocol for each connection and knows the open ones."""
        loop = asyncio.get_running_loop()
        request = partial(web.BaseRequest, loop=loop, client_max_size=self.max_body)
        return kind(handle, request_factory=request)

    def accept(self) -> asyncio.Protocol:
        """Return the protocol of a connection from this process, without a socket.

        Raises ConnectionRefusedError while the server accepts no connections.
        """
        if self.port.is_refusing or self.stopped:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        return self.local_protocol_factory()

    def close_local_connections(self, world: str) -> None:
        """Close the connections from this process to a world, /w/NAME, that clients left open."""
        for protocol in self.local_protocol_factory.connections:
            transport = protocol.transport
            if transport is not None and transport.get_extra_info("world") == world:
                transport.close()

    async def stop(self, drain: float, grace: float = 0.0) -> None:
        """Accept no more connections, wait up to `drain` seconds for open answers, then close all
        connections. Clients have `grace` seconds for requests that are on their way."""
        self.stopped = True
        self.on_draining()
        self.on_stopping()
        servers = (self.protocol_factory, self.local_protocol_factory)
        for server in servers:
            server.is_stopping = True
        try:
            await accept_waiting()
            self.port.close()
            await self.sockets.close_all()
            with contextlib.suppress(asyncio.TimeoutError):
                finish = finish_requests(servers, lambda: self.open_requests, grace)
                await asyncio.wait_for(finish, drain)
            await asyncio.gather(*[server.shutdown(0.01) for server in servers])
        finally:  # also after a second Ctrl-C, which cancels this
            self.port.close()
            self.one_port.close()
            if self.certificates is not None:
                self.certificates.close()
            if self.on_stop is not None:
                await self.on_stop()

    async def handle(
        self, request: web.BaseRequest, handler: Handler | None = None, target: str = ""
    ) -> web.StreamResponse:
        if prepared := fast_path.take_prepared(request):
            return await self.deliver_prepared(request, prepared)
        self.path_counts.slow += 1
        self.open_requests += 1
        lease = BodyLease(self.body_memory)
        try:
            if refusal := refuse_head(request.method, request.version, request.headers):
                write_data(request, refusal, b"")
                return self.close_response
            target = target or request.raw_path
            response = await self.respond(request, handler or self.handler, target, lease)
        finally:
            self.open_requests -= 1
            lease.end()
        return self.close_response if end_request(request) else response

    async def handle_proxied(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request to a proxy, which forwards requests of clients of this machine."""
        assert self.proxy is not None
        handler = self.proxy.forwarding_handler if is_from_here(request) else None
        return await self.handle(request, handler)

    async def deliver_prepared(
        self, request: web.BaseRequest, response: WireResponse
    ) -> web.StreamResponse:
        """Deliver a response of the fast path whose frames leave one by one."""
        self.open_requests += 1
        try:
            keep = request.keep_alive and ("Connection", "close") not in response.headers
            keep = keep and not is_last_request(request)
            written = await self.send_frames(request, response, keep=keep)
        finally:
            self.open_requests -= 1
        return self.close_response if end_request(request) else written

    async def handle_local(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request from this process, in its connection's world unless the path names
        another one."""
        transport = request.transport
        world = transport.get_extra_info("world", "") if transport is not None else ""
        return await self.handle(request, self.local_handler, add_world(request.raw_path, world))

    async def respond(
        self, request: web.BaseRequest, handler: Handler, target: str, lease: BodyLease
    ) -> web.StreamResponse:
        wire = parse_request(request.method, target, request.headers)
        wire.is_secure = is_secure(request)
        if self.flags_for(request.method, wire.path)[1] and not request.content.is_eof():
            open_stream(wire, request)
        else:
            await read_body(wire, request, self.max_body, lease)
        response = refuse_upgrade(wire) or await handler(wire)
        if response.status == SWITCHING_PROTOCOLS and isinstance(response, SocketResponse):
            return await self.serve_socket(request, response)
        keep = request.keep_alive and request.version != HttpVersion10 and wire.error != UNREADABLE
        keep = keep and request.content.is_eof() and ("Connection", "close") not in response.headers
        keep = keep and not is_last_request(request)
        if isinstance(response.body, (bytes, ChunkedBody)):
            return await self.send_whole(request, response, keep=keep)
        return await self.send_frames(request, response, keep=keep)

    async def send_whole(
        self, request: web.BaseRequest, response: WireResponse, *, keep: bool
    ) -> web.StreamResponse:
        coded = request.version != HttpVersion10
        data = self.writer.encode_whole(
            response, coded=coded, keep=keep, without_body=request.method == "HEAD"
        )
        write_data(request, data, b"")
        if len(data) > DRAIN_THRESHOLD or request.protocol.writing_paused:
            await request.writer.drain()
        return self.keep_response if keep else self.close_response

    async def send_frames(
        self, request: web.BaseRequest, response: WireResponse, *, keep: bool
    ) -> web.StreamResponse:
        body, bodiless = response.body, response.status in BODILESS
        lengths = [int(value) for name, value in response.headers if name == "Content-Length"]
        coded = request.version != HttpVersion10 and not lengths and not bodiless
        head = self.writer.get_head(response, "chunked" if coded else "none", keep=keep)
        frames = iter_frames(body) if isinstance(body, (bytes, ChunkedBody)) else body
        if bodiless or request.method == "HEAD":
            frames, coded, lengths = take_head(frames), False, []
        try:
            async with aclosing(frames):
                sent = await deliver_frames(request, frames, head, self.ticker, coded=coded)
        except ConnectionDropped as drop:
            return await self.drop(request, drop)
        except ClientLeft:
            return self.close_response
        complete = not lengths or lengths[0] == sent
        return self.keep_response if keep and complete else self.close_response

    async def serve_socket(
        self, request: web.BaseRequest, response: SocketResponse
    ) -> web.StreamResponse:
        try:
            await self.sockets.serve(request, response)
        except ConnectionDropped as drop:
            return await self.drop(request, drop)
        return self.close_response

    async def drop(self, request: web.BaseRequest, drop: ConnectionDropped) -> web.StreamResponse:
        """End a connection as a fault demands."""
        if drop.mode == "refuse":  # a client that tries again at once must not find another process
            await self.port.tell_others(drop.seconds)
        await drop_connection(request, drop)
        if drop.mode == "refuse":
            self.port.refuse(drop.seconds)
        return self.close_response

    def may_wait(self, method: str, target: str) -> bool:
        """Whether the answer to a request may have to wait."""
        return self.flags_for(method, parse_target(target)[0])[0]
