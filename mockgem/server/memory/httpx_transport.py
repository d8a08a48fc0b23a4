"""A transport for httpx and httpx2, which the SDKs use, to a server in the same process.

httpx's own transport does everything but the network: HTTP, keep-alive and timeouts. Its connection
pool takes another network backend, which is documented. Replacing the pool of a transport is not,
so only `patch_pool` does it.
"""

from __future__ import annotations

import asyncio
import importlib
import queue
import ssl
import threading
from concurrent.futures import CancelledError
from functools import cache
from types import ModuleType, TracebackType
from typing import Any

from mockgem.server.memory.connection import (
    ACCEPT_TIMEOUT,
    STOPPED_MESSAGE,
    MemoryConnection,
    MemoryListener,
)

CORE_PACKAGES = {"httpx": "httpcore", "httpx2": "httpcore2"}
"""The package with the connection pool of each client."""
MAX_CONNECTIONS = 1000
"""Simultaneous connections, as many as OpenAI's SDK allows."""


class HttpxTransport:
    """A transport for `httpx.Client(transport=...)` and `AsyncClient`; every host is the server.

    URLs may be http or https. The transport works with httpx and httpx2; each request shows which
    one it comes from. Async clients must run in asyncio. If a connection breaks, requests raise
    the errors of httpx: `ConnectError`, `ReadError` and so on.

    Args:
        line: Where the server accepts connections.
    """

    def __init__(self, line: MemoryListener) -> None:
        self.listener = line
        self.transports: dict[tuple[str, bool], Any] = {}
        self.lock = threading.Lock()

    def transport_for(self, request: object, *, waits: bool) -> Any:
        """Return the transport for the package of a request. Raises TypeError for another one."""
        name = type(request).__module__.partition(".")[0]
        if name not in CORE_PACKAGES:
            raise TypeError(f"{name} is not supported: send requests with httpx or httpx2")
        with self.lock:
            if (name, waits) not in self.transports:
                self.transports[name, waits] = patch_pool(self.listener, name, waits=waits)
            return self.transports[name, waits]

    def handle_request(self, request: object) -> Any:
        """Send a request of a sync client."""
        return self.transport_for(request, waits=True).handle_request(request)

    async def handle_async_request(self, request: object) -> Any:
        """Send a request of an async client."""
        return await self.transport_for(request, waits=False).handle_async_request(request)

    def close(self) -> None:
        """Close the connections of sync clients."""
        for (_, waits), transport in self.transports.items():
            if waits:
                transport.close()

    async def aclose(self) -> None:
        """Close the connections of async clients."""
        for (_, waits), transport in self.transports.items():
            if not waits:
                await transport.aclose()

    def __enter__(self) -> HttpxTransport:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> HttpxTransport:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


def patch_pool(line: MemoryListener, name: str, *, waits: bool) -> Any:
    """Return a transport of httpx or httpx2 whose connections lead to a listener.

    Raises RuntimeError for a version without the expected pool.
    """
    package, core = importlib.import_module(name), importlib.import_module(CORE_PACKAGES[name])
    kind, pool = (
        ("HTTPTransport", "ConnectionPool")
        if waits
        else ("AsyncHTTPTransport", "AsyncConnectionPool")
    )
    network = SyncBackend(line, core) if waits else AsyncBackend(line, core)
    transport = getattr(package, kind)(verify=False)
    if not hasattr(transport, "_pool"):
        raise RuntimeError(
            f"mockgem does not support {name} {package.__version__} here; "
            "give the SDK the server's URL instead"
        )
    options = {
        "ssl_context": make_unused_ssl_context(),
        "max_connections": MAX_CONNECTIONS,
        "keepalive_expiry": 5.0,
    }
    transport._pool = getattr(core, pool)(network_backend=network, **options)
    return transport


@cache
def make_unused_ssl_context() -> ssl.SSLContext:
    """Return a context for https that loads no certificates: nothing is encrypted here."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class SyncBackend:
    """A network backend of httpcore for sync clients."""

    def __init__(self, line: MemoryListener, core: ModuleType) -> None:
        self.listener = line
        self.core = core

    def connect_tcp(self, *where: object, timeout: float | None = None, **_: object) -> SyncStream:
        """Return a connection to the server, whatever the host is.

        Raises ConnectError and ConnectTimeout of the core package.
        """
        self.check_thread()
        stream = SyncStream(self.core)
        stream.connection = MemoryConnection(self.listener.loop, stream, auto_acknowledge=False)
        try:
            self.listener.start_connect(stream.connection).result(
                ACCEPT_TIMEOUT if timeout is None else min(timeout, ACCEPT_TIMEOUT)
            )
        except TimeoutError:
            self.listener.cancel(stream.connection)
            raise self.core.ConnectTimeout(
                "mockgem did not accept the connection in time"
            ) from None
        except (OSError, CancelledError) as error:
            raise self.core.ConnectError(str(error) or STOPPED_MESSAGE) from error
        return stream

    def check_thread(self) -> None:
        """Raise RuntimeError in the server's own loop, which would wait for itself."""
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            return
        if here is self.listener.loop:
            raise RuntimeError(
                "this client would block the loop in which the server runs: use an AsyncClient, "
                "or call it with asyncio.to_thread"
            )

    def sleep(self, seconds: float) -> None:
        threading.Event().wait(seconds)


