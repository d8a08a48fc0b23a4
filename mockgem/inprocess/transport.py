"""For httpx, and httpx2, which the SDKs of OpenAI and Google use today: a transport to a server in the same process.

httpx's own transport does everything but the network: it speaks HTTP, keeps connections, minds timeouts. Its pool takes
another network, which is documented; that the pool has to be put into it is not, so that is done in one place (`onto`).
"""

from __future__ import annotations

import asyncio
import importlib
import queue
import threading
from types import ModuleType, TracebackType
from typing import Any

from mockgem.inprocess.line import ACCEPTED, End, Line

CORES = {"httpx": "httpcore", "httpx2": "httpcore2"}
"""What each of them speaks HTTP with."""
MANY, FEW = 64, 16
"""Pieces that wait to be read before the server is told to pause, and to go on."""
MOST = 1000
"""Connections at once, as OpenAI's SDK allows."""


class Transport:
    """`httpx.Client(transport=Transport(line))`, and the same for `AsyncClient`: every host is the server, with https or
    without. It is for httpx and httpx2 alike: which it is shows with the first request.

    Async clients have to run in asyncio. Raises what httpx raises where connections break: `ConnectError`, `ReadError` …
    """

    def __init__(self, line: Line) -> None:
        self.line = line
        self.ways: dict[tuple[str, bool], Any] = {}

    def way(self, request: object, *, waits: bool) -> Any:
        """The transport of the package that a request is of."""
        name = type(request).__module__.partition(".")[0]
        if name not in CORES:
            raise TypeError(f"a request of httpx or httpx2 was expected; got one of {name}")
        if (name, waits) not in self.ways:
            self.ways[name, waits] = onto(self.line, name, waits=waits)
        return self.ways[name, waits]

    def handle_request(self, request: object) -> Any:
        return self.way(request, waits=True).handle_request(request)

    async def handle_async_request(self, request: object) -> Any:
        return await self.way(request, waits=False).handle_async_request(request)

    def close(self) -> None:
        for (_, waits), way in self.ways.items():
            if waits:
                way.close()

    async def aclose(self) -> None:
        for (_, waits), way in self.ways.items():
            if not waits:
                await way.aclose()

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    async def __aenter__(self) -> Transport:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def onto(line: Line, name: str, *, waits: bool) -> Any:
    """A transport of httpx or httpx2 on a line."""
    package, core = importlib.import_module(name), importlib.import_module(CORES[name])
    kind, pool = ("HTTPTransport", "ConnectionPool") if waits else ("AsyncHTTPTransport", "AsyncConnectionPool")
    network = Blocking(line, core) if waits else Async(line, core)
    transport = getattr(package, kind)(verify=False)
    if not hasattr(transport, "_pool"):
        raise RuntimeError(f"{name} {package.__version__} is not known to mockgem; give the SDK the server's URL instead")
    transport._pool = getattr(core, pool)(network_backend=network, max_connections=MOST, keepalive_expiry=5.0)
    return transport


class Blocking:
    """A network as httpcore wants it, for clients that wait in their thread."""

    def __init__(self, line: Line, core: ModuleType) -> None:
        self.line = line
        self.core = core

    def connect_tcp(self, *where: object, timeout: float | None = None, **_: object) -> BlockingStream:
        """A connection, wherever it was to lead. Raises the core's ConnectError."""
        stream = BlockingStream(self.core)
        if self.line.loop.is_closed():
            raise self.core.ConnectError("mockgem has stopped")
        taken = asyncio.run_coroutine_threadsafe(self.line.connect(stream), self.line.loop)
        try:
            stream.end = taken.result(ACCEPTED)
        except (OSError, TimeoutError) as error:
            raise self.core.ConnectError(str(error)) from error
        return stream

    def sleep(self, seconds: float) -> None:
        threading.Event().wait(seconds)


class BlockingStream(asyncio.Protocol):
    """Is written to and read from in the client's thread; hears of its connection in the server's."""

    def __init__(self, core: ModuleType) -> None:
        self.core = core
        self.end: End
        self.arrived: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self.rest = b""
        self.writable = threading.Event()
        self.writable.set()
        self.broken: Exception | None = None

    # In the server's thread

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, End)
        self.end = transport

    def data_received(self, data: bytes) -> None:
        self.arrived.put(data)
        if self.arrived.qsize() > MANY:
            self.end.pause_reading()

    def eof_received(self) -> None:
        self.arrived.put(b"")

    def connection_lost(self, error: Exception | None) -> None:
        self.broken = error
        self.arrived.put(error or b"")
        self.writable.set()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    # In the client's thread

    def act(self, deed: Any, *words: Any) -> None:
        """In the server's loop, if that still runs."""
        if not self.end.loop.is_closed():
            self.end.loop.call_soon_threadsafe(deed, *words)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Nothing at the connection's end. Raises the core's ReadTimeout and ReadError."""
        if not self.rest:
            self.rest = self.next_piece(timeout)
        piece, self.rest = self.rest[:max_bytes], self.rest[max_bytes:]
        return piece

    def next_piece(self, timeout: float | None) -> bytes:
        try:
            found = self.arrived.get(timeout=timeout)
        except queue.Empty:
            raise self.core.ReadTimeout("timed out") from None
        if isinstance(found, Exception):
            self.arrived.put(found)
            raise self.core.ReadError(str(found)) from found
        if not found:
            self.arrived.put(b"")  # an end stays an end
        elif not self.end.is_reading() and self.arrived.qsize() < FEW:
            self.act(self.end.resume_reading)
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises the core's WriteTimeout and WriteError."""
        if not self.writable.wait(timeout):
            raise self.core.WriteTimeout("timed out")
        if self.broken is not None:
            raise self.core.WriteError(str(self.broken)) from self.broken
        self.act(self.end.write, buffer)

    def close(self) -> None:
        self.act(self.end.close)

    def start_tls(self, *_: object, **__: object) -> BlockingStream:
        """Nobody listens in between."""
        return self

    def get_extra_info(self, info: str) -> Any:
        """Whether there is something to read is how the pool sees that a connection has been closed."""
        return (bool(self.rest) or not self.arrived.empty()) if info == "is_readable" else None


class Async:
    """A network as httpcore wants it, for clients in asyncio."""

    def __init__(self, line: Line, core: ModuleType) -> None:
        self.line = line
        self.core = core

    async def connect_tcp(self, *where: object, timeout: float | None = None, **_: object) -> AsyncStream:
        """A connection, wherever it was to lead. Raises the core's ConnectError."""
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            raise self.core.ConnectError("this transport is for asyncio; under trio give the SDK a server's URL") from None
        reader = asyncio.StreamReader(loop=here)
        protocol = asyncio.StreamReaderProtocol(reader, loop=here)
        try:
            end = await self.line.connect(protocol)
        except (OSError, TimeoutError) as error:
            raise self.core.ConnectError(str(error)) from error
        return AsyncStream(self.core, reader, asyncio.StreamWriter(end, protocol, reader, here))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class AsyncStream:
    """Is written to and read from in the client's loop."""

    def __init__(self, core: ModuleType, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
        return (self.reader.at_eof() or self.reader.exception() is not None) if info == "is_readable" else None
