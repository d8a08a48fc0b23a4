"""State that ends with the process. Large blobs are in a temporary file, which ends with it too.

No method suspends, so callers may drive these coroutines without an event loop.
"""

from __future__ import annotations

import asyncio
import marshal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from mockgem.core.cache import BoundedCache
from mockgem.core.journal import JournalBudget
from mockgem.core.shared import SharedWorlds
from mockgem.core.state import Follower, WorldState
from mockgem.core.store import Record
from mockgem.storage.memory_blobs import BlobBudget, MemoryBlobs
from mockgem.storage.memory_journal import MemoryJournal

RECORD_OVERHEAD = 200
MAX_COUNTED_KEYS = 131_072
"""Requests of all worlds whose repeats are counted."""


class MemoryStorage:
    """The state of all worlds in memory."""

    is_shared = False
    suspends = False
    shared_worlds: SharedWorlds | None = None

    def __init__(self) -> None:
        self.worlds: dict[str, WorldState] = {}
        self.journal_budget = JournalBudget()
        self.blob_budget = BlobBudget()
        self.request_counts = SharedCounts(MAX_COUNTED_KEYS)

    def open(self, world: str) -> WorldState:
        state = self.worlds.get(world)
        if state is None:
            journal = MemoryJournal(budget=self.journal_budget)
            state = self.worlds[world] = WorldState(
                MemoryStore(),
                MemoryBlobs(self.blob_budget),
                MemoryCounters(self.request_counts),
                MemoryLocks(),
                journal,
            )
        return state

    async def delete(self, world: str) -> None:
        state = self.worlds.pop(world, None)
        if state is not None:
            await state.store.clear()
            await state.blobs.clear()

    async def release(self, world: str) -> None:
        """Delete the world: nothing here is durable."""
        await self.delete(world)

    async def count_bytes(self) -> int:
        total = 0
        for state in list(self.worlds.values()):
            total += await state.store.count_bytes() + await state.blobs.count_bytes()
        return total

    async def start(self, follower: Follower) -> None:
        """Do nothing: no other server shares this state."""

    async def list_problems(self) -> list[str]:
        return []

    async def finish(self) -> None:
        """Do nothing: everything is written."""

    def close(self) -> None:
        """Delete the temporary file of large blobs."""
        self.blob_budget.file.close()


class MemoryStore:
    """Records in dictionaries, as bytes: so no caller can change a record that is kept, and a
    copy costs little."""

    def __init__(self) -> None:
        self.collections: dict[str, dict[str, tuple[int, bytes]]] = {}
        self.last_position = 0
        self.byte_count = 0

    async def get(self, collection: str, name: str) -> Record | None:
        row = self.collections.get(collection, {}).get(name)
        return None if row is None else marshal.loads(row[1])

    async def put(self, collection: str, name: str, record: Record) -> None:
        self.write(collection, name, record)

    def write(self, collection: str, name: str, record: Record) -> None:
        rows = self.collections.setdefault(collection, {})
        before = rows.get(name)
        if before is None:
            self.last_position += 1
            position = self.last_position
        else:
            position = before[0]
            self.byte_count -= len(before[1]) + RECORD_OVERHEAD
        data = marshal.dumps(record)
        self.byte_count += len(data) + RECORD_OVERHEAD
        rows[name] = (position, data)

    async def insert(self, collection: str, name: str, record: Record) -> bool:
        if name in self.collections.get(collection, {}):
            return False
        self.write(collection, name, record)
        return True

    async def update(
        self, collection: str, name: str, change: Callable[[Record], Record | None]
    ) -> Record | None:
        row = self.collections.get(collection, {}).get(name)
        if row is None:
            return None
        changed = change(marshal.loads(row[1]))
        if changed is None:
            record: Record = marshal.loads(row[1])
            return record
        self.write(collection, name, changed)
        return changed

    async def delete(self, collection: str, name: str) -> bool:
        row = self.collections.get(collection, {}).pop(name, None)
        if row is None:
            return False
        self.byte_count -= len(row[1]) + RECORD_OVERHEAD
        return True

    async def list_records(
        self, collection: str, before: int, limit: int
    ) -> list[tuple[int, Record]]:
        rows = []
        for position, data in reversed(self.collections.get(collection, {}).values()):
            if not before or position < before:
                rows.append((position, marshal.loads(data)))
                if len(rows) == limit:
                    break
        return rows

    async def find_position(self, collection: str, name: str) -> int:
        row = self.collections.get(collection, {}).get(name)
        return row[0] if row else 0

    async def count_bytes(self) -> int:
        return self.byte_count

    async def clear(self) -> None:
        self.collections.clear()
        self.byte_count = 0


class SharedCounts:
    """The counts of all worlds: those of the keys that were counted last."""

    def __init__(self, max_keys: int = MAX_COUNTED_KEYS) -> None:
        self.counts: BoundedCache[bytes, int] = BoundedCache(max_keys)
        self.owners = 0

    def add_owner(self) -> bytes:
        """Return a prefix for keys that no other world has."""
        self.owners += 1
        return b"%x " % self.owners if self.owners > 1 else b""


class MemoryCounters:
    """The counts of one world."""

    def __init__(self, shared: SharedCounts | None = None) -> None:
        self.shared = shared or SharedCounts()
        self.counts = self.shared.counts
        self.prefix = self.shared.add_owner()

    async def increment(self, key: bytes, by: int = 1) -> int:
        return self.counts.count(self.prefix + key, by)

    def is_known(self, key: bytes) -> bool:
        return self.counts.get(self.prefix + key) is not None

    async def clear(self) -> None:
        """Forget the counts: their keys get another prefix."""
        self.prefix = self.shared.add_owner()


class MemoryLocks:
    """Locks between the requests of one event loop.

    A lock exists while a request holds or wants it.
    """

    def __init__(self) -> None:
        self.locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self.locks)

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        lock = self.locks.get(name) or asyncio.Lock()
        self.locks[name] = lock
        async with lock:
            yield