class SyncStream(asyncio.Protocol):
    """A stream of httpcore for sync clients.

    The client's thread reads and writes; the server's thread receives the events of the connection.
    What the client has read is acknowledged, so no more data waits than in a socket.
    """

    def __init__(self, core: ModuleType) -> None:
        self.core = core
        self.connection: MemoryConnection
        self.incoming: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self.leftover = b""
        self.writable = threading.Event()
        self.writable.set()
        self.error: Exception | None = None

    # In the server's thread

    def data_received(self, data: bytes) -> None:
        self.incoming.put(data)

    def eof_received(self) -> None:
        self.incoming.put(b"")

    def connection_lost(self, error: Exception | None) -> None:
        self.error = error
        self.incoming.put(error or b"")
        self.writable.set()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    # In the client's thread

    def call_server(self, function: Any, *arguments: Any) -> bool:
        """Call a function in the server's loop; return False if that has ended."""
        try:
            self.connection.loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            return False
        return True

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return received data; no bytes at the end of the connection.

        Raises ReadTimeout and ReadError of the core package.
        """
        if not self.leftover:
            self.leftover = self.read_chunk(timeout)
        data, self.leftover = self.leftover[:max_bytes], self.leftover[max_bytes:]
        return data

    def read_chunk(self, timeout: float | None) -> bytes:
        """Return the next data that arrived, and acknowledge it."""
        if self.incoming.empty() and self.connection.loop.is_closed():
            raise self.core.ReadError(STOPPED_MESSAGE)
        try:
            event = self.incoming.get(timeout=timeout)
        except queue.Empty:
            raise self.core.ReadTimeout("timed out") from None
        if isinstance(event, Exception):
            self.incoming.put(event)
            raise self.core.ReadError(str(event)) from event
        if event:
            self.call_server(self.connection.other.acknowledge, len(event))
        else:
            self.incoming.put(b"")  # the end stays readable
        return event

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send data. Raises WriteTimeout and WriteError of the core package."""
        if not self.writable.wait(timeout):
            raise self.core.WriteTimeout("timed out")
        if self.error is not None:
            raise self.core.WriteError(str(self.error)) from self.error
        if not self.call_server(self.connection.write, buffer):
            raise self.core.WriteError(STOPPED_MESSAGE)

    def close(self) -> None:
        self.call_server(self.connection.close)

    def start_tls(self, *_: object, **__: object) -> SyncStream:
        """Return the stream itself: no other process can read it."""
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return whether data or the end can be read, by which the pool sees a closed stream."""
        return (bool(self.leftover) or not self.incoming.empty()) if info == "is_readable" else None


class AsyncBackend:
    """A network backend of httpcore for async clients in asyncio."""

    def __init__(self, line: MemoryListener, core: ModuleType) -> None:
        self.listener = line
        self.core = core

    async def connect_tcp(
        self, *where: object, timeout: float | None = None, **_: object
    ) -> AsyncStream:
        """Return a connection to the server, whatever the host is.

        Raises ConnectError and ConnectTimeout of the core package.
        """
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            raise self.core.ConnectError(
                "this transport is for asyncio; under trio give the SDK a server's URL"
            ) from None
        reader = asyncio.StreamReader(loop=here)
        protocol = asyncio.StreamReaderProtocol(reader, loop=here)
        try:
            end = await self.listener.connect(protocol, timeout)
        except TimeoutError:
            raise self.core.ConnectTimeout(
                "mockgem did not accept the connection in time"
            ) from None
        except OSError as error:
            raise self.core.ConnectError(str(error)) from error
        return AsyncStream(self.core, reader, asyncio.StreamWriter(end, protocol, reader, here))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class AsyncStream:
    """A stream of httpcore for async clients, in the client's loop."""

    def __init__(
        self, core: ModuleType, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.core = core
        self.reader = reader
        self.writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return received data; no bytes at the end of the connection.

        Raises ReadTimeout and ReadError of the core package.
        """
        try:
            async with asyncio.timeout(timeout):
                return await self.reader.read(max_bytes)
        except TimeoutError:
            raise self.core.ReadTimeout("timed out") from None
        except OSError as error:
            raise self.core.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send data. Raises WriteTimeout and WriteError of the core package."""
        try:
            async with asyncio.timeout(timeout):
                self.writer.write(buffer)
                await self.writer.drain()
        except TimeoutError:
            raise self.core.WriteTimeout("timed out") from None
        except OSError as error:
            raise self.core.WriteError(str(error)) from error

    async def aclose(self) -> None:
        self.writer.close()

    async def start_tls(self, *_: object, **__: object) -> AsyncStream:
        """Return the stream itself: no other process can read it."""
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return whether data or the end can be read, by which the pool sees a closed stream."""
        return (
            (self.reader.at_eof() or self.reader.exception() is not None)
            if info == "is_readable"
            else None
        )
