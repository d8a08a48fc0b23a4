"""Journals and counters: one suite for those in memory, in SQLite and on Valkey."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.journal import READ_BATCH, Journal, JournalBudget, JournalEntry
from mockgem.core.state import Counters
from mockgem.storage.memory import MemoryCounters, SharedCounts
from mockgem.storage.memory_journal import MemoryJournal
from mockgem.storage.redis_counters import RedisCounters
from mockgem.storage.redis_journal import RedisJournal
from mockgem.storage.redis_storage import RedisStorage
from mockgem.storage.sqlite_database import Database
from mockgem.storage.sqlite_journal import SqliteCounters, SqliteJournal
from tests.storage.conftest import VALKEY

LIMITS = {"max_entries": 5, "max_bytes": 20_000}


@pytest.fixture(params=["memory", "sqlite", VALKEY])
def journal(request: pytest.FixtureRequest) -> Journal:
    if request.param == "memory":
        return MemoryJournal(**LIMITS)
    if request.param == "sqlite":
        return SqliteJournal(request.getfixturevalue("database"), "w", **LIMITS)
    storage: RedisStorage = request.getfixturevalue("valkey_storage")
    return RedisJournal(storage.client, storage.fleet, "w", **LIMITS)


@pytest.fixture(params=["memory", "sqlite", VALKEY])
def counters(request: pytest.FixtureRequest) -> Counters:
    if request.param == "memory":
        return MemoryCounters()
    if request.param == "sqlite":
        return SqliteCounters(request.getfixturevalue("database"), "w", "requests")
    return RedisCounters(request.getfixturevalue("valkey_storage").client, "w")


def entry(path: str = "/x", body: bytes = b"{}", **more: Any) -> JournalEntry:
    wire = WireRequest("POST", path, {"key": "k"}, {"host": "h"}, b"\xff\x00asked")
    headers = (("Content-Type", "text/plain"), ("X-Y", "1"))
    return JournalEntry(
        at=1.5,
        method="POST",
        path=path,
        surface="gemini",
        model="m",
        status=200,
        source="engine",
        seconds=0.25,
        wire=wire,
        headers=headers,
        body=body,
        key=b"\x01\x02",
        **more,
    )


async def test_entries_are_numbered_and_listed_oldest_first(journal: Journal) -> None:
    for path in ("/a", "/b", "/c"):
        await journal.add(entry(path, scenario_details={"rule": "r", "faults": ["cut"]}))
    entries = await journal.list_entries()
    assert [(one.number, one.path) for one in entries] == [(1, "/a"), (2, "/b"), (3, "/c")]
    assert journal.count == 3
    first = entries[0]
    assert first.wire.body == b"\xff\x00asked"
    assert (dict(first.wire.query), dict(first.wire.headers)) == ({"key": "k"}, {"host": "h"})
    assert (first.headers, first.body, first.key) == (
        (("Content-Type", "text/plain"), ("X-Y", "1")),
        b"{}",
        b"\x01\x02",
    )
    assert dict(first.scenario_details or {}) == {"rule": "r", "faults": ["cut"]}


async def test_a_journal_is_bounded_in_number_and_in_bytes(journal: Journal) -> None:
    for number in range(8):
        await journal.add(entry(f"/{number}"))
    assert [one.number for one in await journal.list_entries()] == [4, 5, 6, 7, 8]
    await journal.add(entry("/large", b"x" * 15_000))
    assert [one.number for one in await journal.list_entries()] == [7, 8, 9]
    assert await journal.count_bytes() <= 20_000
    await journal.add(entry("/too-large", b"x" * 30_000))
    assert await journal.list_entries() == []
    await journal.add(entry())
    assert [one.number for one in await journal.list_entries()] == [11]


async def test_an_answer_that_ends_later_completes_its_entry(journal: Journal) -> None:
    streamed = entry(body=b"", outcome="open", unsent=True)
    await journal.add(streamed)
    before = await journal.count_bytes()
    streamed.outcome, streamed.unsent, streamed.size = "whole", False, 6
    await journal.finish(streamed, b"frames")
    (found,) = await journal.list_entries()
    assert (found.outcome, found.unsent, found.size, found.body) == ("whole", False, 6, b"frames")
    assert await journal.count_bytes() == before + 6


async def test_a_forgotten_entry_stays_forgotten_when_its_answer_ends(journal: Journal) -> None:
    streamed = entry(body=b"")
    await journal.add(streamed)
    await journal.clear()
    await journal.finish(streamed, b"frames")
    assert await journal.list_entries() == []
    assert await journal.count_bytes() == 0
    await journal.add(entry())
    assert [one.number for one in await journal.list_entries()] == [2]


async def test_the_listener_hears_of_entries_and_of_those_that_are_not_kept(
    journal: Journal,
) -> None:
    paths: list[str] = []
    journal.listener = lambda entry: paths.append(entry.path)
    await journal.add(entry("/kept"))
    journal.emit(entry("/not-kept"))
    assert paths == ["/kept", "/not-kept"]
    assert [one.path for one in await journal.list_entries()] == ["/kept"]


async def test_a_waiter_wakes_when_its_condition_is_true(journal: Journal) -> None:
    async def has_two() -> bool:
        return len(await journal.list_entries()) >= 2

    waiting = asyncio.ensure_future(journal.wait(has_two, 30))
    await journal.add(entry())
    await asyncio.sleep(0.01)
    assert not waiting.done()
    await journal.add(entry())
    await asyncio.wait_for(waiting, 30)
    assert not journal.waiters
    await journal.wait(has_two, 0.0)


async def test_a_waiter_gives_up_after_its_time(journal: Journal) -> None:
    async def never() -> bool:
        return False

    await asyncio.wait_for(journal.wait(never, 0.01), 30)


async def test_journals_of_one_world_share_their_entries_and_numbers(database: Database) -> None:
    one, two = SqliteJournal(database, "w"), SqliteJournal(database, "w")
    await one.add(entry("/one"))
    await two.add(entry("/two"))
    assert [(item.number, item.path) for item in await one.list_entries()] == [
        (1, "/one"),
        (2, "/two"),
    ]
    assert SqliteJournal(database, "w").count == 2
    assert await SqliteJournal(database, "other").list_entries() == []


async def test_a_journal_and_counters_go_on_when_a_database_is_opened_again(tmp_path: Path) -> None:
    first = Database(tmp_path)
    await SqliteJournal(first, "w").add(entry("/before"))
    await SqliteCounters(first, "w", "requests").increment(b"a")
    size = await SqliteJournal(first, "w").count_bytes()
    first.close()
    again = Database(tmp_path)
    journal = SqliteJournal(again, "w")
    assert (journal.count, await journal.count_bytes()) == (1, size)
    await journal.add(entry("/after"))
    assert [(one.number, one.path) for one in await journal.list_entries()] == [
        (1, "/before"),
        (2, "/after"),
    ]
    assert await SqliteCounters(again, "w", "requests").increment(b"a") == 1
    again.close()


async def test_a_database_without_totals_gets_them(database: Database) -> None:
    journals = [SqliteJournal(database, world) for world in ("one", "two")]
    for journal in journals:
        for _ in range(2):
            await journal.add(entry())
    await journals[1].clear()
    sizes = [await journal.count_bytes() for journal in journals]
    database.connection.execute("DROP TABLE journal_totals")
    again = [SqliteJournal(database, world, max_entries=2) for world in ("one", "two")]
    assert [await journal.count_bytes() for journal in again] == sizes
    await again[0].add(entry())
    assert [one.number for one in await again[0].list_entries()] == [2, 3]


async def test_counters_return_the_count_before(counters: Counters) -> None:
    assert not counters.is_known(b"a")
    assert [await counters.increment(b"a") for _ in range(3)] == [0, 1, 2]
    assert await counters.increment(b"b") == 0
    assert counters.is_known(b"a")
    assert await counters.increment(b"a", -1) == 3
    assert await counters.increment(b"a") == 2
    await counters.clear()
    assert not counters.is_known(b"a")
    assert await counters.increment(b"a") == 0


async def test_counters_of_one_name_are_shared_and_others_are_not(database: Database) -> None:
    one, two = (SqliteCounters(database, "w", "requests") for _ in range(2))
    assert await one.increment(b"a") == 0
    assert await two.increment(b"a") == 1
    assert await SqliteCounters(database, "w", "other").increment(b"a") == 0
    assert await SqliteCounters(database, "other", "requests").increment(b"a") == 0


async def test_worlds_that_share_a_memory_have_their_own_counts() -> None:
    shared = SharedCounts(10)
    worlds = [MemoryCounters(shared) for _ in range(3)]
    for count in range(2):
        assert [await counters.increment(b"a") for counters in worlds] == [count] * 3
    await worlds[1].clear()
    assert [await counters.increment(b"a") for counters in worlds] == [2, 0, 2]
    assert [counters.is_known(b"b") for counters in worlds] == [False] * 3


def test_a_count_in_memory_is_forgotten_when_many_others_come() -> None:
    async def count() -> int:
        counters = MemoryCounters(SharedCounts(10))
        for number in range(50):
            await counters.increment(b"%d" % number)
        return await counters.increment(b"0")

    assert asyncio.run(count()) == 0


async def test_entries_are_read_from_one_on(journal: Journal) -> None:
    for number in range(4):
        await journal.add(entry(f"/{number}"))
    assert [one.number async for one in journal.iter_entries(2)] == [3, 4]
    assert [one.number async for one in journal.iter_entries(4)] == []
    found = await journal.find_entry(3)
    assert found is not None
    assert found.path == "/2"
    assert await journal.find_entry(9) is None
    await journal.clear()
    assert await journal.find_entry(3) is None


async def test_a_journal_of_many_entries_is_read_in_batches(database: Database) -> None:
    journal = SqliteJournal(database, "w")
    for _ in range(2 * READ_BATCH + 3):
        await journal.add(entry())
    assert len(await journal.read_batch(0)) == READ_BATCH
    numbers = [one.number for one in await journal.list_entries()]
    assert numbers == list(range(1, 2 * READ_BATCH + 4))


Shared = Callable[[str], Journal]


@pytest.fixture(params=["memory", "sqlite"])
def shared(request: pytest.FixtureRequest, database: Database) -> Shared:
    """Creates journals of worlds that share 100,000 bytes."""
    budget = JournalBudget(100_000)
    if request.param == "memory":
        return lambda world: MemoryJournal(budget=budget)
    return lambda world: SqliteJournal(database, world, total_bytes=100_000)


async def test_journals_of_many_worlds_share_their_memory(shared: Shared) -> None:
    journals = [shared(f"w{number}") for number in range(10)]
    for _ in range(20):
        for journal in journals:
            await journal.add(entry(body=bytes(1000)))
            assert sum([await one.count_bytes() for one in journals]) <= 100_000
    kept = [await journal.count_bytes() for journal in journals]
    assert sum(kept) > 90_000
    assert max(kept) - min(kept) < 4_000  # no world has more than an equal share


async def test_a_busy_world_does_not_displace_the_entries_of_a_quiet_one(shared: Shared) -> None:
    quiet, busy = shared("quiet"), shared("busy")
    for _ in range(5):
        await quiet.add(entry())
    for _ in range(300):
        await busy.add(entry(body=bytes(5000)))
    assert [one.number for one in await quiet.list_entries()] == [1, 2, 3, 4, 5]
    assert (await busy.list_entries())[-1].number == 300


async def test_a_new_world_gets_its_share_from_the_largest(shared: Shared) -> None:
    large = shared("large")
    for _ in range(40):
        await large.add(entry(body=bytes(5000)))
    before = await large.count_bytes()
    small = shared("small")
    await small.add(entry(body=bytes(5000)))
    assert await large.count_bytes() < before
    assert len(await small.list_entries()) == 1


async def test_an_answer_that_grows_makes_room_too(shared: Shared) -> None:
    journal, other = shared("one"), shared("two")
    open_entry = entry(body=b"")
    for _ in range(30):
        await other.add(entry(body=bytes(1000)))
    await journal.add(open_entry)
    await journal.finish(open_entry, bytes(60_000))
    assert await journal.count_bytes() + await other.count_bytes() <= 100_000


async def test_a_cleared_journal_gives_its_memory_back(shared: Shared) -> None:
    one, other = shared("one"), shared("two")
    for _ in range(30):
        await one.add(entry(body=bytes(5000)))
    await one.clear()
    for _ in range(12):
        await other.add(entry(body=bytes(5000)))
    assert len(await other.list_entries()) == 12
    await one.add(entry())
    assert len(await one.list_entries()) == 1


async def test_the_journal_of_a_deleted_world_keeps_nothing() -> None:
    budget = JournalBudget(100_000)
    journal = MemoryJournal(budget=budget)
    late = entry()
    await journal.add(late)
    journal.close()
    await journal.add(entry())
    await journal.finish(late, b"late")
    assert (budget.byte_count, len(budget.worlds)) == (0, 0)
    assert await journal.list_entries() == []


async def test_making_room_takes_constant_time_for_each_entry() -> None:
    steps = 0

    class CountingDeque(deque[Any]):
        def rotate(self, n: int = 1) -> None:
            nonlocal steps
            steps += 1
            super().rotate(n)

    budget = JournalBudget(500_000)
    budget.worlds = CountingDeque()
    journals = [MemoryJournal(budget=budget) for _ in range(200)]
    for round_number in range(30):
        for number, journal in enumerate(journals):
            await journal.add(entry(body=bytes(500 * (1 + (number + round_number) % 7))))
    assert steps < 2 * 30 * 200


@pytest.mark.valkey
async def test_on_a_valkey_server_only_decided_entries_are_written_at_once(
    valkey_storage: RedisStorage,
) -> None:
    journal = valkey_storage.open("").journal
    assert isinstance(journal, RedisJournal)
    await journal.add(entry(scenario_details={"cost_usd": 0.5}))
    assert len(journal.waiting) == 1
    await journal.add(entry(scenario_details={"rule": "r"}))
    assert not journal.waiting
    costs = [one.scenario_details for one in await journal.list_entries()]
    assert costs == [{"cost_usd": 0.5}, {"rule": "r"}]
