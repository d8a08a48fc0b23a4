"""State in a directory: records in SQLite, bytes in files. It outlives the server, and several processes may share it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mockgem.core.store import Record

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    world TEXT NOT NULL,
    collection TEXT NOT NULL,
    name TEXT NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (world, collection, name)
)
"""
SIZE_PRAGMAS = ("page_count", "freelist_count", "page_size")
BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that writes."""


class Database:
    """One file for all worlds. Each write is on the disk when it returns."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(
            directory / "state.sqlite",
            timeout=BUSY_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
        )
        self.lock = threading.RLock()
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """With nobody else writing; all of it is kept, or nothing."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def count_bytes(self) -> int:
        """Bytes of all records and what is around them."""
        pages, free, size = (
            self.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in SIZE_PRAGMAS
        )
        return int((pages - free) * size)

    def close(self) -> None:
        self.connection.close()


class DatabaseStore:
    """One world's records."""

    def __init__(self, database: Database, world: str) -> None:
        self.database = database
        self.world = world

    def get(self, collection: str, name: str) -> Record | None:
        row = self.database.connection.execute(
            "SELECT record FROM records WHERE world = ? AND collection = ? AND name = ?",
            (self.world, collection, name),
        ).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def put(self, collection: str, name: str, record: Record) -> None:
        with self.database.transaction() as link:
            self.write_record(link, collection, name, record)

    def insert(self, collection: str, name: str, record: Record) -> bool:
        with self.database.transaction() as link:
            done = link.execute(
                "INSERT INTO records (world, collection, name, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (self.world, collection, name, json.dumps(record)),
            )
            return done.rowcount > 0

    def write_record(
        self, link: sqlite3.Connection, collection: str, name: str, record: Record
    ) -> None:
        link.execute(
            "INSERT INTO records (world, collection, name, record) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (world, collection, name) DO UPDATE SET record = excluded.record",
            (self.world, collection, name, json.dumps(record)),
        )

    def update(
        self, collection: str, name: str, how: Callable[[Record], Record | None]
    ) -> Record | None:
        with self.database.transaction() as link:
            record = self.get(collection, name)
            changed = None if record is None else how(dict(record))
            if changed is None:
                return record
            self.write_record(link, collection, name, changed)
            return changed

    def delete(self, collection: str, name: str) -> bool:
        with self.database.transaction() as link:
            done = link.execute(
                "DELETE FROM records WHERE world = ? AND collection = ? AND name = ?",
                (self.world, collection, name),
            )
            return done.rowcount > 0

    def list_records(self, collection: str, place: int, limit: int) -> list[tuple[int, Record]]:
        rows = self.database.connection.execute(
            "SELECT place, record FROM records WHERE world = ? AND collection = ? AND (? = 0 OR place < ?) "
            "ORDER BY place DESC LIMIT ?",
            (self.world, collection, place, place, limit),
        ).fetchall()
        return [(at, json.loads(record)) for at, record in rows]

    def find_position(self, collection: str, name: str) -> int:
        row = self.database.connection.execute(
            "SELECT place FROM records WHERE world = ? AND collection = ? AND name = ?",
            (self.world, collection, name),
        ).fetchone()
        return int(row[0]) if row else 0

    def count_bytes(self) -> int:
        row = self.database.connection.execute(
            "SELECT COALESCE(SUM(LENGTH(record)), 0) FROM records WHERE world = ?", (self.world,)
        ).fetchone()
        return int(row[0])

    def clear(self) -> None:
        with self.database.transaction() as link:
            link.execute("DELETE FROM records WHERE world = ?", (self.world,))


class DirectoryBlobs:
    """One world's bytes, a file for each name."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def path_of(self, name: str) -> Path:
        if "/" in name or name.startswith("."):
            raise ValueError(f"{name!r} can't be the name of a file")
        return self.directory / name

    def append(self, name: str, at: int, data: bytes) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        number = os.open(
            self.path_of(name), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(number, "r+b") as file:
            file.truncate(at)
            file.seek(at)
            file.write(data)

    def flush(self, name: str) -> None:
        number = os.open(self.path_of(name), os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(number)
        finally:
            os.close(number)

    def get_size(self, name: str) -> int:
        try:
            return self.path_of(name).stat().st_size
        except FileNotFoundError:
            return 0

    def iter_chunks(self, name: str, start: int = 0, size: int = 1 << 18) -> Iterator[bytes]:
        try:
            with self.path_of(name).open("rb") as file:
                file.seek(start)
                while data := file.read(size):
                    yield data
        except FileNotFoundError:
            return

    def delete(self, name: str) -> None:
        self.path_of(name).unlink(missing_ok=True)

    def count_bytes(self) -> int:
        if not self.directory.exists():
            return 0
        return sum(entry.stat().st_size for entry in os.scandir(self.directory) if entry.is_file())

    def clear(self) -> None:
        shutil.rmtree(self.directory, ignore_errors=True)
