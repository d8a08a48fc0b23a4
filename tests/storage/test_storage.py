"""One suite for both homes: records, pages, bytes. And what only a directory promises: processes, restarts, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.store import Blobs, Collection, Store
from mockgem.storage.memory import MemoryBlobs, MemoryStore
from mockgem.storage.sqlite import Database, DatabaseStore, DirectoryBlobs


@dataclass
class Thing:
    name: str
    number: int = 0


@pytest.fixture(params=["memory", "directory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    database = Database(tmp_path)
    yield DatabaseStore(database, "w")
    database.close()


@pytest.fixture(params=["memory", "directory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Blobs]:
    found: Blobs = (
        MemoryBlobs() if request.param == "memory" else DirectoryBlobs(tmp_path / "blobs")
    )
    yield found
    found.clear()


@pytest.fixture
def things(store: Store) -> Collection[Thing]:
    return Collection(store, "things", Thing)


def test_what_is_put_is_there_until_it_is_deleted(things: Collection[Thing]) -> None:
    assert things.get("a") is None
    things.put("a", Thing("a", 1))
    things.put("a", Thing("a", 2))
    assert things.get("a") == Thing("a", 2)
    assert things.delete("a")
    assert not things.delete("a")
    assert things.get("a") is None


def test_nobody_changes_what_is_kept_by_changing_what_was_given(store: Store) -> None:
    record = {"list": [1]}
    store.put("things", "a", record)
    record["list"].append(2)
    found = store.get("things", "a")
    assert found == {"list": [1]}
    found["list"].append(3)
    assert store.get("things", "a") == {"list": [1]}


def test_a_change_that_fails_changes_nothing(things: Collection[Thing]) -> None:
    things.put("a", Thing("a", 1))

    def failing(thing: Thing) -> Thing:
        raise ValueError(thing)

    with pytest.raises(ValueError):
        things.update("a", failing)
    assert things.get("a") == Thing("a", 1)
    assert things.update("a", lambda thing: None) == Thing("a", 1)
    assert things.update("b", lambda thing: thing) is None
    things.put("c", Thing("c"))
    assert things.get("c") == Thing("c")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10, 50])
def test_pages_are_newest_first_and_hold_everything_once(
    things: Collection[Thing], size: int
) -> None:
    for number in range(10):
        things.put(f"t{number}", Thing(f"t{number}", number))
    things.put("t3", Thing("t3", 33))
    found, token, pages = [], "", 0
    while True:
        page = things.get_page(size, token)
        assert len(page.items) <= size
        found += [thing.number for thing in page.items]
        pages += 1
        token = page.token
        if not token:
            break
    assert found == [9, 8, 7, 6, 5, 4, 33, 2, 1, 0]
    assert pages == -(-10 // size)
    assert [thing.number for thing in things.iter_all()] == found


def test_a_page_goes_on_where_it_ended_although_things_come_and_go(
    things: Collection[Thing],
) -> None:
    for number in range(6):
        things.put(f"t{number}", Thing(f"t{number}", number))
    first = things.get_page(3)
    things.put("new", Thing("new", 100))
    things.delete("t2")
    assert [thing.number for thing in things.get_page(3, first.token).items] == [1, 0]


def test_what_is_not_to_be_seen_takes_no_room_on_a_page(things: Collection[Thing]) -> None:
    for number in range(9):
        things.put(f"t{number}", Thing(f"t{number}", number))
    page = things.get_page(2, keep=lambda thing: thing.number % 3 == 0)
    assert [thing.number for thing in page.items] == [6, 3]
    rest = things.get_page(2, page.token, keep=lambda thing: thing.number % 3 == 0)
    assert ([thing.number for thing in rest.items], rest.token) == ([0], "")


def test_records_are_counted_and_a_store_is_emptied(things: Collection[Thing]) -> None:
    assert things.store.count_bytes() == 0
    for number in range(100):
        things.put(f"t{number}", Thing("x" * 100, number))
    full = things.store.count_bytes()
    assert 10_000 < full < 100_000
    things.put("t0", Thing("x" * 100, 5))
    assert things.store.count_bytes() == full
    things.delete("t0")
    assert things.store.count_bytes() < full
    things.store.clear()
    assert things.store.count_bytes() == 0
    assert things.get_page(5).items == []


def test_only_one_inserts(things: Collection[Thing]) -> None:
    assert things.insert("a", Thing("a", 1))
    assert not things.insert("a", Thing("a", 2))
    assert things.get("a") == Thing("a", 1)


@pytest.mark.parametrize(
    "token", ["x", "////", "YWZ0ZXI6", "YWZ0ZXI6LTE", "é", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]
)
def test_a_made_up_token_is_refused(things: Collection[Thing], token: str) -> None:
    with pytest.raises(ApiError, match="invalid argument"):
        things.get_page(3, token)


def test_bytes_are_written_and_read_piece_by_piece(blobs: Blobs) -> None:
    blobs.append("a", 0, b"hello ")
    blobs.append("a", 6, b"world")
    blobs.append("a", 5, b", you")
    assert b"".join(blobs.iter_chunks("a", size=3)) == b"hello, you"
    assert b"".join(blobs.iter_chunks("a", 7)) == b"you"
    assert blobs.get_size("a") == blobs.count_bytes() == 10
    blobs.delete("a")
    blobs.delete("a")
    assert list(blobs.iter_chunks("a")) == []
    assert blobs.count_bytes() == 0


def test_many_bytes_are_not_in_memory(blobs: Blobs) -> None:
    for number in range(16):
        blobs.append("big", number << 20, bytes([number]) * (1 << 20))
    pieces = list(blobs.iter_chunks("big", size=1 << 20))
    assert [piece[0] for piece in pieces] == list(range(16))


def test_a_name_is_no_path(tmp_path: Path) -> None:
    blobs = DirectoryBlobs(tmp_path / "blobs")
    for name in ("../x", "a/b", ".hidden"):
        with pytest.raises(ValueError):
            blobs.append(name, 0, b"x")


COUNTING = """
import sys
from pathlib import Path
from mockgem.core.store import Collection
from mockgem.storage.sqlite import Database, DatabaseStore
from tests.storage.test_storage import Thing
things = Collection(DatabaseStore(Database(Path(sys.argv[1])), "w"), "things", Thing)
for number in range(int(sys.argv[3])):
    things.update("counter", lambda thing: Thing("counter", thing.number + 1))
    things.put(f"{sys.argv[2]}{number}", Thing(sys.argv[2], number))
    print(number, flush=True)
