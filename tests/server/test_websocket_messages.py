"""What the server reads from sockets and writes to them: sizes, and the end."""

from __future__ import annotations

import asyncio
import os
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.sockets import Accept, Socket, SocketClose, SocketMessage, SocketResponse
from mockgem.server.http import Server
from mockgem.server.limits import ServerLimits
from tests.server.test_connections import WAIT
from tests.server.test_websocket import BINARY_FRAME, CLOSE, CONTINUATION, build_frame, opening


@asynccontextmanager
async def serving_sockets(
    use: Callable[[Socket], Awaitable[None]], max_message: int = 1000
) -> AsyncIterator[int]:
    """Serve sockets with a function for each of them, on a port."""

    async def serve(accept: Accept) -> None:
        await use(await accept())

    async def answer(wire: WireRequest) -> SocketResponse:
        return SocketResponse(101, (), b"", serve=serve)

    server = Server(answer, limits=ServerLimits(max_message=max_message), clock=time.time)
    port = await server.start("127.0.0.1", 0)
    try:
        yield port
    finally:
        await server.stop(0.1)


async def echo(socket: Socket) -> None:
    while isinstance(message := await socket.receive(), SocketMessage):
        await socket.send(message)


@pytest.mark.parametrize("first", [1000, 600, 1])
async def test_a_message_may_be_as_large_as_the_limit(first: int) -> None:
    """Whole or in fragments."""
    async with serving_sockets(echo) as port, opening(port) as socket:
        for size in (1000, 1001):
            data = os.urandom(size)
            socket.send(BINARY_FRAME, data[:first], is_last=first == size)
            if first < size:
                socket.send(CONTINUATION, data[first:])
            if size == 1000:
                assert await socket.receive() == (BINARY_FRAME, data)
        assert await socket.receive_end() == 1009


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (build_frame(CLOSE, struct.pack("!H", 4000) + b"bye"), SocketClose(4000, "bye")),
        (build_frame(CLOSE, b""), SocketClose(1005)),
        (build_frame(3, b"a reserved opcode"), SocketClose(1006)),
    ],
    ids=["a code", "no code", "no close"],
)
async def test_the_end_of_a_socket_stays_its_end(sent: bytes, expected: SocketClose) -> None:
    """It can be read again, and nothing can be sent after it."""
    ends: asyncio.Queue[Any] = asyncio.Queue()

    async def use(socket: Socket) -> None:
        ends.put_nowait(await socket.receive())
        ends.put_nowait(await socket.receive())
        with pytest.raises(ConnectionResetError, match=r"^the client has closed"):
            await socket.send(SocketMessage(b"late"))
        ends.put_nowait("refused")

    async with serving_sockets(use) as port, opening(port) as socket:
        socket.writer.write(sent)
        first, second, third = [await asyncio.wait_for(ends.get(), WAIT) for _ in range(3)]
    assert first == expected
    assert second.code == expected.code
    assert third == "refused"
