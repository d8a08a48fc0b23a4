"""Tunnels: bytes for other hosts pass unread, for clients of this machine, to public addresses."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

import mockgem
from mockgem.core.authority import Authority, parse_patterns
from mockgem.server.http import Server
from mockgem.server.proxy import port as port_module
from mockgem.server.proxy import tunnel as tunnel_module
from mockgem.server.proxy.port import ProxyPort
from mockgem.server.proxy.rules import ProxyRules, Way
from tests.server.proxy.internet import (
    GEMINI,
    WAIT,
    Internet,
    proxying,
    send_raw,
)
from tests.server.proxy.test_connect import connect
from tests.server.test_connections import wait_until

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
LARGE = bytes(range(256)) * 32_768


@asynccontextmanager
async def listening(serve: Callable[[Streams], Awaitable[None]]) -> AsyncIterator[int]:
    """Run a server of raw bytes."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await serve((reader, writer))
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def echo(streams: Streams) -> None:
    reader, writer = streams
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.write_eof()


async def open_tunnel(port: int, target: str) -> Streams:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(connect(target))
    assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 200 Connection established\r\n\r\n"
    return reader, writer


def tunnels_of(server: Server) -> ProxyPort:
    assert isinstance(server.one_port, ProxyPort)
    return server.one_port


async def test_bytes_pass_in_both_directions_as_they_are() -> None:
    async with (
        listening(echo) as target,
        proxying(tunnel_host=(f"localhost:{target}",)) as (server, port),
    ):
        reader, writer = await open_tunnel(port, f"localhost:{target}")
        for data in (b"\x16\x03\x01", b"\x00", LARGE):
            writer.write(data)
            assert await asyncio.wait_for(reader.readexactly(len(data)), WAIT) == data
        assert len(tunnels_of(server).tunnels) == 1
        assert not server.protocol_factory.open_connections
        writer.write_eof()
        assert await reader.read() == b""
        writer.close()
        await wait_until(lambda: not tunnels_of(server).tunnels)


async def test_bytes_pass_in_the_loop_that_servers_use() -> None:
    """It is another one than that of the tests where uvloop is installed."""
    async with listening(echo) as target:
        with mockgem.serve(proxy=True, tunnel_host=[f"localhost:{target}"]) as server:
            port = int(server.url.rpartition(":")[2])
            reader, writer = await open_tunnel(port, f"localhost:{target}")
            writer.write(LARGE)
            assert await asyncio.wait_for(reader.readexactly(len(LARGE)), WAIT) == LARGE
            writer.write_eof()
            assert await asyncio.wait_for(reader.read(), WAIT) == b""
            writer.close()


async def test_nothing_of_a_tunnel_is_in_the_journal(caplog: pytest.LogCaptureFixture) -> None:
    async with listening(echo) as target:
        async with mockgem.aserve(proxy=True, tunnel_host=[f"localhost:{target}"]) as server:
            port = int(server.url.rpartition(":")[2])
            reader, writer = await open_tunnel(port, f"localhost:{target}")
            writer.write(b"GET /secret HTTP/1.1\r\n\r\n")
            await reader.readexactly(24)
            writer.close()
            assert await asyncio.to_thread(server.journal) == []
    assert "secret" not in caplog.text
    message = "passes on connections to localhost unread, and records nothing of them. To record "
    assert f"{message}them: --proxy-host localhost:{target}" in caplog.text


async def test_a_host_may_speak_first_and_a_client_may_send_early() -> None:
    async def greet(streams: Streams) -> None:
        streams[1].write(b"220 ready\r\n")
        await echo(streams)

    async with (
        listening(greet) as target,
        proxying(tunnel_host=(f"localhost:{target}",)) as (_, port),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(connect(f"localhost:{target}") + b"early")
        await reader.readuntil(b"\r\n\r\n")
        assert await asyncio.wait_for(reader.readexactly(16), WAIT) == b"220 ready\r\nearly"
        writer.close()


async def test_each_direction_ends_alone() -> None:
    async def answer_at_the_end(streams: Streams) -> None:
        received = await streams[0].read()
        streams[1].write(b"got %d" % len(received))

    async with listening(answer_at_the_end) as target:
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (_, port):
            reader, writer = await open_tunnel(port, f"localhost:{target}")
            writer.write(LARGE)
            writer.write_eof()
            assert await asyncio.wait_for(reader.read(), WAIT) == b"got %d" % len(LARGE)
            writer.close()


async def test_a_slow_reader_makes_the_other_end_wait() -> None:
    """A tunnel holds no more than the buffers of two connections."""
    sent = 0

    async def flood(streams: Streams) -> None:
        nonlocal sent
        while sent < 256 * 2**20:
            streams[1].write(bytes(2**20))
            await streams[1].drain()
            sent += 2**20

    async with (
        listening(flood) as target,
        proxying(tunnel_host=(f"localhost:{target}",)) as (_, port),
    ):
        reader, writer = await open_tunnel(port, f"localhost:{target}")
        previous = -1
        while previous != sent:
            previous = sent
            await asyncio.sleep(0.5)
        assert sent < 64 * 2**20
        await asyncio.wait_for(reader.readexactly(64 * 2**20), WAIT)
        await wait_until(lambda: sent > 64 * 2**20)
        writer.transport.abort()


async def test_a_reset_passes_too() -> None:
    async def reset(streams: Streams) -> None:
        await streams[0].readexactly(1)
        connection = streams[1].get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        streams[1].transport.abort()

    async with listening(reset) as target:
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (server, port):
            reader, writer = await open_tunnel(port, f"localhost:{target}")
            writer.write(b"x")
            with contextlib.suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(), WAIT) == b""
            writer.close()
            await wait_until(lambda: not tunnels_of(server).tunnels)