"""


def counting(directory: Path, name: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COUNTING, str(directory), name, str(times)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()}
    )


def test_two_processes_share_a_directory(tmp_path: Path) -> None:
    database = Database(tmp_path)
    things = Collection(DatabaseStore(database, "w"), "things", Thing)
    things.put("counter", Thing("counter"))
    with counting(tmp_path, "a", 40) as one, counting(tmp_path, "b", 40) as two:
        one.communicate(timeout=120)
        two.communicate(timeout=120)
    assert things.get("counter") == Thing("counter", 80)
    assert len(list(things.iter_all())) == 81
    assert Collection(DatabaseStore(database, "other"), "things", Thing).get("counter") is None
    database.close()


def test_a_killed_process_loses_nothing_that_it_had_said(tmp_path: Path) -> None:
    """Killed in the middle of writing, again and again: what was told of is there, and no half of anything."""
    database = Database(tmp_path)
    things = Collection(DatabaseStore(database, "w"), "things", Thing)
    things.put("counter", Thing("counter"))
    said = 0
    for turn in range(5):
        with counting(tmp_path, f"t{turn}-", 100_000) as process:
            assert process.stdout is not None
            lines = iter(process.stdout)
            for _ in range(10 + 7 * turn):
                next(lines)
            process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            told = 10 + 7 * turn + len(list(lines))
        found = [thing for thing in things.iter_all() if thing.name == f"t{turn}-"]
        assert told <= len(found) <= told + 1
        said += told
    counter = things.get("counter")
    assert counter is not None
    assert said <= counter.number <= said + 10
    database.close()


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    database = Database(tmp_path)
    things = Collection(DatabaseStore(database, "w"), "things", Thing)
    things.put("counter", Thing("counter"))

    def count() -> None:
        for _ in range(30):
            things.update("counter", lambda thing: Thing("counter", thing.number + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert things.get("counter") == Thing("counter", 120)
    database.close()
