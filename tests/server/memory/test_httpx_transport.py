"""The transport of httpx by itself: flow control, time-outs, and where it does not work."""

from __future__ import annotations

import asyncio
import re
import socket
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
