"""Connections: how many there may be, how long they may be idle, and how they end."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from traceback import format_exception
from typing import Any, cast

from aiohttp.http import HttpVersion10
from aiohttp.web_protocol import RequestHandler

from mockgem.core.authority import is_loopback_name
from mockgem.core.http import ConnectionDropped
from mockgem.core.scheduling import sleep
from mockgem.server import web
from mockgem.server.refusals import encode_refusal, refuse_bytes
from mockgem.server.response_writer import make_written_response
from mockgem.server.user_agents import (
    HEAD_BYTES,
    LOWER_AGENT,
    has_agent,
    keep_last_agent,
)

LINGER = 2.0
"""Seconds in which a connection is still read after its other half was closed or its request was
refused."""
NEVER = 10.0 * 365 * 86400
"""Seconds: aiohttp's own limit for idle connections, which this module replaces."""
REFUSAL_LINGER = 1.0
"""Seconds in which a refused client may read the reason."""
MAX_REFUSED = 16
"""Refused connections that are open at once; more are reset, to keep file descriptors free."""
PROBE_DELAY = 0.02
"""Seconds after which a client that sends nothing more is asked whether it still reads."""

log = logging.getLogger("mockgem")
http_log = logging.getLogger("mockgem.http")
http_log.addHandler(logging.NullHandler())
http_log.propagate = False
# aiohttp logs a malformed request with its bytes, which may contain a key.


class Connection(RequestHandler):
    """aiohttp's connection with limits.

    It is closed after `idle_timeout` seconds in which no request is open: nothing arrived, only a
    part of a head, or slowly a byte at a time. A request that has begun, and its response, may take
    longer. A client that has closed its side after its request still gets the response.
    """

    __slots__ = (
        "has_agent",
        "has_ended",
        "is_answering",
        "is_secure",
        "last_active",
        "listener",
        "watch",
    )

    def __init__(self, manager: ConnectionServer, **options: Any) -> None:
        super().__init__(manager, keepalive_timeout=NEVER, **options)
        self.listener = manager
        self.last_active = self._loop.time()
        self.watch: asyncio.TimerHandle | None = None
        self.has_agent = False
        self.is_answering = False
        self.has_ended = False
        self.is_secure = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self.listener.is_full:
            self.listener.refuse(cast(asyncio.Transport, transport))
            return
        super().connection_made(transport)
        self.watch = self._loop.call_later(self.listener.idle_timeout, self.close_if_idle)

    def connection_lost(self, exc: BaseException | None) -> None:
        if self.watch is not None:
            self.watch.cancel()
        super().connection_lost(exc)

    def leave_transport(self) -> asyncio.Transport:
        """Return the open connection for another protocol, and end this one."""
        transport = self.transport
        assert transport is not None, "the connection is open"
        self.transport = None
        self.connection_lost(None)
        return transport

    def data_received(self, data: bytes) -> None:
        """Parse what arrives, without the first of two User-Agent headers."""
        if self.has_agent or data.find(LOWER_AGENT, 0, HEAD_BYTES) > 0:
            data = self.drop_agent(data)
        super().data_received(data)
        if self._messages or self._current_request is not None:
            self.has_agent = False
        else:  # a part of a head
            self.has_agent = self.has_agent or has_agent(data)

    def drop_agent(self, data: bytes) -> bytes:
        """Return data without a User-Agent too many. Bodies and frames stay as they are."""
        if self._payload_parser is not None or not self.has_whole_request():
            return data
        return keep_last_agent(data, kept=0 if self.has_agent else 1)

    def close_if_idle(self) -> None:
        """Close a connection without a request; otherwise look again when its time is over."""
        rest = self.last_active + self.listener.idle_timeout - self._loop.time()
        if rest <= 0 and self.is_idle:
            self.force_close()
            return
        delay = rest if rest > 0 else self.listener.idle_timeout
        self.watch = self._loop.call_later(delay, self.close_if_idle)

    @property
    def is_idle(self) -> bool:
        """Whether no request has arrived, and aiohttp's task waits for one."""
        return self.is_waiting and not self.queue

    @property
    def is_waiting(self) -> bool:
        waiter = self._waiter
        return waiter is not None and not waiter.done()

    @property
    def queue(self) -> Sequence[tuple[Any, Any]]:
        """The requests that have arrived, and that nothing handles yet."""
        return self._messages

    def end_request(self) -> None:
        """Note that a response has been sent."""
        self.is_answering, self.last_active = False, self._loop.time()

    def is_recent(self, seconds: float) -> bool:
        """Whether the connection, or its last response, is younger than some seconds."""
        return self._loop.time() < self.last_active + seconds

    def has_left(self, error: BaseException) -> bool:
        """Whether an error only says that the client has left, before the loop tells it."""
        lost = self.transport is None or self.transport.is_closing()
        return lost and isinstance(error, ConnectionError)

    @property
    def is_last(self) -> bool:
        """Whether the request that is being answered is the last one."""
        return self.has_ended and not self.queue

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keep a connection whose client sends nothing more until its requests are answered.

        A client that leaves looks the same at first. While a response is being sent, or without a
        whole request, it has left. TLS ends in both directions at once.
        """
        if self.is_secure or self.is_idle or self.is_answering or not self.has_whole_request():
            return False
        self.has_ended = True
        self._loop.call_later(PROBE_DELAY, self.probe)
        return True

    def has_whole_request(self) -> bool:
        """Whether the body of the newest request has arrived, as far as is known."""
        if self.queue:
            return bool(self.queue[-1][1].is_eof())
        request = self._current_request
        return request is None or request.content.is_eof()

    def probe(self) -> None:
        """Write to a client that sends nothing more: one that has left answers with a reset.

        An interim response is allowed before every response (RFC 9110 15.2), but not in HTTP/1.0.
        """
        request = self._current_request
        if self.transport is None or self.is_answering:
            return
        if self.is_idle or not self.has_whole_request():
            self.transport.close()
        elif request is not None and request.version != HttpVersion10:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._loop.call_later(PROBE_DELAY, self.close_if_reset)

    def close_if_reset(self) -> None:
        """Close a connection that was reset: after its end, the loop does not look at it."""
        if self.transport is None:
            return
        connection = self.transport.get_extra_info("socket")
        if connection and connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self.transport.abort()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that can't be parsed, or whose handler failed, and close."""
        if exc is not None and status >= 500 and not self.has_left(exc):
            log_error(exc)
        if self.is_answering:
            raise ConnectionError("a part of the response is sent already")
        if self.transport is not None:
            refusal = encode_refusal(500, "Internal error") if status >= 500 else refuse_bytes(exc)
            self.transport.write(refusal)
        return make_written_response(keep=False)


