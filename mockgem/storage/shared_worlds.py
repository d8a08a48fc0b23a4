"""The worlds of a server with several workers, in the database of its run."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence

from mockgem.core.shared import SharedWorld
from mockgem.core.store import Record, Store
from mockgem.storage.run_database import RunDatabase
from mockgem.storage.sqlite import SqliteStore
from mockgem.storage.worker_table import WorkerTable

MIN_IDLE = 60.0
"""Seconds since its last request before a world may be forgotten to make space for another one."""
TOMBSTONE_SECONDS = 60.0
"""Seconds that a deleted world keeps its row, from which the other workers learn of it."""
COLUMNS = "name, epoch, settings"


class SqliteWorlds:
    """The worlds in the rows of a database, and their changes in the memory of all workers."""

    def __init__(self, database: RunDatabase, table: WorkerTable, index: int, owner: int) -> None:
        self.database = database
        self.table = table
        self.index = index
        self.owner = owner
        self.seen = b""
        self.version = 0
        database.write(lambda connection: create_row(connection, "", is_new=False))

    @property
    def has_changed(self) -> bool:
        return self.table.read_revisions() != self.seen

    def list_owners(self) -> frozenset[int]:
        return self.table.list_owners()

    async def read_changes(self) -> list[SharedWorld]:
        seen = self.table.read_revisions()  # before the rows: a change meanwhile is read again
        rows = self.database.read(
            f"SELECT version, {COLUMNS} FROM worlds WHERE version > ? ORDER BY version",
            self.version,
        )
        if rows:
            self.version = rows[-1][0]
        self.seen = seen
        return [build_world(*row[1:]) for row in rows]

    def read_again(self) -> None:
        self.seen, self.version = b"", 0

    async def list_all(self) -> list[SharedWorld]:
        rows = self.database.read(
            f"SELECT {COLUMNS} FROM worlds WHERE epoch != '' ORDER BY created"
        )
        return [build_world(*row) for row in rows]

    async def register(
        self, name: str, most: int, idle: float
    ) -> tuple[SharedWorld | None, list[str]]:
        known = self.database.read(f"SELECT {COLUMNS} FROM worlds WHERE name = ?", name)
        if known and known[0][1]:
            return build_world(*known[0]), []
        result = self.database.write(
            lambda connection: make_world(connection, name, most, time.monotonic() - idle)
        )
        self.table.advance(self.index)
        return result

    async def change(self, name: str, change: Callable[[Record], Record]) -> SharedWorld:
        def replace(connection: sqlite3.Connection) -> SharedWorld:
            create_row(connection, name, is_new=False)
            world = read_world(connection, name)
            settings = change(world.settings)
            update_row(connection, name, settings=json.dumps(settings))
            return SharedWorld(name, world.epoch, settings)

        world = self.database.write(replace)
        self.table.advance(self.index)
        return world

    async def announce(self, name: str) -> None:
        self.database.write(lambda connection: update_row(connection, name))
        self.table.advance(self.index)

    async def renew(self, name: str) -> None:
        self.database.write(lambda connection: create_row(connection, name, is_new=True))
        self.table.advance(self.index)

    async def delete(self, name: str) -> bool:
        existed = self.database.write(lambda connection: remove_rows(connection, [name]))
        self.table.advance(self.index)
        return bool(existed)

    async def note_use(self, names: Sequence[str]) -> None:
        now = time.monotonic()
        self.database.write(
            lambda connection: connection.executemany(
                "UPDATE worlds SET used = ? WHERE name = ?", [(now, name) for name in names]
            )
        )

    def open_runs(self, name: str) -> Store:
        return SqliteStore(self.database, name)

    def read_epoch(self, name: str) -> str:
        """Return the epoch of a world, "" for one that does not exist."""
        rows = self.database.read("SELECT epoch FROM worlds WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""


def build_world(name: str, epoch: str, settings: str) -> SharedWorld:
    return SharedWorld(name, epoch, json.loads(settings))


def read_world(connection: sqlite3.Connection, name: str) -> SharedWorld:
    row = connection.execute(f"SELECT {COLUMNS} FROM worlds WHERE name = ?", (name,)).fetchone()
    return build_world(*row)


def create_row(connection: sqlite3.Connection, name: str, *, is_new: bool) -> None:
    """Create the row of a world that does not exist; with `is_new`, begin an existing one again."""
    row = connection.execute("SELECT epoch FROM worlds WHERE name = ?", (name,)).fetchone()
    if row is not None and row[0] and not is_new:
        return
    connection.execute(
        "INSERT INTO worlds (name, version, epoch, created, used, settings) "
        "VALUES (?, 0, ?, (SELECT COALESCE(MAX(created), 0) + 1 FROM worlds), ?, '{}') "
        "ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, settings = '{}', "
        "used = excluded.used, entries = 0, bytes = 0, last_number = 0"
        + ("" if row is None or row[0] else ", created = excluded.created"),
        (name, secrets.token_hex(4), time.monotonic()),
    )
    connection.execute("DELETE FROM entries WHERE world = ?", (name,))
    connection.execute("DELETE FROM forgotten WHERE world = ?", (name,))
    update_row(connection, name)


def update_row(connection: sqlite3.Connection, name: str, settings: str | None = None) -> None:
    """Count a change of a world, with new settings if they are given."""
    connection.execute("UPDATE changes SET version = version + 1")
    connection.execute(
        "UPDATE worlds SET version = (SELECT version FROM changes), "
        "settings = COALESCE(?, settings) WHERE name = ?",
        (settings, name),
    )


def make_world(
    connection: sqlite3.Connection, name: str, most: int, unused_since: float
) -> tuple[SharedWorld | None, list[str]]:
    """Create a world if there is space for it; return it, and the worlds that made space."""
    now = time.monotonic()
    rows = connection.execute(
        "SELECT name, used FROM worlds WHERE epoch != '' AND name != '' ORDER BY used"
    ).fetchall()
    released = [row[0] for row in rows if row[1] < unused_since]
    rest = rows[len(released) :]
    if len(rest) >= most and rest[0][1] < now - MIN_IDLE:
        released.append(rest.pop(0)[0])
    remove_rows(connection, released)
    if len(rest) >= most:
        return None, released
    create_row(connection, name, is_new=False)
    return read_world(connection, name), released


def remove_rows(connection: sqlite3.Connection, names: Sequence[str]) -> int:
    """Mark worlds as deleted, and return how many existed. Old marks disappear."""
    now = time.monotonic()
    count = 0
    for name in names:
        cursor = connection.execute(
            "UPDATE worlds SET epoch = '', settings = '{}', used = ?, "
            "entries = 0, bytes = 0, last_number = 0 WHERE name = ? AND epoch != ''",
            (now, name),
        )
        count += cursor.rowcount
        update_row(connection, name)
        connection.execute("DELETE FROM entries WHERE world = ?", (name,))
        connection.execute("DELETE FROM forgotten WHERE world = ?", (name,))
    connection.execute(
        "DELETE FROM worlds WHERE epoch = '' AND used < ?", (now - TOMBSTONE_SECONDS,)
    )
    return count
