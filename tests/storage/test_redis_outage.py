"""A Valkey server that ends, stands still, is full or drops keys: nothing is lost in silence."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.errors import ApiError, Failure
from mockgem.storage.redis_journal_scripts import ADD_ENTRIES
from mockgem.storage.redis_locks import RedisLocks
from mockgem.storage.redis_storage import RedisStorage
from mockgem.storage.redis_url import parse_address
from tests.storage.test_journal import entry
from tests.valkey_server import ValkeyServer, run_valkey

pytestmark = pytest.mark.valkey
BOUND = 30.0
"""Seconds after which something that should come does not come any more."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ValkeyServer]:
    with run_valkey(tmp_path) as server:
        yield server


@asynccontextmanager
async def open_storage(server: ValkeyServer, prefix: str = "test") -> AsyncIterator[RedisStorage]:
    storage = RedisStorage(parse_address(server.url(prefix, "&timeout=3")))
    try:
        yield storage
    finally:
        await storage.finish()
        storage.close()


async def fail(work: Awaitable[object]) -> Failure:
    with pytest.raises(ApiError) as caught:
        await work
    return caught.value.failure


async def repeat(work: Callable[[], Awaitable[object]]) -> None:
    """Do something again until it works: a server that was away is asked again in a moment."""
    end = time.monotonic() + BOUND
    while True:
        try:
            await work()
            return
        except ApiError:
            assert time.monotonic() < end
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("end", [ValkeyServer.stop, ValkeyServer.kill])
async def test_what_was_acknowledged_is_there_after_a_restart_and_service_resumes(
    server: ValkeyServer, end: Callable[[ValkeyServer], None]
) -> None:
    async with open_storage(server) as storage:
        state = storage.open("w")
        for number in range(50):
            await state.store.put("things", f"t{number}", {"number": number})
            await state.blobs.append("b", number * 1000, bytes([number]) * 1000)
        end(server)
        failure = await fail(state.store.get("things", "t1"))
        assert (failure.status, failure.code.value) == (503, "UNAVAILABLE")
        assert f"mockgem can't use its state on redis://{server.address}/0: " in failure.message
        assert failure == await fail(state.blobs.read("b", 0, 1))
        server.start()
        await repeat(lambda: state.store.get("things", "t1"))
        rows = await state.store.list_records("things", 0, 100)
        assert [record["number"] for _, record in rows] == list(range(49, -1, -1))
        assert await state.blobs.get_size("b") == 50_000
        assert await state.blobs.read("b", 49_000, 2000) == bytes([49]) * 1000
        await state.store.put("things", "new", {})


async def test_a_killed_server_has_every_write_that_it_has_confirmed(server: ValkeyServer) -> None:
    """Kill it in the middle of writing: no write that returned is lost."""
    async with open_storage(server) as storage:
        store = storage.open("w").store
        await store.put("things", "counter", {"number": 0})
        confirmed = 0

        async def count() -> None:
            nonlocal confirmed
            while True:
                await store.update(
                    "things", "counter", lambda record: {"number": record["number"] + 1}
                )
                confirmed += 1

        counting = asyncio.ensure_future(count())
        while confirmed < 100:
            await asyncio.sleep(0)
        server.kill()
        assert (await fail(counting)).status == 503
        server.start()
        await repeat(lambda: store.get("things", "counter"))
        record = await store.get("things", "counter")
        assert record is not None
        assert confirmed <= record["number"] <= confirmed + 1


async def test_a_server_that_stands_still_fails_requests_after_the_timeout(
    server: ValkeyServer,
) -> None:
    async with open_storage(server) as storage:
        store = storage.open("w").store
        await store.put("things", "a", {"n": 1})
        server.pause()
        failure = await fail(store.get("things", "a"))
        assert failure.status == 503
        assert "the server does not answer within 3 seconds" in failure.message
        assert await storage.list_problems() == [failure.message]
        server.resume()
        await repeat(lambda: store.get("things", "a"))
        assert await storage.list_problems() == []


