"""State that ends with the process. Large blobs are in temporary files, which end with it too.

No method suspends, so callers may drive these coroutines without an event loop.
"""

from __future__ import annotations

import asyncio
import copy
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import IO
from weakref import WeakValueDictionary

from mockgem.core.cache import BoundedCache
from mockgem.core.journal import (
    ENTRY_OVERHEAD,
    MAX_BYTES,
    MAX_ENTRIES,
    Journal,
    JournalEntry,
    estimate_size,
)
from mockgem.core.state import WorldState
from mockgem.core.store import Record

MAX_IN_MEMORY = 256 * 1024
"""Bytes of a blob that stay in memory; a larger one moves to a temporary file."""
RECORD_OVERHEAD = 200
MAX_COUNTED_KEYS = 65_536


class MemoryStorage:
    """The state of all worlds in memory."""

    is_shared = False
    suspends = False

    def __init__(self) -> None:
        self.worlds: dict[str, WorldState] = {}

    def open(self, world: str) -> WorldState:
        state = self.worlds.get(world)
        if state is None:
            state = self.worlds[world] = WorldState(
                MemoryStore(), MemoryBlobs(), MemoryCounters(), MemoryLocks(), MemoryJournal()
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

    def close(self) -> None:
        """Do nothing: nothing here is in a file."""


class MemoryStore:
    """Records in dictionaries."""

    def __init__(self) -> None:
        self.collections: dict[str, dict[str, tuple[int, Record]]] = {}
        self.last_position = 0
        self.byte_count = 0

    async def get(self, collection: str, name: str) -> Record | None:
        row = self.collections.get(collection, {}).get(name)
        return None if row is None else copy.deepcopy(row[1])

    async def put(self, collection: str, name: str, record: Record) -> None:
        self.write(collection, name, copy.deepcopy(record))

    def write(self, collection: str, name: str, record: Record) -> None:
        """Keep a record without copying it."""
        rows = self.collections.setdefault(collection, {})
        before = rows.get(name)
        if before is None:
            self.last_position += 1
            position = self.last_position
        else:
            position = before[0]
            self.byte_count -= estimate_record(before[1])
        self.byte_count += estimate_record(record)
        rows[name] = (position, record)

    async def insert(self, collection: str, name: str, record: Record) -> bool:
        if name in self.collections.get(collection, {}):
            return False
        self.write(collection, name, copy.deepcopy(record))
        return True

    async def update(
        self, collection: str, name: str, change: Callable[[Record], Record | None]
    ) -> Record | None:
        record = await self.get(collection, name)
        if record is None:
            return None
        changed = change(copy.deepcopy(record))
        if changed is None:
            return record
        self.write(collection, name, copy.deepcopy(changed))
        return changed

    async def delete(self, collection: str, name: str) -> bool:
        row = self.collections.get(collection, {}).pop(name, None)
        if row is None:
            return False
        self.byte_count -= estimate_record(row[1])
        return True

    async def list_records(
        self, collection: str, before: int, limit: int
    ) -> list[tuple[int, Record]]:
        rows = []
        for position, record in reversed(self.collections.get(collection, {}).values()):
            if not before or position < before:
                rows.append((position, copy.deepcopy(record)))
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


def estimate_record(record: Record) -> int:
    """Return about how many bytes a record takes."""
    return len(str(record)) + RECORD_OVERHEAD


class MemoryBlobs:
    """Small blobs in memory, large ones in temporary files without a name."""

    def __init__(self) -> None:
        self.small: dict[str, bytearray] = {}
        self.large: dict[str, IO[bytes]] = {}
        self.sizes: dict[str, int] = {}
        self.byte_count = 0

    def __del__(self) -> None:
        for file in self.large.values():
            file.close()

    async def append(self, name: str, at: int, data: bytes) -> None:
        if name not in self.large and at + len(data) <= MAX_IN_MEMORY:
            self.small.setdefault(name, bytearray())[at:] = data
        else:
            file = self.large.get(name) or self.open_spill_file(name)
            file.seek(at)
            file.truncate()
            file.write(data)
        self.byte_count += at + len(data) - self.sizes.get(name, 0)
        self.sizes[name] = at + len(data)

    def open_spill_file(self, name: str) -> IO[bytes]:
        """Move a blob that grows large to a temporary file."""
        import tempfile

        file = self.large[name] = tempfile.TemporaryFile()  # noqa: SIM115 - it stays open
        file.write(self.small.pop(name, b""))
        return file

    async def flush(self, name: str) -> None:
        """Do nothing: these bytes do not outlive the process."""

    async def get_size(self, name: str) -> int:
        return self.sizes.get(name, 0)

    async def read(self, name: str, start: int, size: int) -> bytes:
        file = self.large.get(name)
        if file is None:
            return bytes(memoryview(self.small.get(name, b""))[start : start + size])
        file.seek(start)
        return file.read(size)

    async def delete(self, name: str) -> None:
        self.small.pop(name, None)
        self.byte_count -= self.sizes.pop(name, 0)
        if (file := self.large.pop(name, None)) is not None:
            file.close()

    async def count_bytes(self) -> int:
        return self.byte_count

    async def clear(self) -> None:
        for name in list(self.sizes):
            await self.delete(name)


class MemoryCounters:
    """Counts of the keys that were counted last."""

    def __init__(self, max_keys: int = MAX_COUNTED_KEYS) -> None:
        self.counts: BoundedCache[bytes, int] = BoundedCache(max_keys)

    async def increment(self, key: bytes, by: int = 1) -> int:
        return self.counts.count(key, by)

    def is_known(self, key: bytes) -> bool:
        return self.counts.get(key) is not None

    async def clear(self) -> None:
        self.counts.clear()


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


class MemoryJournal(Journal):
    """The latest entries in memory: the entries themselves, which may still change."""

    def __init__(self, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_BYTES) -> None:
        super().__init__(max_entries, max_bytes)
        self.entries: deque[JournalEntry] = deque()
        self.byte_count = 0

    async def add(self, entry: JournalEntry) -> None:
        self.count = entry.number = self.count + 1
        entries = self.entries
        entries.append(entry)
        self.byte_count += ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
        while entries and (self.byte_count > self.max_bytes or len(entries) > self.max_entries):
            oldest = entries.popleft()
            oldest.dropped = True  # its answer may still be on its way
            self.forget(oldest)
            self.byte_count -= estimate_size(oldest)
        if self.listener is not None or self.waiters:
            self.announce(entry)

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        if not entry.dropped:
            entry.body = body
            self.byte_count += len(body)

    async def list_entries(self) -> list[JournalEntry]:
        return list(self.entries)

    async def count_bytes(self) -> int:
        return self.byte_count

    async def clear(self) -> None:
        for entry in self.entries:
            entry.dropped = True
        self.entries.clear()
        self.forgotten.clear()
        self.byte_count = 0
