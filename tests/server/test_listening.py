"""The port of a server: how many connections it holds while the server is busy."""

from __future__ import annotations

import asyncio
import socket

from mockgem.server.connections import MAX_REFUSED
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
