"""The end of a server: it answers what clients have sent, and resets no connection."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.server.fast_path import MAX_BATCH
from mockgem.server.http import Server
from mockgem.server.listening import SharedPort, open_sockets
from tests.recording.raw_http import build_request, read_response
from tests.server.test_connections import (
    BODY,
    CHAT,
    MODELS,
    STREAM,
    WAIT,
    connect,
    read_all,
    wait_until,
)
from tests.server.test_http import post

REQUESTS = {
    "fast path": post(CHAT, BODY),
    "usual path": post(CHAT, BODY, "Expect: 100-continue"),
    "a stream": post(CHAT, STREAM),
    "GET": build_request("GET", MODELS),
}


@asynccontextmanager
async def starting(**settings: Any) -> AsyncIterator[tuple[Server, int]]:
    """Run a server that the test stops; it stops at the end in any case."""
    server = create_server(Settings(**settings))
    port = await server.start("127.0.0.1", 0)
    try:
        yield server, port
    finally:
        if not server.stopped:
            await server.stop(0.1)


async def require_last_answer(reader: asyncio.StreamReader, method: str = "POST") -> None:
    """Read a whole answer that says that it is the last one, and the end of the connection."""
    message, rest = await asyncio.wait_for(read_response(reader, method), WAIT)
    assert (message.status, message.end) == (200, "complete")
    assert (b"connection", b"close") in message.headers
    assert rest + await read_all(reader) == b""


async def know(server: Server, count: int) -> None:
    """Wait until the server knows some connections, which wait for requests."""
    await wait_until(lambda: len(server.protocol_factory.open_connections) == count)
    await wait_until(lambda: all(one.is_idle for one in server.protocol_factory.open_connections))


@pytest.mark.parametrize("name", REQUESTS)
async def test_a_request_that_nobody_has_read_yet_is_answered(name: str) -> None:
    """The event loop has no time between the request and the stop."""
    async with starting() as (server, port):
        link = socket.create_connection(("127.0.0.1", port))
        await know(server, 1)
        link.sendall(REQUESTS[name])
        await server.stop(WAIT)
        reader, writer = await asyncio.open_connection(sock=link)
        await require_last_answer(reader, "GET" if name == "GET" else "POST")
        writer.close()


async def test_requests_on_used_connections_are_answered() -> None:
    """They are more than the fast path answers in one round of the event loop."""
    async with starting() as (server, port):
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(MAX_BATCH * 4)]
        links = [await asyncio.open_connection(sock=client) for client in clients]
        for reader, writer in links:
            for _ in range(2):  # the head of the second request is known
                writer.write(post(CHAT, BODY))
                message, _ = await read_response(reader, "POST")
                assert (b"connection", b"close") not in message.headers
        await know(server, len(links))
        for client in clients:  # at once: the event loop does nothing meanwhile
            client.send(post(CHAT, BODY))
        stop = asyncio.create_task(server.stop(WAIT))
        for reader, writer in links:
            await require_last_answer(reader)
            writer.close()
        await stop


async def test_a_connection_that_nobody_has_accepted_yet_is_answered() -> None:
    async with starting() as (server, port):
        links = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        for link in links:
            link.sendall(post(CHAT, BODY))
        await server.stop(WAIT)
        for link in links:
            reader, writer = await asyncio.open_connection(sock=link)
            await require_last_answer(reader)
            writer.close()
        with pytest.raises(ConnectionRefusedError):
            await connect(port)


@pytest.mark.parametrize("size", [100, 200_000])
async def test_a_body_that_arrives_slowly_is_read_to_its_end(size: int) -> None:
    body = BODY + b" " * size
    async with starting() as (server, port):
        reader, writer = await connect(port)
        data = post(CHAT, body)
        writer.write(data[:-50])
        await wait_until(lambda: server.open_requests == 1)
        stop = asyncio.create_task(server.stop(WAIT))
        await wait_until(lambda: server.protocol_factory.is_stopping)
        writer.write(data[-50:])
        await require_last_answer(reader)
        await stop
        writer.close()


@pytest.mark.parametrize("is_used", [False, True])
async def test_a_request_on_its_way_has_time_to_arrive(is_used: bool) -> None:
    async with starting() as (server, port):
        reader, writer = await connect(port)
        if is_used:
            writer.write(post(CHAT, BODY))
            await read_response(reader, "POST")
        await know(server, 1)
        stop = asyncio.create_task(server.stop(WAIT, WAIT))
        await asyncio.sleep(0.1)
        assert not stop.done()
        writer.write(post(CHAT, BODY))
        await require_last_answer(reader)
        await stop
        writer.close()


async def test_a_tls_handshake_has_time_to_end() -> None:
    async with starting() as (server, port):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        link = socket.create_connection(("127.0.0.1", port))
        await know(server, 1)
        stop = asyncio.create_task(server.stop(WAIT, WAIT))
        await wait_until(lambda: server.protocol_factory.is_stopping)
        reader, writer = await asyncio.open_connection(
            sock=link, ssl=context, server_hostname="localhost"
        )
        writer.write(post(CHAT, BODY))
        await require_last_answer(reader)
        writer.close()
        await stop


@pytest.mark.parametrize("grace", [0.0, 0.05])
async def test_idle_connections_do_not_delay_the_stop(grace: float) -> None:
    """A connection that is silent, used, or has sent a part of a head is closed, not reset."""
    async with starting() as (server, port):
        links = [await connect(port) for _ in range(3)]
        links[1][1].write(post(CHAT, BODY))
        await read_response(links[1][0], "POST")
        links[2][1].write(b"POST /v1beta/models HTTP/1.1\r\nHost: loc")
        await know(server, 3)
        await asyncio.wait_for(server.stop(10 * WAIT, grace), WAIT)
        for reader, writer in links:
            assert await read_all(reader) == b""
            writer.close()


async def test_a_port_that_is_handed_over_refuses_no_connection() -> None:
    """Connections wait between two servers that have the same sockets."""
    (sockets,) = open_sockets("127.0.0.1", 0, 1)
    first = SharedPort(sockets, sockets)
    server = create_server(Settings(), port=first)
    port = await server.start("127.0.0.1", 0)
    first.is_handed_over = True
    await server.stop(WAIT)
    link = socket.create_connection(("127.0.0.1", port))
    link.sendall(post(CHAT, BODY, "Connection: close"))
    server = create_server(Settings(), port=first.share())
    assert await server.start("127.0.0.1", 0) == port
    reader, writer = await asyncio.open_connection(sock=link)
    await require_last_answer(reader)
    writer.close()
    await server.stop(WAIT)
    with pytest.raises(ConnectionRefusedError):
        await connect(port)
    for one in sockets:
        one.close()
