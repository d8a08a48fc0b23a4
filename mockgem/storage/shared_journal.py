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

from mockgem.core.journal import (
    ENTRY_OVERHEAD,
    FORGOTTEN_BODY_BYTES,
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_FORGOTTEN,
    READ_BATCH,
    TOTAL_BYTES,
    Journal,
    JournalEntry,
    estimate_size,
    is_worth_remembering,
    shorten_bodies,
)
from mockgem.core.scheduling import yield_control
from mockgem.storage.entry_json import decode_entry, encode_entry
from mockgem.storage.run_database import RunDatabase

SLICE = 50
"""Entries that are encoded and written at once: the event loop waits meanwhile."""
LOOK_SECONDS = 0.05
"""How often a waiting reader looks for entries of other workers."""
Row = tuple[JournalEntry, int, str]
"""An entry, its size, and its text."""


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
        if entry.scenario_details is not None:
            self.write([entry])
        else:
            self.pending.append(entry)
            self.pending_bytes += ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
            if self.pending_bytes > self.max_bytes or len(self.pending) > self.max_entries:
                self.drop_pending()
        if self.listener is not None or self.waiters:
            self.announce(entry)

    def drop_pending(self) -> None:
        """Forget the oldest entries that wait: so many are newer that nobody could read them."""
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
        elif entry.scenario_details is not None:
            self.write([entry])
        else:
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
        rows: list[Row] = [(one, estimate_size(one), encode_now(one)) for one in entries]
        lost, self.lost = self.lost, 0
        forgotten, self.forgotten = self.forgotten, []
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
        added, size = 0, 0
        for row in rows:
            is_new, growth = self.write_row(connection, row)
            added += is_new
            size += growth
        connection.execute(
            "UPDATE worlds SET entries = entries + ?, bytes = bytes + ?, "
            "last_number = last_number + ? WHERE name = ?",
            (added, size, lost, self.world),
        )
        keep_forgotten(connection, self.world, forgotten)
        self.make_room(connection)

    def write_row(self, connection: sqlite3.Connection, row: Row) -> tuple[bool, int]:
        """Write one entry; return whether it is a new one, and how much larger the journal is."""
        entry, size, text = row
        is_open = entry.outcome == "open"
        _, place, _ = self.written.pop(id(entry), (entry, 0, 0))
        before = 0
        if place:
            kept = connection.execute(
                "UPDATE entries SET entry = ?, is_open = ? WHERE id = ? RETURNING size",
                (text, is_open, place),
            ).fetchone()
            if kept is None:  # cleared, or made room for others
                return False, 0
            before = int(kept[0])
            connection.execute("UPDATE entries SET size = ? WHERE id = ?", (size, place))
        else:
            cursor = connection.execute(
                "INSERT INTO entries (world, owner, moment, size, is_open, entry) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (self.world, self.owner, entry.started_at + entry.seconds, size, is_open, text),
            )
            place = int(cursor.lastrowid or 0)
        if is_open:
            self.written[id(entry)] = entry, place, len(entry.open_lines)
        return not before, size - before

    # Limits

    def make_room(self, connection: sqlite3.Connection) -> None:
        """Forget the oldest entries of this world, and of the largest one, until all fit."""
        entries, size = read_totals(connection, self.world)
        while entries > self.max_entries or size > self.max_bytes:
            drop_oldest(connection, self.world, max(entries - self.max_entries, 1))
            entries, size = read_totals(connection, self.world)
        while True:
            total, largest, most = connection.execute(
                "SELECT SUM(bytes), name, MAX(bytes) FROM worlds"
            ).fetchone()
            if total <= TOTAL_BYTES or not most:
                return
            drop_oldest(connection, largest, 10)

    # Readers

    async def refresh(self) -> None:
        """Let all workers write, and number what they have written until now."""
        now = time.perf_counter()
        self.open_elsewhere = await self.collect(self.world)
        self.count = self.database.write(lambda connection: self.number_entries(connection, now))
        rows = self.database.read("SELECT entry FROM forgotten WHERE world = ?", self.world)
        self.remembered = [decode_entry(text) for (text,) in rows]

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
        entries = []
        for number, text in rows:
            entry = decode_entry(text)
            entry.number = number
            entries.append(entry)
        return entries

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


def encode_now(entry: JournalEntry) -> str:
    """Return an entry as JSON. That of an open socket has the messages until now."""
    if entry.outcome != "open" or not entry.open_lines:
        return encode_entry(entry)
    entry.body = b"\n".join(entry.open_lines)
    return encode_entry(entry)


def read_totals(connection: sqlite3.Connection, world: str) -> tuple[int, int]:
    """Return the number and the bytes of the entries of a world."""
    row = connection.execute("SELECT entries, bytes FROM worlds WHERE name = ?", (world,))
    entries, size = row.fetchone()
    return int(entries), int(size)


def drop_oldest(connection: sqlite3.Connection, world: str, count: int) -> None:
    """Forget the oldest entries of a world. Those without a number count as numbered."""
    rows = connection.execute(
        "SELECT id, number, size, entry FROM entries WHERE world = ? "
        "ORDER BY number IS NULL, number, moment, id LIMIT ?",
        (world, count),
    ).fetchall()
    connection.executemany("DELETE FROM entries WHERE id = ?", [(row[0],) for row in rows])
    unnumbered = sum([row[1] is None for row in rows])
    connection.execute(
        "UPDATE worlds SET entries = entries - ?, bytes = MAX(bytes - ?, 0), "
        "last_number = last_number + ? WHERE name = ?",
        (len(rows), sum([row[2] for row in rows]), unnumbered, world),
    )
    if not rows:
        connection.execute("UPDATE worlds SET entries = 0, bytes = 0 WHERE name = ?", (world,))
    keep_forgotten(connection, world, [decode_entry(row[3]) for row in rows[:MAX_FORGOTTEN]])


def keep_forgotten(
    connection: sqlite3.Connection, world: str, entries: Iterable[JournalEntry]
) -> None:
    """Keep the first entries of each kind that strict tests want to know of."""
    for entry in entries:
        if not is_worth_remembering(entry):
            continue
        is_generated = entry.status == 200
        (count,) = connection.execute(
            "SELECT COUNT(*) FROM forgotten WHERE world = ? AND is_generated = ?",
            (world, is_generated),
        ).fetchone()
        if count < MAX_FORGOTTEN:
            text = encode_entry(shorten_bodies(entry, FORGOTTEN_BODY_BYTES))
            connection.execute(
                "INSERT INTO forgotten VALUES (?, ?, ?)", (world, is_generated, text)
            )


def close_entries_of(database: RunDatabase, owners: Iterable[int]) -> None:
    """Complete the entries whose answers ended with their worker, which was killed."""

    def complete(connection: sqlite3.Connection) -> None:
        for owner in owners:
            rows = connection.execute(
                "SELECT id, entry FROM entries WHERE owner = ? AND is_open", (owner,)
            ).fetchall()
            for place, text in rows:
                entry = decode_entry(text)
                entry.outcome, entry.ended_at = "cut", time.perf_counter()
                connection.execute(
                    "UPDATE entries SET entry = ?, is_open = 0 WHERE id = ?",
                    (encode_entry(entry), place),
                )

    database.write(complete)
