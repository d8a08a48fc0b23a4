"""What workers share, with several of them in one process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.journal import MAX_ENTRIES, MAX_FORGOTTEN, JournalEntry
from mockgem.core.state import WorldState
from mockgem.storage.entry_codec import pack_entry, unpack_entry
from mockgem.storage.run_database import RunDatabase
from mockgem.storage.sqlite import DirectoryStorage
from mockgem.storage.worker_storage import RunCounters, WorkerSeat, WorkerStorage
from mockgem.storage.worker_table import WorkerTable


class Crew:
    """Two workers that answer each other's questions directly."""

    def __init__(self, folder: Path, *, is_temporary: bool = True) -> None:
        self.folder = folder
        (folder / "run").mkdir(exist_ok=True)
        self.table = WorkerTable(2)
        self.is_temporary = is_temporary
        self.next_owner = 1
        self.members = [self.join(index) for index in range(2)]

    def join(self, index: int, *replaced: int) -> WorkerStorage:
        seat = WorkerSeat(index, self.next_owner, self.folder / "run", self.table, replaced)
        self.table.set_owner(index, self.next_owner)
        self.next_owner += 1
        base = DirectoryStorage(self.folder / "state", is_durable=False)
        member = WorkerStorage(base, seat, is_temporary=self.is_temporary, counts_together=True)

        async def ask_others(world: str) -> int:
            for other in self.members:
                if other is not member:
                    await other.flush()
            return 0

        member.ask_others = ask_others
        return member

    def close(self) -> None:
        for member in self.members:
            member.close()


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    started = Crew(tmp_path)
    yield started
    started.close()


def make_entry(path: str = "/a", details: dict[str, object] | None = None) -> JournalEntry:
    wire = WireRequest("POST", path, {"q": "1"}, {"Host": "h", "X-A": "b"}, b"sent \xff")
    return JournalEntry(
        1.5, "POST", path, "gemini", "m", 200, "engine", 0.0, wire, (("A", "b"),), b"body \xff",
        b"key", details, time.perf_counter(), time.perf_counter(), size=6, chunks=((0.5, 3),),
    )  # fmt: skip


def open_both(crew: Crew, world: str = "") -> list[WorldState]:
    return [member.open(world) for member in crew.members]


def test_an_entry_is_the_same_after_packing() -> None:
    entry = make_entry(details={"rule": "r", "faults": ["cut"]})
    again = unpack_entry(pack_entry(entry, entry.body), 7)
    assert again.number == 7
    again.number = 0
    assert again == entry


async def test_entries_get_numbers_in_the_order_of_their_moments(crew: Crew) -> None:
    one, other = open_both(crew)
    for number in range(10):
        await (one, other)[number % 3 % 2].journal.add(make_entry(f"/{number}"))
    for state in (one, other):
        entries = await state.journal.list_entries()
        assert [entry.path for entry in entries] == [f"/{number}" for number in range(10)]
        assert [entry.number for entry in entries] == list(range(1, 11))
        assert state.journal.count == 10


async def test_an_entry_after_the_question_waits_for_the_next_reader(crew: Crew) -> None:
    """Otherwise a later entry of one worker could get a lower number than one of another."""
    one, other = open_both(crew)
    await one.journal.add(make_entry("/now"))
    late = make_entry("/late")
    late.started_at += 1000
    await other.journal.add(late)
    assert [entry.path for entry in await one.journal.list_entries()] == ["/now"]


async def test_a_decided_entry_is_written_at_once_and_others_before_a_reader(crew: Crew) -> None:
    one, _ = open_both(crew)
    database = crew.members[0].database
    await one.journal.add(make_entry())
    assert database.read("SELECT COUNT(*) FROM entries") == [(0,)]
    await one.journal.add(make_entry(details={}))
    assert database.read("SELECT COUNT(*) FROM entries") == [(1,)]
    await crew.members[0].flush()
    assert database.read("SELECT COUNT(*) FROM entries") == [(2,)]


