"""Locks between servers: they expire unless their holder renews them, and have a token.

A server that stood still for so long that its lock expired must not write any more: every script
compares the tokens of the locks that its caller holds (`HELD_LOCKS`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from mockgem.core.errors import ApiError
from mockgem.core.scheduling import sleep
from mockgem.storage import redis_scripts as scripts
from mockgem.storage.memory import MemoryLocks
from mockgem.storage.redis_client import HELD_LOCKS, HeldLock, RedisClient

LIFETIME = 6.0
"""Seconds after which a lock of a server that has ended is free."""
FIRST_WAIT, LONGEST_WAIT = 0.005, 0.1
"""Seconds between tries for a lock that another server holds."""


class RedisLocks:
    """The locks of one world, between all requests of all servers."""

    def __init__(self, client: RedisClient, world: str, lifetime: float = LIFETIME) -> None:
        self.client = client
        self.world = world
        self.lifetime = lifetime
        self.local = MemoryLocks()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        async with self.local.hold(name):
            token = await self.acquire(name)
            key = f"{self.client.prefix}:w:{self.world}:lock:{name}"
            renewing = asyncio.ensure_future(self.renew(key, token))
            lock = HeldLock(key, token)
            mark = HELD_LOCKS.set((*HELD_LOCKS.get(), lock))
            try:
                yield
            finally:
                lock.is_held = False
                HELD_LOCKS.reset(mark)
                renewing.cancel()
                with suppress(ApiError):  # a lock that can't be released expires
                    await self.client.evaluate(scripts.UNLOCK, [key], [token])

    async def acquire(self, name: str) -> str:
        """Wait for a lock, and return its token."""
        wait, lifetime = FIRST_WAIT, round(self.lifetime * 1000)
        while True:
            token = await self.client.run(scripts.LOCK, self.world, name, lifetime)
            if token:
                return str(token)
            await sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def renew(self, key: str, token: str) -> None:
        """Renew a lock until it is released or lost."""
        lifetime = round(self.lifetime * 1000)
        while True:
            await sleep(self.lifetime / 4)
            with suppress(ApiError):
                if not await self.client.evaluate(scripts.RENEW, [key], [token, lifetime]):
                    return
