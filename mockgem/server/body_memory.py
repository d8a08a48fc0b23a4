"""The memory that request bodies of all connections may take together."""

from __future__ import annotations

import asyncio
from collections import deque

from mockgem.core.scheduling import wake

WAIT_FOR_MEMORY = 30.0
"""Seconds that a body waits until other requests have freed memory."""


class Overloaded(Exception):
    """Other requests take the memory for bodies."""


class BodyMemory:
    """Counts the bytes of bodies in memory; bodies that do not fit wait for their turn.

    `decoding` lets one body be decoded at a time: many at once would expand together.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self.decoding = asyncio.Lock()
        self.waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    def fits(self, size: int) -> bool:
        return self.used + size <= self.limit

    async def take(self, size: int) -> None:
        """Count some bytes. Raises Overloaded if they have to wait too long for room."""
        if self.fits(size) and not self.waiting:
            self.used += size
            return
        place = size, asyncio.get_running_loop().create_future()
        self.waiting.append(place)
        try:
            async with asyncio.timeout(WAIT_FOR_MEMORY):
                await place[1]
        except BaseException as error:
            self.leave(place)
            if isinstance(error, TimeoutError):
                raise Overloaded from None
            raise

    def leave(self, place: tuple[int, asyncio.Future[None]]) -> None:
        """Stop waiting; give back what was counted just then."""
        if place in self.waiting:
            self.waiting.remove(place)
            self.serve_waiting()
        else:
            self.give_back(place[0])

    def give_back(self, size: int) -> None:
        """Free some bytes."""
        self.used -= size
        self.serve_waiting()

    def serve_waiting(self) -> None:
        """Count the bytes of those who wait, in turn, while there is room."""
        while self.waiting and self.fits(self.waiting[0][0]):
            size, waiter = self.waiting.popleft()
            self.used += size
            wake(waiter)


class BodyLease:
    """The memory of one request's body, until its response has been sent."""

    def __init__(self, memory: BodyMemory) -> None:
        self.memory = memory
        self.size = 0

    async def grow(self, size: int) -> None:
        """Take memory up to a size. Raises Overloaded."""
        if size > self.size:
            await self.memory.take(size - self.size)
            self.size = size

    def end(self) -> None:
        if self.size:
            self.memory.give_back(self.size)
            self.size = 0
