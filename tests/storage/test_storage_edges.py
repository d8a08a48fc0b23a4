"""Edges of storages and journals: exact sizes, locks between processes, new directories."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.journal import MAX_BYTES, MAX_ENTRIES, Journal, JournalEntry
from mockgem.core.state import Storage
from mockgem.storage import file_locks
from mockgem.storage.file_locks import FileLocks, LockFile
from mockgem.storage.memory import MemoryStorage
from mockgem.storage.memory_journal import MemoryJournal
from mockgem.storage.sqlite import DirectoryBlobs, DirectoryStorage
from mockgem.storage.sqlite_database import Database
from mockgem.storage.sqlite_journal import SqliteJournal

OVERHEAD = 1500
TRY_LOCKS = """
import sys
from pathlib import Path
from mockgem.storage.file_locks import LockFile
file = LockFile(Path(sys.argv[1]))
print([file.acquire(int(offset)) for offset in sys.argv[2:]])
"""


def make_entry(request: bytes = b"", body: bytes = b"") -> JournalEntry:
    wire = WireRequest("POST", "/x", {}, {}, request)
    return JournalEntry(
        at=1.5,
        method="POST",
        path="/x",
        surface="gemini",
        model="m",
        status=200,
        source="engine",
        seconds=0.25,
        wire=wire,
        headers=(),
        body=body,
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path)
    yield database
    database.close()


@pytest.fixture(params=["memory", "sqlite"])
def journal(request: pytest.FixtureRequest, database: Database) -> Journal:
    limits = {"max_entries": 5, "max_bytes": 2 * OVERHEAD + 100}
    if request.param == "memory":
        return MemoryJournal(**limits)
    return SqliteJournal(database, "w", **limits)


@pytest.fixture(params=["memory", "directory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "memory":
        yield MemoryStorage()
        return
    storage = DirectoryStorage(tmp_path / "new" / "state")
    yield storage
    storage.close()


async def test_an_entry_takes_the_bytes_of_its_request_its_answer_and_an_overhead(
    journal: Journal,
) -> None:
    await journal.add(make_entry(b"four", b"sixsix"))
    assert await journal.count_bytes() == OVERHEAD + 10


async def test_a_full_journal_keeps_its_entries_until_one_byte_more(journal: Journal) -> None:
    await journal.add(make_entry(b"x" * 60))
    await journal.add(make_entry(b"", b"x" * 40))
    assert [one.number for one in await journal.list_entries()] == [1, 2]
    await journal.clear()
    await journal.add(make_entry(b"x" * 60))
    await journal.add(make_entry(b"", b"x" * 41))
    assert [one.number for one in await journal.list_entries()] == [4]
    assert await journal.count_bytes() == OVERHEAD + 41


async def test_an_answer_of_a_dropped_entry_takes_no_space(journal: Journal) -> None:
    first = make_entry()
    await journal.add(first)
    await journal.add(make_entry())
    await journal.add(make_entry())
    assert [one.number for one in await journal.list_entries()] == [2, 3]
    await journal.finish(first, b"late")
    assert [one.number for one in await journal.list_entries()] == [2, 3]
    assert await journal.count_bytes() == 2 * OVERHEAD


def test_journals_have_the_same_limits_unless_others_are_given(database: Database) -> None:
    for journal in (MemoryJournal(), SqliteJournal(database, "w")):
        assert (journal.max_entries, journal.max_bytes) == (MAX_ENTRIES, MAX_BYTES)
        assert (journal.listener, journal.waiters) == (None, set())


@pytest.mark.parametrize("size", [100, 300_000])
async def test_bytes_that_are_written_again_replace_all_that_follow(
    storage: Storage, size: int
) -> None:
    blobs = storage.open("w").blobs
    await blobs.append("a", 0, b"x" * size)
    await blobs.append("a", 50, b"new")
    assert await blobs.read("a", 0, size) == b"x" * 50 + b"new"
    assert await blobs.get_size("a") == await blobs.count_bytes() == 53


async def test_a_world_without_blobs_has_no_bytes_and_can_be_deleted(storage: Storage) -> None:
    state = storage.open("w")
    assert await state.blobs.count_bytes() == 0
    await state.blobs.clear()
    await storage.delete("w")
    await storage.delete("never-opened")


async def test_only_the_owner_can_read_what_a_directory_holds(tmp_path: Path) -> None:
    await DirectoryBlobs(tmp_path / "blobs").append("a", 0, b"x")
    LockFile(tmp_path / "locks")
    for path in (tmp_path / "blobs" / "a", tmp_path / "locks"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_readers_of_the_database_do_not_wait_for_a_writer(database: Database) -> None:
    read = database.connection.execute
    assert read("PRAGMA journal_mode").fetchone() == ("wal",)
    assert read("PRAGMA synchronous").fetchone() == (2,)  # FULL


# Locks between processes


def try_locks(path: Path, *offsets: int) -> str:
    """Return which locks another process gets."""
    command = [sys.executable, "-c", TRY_LOCKS, str(path), *map(str, offsets)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_lock_is_one_byte_and_free_after_its_release(tmp_path: Path) -> None:
    file = LockFile(tmp_path / "locks")
    assert all(file.acquire(offset) for offset in (5, 6, 8))
    file.release(5)
    assert try_locks(tmp_path / "locks", 4, 5, 6, 7, 8, 9) == str(
        [True, True, False, True, False, True]
    )


async def test_a_lock_of_another_process_is_tried_again_after_20_ms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(file_locks, "sleep", note)
    locks = FileLocks(LockFile(tmp_path / "locks"), "w")
    answers = iter([False, False, True])
    monkeypatch.setattr(locks.file, "acquire", lambda offset: next(answers))
    async with locks.hold("a"):
        assert waits == [0.02, 0.02]


def test_all_servers_use_the_same_byte_for_a_name(tmp_path: Path) -> None:
    file = LockFile(tmp_path / "locks")
    assert FileLocks(file, "w").offset_of("files/a") == 105_480_840
    offsets = {FileLocks(file, world).offset_of(name) for world in "abcd" for name in "efgh"}
    assert len(offsets) == 16
    assert all(0 <= offset < 2**30 for offset in offsets)
