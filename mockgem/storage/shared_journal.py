"""The journal of a world whose requests several workers answer.

Entries wait in the memory of the worker that answered, and cost a request nothing more there. They
are written to the database of the run many at once: some times a second, before anybody reads, and
at once where a scenario decided. Whoever reads lets all workers write first, and then numbers the
entries in the order of their moments. So the numbers follow the order of the requests, whichever
workers got them, and never change.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from mockgem.core.errors import ApiError
from mockgem.core.journal import (
    ENTRY_OVERHEAD,
    MAX_BYTES,
    MAX_ENTRIES,
    READ_BATCH,
    Journal,
    JournalEntry,
    estimate_size,
    has_decision,
)
from mockgem.core.scheduling import yield_control
from mockgem.storage.entry_codec import pack_entry, unpack_entry
from mockgem.storage.entry_limits import keep_forgotten, make_room
from mockgem.storage.run_database import RunDatabase

SLICE = 100
"""Entries that are encoded and written at once: the event loop waits meanwhile."""
LOOK_SECONDS = 0.05
"""How often a waiting reader looks for entries of other workers."""
Row = tuple[JournalEntry, int, bytes]
"""An entry, its size, and its bytes."""


class SharedJournal(Journal):
    """The entries of one world, of all workers.

    Args:
        collect: Lets all workers write their entries; returns how many answers of a world are open
            in the others.
    """

    look_seconds = LOOK_SECONDS

    def __init__(
        self,
        database: RunDatabase,
        world: str,
        epoch: str,
        owner: int,
        collect: Callable[[str], Awaitable[int]],
    ) -> None:
        super().__init__(MAX_ENTRIES, MAX_BYTES)
        self.database = database
        self.world = world
        self.identity = self.epoch = epoch
        self.owner = owner
        self.collect = collect
        self.pending: deque[JournalEntry] = deque()
        self.pending_bytes = 0
        self.lost = 0
        self.written: dict[int, tuple[JournalEntry, int, int]] = {}
        self.changed: dict[int, JournalEntry] = {}

    @property
    def is_dirty(self) -> bool:
        return bool(self.pending or self.changed or self.lost)

    # Entries of this worker

    async def add(self, entry: JournalEntry) -> None:
        if not has_decision(entry) or not self.write_at_once(entry):
            self.pending.append(entry)
            self.pending_bytes += ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
            if self.pending_bytes > self.max_bytes or len(self.pending) > self.max_entries:
                self.drop_pending()
        if self.listener is not None or self.waiters:
            self.announce(entry)

    def write_at_once(self, entry: JournalEntry) -> bool:
        """Write an entry before its answer leaves; return whether the database took it."""
        try:
            self.write([entry])
        except ApiError:  # a full disk does not keep the client from its answer
            return False
        return True

    def drop_pending(self) -> None:
        """Forget the oldest entries that wait: a reader would get newer ones only."""
        while self.pending and (
            self.pending_bytes > self.max_bytes or len(self.pending) > self.max_entries
        ):
            oldest = self.pending.popleft()
            self.pending_bytes -= estimate_size(oldest)
            oldest.dropped = True
            self.lost += 1
            self.forget(oldest)

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        """Keep the end of an answer. An entry that waits to be written has it then."""
        if entry.dropped:
            return
        before = estimate_size(entry)
        entry.body = body
        if id(entry) not in self.written:
            self.pending_bytes += estimate_size(entry) - before
        elif not has_decision(entry) or not self.write_at_once(entry):
            self.changed[id(entry)] = entry

    async def flush(self) -> None:
        """Write all entries that wait, some at a time so that requests get answers meanwhile."""
        self.note_messages()
        changed, self.changed = list(self.changed.values()), {}
        while changed or self.pending or self.lost or self.forgotten:
            some = changed[:SLICE]
            del changed[:SLICE]
            while self.pending and len(some) < SLICE:
                entry = self.pending.popleft()
                self.pending_bytes -= estimate_size(entry)
                some.append(entry)
            self.write(some)
            await yield_control()

    def note_messages(self) -> None:
        """Write the entries of open sockets again if they have more messages now."""
        for entry, _, lines in self.written.values():
            if len(entry.open_lines) != lines:
                self.changed[id(entry)] = entry

    def write(self, entries: list[JournalEntry]) -> None:
        """Write new and changed entries, unless the world was reset or deleted meanwhile."""
        rows: list[Row] = [(one, estimate_size(one), pack_now(one)) for one in entries]
        lost, self.lost = self.lost, 0
        forgotten, self.forgotten, self.forgotten_counts = self.forgotten, [], [0, 0]
        self.database.write(lambda connection: self.write_rows(connection, rows, lost, forgotten))

    def write_rows(
        self,
        connection: sqlite3.Connection,
        rows: list[Row],
        lost: int,
        forgotten: list[JournalEntry],
    ) -> None:
        found = connection.execute("SELECT epoch FROM worlds WHERE name = ?", (self.world,))
        if found.fetchone() != (self.epoch,):
            return
        places = [self.written.pop(id(row[0]), None) for row in rows]
        new = [row for row, place in zip(rows, places, strict=True) if place is None]
        growth = sum([row[1] for row in new])
        self.insert(connection, new)
        for row, place in zip(rows, places, strict=True):
            if place is not None:
                growth += self.replace(connection, row, place[1])
        connection.execute(
            "UPDATE worlds SET entries = entries + ?, bytes = bytes + ?, "
            "last_number = last_number + ? WHERE name = ?",
            (len(new), growth, lost, self.world),
        )
        keep_forgotten(connection, self.world, forgotten)
        make_room(connection, self.world, self.max_entries, self.max_bytes)

    def insert(self, connection: sqlite3.Connection, rows: list[Row]) -> None:
        """Insert new entries. The places of open ones are noted, for their ends."""
        values = [
            (
                self.world,
                self.owner,
                one.started_at + one.seconds,
                size,
                one.outcome == "open",
                data,
            )
            for one, size, data in rows
        ]
        is_open = [value[4] for value in values]
        if not any(is_open):
            connection.executemany(INSERT, values)
            return
        for (entry, _, _), value in zip(rows, values, strict=True):
            place = int(connection.execute(INSERT, value).lastrowid or 0)
            if entry.outcome == "open":
                self.written[id(entry)] = entry, place, len(entry.open_lines)

    def replace(self, connection: sqlite3.Connection, row: Row, place: int) -> int:
        """Write an entry again; return how much larger the journal is. One that was cleared, or
        that made room for others, does not come back."""
        entry, size, data = row
        is_open = entry.outcome == "open"
        before = connection.execute("SELECT size FROM entries WHERE id = ?", (place,)).fetchone()
        if before is None:
            return 0
        connection.execute(
            "UPDATE entries SET entry = ?, size = ?, is_open = ? WHERE id = ?",
            (data, size, is_open, place),
        )
        if is_open:
            self.written[id(entry)] = entry, place, len(entry.open_lines)
        return size - int(before[0])

    # Readers

    async def refresh(self) -> None:
        """Let all workers write, and number what they have written until now."""
        now = time.perf_counter()
        self.open_elsewhere = await self.collect(self.world)
        self.count = self.database.write(lambda connection: self.number_entries(connection, now))
        rows = self.database.read("SELECT entry FROM forgotten WHERE world = ?", self.world)
        self.remembered = [unpack_entry(data) for (data,) in rows]

    async def estimate_count(self) -> int:
        """Return the number that the last written entry has or will have at least."""
        rows = self.database.read(
            "SELECT last_number + (SELECT COUNT(*) FROM entries WHERE world = name "
            "AND number IS NULL) FROM worlds WHERE name = ?",
            self.world,
        )
        return int(rows[0][0]) if rows else 0

    def number_entries(self, connection: sqlite3.Connection, now: float) -> int:
        """Number the entries until a moment; return the last number.

        A later entry waits: a worker that has written already may have an earlier one.
        """
        (last,) = connection.execute(
            "SELECT COALESCE(MAX(last_number), 0) FROM worlds WHERE name = ?", (self.world,)
        ).fetchone()
        rows = connection.execute(
            "SELECT id FROM entries WHERE world = ? AND number IS NULL AND moment <= ? "
            "ORDER BY moment, id",
            (self.world, now),
        ).fetchall()
        numbers = [(last + nth, row[0]) for nth, row in enumerate(rows, 1)]
        if numbers:
            connection.executemany("UPDATE entries SET number = ? WHERE id = ?", numbers)
            connection.execute(
                "UPDATE worlds SET last_number = ? WHERE name = ?", (numbers[-1][0], self.world)
            )
        return int(last) + len(numbers)

    async def read_batch(self, after: int) -> list[JournalEntry]:
        rows = self.database.read(
            "SELECT number, entry FROM entries WHERE world = ? AND number > ? "
            "ORDER BY number LIMIT ?",
            *(self.world, after, READ_BATCH),
        )
        return [unpack_entry(data, number) for number, data in rows]

    async def count_bytes(self) -> int:
        rows = self.database.read("SELECT bytes FROM worlds WHERE name = ?", self.world)
        return int(rows[0][0]) if rows else 0

    async def clear(self) -> None:
        await self.refresh()

        def forget_all(connection: sqlite3.Connection) -> None:
            for table in ("entries", "forgotten"):
                connection.execute(f"DELETE FROM {table} WHERE world = ?", (self.world,))
            connection.execute(
                "UPDATE worlds SET entries = 0, bytes = 0 WHERE name = ?", (self.world,)
            )

        self.database.write(forget_all)
        self.remembered = []

    def close(self) -> None:
        """Forget what waits: the world was reset or deleted."""
        for entry in self.pending:
            entry.dropped = True
        self.pending.clear()
        self.changed.clear()
        self.written.clear()
        self.pending_bytes = self.lost = 0


INSERT = (
    "INSERT INTO entries (world, owner, moment, size, is_open, entry) VALUES (?, ?, ?, ?, ?, ?)"
)


def pack_now(entry: JournalEntry) -> bytes:
    """Return an entry as bytes. That of an open socket has the messages until now."""
    is_talking = entry.outcome == "open" and entry.open_lines
    return pack_entry(entry, b"\n".join(entry.open_lines) if is_talking else entry.body)


def close_entries_of(database: RunDatabase, owners: Iterable[int]) -> None:
    """Complete the entries whose answers ended with their worker, which was killed."""

    def complete(connection: sqlite3.Connection) -> None:
        for owner in owners:
            rows = connection.execute(
                "SELECT id, entry FROM entries WHERE owner = ? AND is_open", (owner,)
            ).fetchall()
            for place, data in rows:
                entry = unpack_entry(data)
                entry.outcome, entry.ended_at = "cut", time.perf_counter()
                connection.execute(
                    "UPDATE entries SET entry = ?, is_open = 0 WHERE id = ?",
                    (pack_entry(entry, entry.body), place),
                )

    database.write(complete)
