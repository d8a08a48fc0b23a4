"""The transport of httpx by itself: flow control, time-outs, and where it does not work."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

import httpcore
import httpcore2
import httpx
import httpx2
import pytest

import mockgem
from mockgem.server.memory.connection import HIGH_WATER, MemoryConnection, MemoryListener
from mockgem.server.memory.httpx_transport import AsyncBackend, HttpxTransport, SyncBackend

BOTH = pytest.mark.parametrize("package", [httpx, httpx2], ids=["httpx", "httpx2"])
CORES = pytest.mark.parametrize("core", [httpcore, httpcore2], ids=["httpcore", "httpcore2"])
URL = "http://any.test/v1beta/models?key=k"


class Accepted(asyncio.Protocol):
    """The server's end of a connection; it notes whether it may write."""

    transport: MemoryConnection
    is_paused = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def pause_writing(self) -> None:
        self.is_paused = True

    def resume_writing(self) -> None:
        self.is_paused = False


def listen(accepted: asyncio.Protocol) -> MemoryListener:
    return MemoryListener(asyncio.get_running_loop(), lambda: accepted)


async def do_rounds() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@CORES
async def test_data_that_a_sync_client_has_not_read_makes_the_server_wait(core: ModuleType) -> None:
    server = Accepted()
    stream = await asyncio.to_thread(SyncBackend(listen(server), core).connect_tcp, "any.test")
    size = HIGH_WATER + 1
    server.transport.write(bytes(size))
    await do_rounds()
    assert (server.is_paused, server.transport.get_write_buffer_size()) == (True, size)
    assert len(await asyncio.to_thread(stream.read, size, 60)) == size
    await do_rounds()
    assert (server.is_paused, server.transport.get_write_buffer_size()) == (False, 0)
    stream.close()


