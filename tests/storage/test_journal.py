"""Journals and counters: one suite for those in memory and those in SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.journal import Journal, JournalEntry
from mockgem.core.state import Counters
from mockgem.storage.memory import MemoryCounters
from mockgem.storage.memory_journal import MemoryJournal
from mockgem.storage.sqlite import Database
from mockgem.storage.sqlite_journal import SqliteCounters, SqliteJournal

LIMITS = {"max_entries": 5, "max_bytes": 20_000}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path)
    yield database
    database.close()


@pytest.fixture(params=["memory", "sqlite"])
def journal(request: pytest.FixtureRequest, database: Database) -> Journal:
    if request.param == "memory":
        return MemoryJournal(**LIMITS)
    return SqliteJournal(database, "w", **LIMITS)


@pytest.fixture(params=["memory", "sqlite"])
def counters(request: pytest.FixtureRequest, database: Database) -> Counters:
    return (
        MemoryCounters() if request.param == "memory" else SqliteCounters(database, "w", "requests")
    )


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


def test_a_count_in_memory_is_forgotten_when_many_others_come() -> None:
    async def count() -> int:
        counters = MemoryCounters(max_keys=10)
        for number in range(50):
            await counters.increment(b"%d" % number)
        return await counters.increment(b"0")

    assert asyncio.run(count()) == 0
