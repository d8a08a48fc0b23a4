"""Messages to other servers: one answer, up to a limit, without redirects."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mockgem.core.outbound import OutboundAnswer, OutboundMessage
from mockgem.server import message_sender
from mockgem.server.message_sender import MAX_ANSWER, send_message


@asynccontextmanager
async def receiving(answer: bytes, *, stays_open: bool = False) -> AsyncIterator[list[str]]:
    """Open a server with one answer; yield its URL, then the head of each request."""
    found: list[str] = []
    writers: list[asyncio.StreamWriter] = []

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        found.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answer)
        await writer.drain()
        if not stays_open:
            writer.close()

    server = await asyncio.start_server(receive, "127.0.0.1", 0)
    found.append(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/mcp")
    try:
        yield found
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # in which their sockets are closed


def encode(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(head).encode() + body


async def send(url: str, body: bytes = b"") -> OutboundAnswer:
    return await send_message(OutboundMessage("POST", url, {"X-Own": "1"}, body))


async def test_an_answer_has_its_status_headers_and_body() -> None:
    async with receiving(encode(b"yes", "201 Created", "X-Two: 2")) as found:
        answer = await send(found[0], b"hello")
    assert (answer.status, answer.body, answer.headers["x-two"]) == (201, b"yes", "2")
    head = found[1].lower()
    assert head.startswith("post /mcp http/1.1\r\n")
    assert "\r\nx-own: 1\r\n" in head
    assert "\r\naccept-encoding: identity\r\n" in head
    assert "\r\ncontent-length: 5\r\n" in head


async def test_a_redirect_is_an_answer_that_nobody_follows() -> None:
    async with receiving(encode(b"", "302 Found", "Location: /other")) as found:
        answer = await send(found[0])
    assert (answer.status, answer.headers["location"]) == (302, "/other")
    assert len(found) == 2


async def test_an_answer_has_a_limit() -> None:
    assert MAX_ANSWER == 1024 * 1024
    async with receiving(encode(b"x" * MAX_ANSWER)) as found:
        assert len((await send(found[0])).body) == MAX_ANSWER
    async with receiving(encode(b"x" * (MAX_ANSWER + 1))) as found:
        with pytest.raises(ConnectionError, match=r"^the answer has more than 1048576 bytes$"):
            await send(found[0])


async def test_of_a_stream_the_beginning_may_be_enough() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    async with receiving(head + b"data: 1\n\n", stays_open=True) as found:
        message = OutboundMessage("GET", found[0], {}, is_complete=lambda data: b"\n\n" in data)
        async with asyncio.timeout(30):
            answer = await send_message(message)
    assert answer.body == b"data: 1\n\n"


async def test_a_server_that_is_too_slow_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_sender, "TIMEOUT", 0.2)
    async with receiving(b"HTTP/1.1 200 OK\r\n", stays_open=True) as found:
        with pytest.raises(ConnectionError, match=r"^no answer in 0 seconds$"):
            await send(found[0])


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "nonsense", "http://"])
async def test_an_address_without_a_server_is_an_error_with_a_reason(url: str) -> None:
    with pytest.raises(ConnectionError) as error:
        await send(url)
    assert str(error.value)


async def test_an_answer_that_breaks_off_is_an_error() -> None:
    async with receiving(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx") as found:
        with pytest.raises(ConnectionError):
            await send(found[0])
