"""For httpx, and httpx2, which the SDKs of OpenAI and Google use today: a transport to a server in the same process.

httpx's own transport does everything but the network: it speaks HTTP, keeps connections, minds timeouts. Its pool takes
another network, which is documented; that the pool has to be put into it is not, so that is done in one place (`onto`).
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
"""What each of them speaks HTTP with."""
MAX_CONNECTIONS = 1000
"""Connections at once, as OpenAI's SDK allows."""


class HttpxTransport:
    """`httpx.Client(transport=Transport(line))`, and the same for `AsyncClient`: every host is the server, with https or
    without. It is for httpx and httpx2 alike: which it is shows with the first request.

    Async clients have to run in asyncio. Raises what httpx raises where connections break: `ConnectError`, `ReadError` …
    """

    def __init__(self, line: MemoryListener) -> None:
        self.listener = line
        self.transports: dict[tuple[str, bool], Any] = {}
        self.lock = threading.Lock()

    def transport_for(self, request: object, *, waits: bool) -> Any:
        """The transport of the package that a request is of."""
        name = type(request).__module__.partition(".")[0]
        if name not in CORE_PACKAGES:
            raise TypeError(f"a request of httpx or httpx2 was expected; got one of {name}")
        with self.lock:
            if (name, waits) not in self.transports:
                self.transports[name, waits] = patch_pool(self.listener, name, waits=waits)
            return self.transports[name, waits]

    def handle_request(self, request: object) -> Any:
        return self.transport_for(request, waits=True).handle_request(request)

    async def handle_async_request(self, request: object) -> Any:
        return await self.transport_for(request, waits=False).handle_async_request(request)

    def close(self) -> None:
        for (_, waits), way in self.transports.items():
            if waits:
                way.close()

    async def aclose(self) -> None:
        for (_, waits), way in self.transports.items():
            if not waits:
                await way.aclose()

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
    """A transport of httpx or httpx2 on a line."""
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
            f"{name} {package.__version__} is not known to mockgem; give the SDK the server's URL instead"
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
    """What the pool is given for https, so that it reads no certificates: nothing is encrypted here."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class SyncBackend:
    """A network as httpcore wants it, for clients that wait in their thread."""

    def __init__(self, line: MemoryListener, core: ModuleType) -> None:
        self.listener = line
        self.core = core

    def connect_tcp(self, *where: object, timeout: float | None = None, **_: object) -> SyncStream:
        """A connection, wherever it was to lead. Raises the core's ConnectError and ConnectTimeout."""
        self.check_thread()
        stream = SyncStream(self.core)
        stream.connection = MemoryConnection(self.listener.loop, stream, auto_acknowledge=False)
        try:
            self.listener.start_connect(stream.connection).result(
                ACCEPT_TIMEOUT if timeout is None else min(timeout, ACCEPT_TIMEOUT)
            )
        except TimeoutError:
            self.listener.cancel(stream.connection)
            raise self.core.ConnectTimeout("mockgem did not take the connection in time") from None
        except (OSError, CancelledError) as error:
            raise self.core.ConnectError(str(error) or STOPPED_MESSAGE) from error
        return stream

    def check_thread(self) -> None:
        """Raises RuntimeError in the loop that serves, which would wait for itself."""
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            return
        if here is self.listener.loop:
            raise RuntimeError(
                "this client waits for the server, which runs in this very loop: take an AsyncClient, or asyncio.to_thread"
            )

    def sleep(self, seconds: float) -> None:
        threading.Event().wait(seconds)


class SyncStream(asyncio.Protocol):
    """Is written to and read from in the client's thread; hears of its connection in the server's. What has been read there
    is told to the writer, so no more waits in between than a socket would hold."""

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

    def call_server(self, deed: Any, *words: Any) -> bool:
        """In the server's loop; False where that does not run any more."""
        try:
            self.connection.loop.call_soon_threadsafe(deed, *words)
        except RuntimeError:
            return False
        return True

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Nothing at the connection's end. Raises the core's ReadTimeout and ReadError."""
        if not self.leftover:
            self.leftover = self.read_chunk(timeout)
        piece, self.leftover = self.leftover[:max_bytes], self.leftover[max_bytes:]
        return piece

    def read_chunk(self, timeout: float | None) -> bytes:
        if self.incoming.empty() and self.connection.loop.is_closed():
            raise self.core.ReadError(STOPPED_MESSAGE)
        try:
            found = self.incoming.get(timeout=timeout)
        except queue.Empty:
            raise self.core.ReadTimeout("timed out") from None
        if isinstance(found, Exception):
            self.incoming.put(found)
            raise self.core.ReadError(str(found)) from found
        if found:
            self.call_server(self.connection.other.acknowledge, len(found))
        else:
            self.incoming.put(b"")  # an end stays an end
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises the core's WriteTimeout and WriteError."""
        if not self.writable.wait(timeout):
            raise self.core.WriteTimeout("timed out")
        if self.error is not None:
            raise self.core.WriteError(str(self.error)) from self.error
        if not self.call_server(self.connection.write, buffer):
            raise self.core.WriteError(STOPPED_MESSAGE)

    def close(self) -> None:
        self.call_server(self.connection.close)

    def start_tls(self, *_: object, **__: object) -> SyncStream:
        """Nobody listens in between."""
        return self

    def get_extra_info(self, info: str) -> Any:
        """Whether there is something to read is how the pool sees that a connection has been closed."""
        return (bool(self.leftover) or not self.incoming.empty()) if info == "is_readable" else None


class AsyncBackend:
    """A network as httpcore wants it, for clients in asyncio."""

    def __init__(self, line: MemoryListener, core: ModuleType) -> None:
        self.listener = line
        self.core = core

    async def connect_tcp(
        self, *where: object, timeout: float | None = None, **_: object
    ) -> AsyncStream:
        """A connection, wherever it was to lead. Raises the core's ConnectError and ConnectTimeout."""
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
            raise self.core.ConnectTimeout("mockgem did not take the connection in time") from None
        except OSError as error:
            raise self.core.ConnectError(str(error)) from error
        return AsyncStream(self.core, reader, asyncio.StreamWriter(end, protocol, reader, here))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class AsyncStream:
    """Is written to and read from in the client's loop."""

    def __init__(
        self, core: ModuleType, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.core = core
        self.reader = reader
        self.writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Nothing at the connection's end. Raises the core's ReadTimeout and ReadError."""
        try:
            async with asyncio.timeout(timeout):
                return await self.reader.read(max_bytes)
        except TimeoutError:
            raise self.core.ReadTimeout("timed out") from None
        except OSError as error:
            raise self.core.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises the core's WriteTimeout and WriteError."""
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
        """Nobody listens in between."""
        return self

    def get_extra_info(self, info: str) -> Any:
        """Whether there is something to read is how the pool sees that a connection has been closed."""
        return (
            (self.reader.at_eof() or self.reader.exception() is not None)
            if info == "is_readable"
            else None
        )