def read_from_socket(core: Any) -> str:
    """Return what httpcore says about a read that takes too long on a socket."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stream = core.SyncBackend().connect_tcp(*listener.getsockname(), timeout=60)
        with pytest.raises(core.ReadTimeout) as caught:
            stream.read(10, timeout=0.01)
        stream.close()
    return str(caught.value)


@CORES
async def test_a_read_that_takes_too_long_ends_as_on_a_socket(core: Any) -> None:
    expected = await asyncio.to_thread(read_from_socket, core)
    waiting = await AsyncBackend(listen(Accepted()), core).connect_tcp("any.test")
    with pytest.raises(core.ReadTimeout) as caught:
        await waiting.read(10, timeout=0.01)
    assert str(caught.value) == expected
    sync = await asyncio.to_thread(SyncBackend(listen(Accepted()), core).connect_tcp, "any.test")
    with pytest.raises(core.ReadTimeout) as caught:
        await asyncio.to_thread(sync.read, 10, 0.01)
    assert str(caught.value) == expected
    await waiting.aclose()
    sync.close()


@BOTH
async def test_a_sync_client_in_the_loop_of_the_server_is_told_what_to_do(package: Any) -> None:
    """It would wait for itself."""
    async with mockgem.aserve(listen=False) as world:
        with package.Client(transport=world.transport()) as http:
            with pytest.raises(
                RuntimeError,
                match=r"^this client would block the loop in which the server runs: "
                r"use an AsyncClient, or call it with asyncio\.to_thread$",
            ):
                http.get(URL)
            assert (await asyncio.to_thread(http.get, URL)).status_code == 200


@BOTH
@pytest.mark.parametrize("waits", [True, False], ids=["sync", "async"])
async def test_a_version_without_the_expected_pool_is_named(
    package: Any, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = "HTTPTransport" if waits else "AsyncHTTPTransport"
    monkeypatch.setattr(package, kind, lambda verify: SimpleNamespace())
    transport = HttpxTransport(listen(Accepted()))
    ask: Any = partial(asyncio.to_thread, transport.handle_request)
    ask = ask if waits else transport.handle_async_request
    version = re.escape(f"{package.__name__} {package.__version__}")
    with pytest.raises(
        RuntimeError,
        match=f"^mockgem does not support {version} here; give the SDK the server's URL instead$",
    ):
        await ask(package.Request("GET", URL))
    assert transport.transports == {}


@CORES
async def test_a_backend_sleeps_as_long_as_its_client_wants(core: ModuleType) -> None:
    loop = asyncio.get_running_loop()
    for sleep in (
        AsyncBackend(listen(Accepted()), core).sleep(0.05),
        asyncio.to_thread(SyncBackend(listen(Accepted()), core).sleep, 0.05),
    ):
        start = loop.time()
        await sleep
        assert loop.time() - start > 0.045


@CORES
async def test_a_server_that_has_stopped_refuses_connections(core: Any) -> None:
    def refuse() -> asyncio.Protocol:
        raise ConnectionRefusedError(111, "Connection refused")

    listener = MemoryListener(asyncio.get_running_loop(), refuse)
    message = "Connection refused"
    with pytest.raises(core.ConnectError, match=message):
        await AsyncBackend(listener, core).connect_tcp("any.test")
    with pytest.raises(core.ConnectError, match=message):
        await asyncio.to_thread(SyncBackend(listener, core).connect_tcp, "any.test")
    ended = asyncio.new_event_loop()
    ended.close()
    message = "^connection refused: mockgem has stopped$"
    with pytest.raises(core.ConnectError, match=message):
        await AsyncBackend(MemoryListener(ended, Accepted), core).connect_tcp("any.test")
    with pytest.raises(core.ConnectError, match=message):
        SyncBackend(MemoryListener(ended, Accepted), core).connect_tcp("any.test")


@CORES
async def test_a_server_that_does_not_accept_in_time_is_named(core: Any) -> None:
    """A sync client waits in its own thread, while the loop of the server is busy."""
    listener = listen(Accepted())
    sync = SyncBackend(listener, core)
    refused: list[Exception] = []

    def connect() -> None:
        try:
            sync.connect_tcp("any.test", timeout=0.01)
        except core.ConnectTimeout as error:
            refused.append(error)

    thread = threading.Thread(target=connect)
    thread.start()
    thread.join(60)  # in the loop's own thread, so nothing is accepted meanwhile
    assert [str(error) for error in refused] == ["mockgem did not accept the connection in time"]
    await do_rounds()
    assert not thread.is_alive()


@CORES
def test_a_client_without_asyncio_is_told_what_to_do(core: Any) -> None:
    loop = asyncio.new_event_loop()
    backend = AsyncBackend(MemoryListener(loop, Accepted), core)
    with pytest.raises(
        core.ConnectError,
        match=r"^this transport is for asyncio; under trio give the SDK a server's URL$",
    ):
        backend.connect_tcp("any.test").send(None)
    loop.close()


@CORES
async def test_a_reset_is_an_error_of_the_client(core: Any) -> None:
    server = Accepted()
    stream = await AsyncBackend(listen(server), core).connect_tcp("any.test")
    server.transport.abort()
    await do_rounds()
    with pytest.raises(core.ReadError, match=r"^Connection reset by peer$"):
        await stream.read(10)
    with pytest.raises(core.WriteError):
        await stream.write(b"a")


@CORES
async def test_a_server_that_does_not_read_makes_the_client_wait(core: Any) -> None:
    server = Accepted()
    listener = listen(server)
    stream = await AsyncBackend(listener, core).connect_tcp("any.test")
    await do_rounds()
    server.transport.pause_reading()
    with pytest.raises(core.WriteTimeout, match=r"^timed out$"):
        await stream.write(bytes(HIGH_WATER + 1), timeout=0.05)
    sync = await asyncio.to_thread(SyncBackend(listener, core).connect_tcp, "any.test")
    server.transport.pause_reading()
    await asyncio.to_thread(sync.write, bytes(HIGH_WATER + 1), 60)
    await do_rounds()
    with pytest.raises(core.WriteTimeout, match=r"^timed out$"):
        await asyncio.to_thread(sync.write, b"a", 0.05)
    await stream.aclose()
    sync.close()


@CORES
async def test_an_async_client_waits_as_long_as_it_wants(core: Any) -> None:
    busy = asyncio.new_event_loop()  # the loop of a server that does nothing
    async with asyncio.timeout(60):
        with pytest.raises(
            core.ConnectTimeout, match=r"^mockgem did not accept the connection in time$"
        ):
            await AsyncBackend(MemoryListener(busy, Accepted), core).connect_tcp("x", timeout=0.05)
    await asyncio.to_thread(busy.run_until_complete, asyncio.sleep(0.01))
    busy.close()
