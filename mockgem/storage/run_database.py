"""The database of one run of a server with several workers. It ends with the server.

Its writes outlive the end of a worker, however a worker ends, but not that of the machine: they do
not wait for the disk.
"""

from __future__ import annotations

import sqlite3

from mockgem.core.storage_errors import BadStateFolder
from mockgem.storage.sqlite_database import SCHEMA, Database, describe_start_error

WORLDS_SCHEMA = """
CREATE TABLE IF NOT EXISTS worlds (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    created INTEGER NOT NULL,
    used REAL NOT NULL,
    settings TEXT NOT NULL,
    entries INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    last_number INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS worlds_version ON worlds (version);
CREATE TABLE IF NOT EXISTS changes (version INTEGER NOT NULL);
INSERT INTO changes SELECT 0 WHERE NOT EXISTS (SELECT * FROM changes);
"""
"""The last three columns belong to the journal of the world. `changes` has the last version."""
ENTRIES_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    world TEXT NOT NULL,
    owner INTEGER NOT NULL,
    moment REAL NOT NULL,
    number INTEGER,
    size INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    entry BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_number ON entries (world, number, moment, id);
CREATE INDEX IF NOT EXISTS entries_open ON entries (owner) WHERE is_open;
CREATE TABLE IF NOT EXISTS forgotten (
    world TEXT NOT NULL,
    is_generated INTEGER NOT NULL,
    entry BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS forgotten_world ON forgotten (world, is_generated);
"""
"""Journal entries. Those without a number wait for the first reader, who numbers them in the order
of their moments."""
COUNTS_SCHEMA = """
CREATE TABLE IF NOT EXISTS request_counts (
    place INTEGER PRIMARY KEY,
    world TEXT NOT NULL,
    key BLOB NOT NULL,
    count INTEGER NOT NULL,
    UNIQUE (world, key)
);
"""


class RunDatabase(Database):
    """The SQLite file that the workers of a server share. Raises BadStateFolder."""

    def prepare(self) -> None:
        """Create what is missing."""
        try:
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=OFF")
            self.connection.execute(SCHEMA)
            self.connection.executescript(WORLDS_SCHEMA + ENTRIES_SCHEMA + COUNTS_SCHEMA)
        except sqlite3.Error as error:
            raise BadStateFolder(describe_start_error(self.path, error)) from None
