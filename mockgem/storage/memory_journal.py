"""The journal of a world in memory, within the memory that all worlds share."""

from __future__ import annotations

import secrets
from collections import deque
from itertools import islice

from mockgem.core.journal import (
    ENTRY_OVERHEAD,
    MAX_BYTES,
    MAX_ENTRIES,
    Evictable,
    Journal,
    JournalBudget,
    JournalEntry,
)


class MemoryJournal(Journal, Evictable):
    """The latest entries in memory: the entries themselves, which may still change.

    Without a budget of all worlds, the journal has its own budget.
    """

    def __init__(
        self,
        max_entries: int = MAX_ENTRIES,
        max_bytes: int = MAX_BYTES,
        budget: JournalBudget | None = None,
    ) -> None:
        super().__init__(max_entries, max_bytes)
        self.identity = secrets.token_hex(4)
        self.budget = budget or JournalBudget(max_bytes)
        self.rendered = self.budget.rendered
        self.entries: deque[JournalEntry] = deque()
        self.byte_count = 0
        self.is_closed = False

    async def add(self, entry: JournalEntry) -> None:
        self.count = entry.number = self.count + 1
        if self.is_closed:
            entry.dropped = True
        else:
            entries, budget = self.entries, self.budget
            if not entries:
                budget.join(self)
            entries.append(entry)
            size = ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
            self.byte_count += size
            budget.byte_count += size
            while entries and (self.byte_count > self.max_bytes or len(entries) > self.max_entries):
                self.drop_oldest()
            if budget.byte_count > budget.max_bytes:
                budget.make_room(self)
        if self.listener is not None or self.waiters:
            self.announce(entry)

    def limit_size(self) -> None:
        """Forget the oldest entries until the others are within the limits of this world."""
        entries = self.entries
        while entries and (self.byte_count > self.max_bytes or len(entries) > self.max_entries):
            self.drop_oldest()

    def drop_oldest(self) -> None:
        oldest = self.entries.popleft()
        oldest.dropped = True  # its answer may still be on its way
        self.forget(oldest)
        size = ENTRY_OVERHEAD + len(oldest.wire.body) + len(oldest.body)
        self.byte_count -= size
        self.budget.byte_count -= size
        if not self.entries:
            self.budget.leave(self)

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        if not entry.dropped:
            entry.body = body
            self.byte_count += len(body)
            self.budget.byte_count += len(body)
            self.limit_size()
            self.budget.make_room(self)

    async def read_batch(self, after: int) -> list[JournalEntry]:
        """Return all entries after the entry with a number: their numbers have no gaps."""
        if not self.entries:
            return []
        return list(islice(self.entries, max(after + 1 - self.entries[0].number, 0), None))

    async def count_bytes(self) -> int:
        return self.byte_count

    async def clear(self) -> None:
        for entry in self.entries:
            entry.dropped = True
        self.entries.clear()
        self.clear_forgotten()
        self.budget.byte_count -= self.byte_count
        self.byte_count = 0
        self.budget.leave(self)

    def close(self) -> None:
        self.is_closed = True
        while self.entries:
            self.drop_oldest()
        self.clear_forgotten()
