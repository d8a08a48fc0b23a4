"""The database of a state folder: whole messages about one that can't be used, and its end."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.storage_errors import BadStateFolder
from mockgem.storage.sqlite import SqliteStore
from mockgem.storage.sqlite_database import (
    Database,
    create_private_file,
    describe_start_error,
    is_full,
    make_private_folder,
)

ADVICE = "move it away, or choose another folder with --state"


def refuse(folder: Path) -> str:
    with pytest.raises(BadStateFolder) as error:
        Database(folder)
    return str(error.value)


def prepare(folder: Path, *statements: str) -> None:
    """Create a database of mockgem, and change it."""
    Database(folder).close()
    connection = sqlite3.connect(folder / "state.sqlite", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_database_of_another_program_is_named(tmp_path: Path) -> None:
    prepare(tmp_path, "CREATE TABLE recipes (a)", "CREATE TABLE songs (a)")
    assert refuse(tmp_path) == (
        f"{tmp_path / 'state.sqlite'} is the database of another program (it has the table "
        f"recipes): {ADVICE}"
    )


def test_a_table_of_another_program_is_named(tmp_path: Path) -> None:
    prepare(tmp_path, "ALTER TABLE records ADD COLUMN color TEXT")
    assert refuse(tmp_path) == (
        f"{tmp_path / 'state.sqlite'} is the database of another program (its table records has "
        f"other columns): {ADVICE}"
    )


def test_a_later_format_is_named(tmp_path: Path) -> None:
    prepare(tmp_path, "PRAGMA user_version=2")
    assert refuse(tmp_path) == (
        f"{tmp_path / 'state.sqlite'} has format 2, and this version of mockgem reads format 1: "
        f"use the version that wrote it, or {ADVICE}"
    )


def test_the_format_of_an_earlier_version_is_written_down(tmp_path: Path) -> None:
    prepare(tmp_path, "PRAGMA user_version=0")
    database = Database(tmp_path)
    assert database.read("PRAGMA user_version") == [(1,)]
    database.close()


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"nothing that SQLite could read" * 100)
    assert refuse(tmp_path) == (
        f"{path} is not a database of mockgem, or is damaged (file is not a database): {ADVICE}"
    )


class Failure(sqlite3.Error):
    """An error of SQLite with a name."""

    def __init__(self, name: str) -> None:
        super().__init__("why")
        self.sqlite_errorname = name  # type: ignore[misc]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(13, "Permission denied"),
         "p can't be opened: Permission denied. Choose another --state"),
        (OSError("odd"), "p can't be opened: odd. Choose another --state"),
        (Failure("SQLITE_NOTADB"),
         f"p is not a database of mockgem, or is damaged (why): {ADVICE}"),
        (Failure("SQLITE_CORRUPT"),
         f"p is not a database of mockgem, or is damaged (why): {ADVICE}"),
        (Failure("SQLITE_READONLY_DIRECTORY"),
         f"p can't be written (why). Make the folder writable, or {ADVICE}"),
        (Failure("SQLITE_CANTOPEN"),
         f"p can't be written (why). Make the folder writable, or {ADVICE}"),
        (Failure("SQLITE_BUSY"), f"p can't be used (why): {ADVICE}"),
        (sqlite3.Error("why"), f"p can't be used (why): {ADVICE}"),
    ],
)  # fmt: skip
def test_each_reason_comes_with_advice(error: Any, message: str) -> None:
    assert describe_start_error(Path("p"), error) == message


def test_a_full_disk_is_told_from_other_errors() -> None:
    assert is_full(Failure("SQLITE_FULL"))
    assert is_full(Failure("SQLITE_IOERR_WRITE"))
    assert not is_full(Failure("SQLITE_IOERR_READ"))
    assert not is_full(OSError())


def test_a_folder_and_its_file_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    make_private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o750)
    make_private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750, "a folder that exists keeps its mode"
    create_private_file(folder / "file")
    assert stat.S_IMODE((folder / "file").stat().st_mode) == 0o600
    (folder / "file").write_text("kept")
    create_private_file(folder / "file")
    assert (folder / "file").read_text() == "kept"


def test_what_is_in_the_way_of_a_folder_or_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(BadStateFolder) as error:
        make_private_folder(path)
    assert str(error.value) == (f"the state folder {path} is a file: choose a folder with --state")
    with pytest.raises(BadStateFolder) as error:
        make_private_folder(path / "inner")
    assert str(error.value) == (
        f"the state folder {path / 'inner'} can't be created: {path} is a file. Choose another one "
        "with --state"
    )
    with pytest.raises(BadStateFolder) as error:
        make_private_folder(path / "inner" / "inner")
    assert str(error.value) == (
        f"the state folder {path / 'inner' / 'inner'} can't be created: Not a directory. Choose "
        "another one with --state"
    )
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadStateFolder) as error:
        create_private_file(tmp_path / "folder")
    assert str(error.value) == (
        f"{tmp_path / 'folder'} is not a file, but mockgem keeps its database there: {ADVICE}"
    )


async def test_a_server_that_ends_moves_its_log_although_others_run(tmp_path: Path) -> None:
    other, first = Database(tmp_path), Database(tmp_path)
    await SqliteStore(first, "w").put("things", "a", {"size": 1})
    first.close()
    (tmp_path / "copy").mkdir()
    shutil.copy(tmp_path / "state.sqlite", tmp_path / "copy")
    copied = Database(tmp_path / "copy")
    assert await SqliteStore(copied, "w").get("things", "a") == {"size": 1}
    copied.close()
    other.close()


async def test_a_database_counts_its_used_pages(database: Database) -> None:
    store = SqliteStore(database, "w")
    before = database.count_bytes()
    await store.put("things", "a", {"text": "x" * 100_000})
    assert 90_000 <= database.count_bytes() - before <= 120_000
    await store.clear()
    assert database.count_bytes() - before <= 8192


def test_an_error_of_sqlite_is_a_507_with_the_folder(database: Database) -> None:
    with pytest.raises(ApiError) as error:
        database.read("SELECT * FROM missing")
    failure = error.value.failure
    assert failure.status == 507
    assert str(database.path.parent) in failure.message
    assert "no such table: missing" in failure.message
