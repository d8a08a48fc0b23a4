"""A journal and counters in SQLite, for servers that share them and for restarts that keep them."""

from __future__ import annotations

import sqlite3

from mockgem.core.cache import BoundedCache
from mockgem.core.journal import (
    MAX_BYTES,
    MAX_ENTRIES,
    READ_BATCH,
    TOTAL_BYTES,
    Journal,
    JournalEntry,
    estimate_size,
)
from mockgem.storage.entry_json import decode_entry, encode_entry
from mockgem.storage.sqlite_database import Database

COUNTERS_SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (
    world TEXT NOT NULL,
    name TEXT NOT NULL,
    key BLOB NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (world, name, key)
) WITHOUT ROWID
"""
JOURNAL_SCHEMA = """
CREATE TABLE IF NOT EXISTS journal (
    world TEXT NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    entry TEXT,
    PRIMARY KEY (world, number)
) WITHOUT ROWID
"""
"""The journal deletes the rows of forgotten entries. Only the last number keeps its row, without
the entry, so that numbers go up."""
TOTALS_SCHEMA = """
CREATE TABLE IF NOT EXISTS journal_totals (
    world TEXT PRIMARY KEY,
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) WITHOUT ROWID
"""
FILL_TOTALS = """
INSERT OR IGNORE INTO journal_totals (world, entries, bytes)
SELECT world, COUNT(entry), SUM(size) FROM journal GROUP BY world
"""
MAX_KNOWN_KEYS = 65_536


class SqliteCounters:
    """The counters of one world under one name."""

    def __init__(self, database: Database, world: str, name: str) -> None:
        self.database = database
        self.world = world
        self.name = name
        self.known: BoundedCache[bytes, bool] = BoundedCache(MAX_KNOWN_KEYS)
        database.write(lambda connection: connection.execute(COUNTERS_SCHEMA))

    async def increment(self, key: bytes, by: int = 1) -> int:
        self.known.put(key, True)

        def add(connection: sqlite3.Connection) -> int:
            row = connection.execute(
                "INSERT INTO counters (world, name, key, count) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (world, name, key) DO UPDATE SET count = count + excluded.count "
                "RETURNING count",
                (self.world, self.name, key, by),
            ).fetchone()
            return int(row[0])

        return self.database.write(add) - by

    def is_known(self, key: bytes) -> bool:
        return self.known.get(key) is not None

    async def clear(self) -> None:
        self.known.clear()
        self.database.write(
            lambda connection: connection.execute(
                "DELETE FROM counters WHERE world = ? AND name = ?", (self.world, self.name)
            )
        )


class SqliteJournal(Journal):
    """The latest entries of one world, of all processes that share the database.

    Only this process's own entries reach its listener and wake its waiters.
    """

    def __init__(
        self,
        database: Database,
        world: str,
        max_entries: int = MAX_ENTRIES,
        max_bytes: int = MAX_BYTES,
        total_bytes: int = TOTAL_BYTES,
    ) -> None:
        super().__init__(max_entries, max_bytes)
        self.database = database
        self.world = world
        self.total_bytes = total_bytes
        database.write(self.create_tables)
        self.count = self.find_last_number()

    def create_tables(self, connection: sqlite3.Connection) -> None:
        for statement in (JOURNAL_SCHEMA, TOTALS_SCHEMA, FILL_TOTALS):
            connection.execute(statement)

    def find_last_number(self) -> int:
        ((number,),) = self.database.read(
            "SELECT COALESCE(MAX(number), 0) FROM journal WHERE world = ?", self.world
        )
        return int(number)

    async def add(self, entry: JournalEntry) -> None:
        size = estimate_size(entry)

        def insert(connection: sqlite3.Connection) -> None:
            last = self.find_last_number()
            entry.number = last + 1
            connection.execute(
                "INSERT INTO journal (world, number, size, entry) VALUES (?, ?, ?, ?)",
                (self.world, entry.number, size, encode_entry(entry)),
            )
            connection.execute(
                "DELETE FROM journal WHERE world = ? AND number = ? AND entry IS NULL",
                (self.world, last),
            )
            self.count_entries(self.world, 1, size)
            self.make_room()

        self.database.write(insert)
        self.count = entry.number
        self.announce(entry)

    def count_entries(self, world: str, entries: int, size: int) -> None:
        """Add to the totals of a world."""
        self.database.connection.execute(
            "INSERT INTO journal_totals (world, entries, bytes) VALUES (?, ?, ?) "
            "ON CONFLICT (world) DO UPDATE "
            "SET entries = entries + excluded.entries, bytes = bytes + excluded.bytes",
            (world, entries, size),
        )

    def make_room(self) -> None:
        """Forget the oldest entries of this world, and of the largest one, until the others fit."""
        while self.is_over_limits():
            self.drop_oldest(self.world)
        while self.sum_bytes() > self.total_bytes:
            self.drop_oldest(self.find_largest_world())

    def is_over_limits(self) -> bool:
        row = self.database.connection.execute(
            "SELECT entries, bytes FROM journal_totals WHERE world = ?", (self.world,)
        ).fetchone()
        return row is not None and (row[0] > self.max_entries or row[1] > self.max_bytes)

    def sum_bytes(self) -> int:
        """Return the bytes of all worlds."""
        row = self.database.connection.execute("SELECT SUM(bytes) FROM journal_totals").fetchone()
        return int(row[0] or 0)

    def find_largest_world(self) -> str:
        row = self.database.connection.execute(
            "SELECT world FROM journal_totals ORDER BY bytes DESC LIMIT 1"
        ).fetchone()
        return str(row[0])

    def drop_oldest(self, world: str) -> None:
        """Forget the oldest entry of a world. The row of the last number stays, without its
        entry."""
        connection = self.database.connection
        number, size = connection.execute(
            "SELECT number, size FROM journal WHERE world = ? AND entry IS NOT NULL "
            "ORDER BY number LIMIT 1",
            (world,),
        ).fetchone()
        connection.execute(
            "UPDATE journal SET entry = NULL, size = 0 WHERE world = ? AND number = ?",
            (world, number),
        )
        connection.execute(
            "DELETE FROM journal WHERE world = ? AND entry IS NULL "
            "AND number < (SELECT MAX(number) FROM journal WHERE world = ?)",
            (world, world),
        )
        self.count_entries(world, -1, -size)
        if self.on_forget is not None:
            self.on_forget()

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        entry.body = body
        size = estimate_size(entry)

        def replace_entry(connection: sqlite3.Connection) -> None:
            before = connection.execute(
                "SELECT size FROM journal WHERE world = ? AND number = ? AND entry IS NOT NULL",
                (self.world, entry.number),
            ).fetchone()
            if before is None:
                return
            connection.execute(
                "UPDATE journal SET entry = ?, size = ? WHERE world = ? AND number = ?",
                (encode_entry(entry), size, self.world, entry.number),
            )
            self.count_entries(self.world, 0, size - before[0])
            self.make_room()

        self.database.write(replace_entry)

    async def read_batch(self, after: int) -> list[JournalEntry]:
        rows = self.database.read(
            "SELECT entry FROM journal WHERE world = ? AND number > ? AND entry IS NOT NULL "
            "ORDER BY number LIMIT ?",
            self.world,
            after,
            READ_BATCH,
        )
        return [decode_entry(text) for (text,) in rows]

    async def count_bytes(self) -> int:
        rows = self.database.read("SELECT bytes FROM journal_totals WHERE world = ?", self.world)
        return int(rows[0][0]) if rows else 0

    async def clear(self) -> None:
        def forget(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE journal SET entry = NULL, size = 0 WHERE world = ? AND number = ?",
                (self.world, self.find_last_number()),
            )
            connection.execute(
                "DELETE FROM journal WHERE world = ? AND entry IS NOT NULL", (self.world,)
            )
            connection.execute("DELETE FROM journal_totals WHERE world = ?", (self.world,))

        self.database.write(forget)
