"""TLS and plain HTTP on one port: the first byte of a connection tells them apart.

SDKs for Python, Go and Java open sockets as wss on the port of an http:// base URL.
Evidence: sdk-live-tls.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable
from typing import Any

from mockgem.server.certificates import Certificates
from mockgem.server.connections import Connection

TLS_HANDSHAKE = 0x16
"""The first byte of every TLS connection; no HTTP method begins with it."""
HANDSHAKE_TIMEOUT = 30.0
log = logging.getLogger("mockgem")
OFF_MESSAGE = (
    "A client tried TLS (https or wss), which is off. Start mockgem without --no-tls, or give the "
    "client an http:// or ws:// URL."
)
UNTRUSTED_MESSAGE = (
    "A client ended its TLS handshake (%s). If it does not trust mockgem's certificate: `mockgem "
    "ca` prints how it can."
)


class OnePort:
    """Makes the protocols of new connections, and TLS for those that begin with a TLS hello.

    `certificates` None means that TLS is off. Each problem is logged once.
    """

    def __init__(
        self, make_protocol: Callable[[], Connection], certificates: Certificates | None
    ) -> None:
        self.make_protocol = make_protocol
        self.certificates = certificates
        self.logged: set[str] = set()
        self.handshakes: set[asyncio.Task[None]] = set()

    def __call__(self) -> FirstByte:
        return FirstByte(self)

    def start_handshake(self, protocol: Connection, hello: bytes, host: str = "") -> None:
        """Answer a TLS hello, or close the connection. `host` is the name that a proxy shows."""
        transport = protocol.transport
        assert transport is not None
        if self.certificates is None:
            self.log_once(OFF_MESSAGE)
            transport.close()
            return
        transport.pause_reading()
        task = asyncio.get_running_loop().create_task(
            self.upgrade(transport, protocol, hello, host)
        )
        self.handshakes.add(task)
        task.add_done_callback(self.handshakes.discard)

    async def upgrade(
        self, transport: asyncio.Transport, protocol: Connection, hello: bytes, host: str = ""
    ) -> None:
        """Put TLS between a transport and its protocol, or end the connection."""
        try:
            early = EarlyData(protocol)
            secure = await start_tls(transport, early, await self.get_context(host), hello)
        except BaseException as error:
            transport.abort()
            protocol.connection_lost(None)  # the loop's TLS does not tell it before a handshake
            if not isinstance(error, (OSError, ValueError)):
                raise
            self.log_once(describe_failure(error))
            return
        protocol.is_secure = True
        early.release(secure)

    async def get_context(self, host: str = "") -> ssl.SSLContext:
        """Return what a handshake needs. Keys are made and files are read once, in a thread."""
        certificates = self.certificates
        assert certificates is not None
        if (context := certificates.find_context(host)) is not None:
            return context
        return await asyncio.to_thread(certificates.make_context, host)

    def log_once(self, message: str) -> None:
        if message not in self.logged and len(self.logged) < 100:
            self.logged.add(message)
            log.warning("%s", message)

    def close(self) -> None:
        for task in self.handshakes:
            task.cancel()


def describe_failure(error: Exception) -> str:
    if isinstance(error, (ssl.SSLError, ConnectionError)):
        return UNTRUSTED_MESSAGE % (getattr(error, "reason", None) or error)
    return f"TLS does not work: {error}"


async def start_tls(
    transport: asyncio.Transport, protocol: asyncio.Protocol, context: ssl.SSLContext, hello: bytes
) -> asyncio.Transport:
    """Return a transport that encrypts, after a handshake that begins with bytes already read.

    Raises OSError, of which ssl.SSLError is one.
    """
    loop = asyncio.get_running_loop()
    before = transport.get_protocol()
    handshake = asyncio.ensure_future(
        loop.start_tls(
            transport,
            protocol,
            context,
            server_side=True,
            ssl_handshake_timeout=HANDSHAKE_TIMEOUT,
        )
    )
    try:
        while transport.get_protocol() is before and not handshake.done():
            await asyncio.sleep(0)
        await asyncio.sleep(0)  # now the loop has connected the new protocol, and reads nothing yet
        if not handshake.done():
            feed(transport.get_protocol(), hello)
        secure = await handshake
    except BaseException:
        handshake.cancel()
        raise
    if secure is None:
        raise ConnectionAbortedError("the client closed the connection")
    return secure


def feed(protocol: Any, data: bytes) -> None:
    """Give bytes to a buffered protocol as its transport would."""
    while data:
        buffer = protocol.get_buffer(len(data))
        size = min(len(buffer), len(data))
        buffer[:size] = data[:size]
        protocol.buffer_updated(size)
        data = data[size:]


class EarlyData(asyncio.Protocol):
    """Keeps what arrives together with the end of a handshake, until its transport is known."""

    def __init__(self, protocol: Connection) -> None:
        self.protocol = protocol
        self.data = b""
        self.has_ended = False

    def data_received(self, data: bytes) -> None:
        self.data += data

    def eof_received(self) -> None:
        self.has_ended = True

    def connection_lost(self, exc: BaseException | None) -> None:
        self.protocol.connection_lost(exc)

    def release(self, transport: asyncio.Transport) -> None:
        """Connect a transport and the protocol that stays."""
        protocol = self.protocol
        if protocol.transport is None:  # it was idle for too long
            transport.abort()
            protocol.connection_lost(None)  # uvloop's TLS does not tell it any more
            return
        protocol.transport = transport
        transport.set_protocol(protocol)
        if self.data:
            protocol.data_received(self.data)
        if self.has_ended:
            transport.close()


class FirstByte(asyncio.Protocol):
    """A connection until its first byte has arrived. It passes everything on to the protocol that
    stays."""

    __slots__ = ("port", "protocol")

    def __init__(self, port: OnePort) -> None:
        self.port = port
        self.protocol = port.make_protocol()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.protocol.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if data[0] == TLS_HANDSHAKE:
            self.port.start_handshake(self.protocol, data)
            return
        transport, protocol = self.protocol.transport, self.protocol
        if transport is not None:
            transport.set_protocol(protocol)
            protocol.data_received(data)

    def eof_received(self) -> bool | None:
        return self.protocol.eof_received()

    def connection_lost(self, exc: BaseException | None) -> None:
        self.protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        self.protocol.pause_writing()

    def resume_writing(self) -> None:
        self.protocol.resume_writing()
