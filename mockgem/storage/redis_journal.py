"""A journal on a Valkey or Redis server: the entries of all servers, in one order.

A request does not wait for its entry: entries are written in batches, a moment later. A reader
first lets all servers write what they have. While the server is away, entries wait in memory, and
the oldest of too many are lost; entries of the last moment are lost if a process is killed.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import Context
from dataclasses import replace

from mockgem.core.errors import ApiError
from mockgem.core.journal import (
    MAX_BYTES,
    MAX_ENTRIES,
    READ_BATCH,
    TOTAL_BYTES,
    Journal,
    JournalEntry,
    estimate_size,
)
from mockgem.core.scheduling import sleep
from mockgem.storage import redis_scripts as scripts
from mockgem.storage.entry_json import decode_entry, encode_entry
from mockgem.storage.redis_client import RedisClient
from mockgem.storage.redis_fleet import FLUSH, RedisFleet, close_client, read_stream

FLUSH_SECONDS = 0.01
RETRY_SECONDS = 0.5
BATCH = 100
"""Entries that are written at once."""
BATCH_BYTES = 4 * 2**20
MAX_WAITING, MAX_WAITING_BYTES = 1000, 16 * 2**20
"""Entries of one world that wait for a server that is away, and their bytes."""
LISTEN_SECONDS = 1.0


class RedisJournal(Journal):
    """The entries of one world.

    `waiting` has the entries that are not written yet, and `ended` those that were written while
    their answer was open. `lost` counts entries that were never written.
    """

    def __init__(
        self,
        client: RedisClient,
        fleet: RedisFleet,
        world: str,
        max_entries: int = MAX_ENTRIES,
        max_bytes: int = MAX_BYTES,
        total_bytes: int = TOTAL_BYTES,
    ) -> None:
        super().__init__(max_entries, max_bytes)
        self.client = client
        self.fleet = fleet
        self.world = world
        self.limits = (max_entries, max_bytes, total_bytes)
        self.waiting: deque[JournalEntry] = deque()
        self.waiting_bytes = 0
        self.ended: dict[int, JournalEntry] = {}
        self.lost = 0
        self.lock = asyncio.Lock()
        self.flushing: asyncio.Task[None] | None = None
        self.batch = ("", 0)
        self.watching: asyncio.Task[None] | None = None
        self.watch_count = 0
        self.is_closed = False

    async def add(self, entry: JournalEntry) -> None:
        if self.is_closed:
            entry.dropped = True
        else:
            self.waiting.append(entry)
            self.waiting_bytes += estimate_size(entry)
            self.limit_waiting()
            self.flush_soon()
        self.announce(entry)

    def limit_waiting(self) -> None:
        """Lose the oldest entries that wait, if there are too many."""
        while self.waiting_bytes > MAX_WAITING_BYTES or len(self.waiting) > MAX_WAITING:
            oldest = self.waiting.popleft()
            self.waiting_bytes -= estimate_size(oldest)
            oldest.dropped = True
            self.lost += 1
            self.batch = ("", 0)

    def flush_soon(self) -> None:
        """Write what waits in a moment."""
        task = self.flushing
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            self.flushing = asyncio.create_task(self.flush_later(), context=Context())

    async def flush_later(self) -> None:
        seconds = FLUSH_SECONDS
        while self.waiting or self.ended:
            await sleep(seconds)
            try:
                await self.flush()
            except ApiError:
                seconds = RETRY_SECONDS

    async def flush(self) -> None:
        """Write what waits. Raises ApiError; then it still waits."""
        async with self.lock:
            while self.waiting:
                await self.write_batch()
            if self.ended:
                await self.write_ended()

    async def write_batch(self) -> None:
        """Write the first entries. The same batch again has no effect if it was written."""
        name, count = self.batch
        if not count:
            name, count = secrets.token_hex(8), self.count_batch()
            self.batch = (name, count)
        batch = list(itertools.islice(self.waiting, count))
        values: list[str | int] = []
        for entry in batch:
            values += [estimate_size(entry), self.encode(entry)]
        arguments = (self.fleet.number, name, *self.limits, *values)
        first = await self.client.run(scripts.ADD_ENTRIES, self.world, *arguments)
        self.batch = ("", 0)
        for number, entry in enumerate(batch, first + 1):
            if self.waiting and self.waiting[0] is entry:
                self.waiting.popleft()
                self.waiting_bytes -= estimate_size(entry)
            entry.number = number

    def count_batch(self) -> int:
        """Return how many of the waiting entries one command writes."""
        size = 0
        for count, entry in enumerate(itertools.islice(self.waiting, BATCH)):
            size += estimate_size(entry)
            if count and size > BATCH_BYTES:
                return count
        return min(len(self.waiting), BATCH)

    async def write_ended(self) -> None:
        ended = dict(self.ended)
        values: list[str | int] = []
        for number, entry in ended.items():
            values += [number, estimate_size(entry), self.encode(entry)]
        await self.client.run(scripts.END_ENTRIES, self.world, *self.limits, *values)
        for number in ended:
            self.ended.pop(number, None)

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        if entry.dropped:
            return
        if entry.number == 0:
            self.waiting_bytes += len(body) - len(entry.body)
        entry.body = body
        if entry.number and not self.is_closed:
            self.ended[entry.number] = entry
            while len(self.ended) > MAX_WAITING:
                self.ended.pop(next(iter(self.ended)))
                self.lost += 1
            self.flush_soon()

    async def refresh(self) -> None:
        """Let all servers write what they have of this journal, and read the last number.

        Raises ApiError.
        """
        await self.flush()
        await self.fleet.publish(FLUSH, self.world)
        last, self.open_elsewhere = await self.client.run(
            scripts.REFRESH, self.world, self.fleet.number
        )
        self.count = max(self.count, last)

    async def read_batch(self, after: int) -> list[JournalEntry]:
        """Return entries that are on the server."""
        entries = []
        for number, text in await self.read_rows(after, READ_BATCH):
            entry = decode_entry(text)
            entry.number = number
            entry.started_at -= self.fleet.offset
            entry.ended_at -= self.fleet.offset
            entries.append(entry)
        return entries

    def encode(self, entry: JournalEntry) -> str:
        """Return an entry as JSON, with the times that all servers share."""
        began, ended = entry.started_at + self.fleet.offset, entry.ended_at + self.fleet.offset
        return encode_entry(replace(entry, started_at=began, ended_at=ended))

    async def read_rows(self, after: int, count: int) -> list[tuple[int, str]]:
        """Return the numbers and texts of entries, without those that the server has dropped."""
        rows = await self.client.run(scripts.READ_ENTRIES, self.world, after + 1, count)
        pairs = zip(rows[::2], rows[1::2], strict=True)
        return [(int(number), text.decode()) for number, text in pairs if text]

    async def find_entry(self, number: int) -> JournalEntry | None:
        await self.flush()
        return await super().find_entry(number)

    async def count_bytes(self) -> int:
        await self.flush()
        key = f"{self.client.prefix}:w:{self.world}:info"
        return int(await self.client.execute("HGET", key, "journal_bytes") or 0)

    async def clear(self) -> None:
        await self.refresh()
        for entry in self.ended.values():
            entry.dropped = True
        self.ended.clear()
        await self.client.run(scripts.CLEAR_ENTRIES, self.world)

    async def wait(self, is_done: Callable[[], Awaitable[bool]], seconds: float) -> None:
        """Wait as other journals do; entries of other servers wake the waiters, too."""
        self.watch_count += 1
        if self.watching is None:
            self.watching = asyncio.create_task(self.watch())
        try:
            await super().wait(is_done, seconds)
        finally:
            self.watch_count -= 1
            if not self.watch_count and self.watching is not None:
                self.watching.cancel()
                self.watching = None

    async def watch(self) -> None:
        """Wake the waiters for entries of other servers, as long as somebody waits."""
        client = self.client.connect(LISTEN_SECONDS + self.client.address.timeout)
        position = "$"
        key = f"{self.client.prefix}:w:{self.world}:journal"
        try:
            while True:
                try:
                    answer = await client.execute_command(
                        "XREAD", "BLOCK", round(LISTEN_SECONDS * 1000), "STREAMS", key, position
                    )
                except (OSError, self.client.errors.RedisError):
                    await sleep(RETRY_SECONDS)
                    continue
                if found := read_stream(answer):
                    position = f"{found[-1][0]}-0"
                for event in self.waiters:
                    event.set()
        finally:
            await close_client(client)

    def close(self) -> None:
        """Forget what waits: the world is gone, or everything is written."""
        self.is_closed = True
        for entry in self.waiting:
            entry.dropped = True
        self.waiting.clear()
        self.ended.clear()
        self.waiting_bytes = 0
        with suppress(RuntimeError):  # its event loop may have ended
            if self.flushing is not None:
                self.flushing.cancel()
