"""Collections whose oldest records a world forgets.

Every client makes some records of these kinds, and few delete them: without a limit, a load test
would fill the memory.
"""

from __future__ import annotations

from zlib import crc32

from mockgem.core.store import LIST_BATCH
from mockgem.core.world import World

MAX_RECORDS = 10_000
"""New records of a world, of any kind, after which a record is forgotten."""
TRIM_INTERVAL = 256
"""New records between two looks for old ones, on average."""


async def forget_oldest(collection: str, newest: str, world: World) -> None:
    """Delete the records of a collection that are older than many other records of the world.

    The hash of the newest name decides whether to look. Its position would not do: all kinds of
    records count there, so in a world that makes two in turn one kind may have odd positions only.
    """
    if crc32(newest.encode()) % TRIM_INTERVAL:
        return
    oldest = await world.store.find_position(collection, newest) - MAX_RECORDS
    if oldest < 1:
        return
    while rows := await world.store.list_records(collection, oldest, LIST_BATCH):
        for _, record in rows:
            await world.store.delete(collection, record["id"])
