"""Counters that all servers share, and salts for those that do not."""

from __future__ import annotations

from mockgem.core.cache import BoundedCache
from mockgem.storage.redis_client import RedisClient

MAX_KNOWN_KEYS = 65_536


class RedisCounters:
    """The counters of one world: each count takes a round trip, and no server counts alone."""

    def __init__(self, client: RedisClient, world: str) -> None:
        self.client = client
        self.key = f"{client.prefix}:w:{world}:counts"
        self.known: BoundedCache[bytes, bool] = BoundedCache(MAX_KNOWN_KEYS)

    async def increment(self, key: bytes, by: int = 1) -> int:
        self.known.put(key, True)
        return int(await self.client.execute("HINCRBY", self.key, key, by)) - by

    def is_known(self, key: bytes) -> bool:
        return self.known.get(key) is not None

    async def clear(self) -> None:
        self.known.clear()
        await self.client.execute("DEL", self.key)