async def test_the_server_ends_its_tunnels_when_it_stops() -> None:
    async with listening(echo) as target:
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (_, port):
            reader, writer = await open_tunnel(port, f"localhost:{target}")
        with contextlib.suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), WAIT) == b""
        writer.close()


async def test_an_idle_tunnel_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tunnel_module, "IDLE_TIMEOUT", 0.2)
    async with listening(echo) as target:
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (server, port):
            reader, writer = await open_tunnel(port, f"localhost:{target}")
            with contextlib.suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(), WAIT) == b""
            assert not tunnels_of(server).tunnels
            writer.close()


async def test_a_tunnel_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port_module, "MAX_TUNNELS", 1)
    async with listening(echo) as target:
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (server, port):
            _, writer = await open_tunnel(port, f"localhost:{target}")
            received = await send_raw(port, connect(f"localhost:{target}"))
            assert received.startswith(b"HTTP/1.1 503 mockgem has too many tunnels\r\n")
            writer.close()
            await wait_until(lambda: not tunnels_of(server).tunnels)
            _, writer = await open_tunnel(port, f"localhost:{target}")
            writer.close()


async def test_a_host_that_does_not_answer_is_a_502(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        target = bound.getsockname()[1]
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (_, port):
            received = await send_raw(port, connect(f"localhost:{target}"))
            assert received.startswith(b"HTTP/1.1 502 mockgem can't reach this host\r\n")
            assert f"no connection to localhost:{target}: " in caplog.text


async def test_a_client_that_leaves_while_the_tunnel_opens_leaves_nothing(
    internet: Internet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting, go_on = asyncio.Event(), asyncio.Event()

    async def look_up(host: str, port: int) -> list[str]:
        waiting.set()
        await go_on.wait()
        return ["127.0.0.1"]

    internet.look_up = look_up  # type: ignore[method-assign]
    async with listening(echo) as target:
        async with proxying(tunnel_host=(f"slow.example:{target}",)) as (server, port):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(connect(f"slow.example:{target}"))
            await asyncio.wait_for(waiting.wait(), WAIT)
            writer.transport.abort()
            await asyncio.sleep(0.05)
            go_on.set()
            await wait_until(lambda: not tunnels_of(server).opening)
            await wait_until(lambda: not tunnels_of(server).tunnels)
            await wait_until(lambda: not server.protocol_factory.open_connections)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1"])
async def test_a_name_that_leads_into_the_own_network_is_refused(
    address: str,
    internet: Internet,
) -> None:
    """Also a recorder, which opens tunnels to all public hosts."""

    async def look_up(host: str, port: int) -> list[str]:
        return ["142.250.74.106", address]

    internet.look_up = look_up  # type: ignore[method-assign]
    async with proxying(on_miss="record") as (_, port):
        received = await send_raw(port, connect("rebound.example:443"))
        assert received.startswith(b"HTTP/1.1 502 mockgem can't reach this host\r\n")
        reason = f"rebound.example leads to {address}, which is not in the public network"
        assert reason.encode() in received
        assert b"name the host: --tunnel-host rebound.example" in received


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost:443", "[::1]:80"])
async def test_this_machine_must_be_named(host: str, internet: Internet) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        return [host]

    internet.look_up = look_up  # type: ignore[method-assign]
    async with proxying(on_miss="record") as (_, port):
        assert (await send_raw(port, connect(host)))[9:12] in (b"403", b"502")


def test_where_a_connection_goes() -> None:
    rules = ProxyRules(
        parse_patterns((GEMINI, "gateway.example:4000")), parse_patterns(("*",)), lambda: 8090
    )
    ways = {
        Way.ANSWER: [(GEMINI, 443), (GEMINI, 80), ("gateway.example", 4000), ("127.0.0.1", 8090)],
        Way.TUNNEL: [("gateway.example", 443), ("example.com", 80)],
        Way.REFUSE: [("example.com", 22), (GEMINI, 22), ("localhost", 443), ("127.0.0.1", 9)],
    }
    for way, places in ways.items():
        for place in places:
            assert rules.find_way(Authority(*place), is_local=True) is way, place
    remote = rules.find_way(Authority("example.com", 443), is_local=False)
    assert remote is Way.REFUSE
    assert "only for clients of this machine" in rules.explain_refusal(
        Authority("example.com", 443)
    )
    assert rules.find_way(Authority(GEMINI, 443), is_local=False) is Way.ANSWER


async def test_a_client_of_another_machine_gets_no_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address is pretended: the test has one machine."""
    monkeypatch.setattr(port_module, "is_local", lambda transport: False)
    async with listening(echo) as target:
        async with proxying(tunnel_host=(f"localhost:{target}",)) as (_, port):
            received = await send_raw(port, connect(f"localhost:{target}"))
            assert received.startswith(b"HTTP/1.1 403 ")
            assert b"only for clients of this machine" in received
