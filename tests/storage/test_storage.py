"""One suite for all storages, and what only a directory promises: processes, restarts, kills."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.scheduling import run_interleaved
from mockgem.core.state import Locks, Storage
from mockgem.core.store import Blobs, Collection, Store, iter_chunks, read_blob
from mockgem.storage.memory import MemoryStorage
from mockgem.storage.sqlite import DirectoryBlobs, DirectoryStorage, SqliteStore
from mockgem.storage.sqlite_database import Database


@dataclass
class Thing:
    name: str
    number: int = 0


@pytest.fixture
def store(storage: Storage) -> Store:
    return storage.open("w").store


@pytest.fixture
def blobs(storage: Storage) -> Blobs:
    return storage.open("w").blobs


@pytest.fixture
def locks(storage: Storage) -> Locks:
    return storage.open("w").locks


@pytest.fixture
def things(store: Store) -> Collection[Thing]:
    return Collection(store, "things", Thing)


async def put_things(things: Collection[Thing], count: int) -> None:
    for number in range(count):
        await things.put(f"t{number}", Thing(f"t{number}", number))


# Records


async def test_a_record_stays_until_it_is_deleted(things: Collection[Thing]) -> None:
    assert await things.get("a") is None
    await things.put("a", Thing("a", 1))
    await things.put("a", Thing("a", 2))
    assert await things.get("a") == Thing("a", 2)
    assert await things.delete("a")
    assert not await things.delete("a")
    assert await things.get("a") is None


async def test_a_caller_that_changes_its_copy_does_not_change_the_record(store: Store) -> None:
    record = {"list": [1]}
    await store.put("things", "a", record)
    record["list"].append(2)
    found = await store.get("things", "a")
    assert found == {"list": [1]}
    found["list"].append(3)
    assert await store.get("things", "a") == {"list": [1]}
    changed = await store.update("things", "a", lambda current: {"list": [4]})
    assert changed is not None
    changed["list"].append(5)
    assert await store.get("things", "a") == {"list": [4]}


async def test_an_update_that_fails_changes_nothing(things: Collection[Thing]) -> None:
    await things.put("a", Thing("a", 1))

    def fail(thing: Thing) -> Thing:
        raise ValueError(thing)

    with pytest.raises(ValueError):
        await things.update("a", fail)
    assert await things.get("a") == Thing("a", 1)
    assert await things.update("a", lambda thing: None) == Thing("a", 1)
    assert await things.update("b", lambda thing: thing) is None
    await things.put("c", Thing("c"))
    assert await things.get("c") == Thing("c")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10, 50])
async def test_pages_are_newest_first_and_hold_everything_once(
    things: Collection[Thing], size: int
) -> None:
    await put_things(things, 10)
    await things.put("t3", Thing("t3", 33))
    numbers: list[int] = []
    token, pages = "", 0
    while True:
        page = await things.get_page(size, token)
        assert len(page.items) <= size
        numbers += [thing.number for thing in page.items]
        pages += 1
        token = page.token
        if not token:
            break
    assert numbers == [9, 8, 7, 6, 5, 4, 33, 2, 1, 0]
    assert pages == -(-10 // size)
    assert [thing.number for thing in await things.list_all()] == numbers


async def test_a_page_continues_where_the_last_one_ended_although_records_change(
    things: Collection[Thing],
) -> None:
    await put_things(things, 6)
    first = await things.get_page(3)
    await things.put("new", Thing("new", 100))
    await things.delete("t2")
    assert [thing.number for thing in (await things.get_page(3, first.token)).items] == [1, 0]
    assert await things.token_after("t3") == first.token


async def test_items_that_are_filtered_out_take_no_space_on_a_page(
    things: Collection[Thing],
) -> None:
    await put_things(things, 9)
    page = await things.get_page(2, keep=lambda thing: thing.number % 3 == 0)
    assert [thing.number for thing in page.items] == [6, 3]
    rest = await things.get_page(2, page.token, keep=lambda thing: thing.number % 3 == 0)
    assert ([thing.number for thing in rest.items], rest.token) == ([0], "")


async def test_a_store_knows_its_size_and_can_be_emptied(things: Collection[Thing]) -> None:
    assert await things.store.count_bytes() == 0
    for number in range(100):
        await things.put(f"t{number}", Thing("x" * 100, number))
    full = await things.store.count_bytes()
    assert 10_000 < full < 100_000
    await things.put("t0", Thing("x" * 100, 5))
    assert await things.store.count_bytes() == full
    await things.delete("t0")
    assert await things.store.count_bytes() < full
    await things.store.clear()
    assert await things.store.count_bytes() == 0
    assert (await things.get_page(5)).items == []


async def test_only_one_caller_inserts_a_name(things: Collection[Thing]) -> None:
    assert await things.insert("a", Thing("a", 1))
    assert not await things.insert("a", Thing("a", 2))
    assert await things.get("a") == Thing("a", 1)


@pytest.mark.parametrize(
    "token", ["x", "////", "YWZ0ZXI6", "YWZ0ZXI6LTE", "é", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]
)
async def test_a_token_that_no_page_had_is_refused(things: Collection[Thing], token: str) -> None:
    with pytest.raises(ApiError, match="invalid argument"):
        await things.get_page(3, token)


# Blobs


async def test_bytes_are_written_and_read_in_chunks(blobs: Blobs) -> None:
    await blobs.append("a", 0, b"hello ")
    await blobs.append("a", 6, b"world")
    await blobs.append("a", 5, b", you")
    await blobs.flush("a")
    assert b"".join([chunk async for chunk in iter_chunks(blobs, "a", size=3)]) == b"hello, you"
    assert b"".join([chunk async for chunk in iter_chunks(blobs, "a", 7)]) == b"you"
    assert await read_blob(blobs, "a") == b"hello, you"
    assert await blobs.get_size("a") == await blobs.count_bytes() == 10
    await blobs.delete("a")
    await blobs.delete("a")
    assert await read_blob(blobs, "a") == b""
    assert await blobs.count_bytes() == 0


async def test_a_large_blob_is_read_back_whole(blobs: Blobs) -> None:
    for number in range(16):
        await blobs.append("big", number << 20, bytes([number]) * (1 << 20))
    chunks = [chunk async for chunk in iter_chunks(blobs, "big", size=1 << 20)]
    assert [chunk[0] for chunk in chunks] == list(range(16))


async def test_a_blob_that_is_deleted_while_somebody_reads_it_ends_early(blobs: Blobs) -> None:
    await blobs.append("a", 0, b"x" * 100)
    sizes = []
    async for chunk in iter_chunks(blobs, "a", size=60):
        sizes.append(len(chunk))
        await blobs.delete("a")
    assert sizes == [60]


async def test_the_name_of_a_blob_can_not_lead_elsewhere(tmp_path: Path) -> None:
    blobs = DirectoryBlobs(tmp_path / "blobs")
    for name in ("../x", "a/b", ".hidden"):
        with pytest.raises(ValueError):
            await blobs.append(name, 0, b"x")


# Worlds, locks, and no event loop


async def test_worlds_are_separate_and_deleted_one_by_one(storage: Storage) -> None:
    for world in ("", "one"):
        state = storage.open(world)
        await state.store.put("things", "a", {"world": world})
        await state.blobs.append("a", 0, b"x" * 100_000)
    assert await storage.open("one").store.get("things", "a") == {"world": "one"}
    both = await storage.count_bytes()
    await storage.delete("one")
    assert await storage.open("one").store.get("things", "a") is None
    assert await storage.open("one").blobs.get_size("a") == 0
    assert await storage.open("").store.get("things", "a") == {"world": ""}
    assert await storage.count_bytes() <= both - 100_000


async def test_a_released_world_stays_only_in_a_directory(storage: Storage) -> None:
    await storage.open("one").store.put("things", "a", {})
    await storage.release("one")
    found = await storage.open("one").store.get("things", "a")
    assert (found is not None) == storage.is_shared


async def test_a_lock_is_held_by_one_at_a_time(locks: Locks) -> None:
    events: list[str] = []

    async def work(name: str) -> None:
        async with locks.hold("a"):
            events.append(f"{name} begins")
            await asyncio.sleep(0)
            events.append(f"{name} ends")

    await asyncio.gather(work("first"), work("second"))
    assert events == ["first begins", "first ends", "second begins", "second ends"]


async def test_locks_of_different_names_do_not_wait_for_each_other(locks: Locks) -> None:
    async with locks.hold("a"), locks.hold("b"):
        pass


async def test_a_lock_is_free_after_a_failure(locks: Locks) -> None:
    with pytest.raises(ValueError):
        async with locks.hold("a"):
            raise ValueError
    async with locks.hold("a"):
        pass


@pytest.mark.parametrize("kind", [MemoryStorage, DirectoryStorage])
def test_nothing_suspends_so_it_also_works_without_an_event_loop(
    kind: Callable[..., Storage], tmp_path: Path
) -> None:
    storage = kind(tmp_path) if kind is DirectoryStorage else kind()
    assert storage.suspends is False

    async def use() -> int:
        state = storage.open("w")
        things = Collection(state.store, "things", Thing)
        await things.put("a", Thing("a", 1))
        await things.update("a", lambda thing: Thing("a", thing.number + 1))
        await state.blobs.append("a", 0, b"x")
        await state.request_counts.increment(b"key")
        async with state.locks.hold("a"):
            return len((await things.get_page(10)).items) + await storage.count_bytes()

    (result,) = run_interleaved([use()])
    storage.close()
    assert isinstance(result, int)
    assert result > 1


# Several processes

COUNTING = """
import asyncio, sys
from pathlib import Path
from mockgem.core.store import Collection
from mockgem.storage.sqlite import SqliteStore
from mockgem.storage.sqlite_database import Database
from tests.storage.test_storage import Thing
things = Collection(SqliteStore(Database(Path(sys.argv[1])), "w"), "things", Thing)
async def count():
    for number in range(int(sys.argv[3])):
        await things.update("counter", lambda thing: Thing("counter", thing.number + 1))
        await things.put(f"{sys.argv[2]}{number}", Thing(sys.argv[2], number))
        print(number, flush=True)
