"""The SQLite file of a state folder: opened with checks, written in transactions, closed clean."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from mockgem.core.errors import ApiError
from mockgem.core.storage_errors import (
    BadStateFolder,
    convert_os_error,
    quota_exceeded_error,
    unusable_storage_error,
)

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
COLUMNS = ("place", "world", "collection", "name", "record")
OWN_TABLES = frozenset({"records", "counters", "journal"})
FORMAT = 1
"""The format of the database (`PRAGMA user_version`). Databases of earlier versions say 0."""
SIZE_PRAGMAS = ("page_count", "freelist_count", "page_size")
BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that writes."""
MAX_LOG_PAGES = 100
"""Pages of SQLite's log (4 KiB each) after which it moves into the database. With SQLite's default,
1,000, the log of an almost empty database fills a small disk."""
FILE_NAME = "state.sqlite"
ADVICE = "move it away, or choose another folder with --state"
Result = TypeVar("Result")
Row = tuple[Any, ...]


class Database:
    """One SQLite file for all worlds. A write is on the disk when it returns.

    One that is not durable survives the end of processes, but not that of the machine.

    Raises BadStateFolder for a file that is not a database of mockgem, or a damaged one.
    """

    def __init__(self, directory: Path, *, is_durable: bool = True) -> None:
        self.is_durable = is_durable
        make_private_folder(directory)
        self.path = directory / FILE_NAME
        self.lock = threading.RLock()
        try:
            create_private_file(self.path)
            self.connection = sqlite3.connect(
                self.path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise BadStateFolder(describe_start_error(self.path, error)) from None
        try:
            self.prepare()
        except BaseException:
            self.connection.close()
            raise
        self.identity = self.find_identity()

    def prepare(self) -> None:
        """Check the file and create what is missing. Raises BadStateFolder."""
        try:
            check_database(self.connection, self.path)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute(f"PRAGMA synchronous={'FULL' if self.is_durable else 'OFF'}")
            self.connection.execute(f"PRAGMA wal_autocheckpoint={MAX_LOG_PAGES}")
            self.connection.execute(SCHEMA)
            if get_pragma(self.connection, "user_version") != FORMAT:
                self.connection.execute(f"PRAGMA user_version={FORMAT}")
        except sqlite3.Error as error:
            raise BadStateFolder(describe_start_error(self.path, error)) from None

    def find_identity(self) -> tuple[int, int]:
        status = os.stat(self.path)
        return status.st_dev, status.st_ino

    def read(self, query: str, *values: Any) -> list[Row]:
        """Return the rows of a query. Raises ApiError (507) if the database can't be read."""
        try:
            self.check_presence()
            return self.connection.execute(query, values).fetchall()
        except (OSError, sqlite3.Error) as error:
            raise self.convert_error(error) from None

    def write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Commit all writes of some work or none; no other thread or process writes meanwhile.

        SQLite's log may fill a small disk although the database is small. Then the log moves into
        the database, and the work is done once more.

        Raises ApiError if the disk is full (429) or the database can't be written (507).
        """
        with self.lock:
            try:
                self.check_presence()
                try:
                    return self.run_transaction(work)
                except sqlite3.Error as error:
                    if not is_full(error):
                        raise
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return self.run_transaction(work)
            except (OSError, sqlite3.Error) as error:
                raise self.convert_error(error) from None

    def run_transaction(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self.connection)
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # some errors have rolled it back already
                self.connection.execute("ROLLBACK")
            raise
        return result

    def check_presence(self) -> None:
        """Raise FileNotFoundError if the file was deleted or replaced: SQLite does not notice."""
        if self.find_identity() != self.identity:
            raise FileNotFoundError(errno.ENOENT, f"{FILE_NAME} was replaced")

    def convert_error(self, error: OSError | sqlite3.Error) -> ApiError:
        """Return the failure that clients get for an error of the disk or of SQLite."""
        place = str(self.path.parent)
        if isinstance(error, OSError):
            return convert_os_error(error, place)
        if is_full(error):
            return quota_exceeded_error("No space left on device")
        return unusable_storage_error(place, str(error))

    def count_bytes(self) -> int:
        """Return the bytes of the used pages."""
        pages, free, size = [self.read(f"PRAGMA {name}")[0][0] for name in SIZE_PRAGMAS]
        return int((pages - free) * size)

    def close(self) -> None:
        """Move the log into the database file, as far as other servers allow it, and close it."""
        with suppress(sqlite3.Error):  # a full disk: everything stays in the log, and is not lost
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        self.connection.close()


def make_private_folder(directory: Path) -> None:
    """Create a folder that only its owner can enter; one that exists keeps its mode.

    Raises BadStateFolder.
    """
    try:
        if not directory.is_dir():
            directory.parent.mkdir(parents=True, exist_ok=True)
            directory.mkdir(mode=0o700)
            directory.chmod(0o700)  # whatever the umask is
    except FileExistsError:
        if not directory.is_dir():  # otherwise another server has just created it
            raise BadStateFolder(
                f"the state folder {directory} is a file: choose a folder with --state"
            ) from None
    except OSError as error:
        raise BadStateFolder(
            f"the state folder {directory} can't be created: {error.strerror or error}. "
            "Choose another one with --state"
        ) from None


def create_private_file(path: Path) -> None:
    """Create an empty file that only its owner can read; SQLite gives its log the same mode."""
    with suppress(FileExistsError):
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(number, 0o600)  # whatever the umask is
        finally:
            os.close(number)
    if not path.is_file():
        raise BadStateFolder(
            f"{path} is not a file, but mockgem keeps its database there: {ADVICE}"
        )


def check_database(connection: sqlite3.Connection, path: Path) -> None:
    """Raise BadStateFolder for a file of another program, of a later version, or a damaged one."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    others = sorted(
        [name for name in tables if name not in OWN_TABLES and not name.startswith("sqlite_")]
    )
    columns = tuple([row[1] for row in connection.execute("PRAGMA table_info(records)")])
    if others or (columns and columns != COLUMNS):
        found = f"it has the table {others[0]}" if others else "its table records has other columns"
        raise BadStateFolder(f"{path} is the database of another program ({found}): {ADVICE}")
    if (version := get_pragma(connection, "user_version")) not in (0, FORMAT):
        raise BadStateFolder(
            f"{path} has format {version}, and this version of mockgem reads format {FORMAT}: "
            f"use the version that wrote it, or {ADVICE}"
        )
    (result,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if result != "ok":
        raise BadStateFolder(f"{path} is damaged ({' '.join(result.split())}): {ADVICE}")


def get_pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def is_full(error: Exception) -> bool:
    """Return whether SQLite reports a full disk.

    It reports an exceeded quota, and a limit of the size of files, as an error of writing.
    """
    return getattr(error, "sqlite_errorname", "") in ("SQLITE_FULL", "SQLITE_IOERR_WRITE")


def describe_start_error(path: Path, error: OSError | sqlite3.Error) -> str:
    """Return why a database can't be opened, and what to do."""
    if isinstance(error, OSError):
        return f"{path} can't be opened: {error.strerror or error}. Choose another --state"
    name = getattr(error, "sqlite_errorname", "")
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return f"{path} is not a database of mockgem, or is damaged ({error}): {ADVICE}"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return f"{path} can't be written ({error}). Make the folder writable, or {ADVICE}"
    return f"{path} can't be used ({error}): {ADVICE}"