async def test_a_cost_alone_does_not_make_an_entry_urgent(crew: Crew) -> None:
    one, other = open_both(crew)
    database = crew.members[0].database
    await one.journal.add(make_entry("/estimated", details={"cost_usd": 0.5}))
    await one.journal.add(make_entry("/unknown", details={"cost_usd": None}))
    assert database.read("SELECT COUNT(*) FROM entries") == [(0,)]
    await one.journal.add(make_entry("/decided", details={"rule": "r", "cost_usd": 0.5}))
    assert database.read("SELECT COUNT(*) FROM entries") == [(1,)]
    found = await other.journal.list_entries()
    assert [(entry.path, entry.scenario_details) for entry in found] == [
        ("/estimated", {"cost_usd": 0.5}),
        ("/unknown", {"cost_usd": None}),
        ("/decided", {"rule": "r", "cost_usd": 0.5}),
    ]


@pytest.mark.parametrize("details", [None, {}, {"cost_usd": 0.5}])
async def test_the_end_of_an_answer_replaces_its_open_entry(
    crew: Crew, details: dict[str, object] | None
) -> None:
    one, other = open_both(crew)
    entry = make_entry(details=details)
    entry.outcome = "open"
    await one.journal.add(entry)
    assert [one.outcome for one in await other.journal.list_entries()] == ["open"]
    entry.outcome = "whole"
    await one.journal.finish(entry, b"all of it")
    (found,) = await other.journal.list_entries()
    assert (found.outcome, found.body, found.number) == ("whole", b"all of it", 1)


async def test_an_open_entry_that_was_cleared_does_not_come_back(crew: Crew) -> None:
    one, other = open_both(crew)
    entry = make_entry()
    entry.outcome = "open"
    await one.journal.add(entry)
    await other.journal.clear()
    entry.outcome = "whole"
    await one.journal.finish(entry, b"x")
    assert await one.journal.list_entries() == []
    assert await one.journal.count_bytes() == 0


async def test_an_open_entry_of_a_killed_worker_is_cut(crew: Crew) -> None:
    one, other = open_both(crew)
    entry = make_entry(details={})
    entry.outcome = "open"
    await one.journal.add(entry)
    crew.members[0].close()
    crew.members[0] = crew.join(0, 1)
    assert [found.outcome for found in await other.journal.list_entries()] == ["cut"]


async def test_the_journal_keeps_the_newest_entries_and_counts_all(crew: Crew) -> None:
    one, other = open_both(crew)
    for number in range(MAX_ENTRIES + 300):
        await (one, other)[number % 2].journal.add(make_entry(f"/{number}"))
        if number == 500:
            assert len(await one.journal.list_entries()) == 501
    entries = await other.journal.list_entries()
    assert [entry.number for entry in entries] == list(range(301, MAX_ENTRIES + 301))
    assert [entry.path for entry in entries] == [f"/{n}" for n in range(300, MAX_ENTRIES + 300)]
    assert other.journal.count == MAX_ENTRIES + 300
    assert len(other.journal.remembered) == MAX_FORGOTTEN


async def test_entries_that_nobody_could_read_are_counted(crew: Crew) -> None:
    one, other = open_both(crew)
    for number in range(3 * MAX_ENTRIES):
        await one.journal.add(make_entry(f"/{number}"))
    entries = await other.journal.list_entries()
    assert len(entries) == MAX_ENTRIES
    assert entries[-1].number == other.journal.count == 3 * MAX_ENTRIES


async def test_a_reset_world_has_an_empty_journal_and_old_entries_do_not_return(
    crew: Crew,
) -> None:
    one, other = open_both(crew)
    await one.journal.add(make_entry("/old"))
    await crew.members[1].worlds.renew("")
    await crew.members[0].flush()
    fresh = crew.members[1].open("")
    assert await fresh.journal.list_entries() == []
    await fresh.journal.add(make_entry("/new"))
    assert [entry.number for entry in await fresh.journal.list_entries()] == [1]
    await other.journal.add(make_entry("/late", {}))
    assert len(await fresh.journal.list_entries()) == 1


