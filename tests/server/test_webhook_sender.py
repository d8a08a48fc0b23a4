"""Sending webhooks: the status of the receiver, or 0 if nobody answers in time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mockgem.server import webhook_sender
from mockgem.server.webhook_sender import send_webhook

ANSWERS = {
    200: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    302: b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
    500: b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
}


@asynccontextmanager
async def receiving(answer: bytes | None) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Open a receiver, which keeps its connections open without an answer if it has none."""
    received: list[bytes] = []
    writers: list[asyncio.StreamWriter] = []

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        head = await reader.readuntil(b"\r\n\r\n")
        received.extend([head, await reader.readexactly(len(b'{"type": "x"}'))])
        if answer is not None:
            writer.write(answer)

    server = await asyncio.start_server(receive, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/hook", received
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # in which their sockets are closed


@pytest.mark.parametrize("status", ANSWERS)
async def test_the_answer_of_the_receiver_is_its_status(status: int) -> None:
    """A redirect is not followed: it could lead to another machine."""
    async with receiving(ANSWERS[status]) as (url, received):
        headers = {"webhook-id": "msg_1", "Content-Type": "application/json"}
        assert await send_webhook(url, headers, b'{"type": "x"}') == status
    head, body = received
    assert head.startswith(b"POST /hook HTTP/1.1\r\n")
    assert b"\r\nwebhook-id: msg_1\r\n" in head
    assert b"\r\nContent-Type: application/json\r\n" in head
    assert body == b'{"type": "x"}'


@pytest.mark.parametrize("answer", [None, ANSWERS[200][:20]], ids=["silent", "half an answer"])
async def test_a_receiver_that_is_too_slow_is_nobody(
    answer: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_sender, "TIMEOUT", 0.2)
    async with receiving(answer) as (url, _):
        assert await asyncio.wait_for(send_webhook(url, {}, b'{"type": "x"}'), 60) == 0


async def test_without_a_receiver_nobody_answers() -> None:
    with socket.socket() as bound:  # it does not listen
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        assert await send_webhook(url, {}, b"{}") == 0


@pytest.mark.parametrize("url", ["http://", "http://127.0.0.1:99999/", "no address"])
async def test_what_is_no_address_has_no_receiver(url: str) -> None:
    assert await send_webhook(url, {}, b"{}") == 0
