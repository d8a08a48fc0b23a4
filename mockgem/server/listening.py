"""The port of a server: listen, refuse connections for a time, listen again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from mockgem.core.scheduling import sleep

BACKLOG = 2048
"""Connections that are accepted in one go at most: the standard loop accepts until it has no more
file descriptors."""


class ListeningPort:
    """A port that is open, or refuses connections for some seconds."""

    def __init__(self) -> None:
        self.make_protocol: Callable[[], asyncio.Protocol]
        self.backlog = BACKLOG
        self.listener: asyncio.Server | None = None
        self.address: tuple[str, int]
        self.refuse_task: asyncio.Task[None] | None = None

    async def open(
        self, make_protocol: Callable[[], asyncio.Protocol], host: str, port: int, most: int
    ) -> int:
        """Listen for up to `most` connections, and return the port. Raises OSError."""
        self.make_protocol, self.backlog = make_protocol, min(BACKLOG, most)
        self.listener = await self.listen(host, port)
        self.address = host, int(self.listener.sockets[0].getsockname()[1])
        return self.address[1]

    async def listen(self, host: str, port: int) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self.make_protocol, host, port, backlog=self.backlog)

    def close(self) -> None:
        if self.listener is not None:
            self.listener.close()
        if self.refuse_task is not None:
            self.refuse_task.cancel()

    @property
    def is_refusing(self) -> bool:
        return self.refuse_task is not None

    def refuse(self, seconds: float) -> None:
        """Refuse new connections for some seconds by not listening on the port."""
        if self.refuse_task is not None:
            return
        if self.listener is not None:
            self.listener.close()
        self.refuse_task = asyncio.get_running_loop().create_task(self.listen_again(seconds))

    async def listen_again(self, seconds: float) -> None:
        """Listen on the same port after some seconds; try again while another process has it."""
        while True:
            await sleep(seconds)
            with contextlib.suppress(OSError):
                if self.listener is not None:
                    self.listener = await self.listen(*self.address)
                self.refuse_task = None
                return
            seconds = 0.5
