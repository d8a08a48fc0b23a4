"""Sockets as bytes: handshakes, frames, limits, ends. Nothing of a session's content."""

from __future__ import annotations

import asyncio
import json
import os
import struct
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from mockgem.core.sockets import SocketClose, SocketResponse
from mockgem.server.websocket import SocketServer
from tests.live_client import PATH, connecting, make_setup
from tests.recording.raw_http import read_response
from tests.server.test_connections import WAIT, read_all, serving, wait_until

TEXT_FRAME, BINARY_FRAME, CONTINUATION, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
SETUP = json.dumps({"setup": make_setup()}).encode()
COMPLETE = b'{\n  "setupComplete": {}\n}\n'


def build_handshake(*headers: str, key: str = "dGhlIHNhbXBsZSBub25jZQ==") -> bytes:
    lines = [f"GET {PATH}?key=k HTTP/1.1", "Host: 127.0.0.1", "Connection: Upgrade",
             "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}",
             *headers, "", ""]  # fmt: skip
    return "\r\n".join(lines).encode()


def build_frame(opcode: int, data: bytes, *, is_last: bool = True, masked: bool = True) -> bytes:
    head = bytes([(0x80 if is_last else 0) | opcode])
    bit = 0x80 if masked else 0
    if len(data) < 126:
        head += bytes([bit | len(data)])
    elif len(data) < 65536:
        head += bytes([bit | 126]) + struct.pack("!H", len(data))
    else:
        head += bytes([bit | 127]) + struct.pack("!Q", len(data))
    if not masked:
        return head + data
    mask = os.urandom(4)
    return head + mask + bytes([byte ^ mask[at % 4] for at, byte in enumerate(data)])


