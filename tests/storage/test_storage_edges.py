"""Edges of storages and journals: exact sizes, locks between processes, new directories."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest
from mockgem.core.journal import MAX_BYTES, MAX_ENTRIES, Journal, JournalEntry
from mockgem.core.state import Storage
from mockgem.core.storage_errors import BadStateFolder
from mockgem.storage import file_locks
from mockgem.storage.file_locks import FileLocks, LockFile
from mockgem.storage.memory import MemoryStorage
from mockgem.storage.memory_blobs import MemoryBlobs, SpillFile
from mockgem.storage.memory_journal import MemoryJournal
from mockgem.storage.sqlite import DirectoryBlobs, DirectoryStorage, write_at
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


@pytest.mark.parametrize("size", [100, 200_000, 300_000])
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


def test_servers_of_one_process_share_a_lock_file_until_the_last_one_closes_it(
    tmp_path: Path,
) -> None:
    first, second = (file_locks.open_lock_file(tmp_path / "locks") for _ in range(2))
    other = file_locks.open_lock_file(tmp_path / "others")
    assert first is second
    assert other is not first
    assert os.fstat(other.descriptor).st_ino == (tmp_path / "others").stat().st_ino
    first.close()
    os.fstat(first.descriptor)
    second.close()
    with pytest.raises(OSError):
        os.fstat(first.descriptor)
    again = file_locks.open_lock_file(tmp_path / "locks")
    assert again is not first
    again.close()
    other.close()


def test_64_servers_have_a_slot_and_see_each_other(tmp_path: Path) -> None:
    file = LockFile(tmp_path / "locks")
    slots = [file.take_slot() for _ in range(65)]
    assert slots == [*range(2**30, 2**30 + 64), -1]
    for slot in slots[1:64]:
        assert file.has_other_servers(slots[0])
        file.release(slot)
    assert not file.has_other_servers(slots[0])
    assert file.has_other_servers(slots[1])


def test_a_storage_without_a_slot_is_not_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = DirectoryStorage(tmp_path)
    assert first.is_alone()
    monkeypatch.setattr(file_locks, "SERVER_SLOTS", 1)
    second = DirectoryStorage(tmp_path)
    released: list[int] = []
    monkeypatch.setattr(second.lock_file, "release", released.append)
    assert not second.is_alone()
    second.close()
    assert released == []
    first.close()
    assert released == [2**30]


def test_work_that_fails_is_not_done_again_unless_the_disk_is_full(database: Database) -> None:
    calls = 0

    def fail(connection: Any) -> None:
        nonlocal calls
        calls += 1
        connection.execute("SELECT * FROM nothing")

    with pytest.raises(ApiError):
        database.write(fail)
    assert calls == 1


def test_a_write_that_fails_leaves_what_was_before_it() -> None:
    class FullDisk(io.BytesIO):
        def write(self, data: Any) -> int:
            if len(self.getvalue()) >= 6:
                raise OSError(28, "No space left on device")
            return super().write(bytes(data)[:2])

    file = FullDisk(b"abcdef")
    write_at(file, 2, b"123")
    assert file.getvalue() == b"ab123"
    write_at(file, 1, b"xyz")
    assert file.getvalue() == b"axyz"
    with pytest.raises(OSError):
        write_at(file, 3, b"12345")
    assert file.getvalue() == b"axy"


async def test_a_blob_over_256_kib_leaves_the_memory() -> None:
    blobs = MemoryBlobs()
    await blobs.append("a", 0, b"x" * 200_000)
    await blobs.append("a", 200_000, b"x" * (256 * 1024 - 200_000))
    assert (list(blobs.small), list(blobs.large)) == (["a"], [])
    await blobs.append("a", 200_000, b"x" * (256 * 1024 - 200_000 + 1))
    assert (list(blobs.small), list(blobs.large)) == ([], ["a"])


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


async def test_a_closed_journal_drops_what_comes() -> None:
    journal = MemoryJournal()
    assert await journal.read_batch(0) == []
    journal.close()
    late = make_entry()
    await journal.add(late)
    assert late.dropped
    assert await journal.read_batch(0) == []


async def test_a_new_store_has_no_bytes() -> None:
    assert await MemoryStorage().open("w").store.count_bytes() == 0


def test_blocks_that_were_never_written_can_be_given_back() -> None:
    file = SpillFile()
    file.give_back([file.take_block(), file.take_block()])
    assert (file.block_count, file.free, file.file) == (0, set(), None)


def test_worlds_of_a_folder_share_one_limit_of_their_journals(tmp_path: Path) -> None:
    storage = DirectoryStorage(tmp_path)
    first, second = (storage.open(world).journal for world in ("a", "b"))
    assert isinstance(first, MemoryJournal)
    assert isinstance(second, MemoryJournal)
    assert first.budget is second.budget is storage.journal_budget
    storage.close()


def test_a_server_without_a_slot_does_not_know_whether_it_is_alone(tmp_path: Path) -> None:
    storage = DirectoryStorage(tmp_path)
    assert storage.is_alone()
    storage.lock_file.release(storage.slot)
    storage.slot = -1
    assert not storage.is_alone()
    storage.close()


def test_a_damaged_database_comes_with_advice(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").mkdir()
    with pytest.raises(BadStateFolder) as error:
        DirectoryStorage(tmp_path)
    assert str(error.value).endswith(": move it away, or choose another folder with --state")