def log_error(error: BaseException) -> None:
    """Log an error of mockgem with its traceback, without keys."""
    from mockgem.redaction.finder import hide_secrets

    log.error("an error in mockgem: %s", hide_secrets("".join(format_exception(error))))


class ConnectionServer(web.Server):
    """aiohttp's server with limits. `max_connections` 0 means no limit."""

    def __init__(
        self, handler: Any, *, idle_timeout: float, max_connections: int = 0, **options: Any
    ) -> None:
        super().__init__(
            handler,
            handler_cancellation=True,
            access_log=None,
            logger=http_log,
            lingering_time=LINGER,
            auto_decompress=False,
            **options,
        )
        self.idle_timeout = idle_timeout
        self.max_connections = max_connections
        self.open_connections: set[Connection] = set()
        self.refused = 0
        self.is_stopping = False  # then each response is the last one of its connection

    def __call__(self) -> Connection:
        return Connection(self, loop=self._loop, **self._kwargs)

    @property
    def is_full(self) -> bool:
        return 0 < self.max_connections <= len(self.open_connections)

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        self.open_connections.add(cast(Connection, handler))
        super().connection_made(handler, transport)

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        self.open_connections.discard(cast(Connection, handler))
        super().connection_lost(handler, exc)

    def refuse(self, transport: asyncio.Transport) -> None:
        """Tell a client over the limit what the limit is, and close its connection."""
        if self.refused >= MAX_REFUSED:
            transport.abort()
            return
        message = (
            f"mockgem: {self.max_connections} connections are open, which is the limit. Close "
            "some, or start the server with a larger --max-connections."
        )
        transport.set_protocol(RefusedConnection(self, transport))
        transport.write(encode_refusal(503, message))
        close_own_side(transport)


class RefusedConnection(asyncio.Protocol):
    """A connection over the limit, which is read for a moment: closing it at once would reset it
    and take the reason from the client."""

    def __init__(self, listener: ConnectionServer, transport: asyncio.Transport) -> None:
        listener.refused += 1
        self.listener = listener
        loop = asyncio.get_running_loop()
        self.timer = loop.call_later(REFUSAL_LINGER, transport.abort)

    def connection_lost(self, exc: BaseException | None) -> None:
        self.listener.refused -= 1
        self.timer.cancel()


def is_last_request(request: web.BaseRequest) -> bool:
    """Whether the client sends no more requests on the connection, or the server reads none."""
    connection = request.protocol
    if not isinstance(connection, Connection):
        return False
    return connection.is_last or (connection.listener.is_stopping and not connection.queue)


def is_secure(request: web.BaseRequest) -> bool:
    """Whether a request came over TLS."""
    return isinstance(request.protocol, Connection) and request.protocol.is_secure


def is_from_here(request: web.BaseRequest) -> bool:
    """Whether a request came from this machine."""
    return request.transport is not None and is_local(request.transport)


def is_local(transport: asyncio.BaseTransport) -> bool:
    """Whether the client of a connection is on this machine."""
    peer = transport.get_extra_info("peername")
    return isinstance(peer, tuple) and is_loopback_name(str(peer[0]).partition("%")[0])


def end_request(request: web.BaseRequest) -> bool:
    """Note that a response has been sent; return whether it was the last one."""
    assert isinstance(request.protocol, Connection)
    request.protocol.end_request()
    return request.protocol.is_last


async def drop_connection(request: web.BaseRequest, drop: ConnectionDropped) -> None:
    """End a connection as a fault demands. Closing a socket without lingering sends RST,
    otherwise FIN."""
    transport = request.transport
    if transport is None:
        return
    if drop.mode == "half":
        close_own_side(transport)
        await wait_for_close(request)
    elif drop.mode in ("reset", "refuse"):
        connection = transport.get_extra_info("socket")
        if connection is not None:  # connections within one process have no socket
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()


def close_own_side(transport: asyncio.Transport) -> None:
    """Send a FIN, unless the client has reset the connection already. TLS has no half that can be
    closed alone."""
    with suppress(OSError):
        try:
            transport.write_eof()
        except NotImplementedError:
            transport.close()


async def wait_for_close(request: web.BaseRequest) -> None:
    """Wait until the client closes the connection, for up to LINGER seconds."""
    for _ in range(round(LINGER / 0.05)):
        if request.transport is None or request.transport.is_closing():
            break
        await sleep(0.05)