asyncio.run(count())
"""
HOLDING = """
import asyncio, sys
from pathlib import Path
from mockgem.storage.sqlite import DirectoryStorage
async def hold():
    async with DirectoryStorage(Path(sys.argv[1])).open("w").locks.hold("a"):
        print("held", flush=True)
        sys.stdin.readline()
asyncio.run(hold())
"""


def start_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )


def start_counting(directory: Path, name: str, times: int) -> subprocess.Popen[str]:
    return start_python(COUNTING, str(directory), name, str(times))


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(coroutine)


def test_two_processes_share_a_directory(tmp_path: Path) -> None:
    database = Database(tmp_path)
    things = Collection(SqliteStore(database, "w"), "things", Thing)
    run(things.put("counter", Thing("counter")))
    with start_counting(tmp_path, "a", 40) as one, start_counting(tmp_path, "b", 40) as two:
        one.communicate(timeout=60)
        two.communicate(timeout=60)
    assert run(things.get("counter")) == Thing("counter", 80)
    assert len(run(things.list_all())) == 81
    assert run(Collection(SqliteStore(database, "other"), "things", Thing).get("counter")) is None
    database.close()


def test_a_killed_process_loses_nothing_that_it_had_reported(tmp_path: Path) -> None:
    """Kill it in the middle of writing, again and again: no record is lost or half written."""
    database = Database(tmp_path)
    things = Collection(SqliteStore(database, "w"), "things", Thing)
    run(things.put("counter", Thing("counter")))
    total = 0
    for turn in range(5):
        with start_counting(tmp_path, f"t{turn}-", 100_000) as process:
            assert process.stdout is not None
            lines = iter(process.stdout)
            for _ in range(10 + 7 * turn):
                next(lines)
            process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            reported = 10 + 7 * turn + len(list(lines))
        written = [thing for thing in run(things.list_all()) if thing.name == f"t{turn}-"]
        assert reported <= len(written) <= reported + 1
        total += reported
    counter = run(things.get("counter"))
    assert total <= counter.number <= total + 10
    database.close()


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    database = Database(tmp_path)
    things = Collection(SqliteStore(database, "w"), "things", Thing)
    run(things.put("counter", Thing("counter")))

    async def count() -> None:
        for _ in range(30):
            await things.update("counter", lambda thing: Thing("counter", thing.number + 1))

    threads = [threading.Thread(target=lambda: run(count())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert run(things.get("counter")) == Thing("counter", 120)
    database.close()


def release_by_line(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("release", [release_by_line, subprocess.Popen.kill])
def test_a_lock_waits_for_another_process_until_that_releases_it_or_ends(
    tmp_path: Path, release: Callable[[subprocess.Popen[str]], None]
) -> None:
    storage = DirectoryStorage(tmp_path)
    locks = storage.open("w").locks

    async def take(process: subprocess.Popen[str]) -> None:
        async def hold() -> None:
            async with locks.hold("a"):
                pass

        waiting = asyncio.ensure_future(hold())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        release(process)
        await asyncio.wait_for(waiting, 30)

    with start_python(HOLDING, str(tmp_path)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        run(take(process))
    storage.database.close()


def test_a_closed_storage_has_everything_in_its_database_file(tmp_path: Path) -> None:
    """So that a copy of that file alone is complete."""
    storage = DirectoryStorage(tmp_path / "state")
    things = Collection(storage.open("w").store, "things", Thing)
    asyncio.run(things.put("a", Thing("a", 1)))
    storage.close()
    files = [path.name for path in (tmp_path / "state").iterdir() if path.name.endswith("-wal")]
    assert files == []
    again = DirectoryStorage(tmp_path / "state")
    kept = Collection(again.open("w").store, "things", Thing)
    assert asyncio.run(kept.get("a")) == Thing("a", 1)
    again.close()


def try_lock_elsewhere(directory: Path) -> bool:
    """Return whether another process gets the lock "a" of the world "w" at once."""
    code = (
        "import sys; from pathlib import Path; "
        "from mockgem.storage.sqlite import DirectoryStorage; "
        "locks = DirectoryStorage(Path(sys.argv[1])).open('w').locks; "
        "print(locks.file.acquire(locks.offset_of('a')))"
    )
    with start_python(code, str(directory)) as process:
        output, _ = process.communicate(timeout=60)
    return output == "True\n"


def test_servers_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    """The operating system's locks belong to the process, so they alone would not."""
    first, second = DirectoryStorage(tmp_path), DirectoryStorage(tmp_path)
    events: list[str] = []

    async def work(storage: DirectoryStorage, name: str) -> None:
        async with storage.open("w").locks.hold("a"):
            events.append(f"{name} begins")
            await asyncio.sleep(0.05)
            events.append(f"{name} ends")

    async def both() -> None:
        await asyncio.gather(work(first, "first"), work(second, "second"))

    run(both())
    assert sorted(events[:2]) in (
        ["first begins", "first ends"],
        ["second begins", "second ends"],
    )
    assert len(events) == 4
    first.close()
    second.close()


def test_a_server_that_ends_leaves_the_locks_of_the_others(tmp_path: Path) -> None:
    """A process that closes a file once loses all its locks on that file."""
    first, second = DirectoryStorage(tmp_path), DirectoryStorage(tmp_path)

    async def hold() -> None:
        async with first.open("w").locks.hold("a"):
            second.close()
            assert not await asyncio.to_thread(try_lock_elsewhere, tmp_path)

    run(hold())
    assert try_lock_elsewhere(tmp_path)
    first.close()


def test_a_closed_storage_keeps_no_file_open(tmp_path: Path) -> None:
    for _ in range(3):
        storage = DirectoryStorage(tmp_path)
        run(storage.open("w").store.put("things", "a", {}))
        storage.close()
    names = [os.readlink(f"/proc/self/fd/{number}") for number in list_descriptors()]
    assert [name for name in names if name.startswith(str(tmp_path))] == []


def list_descriptors() -> list[str]:
    """Return the numbers of the open files; none where there is no /proc."""
    folder = Path("/proc/self/fd")
    paths = folder.iterdir() if folder.is_dir() else []
    return [path.name for path in paths if path.exists()]