async def test_requests_do_not_pile_up_in_front_of_a_server_that_is_away(
    server: ValkeyServer,
) -> None:
    """After the first one has waited, the others fail at once for a moment."""
    async with open_storage(server) as storage:
        store = storage.open("w").store
        server.pause()
        await fail(store.get("things", "a"))
        sent = storage.client.commands
        for _ in range(20):
            await fail(store.get("things", "a"))
        assert storage.client.commands - sent <= 2
        server.resume()


async def test_a_full_memory_is_a_clear_error_and_deleting_still_works(tmp_path: Path) -> None:
    with run_valkey(tmp_path, "--maxmemory", "6mb", "--maxmemory-policy", "noeviction") as server:
        async with open_storage(server) as storage:
            state = storage.open("w")
            await state.store.put("things", "a", {"text": "x" * 1000})
            await state.blobs.append("small", 0, b"y" * 10_000)
            failure = await fail(fill(storage, 1 << 18))
            assert (failure.status, failure.reason) == (429, "no_room")
            assert f"the memory of redis://{server.address}/0 is full" in failure.message
            size = await state.blobs.get_size("big")
            assert size == len(await state.blobs.read("big", 0, size))
            assert any("is full" in one for one in await storage.list_problems())
            assert (await fail(fill(storage, 1 << 10))).status == 429
            assert await state.store.get("things", "b") is None
            assert await state.store.delete("things", "a")
            await state.blobs.delete("big")
            await repeat(lambda: state.store.put("things", "b", {}))
            assert await storage.list_problems() == []
            await storage.delete("w")
            assert await storage.count_bytes() == 0


async def fill(storage: RedisStorage, step: int) -> None:
    """Append to a blob until there is no space for another step."""
    blobs = storage.open("w").blobs
    size = await blobs.get_size("big")
    for end in range(size, size + (1 << 24), step):
        await blobs.append("big", end, b"z" * step)


@pytest.mark.parametrize(
    ("key", "use"),
    [
        ("records:things", lambda state: state.store.get("things", "a")),
        ("records:things", lambda state: state.store.put("things", "a", {})),
        ("records:things", lambda state: state.store.list_records("things", 0, 10)),
        ("info", lambda state: state.store.get("things", "a")),
        ("info", lambda state: state.store.insert("things", "new", {})),
        ("order:things", lambda state: state.store.list_records("things", 0, 10)),
        ("order:things", lambda state: state.store.find_position("things", "a")),
        ("blob:b:0", lambda state: state.blobs.read("b", 0, 10)),
        ("blob:b:0", lambda state: state.blobs.append("b", 3, b"more")),
    ],
)
async def test_dropped_keys_are_an_error_instead_of_missing_state(
    valkey: ValkeyServer, valkey_storage: RedisStorage, key: str, use: Callable
) -> None:
    state = valkey_storage.open("w")
    await state.store.put("things", "a", {"n": 1})
    await state.blobs.append("b", 0, b"some bytes")
    prefix = valkey_storage.address.prefix
    assert valkey.send("DEL", f"{prefix}:w:w:{key}") == b":1\r\n"
    failure = await fail(use(state))
    assert failure.status == 503
    assert "the server has dropped" in failure.message
    assert "maxmemory-policy to noeviction" in failure.message
    await valkey_storage.delete("w")
    await state.store.put("things", "a", {"n": 2})
    assert await state.store.get("things", "a") == {"n": 2}


async def test_fleets_with_different_prefixes_never_meet(server: ValkeyServer) -> None:
    async with open_storage(server, "one") as one, open_storage(server, "two") as two:
        await one.open("w").store.put("things", "a", {"fleet": 1})
        await one.open("w").blobs.append("b", 0, b"one")
        await one.worlds.change("w", lambda settings: {"scenario": "x"})
        assert await two.open("w").store.get("things", "a") is None
        assert await two.open("w").blobs.get_size("b") == 0
        assert (await two.list_worlds(), await two.worlds.list_all()) == ([], [])
        assert await two.count_bytes() == 0
        async with one.open("w").locks.hold("a"), two.open("w").locks.hold("a"):
            pass
        await two.delete("w")
        assert await one.open("w").store.get("things", "a") == {"fleet": 1}


# Locks


