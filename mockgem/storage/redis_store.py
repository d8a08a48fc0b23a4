"""Records on a Valkey or Redis server: a hash with versions, and the order of its names.

A record is kept as `VERSION\\nJSON`. A version is a random text that every change replaces, so an
update that saw an older one begins again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

from mockgem.core.store import Record
from mockgem.storage import redis_scripts as scripts
from mockgem.storage.memory import MemoryLocks
from mockgem.storage.redis_client import RedisClient


class RedisStore:
    """The records of one world.

    The updates of one record by one server wait for each other, so that only servers compete.
    """

    def __init__(self, client: RedisClient, world: str) -> None:
        self.client = client
        self.world = world
        self.local = MemoryLocks()

    async def get(self, collection: str, name: str) -> Record | None:
        value = await self.client.run(scripts.GET, self.world, collection, name)
        return None if value is None else decode_record(value)[1]

    async def put(self, collection: str, name: str, record: Record) -> None:
        value = encode_record(record)
        await self.client.run(scripts.PUT, self.world, collection, name, value)

    async def insert(self, collection: str, name: str, record: Record) -> bool:
        value = encode_record(record)
        added = await self.client.run(scripts.INSERT, self.world, collection, name, value)
        return bool(added)

    async def update(
        self, collection: str, name: str, change: Callable[[Record], Record | None]
    ) -> Record | None:
        async with self.local.hold(f"{collection}\0{name}"):
            value = await self.client.run(scripts.GET, self.world, collection, name)
            while value is not None:
                version, record = decode_record(value)
                changed = change(decode_record(value)[1])
                if changed is None:
                    return record
                new = encode_record(changed)
                answer = await self.client.run(
                    scripts.REPLACE, self.world, collection, name, version, new
                )
                if answer == 1:
                    return decode_record(new)[1]
                value = answer
        return None

    async def delete(self, collection: str, name: str) -> bool:
        return bool(await self.client.run(scripts.DELETE, self.world, collection, name))

    async def list_records(
        self, collection: str, before: int, limit: int
    ) -> list[tuple[int, Record]]:
        rows = await self.client.run(scripts.LIST, self.world, collection, "", before, limit)
        return [(position, decode_record(value)[1]) for position, value in rows]

    async def find_position(self, collection: str, name: str) -> int:
        return int(await self.client.run(scripts.POSITION, self.world, collection, name))

    async def count_bytes(self) -> int:
        key = f"{self.client.prefix}:w:{self.world}:info"
        return int(await self.client.execute("HGET", key, "record_bytes") or 0)

    async def clear(self) -> None:
        await self.client.run(scripts.CLEAR_RECORDS, self.world)


def encode_record(record: Record) -> bytes:
    """Return a record with a new version."""
    return f"{secrets.token_hex(8)}\n{json.dumps(record)}".encode()


def decode_record(value: bytes) -> tuple[bytes, Record]:
    """Return the version with its line end, and the record."""
    version, _, text = value.partition(b"\n")
    return version + b"\n", dict(json.loads(text))