async def test_changes_are_seen_by_the_others_without_waiting(crew: Crew) -> None:
    one, other = (member.worlds for member in crew.members)
    for worlds in (one, other):
        await worlds.read_changes()
    assert not one.has_changed
    assert not other.has_changed
    await one.change("a", lambda settings: settings | {"scenario": "s"})
    assert other.has_changed
    (row,) = await other.read_changes()
    assert (row.name, row.settings) == ("a", {"scenario": "s"})
    assert not other.has_changed
    await other.renew("a")
    (renewed,) = await one.read_changes()
    assert renewed.epoch != row.epoch
    assert renewed.settings == {}
    assert await one.delete("a")
    assert not await one.delete("a")
    assert [row.epoch for row in await other.read_changes()] == [""]
    assert [row.name for row in await other.list_all()] == [""]


async def test_worlds_that_nobody_uses_make_room(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (member.worlds for member in crew.members)
    assert (await one.register("a", 2, 3600))[0] is not None
    assert (await other.register("b", 2, 3600))[0] is not None
    assert await one.register("c", 2, 3600) == (None, [])
    start = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: start + 61)
    await other.note_use(["a"])
    row, released = await one.register("c", 2, 3600)
    assert row is not None
    assert released == ["b"]
    monkeypatch.setattr(time, "monotonic", lambda: start + 7200)
    row, released = await one.register("d", 2, 3600)
    assert row is not None
    assert sorted(released) == ["a", "c"]


async def test_a_deleted_world_is_forgotten_by_and_by_and_changes_are_still_seen(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (member.worlds for member in crew.members)
    await one.register("a", 9, 3600)
    await one.delete("a")
    await other.read_changes()
    start = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: start + 3600)
    await one.register("b", 9, 36000)
    await one.delete("b")
    assert "b" in [row.name for row in await other.read_changes()]
    await one.change("", lambda settings: {"scenario": "s"})
    assert [row.settings for row in await other.read_changes()] == [{"scenario": "s"}]


@pytest.mark.parametrize("is_temporary", [True, False])
async def test_a_released_world_keeps_its_records_in_a_state_folder(
    tmp_path: Path, is_temporary: bool
) -> None:
    crew = Crew(tmp_path, is_temporary=is_temporary)
    one, other = open_both(crew, "a")
    await one.store.put("c", "n", {"x": 1})
    await crew.members[0].release("a")
    assert await other.store.get("c", "n") == (None if is_temporary else {"x": 1})
    crew.close()


async def test_requests_are_counted_by_all_workers_together(crew: Crew) -> None:
    one, other = open_both(crew)
    counts = [await (one, other)[n % 2].request_counts.increment(b"k") for n in range(6)]
    assert counts == list(range(6))
    assert await one.request_counts.increment(b"other") == 0
    assert one.request_counts.is_known(b"other")
    assert not other.request_counts.is_known(b"other")
    await one.request_counts.clear()
    assert await other.request_counts.increment(b"k") == 0


async def test_counts_of_the_keys_that_were_counted_last_are_kept(tmp_path: Path) -> None:
    database = RunDatabase(tmp_path)
    counters = RunCounters(database, "", most=10)
    counters.until_trim = 40
    await counters.increment(b"often")
    for number in range(38):
        await counters.increment(b"%d" % number)
        if number == 30:
            await counters.increment(b"often")
    assert await counters.increment(b"often") == 2
    assert await counters.increment(b"0") == 0
    database.close()


async def test_workers_count_at_once_without_losing_any(crew: Crew) -> None:
    states = open_both(crew)

    async def count(state: WorldState) -> list[int]:
        counts = []
        for _ in range(50):
            counts.append(await state.request_counts.increment(b"k"))
            await asyncio.sleep(0)
        return counts

    counts = await asyncio.gather(*map(count, states))
    assert sorted([*counts[0], *counts[1]]) == list(range(100))


def test_the_table_has_the_owners_and_the_changes() -> None:
    table = WorkerTable(3)
    before = table.read_revisions()
    table.set_owner(1, 7)
    assert table.list_owners() == {7}
    assert table.read_revisions() == before
    table.advance(2)
    assert table.read_revisions() != before
    assert not table.has_refused
    table.note_refusal()
    assert table.has_refused
    assert table.list_owners() == {7}