async def test_a_holder_that_lost_its_lock_changes_nothing_any_more(
    valkey: ValkeyServer, valkey_storage: RedisStorage
) -> None:
    """As if the holder had stood still until its lock expired and another server took it."""
    state, other = valkey_storage.open("w"), valkey_storage.open("w")
    await state.store.put("things", "a", {"n": 1})
    async with state.locks.hold("a"):
        await state.store.put("things", "a", {"n": 2})
        assert valkey.send("DEL", f"{valkey_storage.address.prefix}:w:w:lock:a") == b":1\r\n"
        taken, release = asyncio.Event(), asyncio.Event()

        async def take() -> None:
            async with other.locks.hold("a"):
                taken.set()
                await release.wait()

        taking = asyncio.create_task(take(), context=Context())
        await asyncio.wait_for(taken.wait(), BOUND)
        for write in (
            state.store.put("things", "a", {"n": 3}),
            state.store.insert("things", "b", {}),
            state.store.delete("things", "a"),
            state.blobs.append("b", 0, b"late"),
        ):
            failure = await fail(write)
            assert failure.status == 503
            assert "another server has taken its lock" in failure.message
    assert await state.store.get("things", "a") == {"n": 2}
    with pytest.raises(TimeoutError):  # leaving has not released the other server's lock
        async with asyncio.timeout(0.3):
            await enter(valkey_storage.open("w").locks)
    release.set()
    await asyncio.wait_for(taking, BOUND)


async def enter(locks: RedisLocks) -> None:
    async with locks.hold("a"):
        pass


async def test_a_lock_is_renewed_while_it_is_held(valkey_storage: RedisStorage) -> None:
    client = valkey_storage.client
    async with RedisLocks(client, "w", lifetime=2.0).hold("a"):
        waiting = asyncio.ensure_future(enter(RedisLocks(client, "w")))
        await asyncio.sleep(4.5)
        assert not waiting.done()
        await valkey_storage.open("w").store.put("things", "a", {})
    await asyncio.wait_for(waiting, BOUND)


# Journals


async def test_journal_entries_wait_for_a_server_that_is_away(server: ValkeyServer) -> None:
    async with open_storage(server) as storage:
        journal = storage.open("w").journal
        await journal.add(entry("/before"))
        assert len(await journal.list_entries()) == 1
        server.kill()
        for number in range(5):
            await journal.add(entry(f"/{number}"))
        assert (await fail(journal.refresh())).status == 503
        problems = await storage.list_problems()
        assert "5 journal entries wait until they can be written" in problems
        server.start()
        await repeat(journal.refresh)
        paths = [one.path for one in await journal.list_entries()]
        assert paths == ["/before", "/0", "/1", "/2", "/3", "/4"]
        assert await storage.list_problems() == []


async def test_too_many_entries_that_wait_lose_the_oldest_and_health_says_so(
    server: ValkeyServer,
) -> None:
    async with open_storage(server) as storage:
        journal = storage.open("w").journal
        server.kill()
        for number in range(1010):
            await journal.add(entry(f"/{number}"))
        server.start()
        await repeat(journal.refresh)
        entries = await journal.list_entries()
        assert (len(entries), entries[0].path) == (1000, "/10")
        assert await storage.list_problems() == [
            "10 journal entries were lost while they could not be written"
        ]


async def test_an_entry_whose_confirmation_was_lost_is_not_written_twice(
    valkey_storage: RedisStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = valkey_storage.open("w").journal
    run, lose = valkey_storage.client.run, [True]

    async def run_and_lose(script: str, *arguments: Any) -> Any:
        answer = await run(script, *arguments)
        if script == ADD_ENTRIES and lose:
            lose.clear()
            raise valkey_storage.client.convert_error(OSError("the connection broke"))
        return answer

    monkeypatch.setattr(valkey_storage.client, "run", run_and_lose)
    await journal.add(entry("/once"))
    await fail(journal.refresh())
    await repeat(journal.refresh)
    await journal.add(entry("/next"))
    entries = await journal.list_entries()
    assert [(one.number, one.path) for one in entries] == [(1, "/once"), (2, "/next")]
