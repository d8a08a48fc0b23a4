"""A journal and counters in SQLite, for servers that share them and for restarts that keep them."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode, b64encode
from dataclasses import fields
from typing import Any

from mockgem.core.cache import BoundedCache
from mockgem.core.http import WireRequest
from mockgem.core.journal import MAX_BYTES, MAX_ENTRIES, Journal, JournalEntry, estimate_size
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
    ) -> None:
        super().__init__(max_entries, max_bytes)
        self.database = database
        self.world = world
        database.write(lambda connection: connection.execute(JOURNAL_SCHEMA))
        self.count = self.find_last_number()

    def find_last_number(self) -> int:
        ((number,),) = self.database.read(
            "SELECT COALESCE(MAX(number), 0) FROM journal WHERE world = ?", self.world
        )
        return int(number)

    async def add(self, entry: JournalEntry) -> None:
        def insert(connection: sqlite3.Connection) -> None:
            entry.number = self.find_last_number() + 1
            connection.execute(
                "INSERT INTO journal (world, number, size, entry) VALUES (?, ?, ?, ?)",
                (self.world, entry.number, estimate_size(entry), encode_entry(entry)),
            )
            self.drop_oldest(connection)

        self.database.write(insert)
        self.count = entry.number
        self.announce(entry)

    def drop_oldest(self, connection: sqlite3.Connection) -> None:
        """Forget entries until the others fit, but keep the last number."""
        rows = self.database.read(
            "SELECT number, size FROM journal WHERE world = ? AND entry IS NOT NULL "
            "ORDER BY number DESC",
            self.world,
        )
        total, oldest = 0, 0
        for position, (number, size) in enumerate(rows):
            total += size
            if position >= self.max_entries or total > self.max_bytes:
                oldest = number
                break
        self.delete_until(oldest, connection)

    def delete_until(self, number: int, connection: sqlite3.Connection) -> None:
        """Forget the entries up to a number. The row of the last number stays without its entry."""
        last = self.find_last_number()
        connection.execute(
            "DELETE FROM journal WHERE world = ? AND number <= ? AND number < ?",
            (self.world, number, last),
        )
        if number >= last:
            connection.execute(
                "UPDATE journal SET entry = NULL, size = 0 WHERE world = ? AND number = ?",
                (self.world, last),
            )

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        entry.body = body
        self.database.write(
            lambda connection: connection.execute(
                "UPDATE journal SET entry = ?, size = ? "
                "WHERE world = ? AND number = ? AND entry IS NOT NULL",
                (encode_entry(entry), estimate_size(entry), self.world, entry.number),
            )
        )

    async def list_entries(self) -> list[JournalEntry]:
        rows = self.database.read(
            "SELECT entry FROM journal WHERE world = ? AND entry IS NOT NULL ORDER BY number",
            self.world,
        )
        return [decode_entry(text) for (text,) in rows]

    async def count_bytes(self) -> int:
        ((total,),) = self.database.read(
            "SELECT COALESCE(SUM(size), 0) FROM journal WHERE world = ?", self.world
        )
        return int(total)

    async def clear(self) -> None:
        self.database.write(
            lambda connection: self.delete_until(self.find_last_number(), connection)
        )


WIRE_FIELDS = (
    "method", "path", "world", "base_path", "target", "scenario", "error", "is_internal"
)  # fmt: skip
BYTES_FIELDS = ("body", "key")
OTHER_FIELDS = ("wire", "headers", "dropped", *BYTES_FIELDS)
PLAIN_FIELDS = tuple(
    [field.name for field in fields(JournalEntry) if field.name not in OTHER_FIELDS]
)


def encode_entry(entry: JournalEntry) -> str:
    """Return an entry as JSON. Of the request it has what was on the wire."""
    wire = entry.wire
    request = {name: getattr(wire, name) for name in WIRE_FIELDS} | {
        "query": dict(wire.query),
        "headers": dict(wire.headers.items()),
        "body": encode_bytes(wire.body),
    }
    return json.dumps(
        {
            "wire": request,
            "headers": entry.headers,
            **{name: encode_bytes(getattr(entry, name)) for name in BYTES_FIELDS},
            **{name: getattr(entry, name) for name in PLAIN_FIELDS},
        },
        default=dict,
    )


def decode_entry(text: str) -> JournalEntry:
    """Return the entry that `encode_entry` wrote."""
    record: dict[str, Any] = json.loads(text)
    wire = record.pop("wire")
    request = WireRequest(**{**wire, "body": b64decode(wire["body"])})
    headers = tuple([(name, value) for name, value in record.pop("headers")])
    record |= {name: b64decode(record[name]) for name in BYTES_FIELDS}
    return JournalEntry(wire=request, headers=headers, **record)


def encode_bytes(data: bytes) -> str:
    return b64encode(data).decode()
