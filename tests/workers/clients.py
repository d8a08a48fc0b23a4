"""Clients that ask a server without a pause, and count the requests that got no answer."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.recording.raw_http import build_request, read_response
from tests.workers.servers import CHAT, PATIENCE

QUESTION = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hello!"}]}
BODY = json.dumps(QUESTION).encode()
PAUSE = 0.005
"""Seconds between an answer and the next request on the same connection."""
REQUEST = build_request("POST", CHAT, ["Content-Type: application/json"], BODY)


class Asker:
    """A client. `ends` counts how its requests ended: with a status, or with the name of an error.

    A client that keeps its connection opens another one when the server says that it closes it, or
    has closed it before the next request.
    """

    def __init__(self, address: str, ends: Counter[str], *, keeps: bool) -> None:
        host, _, port = address.rpartition(":")
        self.place = host, int(port)
        self.ends = ends
        self.keeps = keeps
        self.may_ask = True

    async def ask_repeatedly(self) -> None:
        while self.may_ask:
            try:
                await self.use_connection()
            except (OSError, TimeoutError) as error:
                self.ends[type(error).__name__] += 1

    async def use_connection(self) -> None:
        """Ask on one connection until it closes."""
        reader, writer = await asyncio.open_connection(*self.place)
        try:
            while self.may_ask and not reader.at_eof():
                writer.write(REQUEST)
                async with asyncio.timeout(PATIENCE):
                    message, _ = await read_response(reader, "POST")
                is_whole = message.status and message.end == "complete"
                self.ends[str(message.status) if is_whole else message.end] += 1
                if not (is_whole and self.keeps) or (b"connection", b"close") in message.headers:
                    return
                await asyncio.sleep(PAUSE)
        finally:
            writer.close()


@asynccontextmanager
async def asking(address: str, count: int) -> AsyncIterator[Counter[str]]:
    """Run clients, of which every second one keeps its connections; yield how requests ended."""
    ends: Counter[str] = Counter()
    askers = [Asker(address, ends, keeps=number % 2 == 0) for number in range(count)]
    tasks = [asyncio.create_task(asker.ask_repeatedly()) for asker in askers]
    try:
        yield ends
    finally:
        for asker in askers:
            asker.may_ask = False
        await asyncio.gather(*tasks)