class RawSocket:
    """A WebSocket that sends whatever bytes a test wants."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, opcode: int, data: bytes, **more: Any) -> None:
        self.writer.write(build_frame(opcode, data, **more))

    async def receive(self) -> tuple[int, bytes]:
        first, second = await asyncio.wait_for(self.reader.readexactly(2), 60)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", await self.reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", await self.reader.readexactly(8))
        assert not second & 0x80, "a server does not mask"
        return first & 0x0F, await self.reader.readexactly(size)

    async def receive_close(self) -> tuple[int, str]:
        while True:
            opcode, data = await self.receive()
            if opcode == CLOSE:
                return struct.unpack("!H", data[:2])[0], data[2:].decode()

    async def receive_end(self) -> int:
        """Return the code of the close. A server that closes while the client still sends resets
        the connection, and the reset may overtake the close: that is a 1009 too."""
        try:
            return (await self.receive_close())[0]
        except ConnectionResetError:
            return 1009


@asynccontextmanager
async def opening(port: int, *headers: str) -> AsyncIterator[RawSocket]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(build_handshake(*headers))
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
        yield RawSocket(reader, writer)
    finally:
        writer.close()


async def refuse(port: int, handshake: bytes) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(handshake)
    response, _ = await read_response(reader, "GET")
    writer.close()
    return response.status


@pytest.mark.parametrize("opcode", [TEXT_FRAME, BINARY_FRAME])
async def test_text_and_binary_messages_are_the_same(opcode: int) -> None:
    async with serving() as (_, port), opening(port) as socket:
        socket.send(opcode, SETUP)
        assert await socket.receive() == (BINARY_FRAME, COMPLETE)


async def test_a_message_may_arrive_in_fragments_with_a_ping_between_them() -> None:
    async with serving() as (_, port), opening(port) as socket:
        socket.send(TEXT_FRAME, SETUP[:10], is_last=False)
        socket.send(PING, b"still there?")
        socket.send(CONTINUATION, SETUP[10:20], is_last=False)
        socket.send(CONTINUATION, SETUP[20:])
        assert await socket.receive() == (PONG, b"still there?")
        assert await socket.receive() == (BINARY_FRAME, COMPLETE)


async def test_a_message_may_arrive_byte_by_byte() -> None:
    async with serving() as (_, port), opening(port) as socket:
        for byte in build_frame(TEXT_FRAME, SETUP):
            socket.writer.write(bytes([byte]))
            await asyncio.sleep(0)
        assert await socket.receive() == (BINARY_FRAME, COMPLETE)


async def test_compression_is_not_negotiated() -> None:
    async with serving() as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(build_handshake("Sec-WebSocket-Extensions: permessage-deflate"))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"deflate" not in head
        writer.close()


BROKEN: dict[str, tuple[bytes, int]] = {
    "bad UTF-8": (build_frame(TEXT_FRAME, b"\xff\xfe{}"), 1007),
    "a reserved opcode": (build_frame(3, b"{}"), 1002),
    "a reserved bit": (b"\xf1\x80" + bytes(4), 1002),
    "a fragmented ping": (build_frame(PING, b"x", is_last=False), 1002),
    "a long ping": (build_frame(PING, bytes(200)), 1002),
    "a continuation of nothing": (build_frame(CONTINUATION, b"x"), 1002),
    "a close code that is not allowed": (build_frame(CLOSE, struct.pack("!H", 999)), 1002),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_broken_frames_end_the_socket(name: str) -> None:
    data, code = BROKEN[name]
    async with serving() as (server, port), opening(port) as socket:
        socket.writer.write(data)
        assert (await socket.receive_close())[0] == code
        await wait_until(lambda: not server.protocol_factory.open_connections)


async def test_a_message_over_the_limit_ends_the_socket_before_it_has_arrived() -> None:
    async with serving() as (server, port), opening(port) as socket:
        size = server.limits.max_message + 1
        socket.writer.write(b"\x81\xff" + struct.pack("!Q", size) + bytes(4) + bytes(70_000))
        assert await socket.receive_end() == 1009


async def test_fragments_over_the_limit_end_the_socket() -> None:
    async with serving() as (server, port), opening(port) as socket:
        half = bytes(server.limits.max_message // 2 + 1)
        socket.writer.write(b"\x01\xff" + struct.pack("!Q", len(half)) + bytes(4) + half)
        socket.writer.write(b"\x80\xff" + struct.pack("!Q", len(half)) + bytes(4) + half)
        assert await socket.receive_end() == 1009


async def test_a_close_is_answered() -> None:
    async with serving() as (server, port), opening(port) as socket:
        socket.send(CLOSE, struct.pack("!H", 1000) + b"bye")
        assert (await socket.receive_close())[0] == 1000
        assert await read_all(socket.reader) == b""
        await wait_until(lambda: not server.sockets.open_sockets)


async def test_closes_that_cross_end_the_socket_once() -> None:
    async with serving() as (server, port), opening(port) as socket:
        socket.send(TEXT_FRAME, b'{"setup": {"model": "none"}}')
        socket.send(CLOSE, struct.pack("!H", 1000))
        assert (await socket.receive_close())[0] in (1000, 1008)
        await wait_until(lambda: not server.protocol_factory.open_connections)


@pytest.mark.parametrize("is_reset", [False, True])
async def test_a_client_that_vanishes_leaves_nothing_behind(is_reset: bool) -> None:
    async with serving() as (server, port):
        async with opening(port) as socket:
            socket.send(TEXT_FRAME, SETUP)
            await socket.receive()
            if is_reset:
                socket.writer.transport.abort()
        await wait_until(lambda: not server.protocol_factory.open_connections)
        await wait_until(lambda: not server.sockets.open_sockets)
        assert server.open_requests == 0


async def test_an_idle_socket_stays_open() -> None:
    async with serving(idle_timeout=0.5) as (_, port), opening(port) as socket:
        await asyncio.sleep(1.2)
        socket.send(TEXT_FRAME, SETUP)
        assert await socket.receive() == (BINARY_FRAME, COMPLETE)


async def test_a_server_that_stops_closes_its_sockets() -> None:
    async with AsyncExitStack() as stack:
        async with serving() as (_, port):
            socket = await stack.enter_async_context(opening(port))
            socket.send(TEXT_FRAME, SETUP)
            await socket.receive()
            reader = asyncio.create_task(socket.receive_close())
        assert (await reader)[0] == 1001


@pytest.mark.parametrize(
    ("header", "status"),
    [("Origin: https://example.com", 403), ("Origin: http://localhost.example.com", 403),
     ("Origin: null", 403), ("Sec-Fetch-Site: cross-site", 403)],
)  # fmt: skip
async def test_pages_of_another_origin_are_refused(header: str, status: int) -> None:
    async with serving() as (_, port):
        assert await refuse(port, build_handshake(header)) == status


@pytest.mark.parametrize("origin", ["http://localhost:3000", "https://127.0.0.1:8443"])
async def test_pages_of_this_machine_may_open_sockets(origin: str) -> None:
    async with serving() as (_, port), opening(port, f"Origin: {origin}") as socket:
        socket.send(TEXT_FRAME, SETUP)
        assert await socket.receive() == (BINARY_FRAME, COMPLETE)


async def test_another_host_is_refused() -> None:
    handshake = build_handshake().replace(b"Host: 127.0.0.1", b"Host: example.com")
    async with serving() as (_, port):
        assert await refuse(port, handshake) == 421


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Version: 13", b"Version: 5"), (b"dGhlIHNhbXBsZSBub25jZQ==", b"short"),
     (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""),
     (b"Connection: Upgrade\r\n", b"")],
)  # fmt: skip
async def test_an_incomplete_handshake_is_a_bad_request(old: bytes, new: bytes) -> None:
    async with serving() as (_, port):
        assert await refuse(port, build_handshake().replace(old, new)) in (400, 426)


async def test_an_upgrade_of_another_path_is_not_found() -> None:
    async with serving() as (_, port):
        handshake = build_handshake().replace(b"BidiGenerateContent", b"BidiNothing")
        assert await refuse(port, handshake) == 404


async def test_an_ordinary_request_on_another_connection_is_answered_meanwhile() -> None:
    async with serving() as (_, port), opening(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /v1beta/models?key=k HTTP/1.1\r\nHost: localhost\r\n\r\n")
        response, _ = await read_response(reader, "GET")
        assert response.status == 200
        writer.close()


async def test_thirty_sessions_talk_at_once() -> None:
    async def talk(url: str, number: int) -> list[Any]:
        async with connecting(url, make_setup()) as client:
            await client.say(f"Hello, I am number {number}.")
            return await client.receive_turn()

    async with serving() as (_, port):
        url = f"http://127.0.0.1:{port}"
        turns = await asyncio.gather(*[talk(url, number) for number in range(30)])
    assert all("turnComplete" in turn[-1]["serverContent"] for turn in turns)


async def test_a_key_among_the_subprotocols_is_neither_chosen_nor_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = "openai-insecure-api-key.sk-not-for-logs"
    async with serving() as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        with caplog.at_level(0):
            writer.write(build_handshake(f"Sec-WebSocket-Protocol: realtime, {key}"))
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"sec-websocket-protocol" not in head.lower()
        assert key not in caplog.text
        socket = RawSocket(reader, writer)
        socket.send(TEXT_FRAME, SETUP)
        assert await socket.receive() == (BINARY_FRAME, COMPLETE)
        writer.close()


async def test_a_socket_that_opens_while_the_server_stops_is_closed() -> None:
    class Opening:
        """A socket whose handshake is on its way."""

        def __init__(self) -> None:
            self.request = SimpleNamespace(headers={})
            self.response = SimpleNamespace(headers={}, prepare=self.prepare)
            self.closes: list[SocketClose] = []

        async def prepare(self, request: object) -> None: ...

        async def close(self, close: SocketClose) -> None:
            self.closes.append(close)

    sockets = SocketServer(1000)
    accepted = SocketResponse(101, (("X-Own", "1"),), b"")
    early, late = Opening(), Opening()
    assert await sockets.complete_handshake(early, accepted) is early  # type: ignore[arg-type, comparison-overlap]
    assert (early.closes, early.response.headers) == ([], {"X-Own": "1"})
    await sockets.close_all()
    going_away = SocketClose(1001, "mockgem stops")
    assert early.closes == [going_away]
    await sockets.complete_handshake(late, accepted)  # type: ignore[arg-type]
    assert late.closes == [going_away]
