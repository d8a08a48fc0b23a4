"""Questions between the workers of one server, over Unix sockets in the folder of its run.

A question is a line of JSON, and so is its answer. A worker that does not answer is one that ends
or was killed: the others go on without it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

ANSWER_SECONDS = 10.0
"""How long a worker has for an answer: a large request may keep it busy."""
MAX_LINE = 2**24
"""Bytes of a question or an answer: metrics can be long."""
Message = Mapping[str, Any]
Answerer = Callable[[Message], Awaitable[Message]]
log = logging.getLogger("mockgem")


def find_socket(folder: Path, index: int) -> Path:
    return folder / f"worker-{index}"


class Peers:
    """The other workers of a server.

    Args:
        folder: Where the sockets are.
        index: The place of this worker among them.
        count: How many workers there are.
        answer: Answers the questions of the others.
    """

    def __init__(self, folder: Path, index: int, count: int, answer: Answerer) -> None:
        self.folder = folder
        self.index = index
        self.count = count
        self.answer = answer
        self.listener: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen for questions. A socket that a killed worker has left is replaced."""
        path = find_socket(self.folder, self.index)
        path.unlink(missing_ok=True)
        self.listener = await asyncio.start_unix_server(self.serve, path, limit=MAX_LINE)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one question."""
        try:
            line = await reader.readline()
            if line:
                writer.write(json.dumps(dict(await self.answer(json.loads(line)))).encode() + b"\n")
                await writer.drain()
        except (OSError, ValueError) as error:
            log.debug("a question of another worker broke off: %s", error)
        except Exception:
            log.exception("mockgem could not answer another worker")
        finally:
            writer.close()

    async def ask(self, message: Message) -> list[Message]:
        """Ask all other workers at once, and return the answers of those that run."""
        others = [index for index in range(self.count) if index != self.index]
        answers = await asyncio.gather(*[self.ask_one(index, message) for index in others])
        return [answer for answer in answers if answer is not None]

    async def ask_one(self, index: int, message: Message) -> Message | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await exchange(find_socket(self.folder, index), message)
        except (OSError, ValueError):  # TimeoutError is an OSError
            return None

    def close(self) -> None:
        if self.listener is not None:
            self.listener.close()
            with suppress(OSError):
                find_socket(self.folder, self.index).unlink()


async def exchange(path: Path, message: Message) -> Message | None:
    """Send a question, and return the answer; None if the connection ends before it."""
    reader, writer = await asyncio.open_unix_connection(path, limit=MAX_LINE)
    try:
        writer.write(json.dumps(dict(message)).encode() + b"\n")
        line = await reader.readline()
        answer: Message | None = json.loads(line) if line else None
        return answer
    finally:
        writer.close()
