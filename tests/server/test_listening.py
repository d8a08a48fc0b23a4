"""The port of a server: how many connections it holds while the server is busy."""

from __future__ import annotations

import asyncio
import socket

import pytest

from mockgem.server.connections import MAX_REFUSED
from mockgem.server.listening import ListeningPort
from tests.recording.raw_http import read_response
from tests.server.test_connections import BODY, CHAT, WAIT, serving
from tests.server.test_http import post


async def test_clients_that_come_at_once_are_all_told_the_limit() -> None:
    """The port holds those that are answered and those that are refused while the loop is busy."""
    async with serving(max_connections=1) as (_, port):
        clients = [
            socket.create_connection(("127.0.0.1", port), timeout=WAIT)  # the loop waits meanwhile
            for _ in range(1 + MAX_REFUSED)
        ]
        links = [await asyncio.open_connection(sock=client) for client in clients]
        links[0][1].write(post(CHAT, BODY))
        answers = [(await read_response(reader, "POST"))[0].status for reader, _ in links]
        assert answers == [200] + [503] * MAX_REFUSED
        for _, writer in links:
            writer.close()


async def is_open(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    return True


async def test_a_port_refuses_connections_for_a_time() -> None:
    port = ListeningPort()
    number = await port.open(asyncio.Protocol, "127.0.0.1", 0, 10)
    assert await is_open(number)
    assert not port.is_refusing
    port.refuse(0.2)
    port.refuse(3600)  # it refuses them already
    assert port.is_refusing
    assert not await is_open(number)
    async with asyncio.timeout(30):
        while not await is_open(number):
            await asyncio.sleep(0.05)
    assert not port.is_refusing
    port.close()
    assert not await is_open(number)


async def test_a_closed_port_does_not_open_again() -> None:
    port = ListeningPort()
    number = await port.open(asyncio.Protocol, "127.0.0.1", 0, 10)
    port.refuse(0.05)
    port.close()
    await asyncio.sleep(0.3)
    assert not await is_open(number)


async def test_a_port_waits_until_another_program_has_left_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    listening: list[str] = []
    port = ListeningPort()
    number = await port.open(asyncio.Protocol, "127.0.0.1", 0, 10)
    listen = port.listen

    async def note(seconds: float) -> None:
        waits.append(seconds)

    async def fail_once(host: str, port: int) -> asyncio.Server:
        listening.append(f"{host}:{port}")
        if len(listening) == 1:
            raise OSError("address already in use")
        return await listen(host, port)

    monkeypatch.setattr("mockgem.server.listening.sleep", note)
    monkeypatch.setattr(port, "listen", fail_once)
    port.refuse(7)
    assert port.refuse_task is not None
    await port.refuse_task
    assert waits == [7, 0.5]
    assert listening == [f"127.0.0.1:{number}"] * 2
    assert await is_open(number)
    port.close()
