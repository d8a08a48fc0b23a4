"""A journal on a Valkey or Redis server: the entries of all servers, in one order.

A request does not wait for its entry: entries are written in batches, a moment later. A reader
first lets all servers write what they have. While the server is away, entries wait in memory, and
the oldest of too many are lost; entries of the last moment are lost if a process is killed.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from contextvars import Context
from dataclasses import replace

from mockgem.core.errors import ApiError
from mockgem.core.journal import (
    FORGOTTEN_BODY_BYTES,
    MAX_BYTES,
    MAX_ENTRIES,
    READ_BATCH,
    TOTAL_BYTES,
    Journal,
    JournalEntry,
    estimate_size,
    has_decision,
    is_worth_remembering,
    shorten_bodies,
)
from mockgem.core.scheduling import sleep
from mockgem.storage import redis_journal_scripts as scripts
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
MAX_SKEW = 0.005
"""Seconds by which the clocks of two machines may differ without a reader missing an entry."""
ENTRY_NUMBERS = itertools.count(1)
"""With the number of the server they make ids of entries."""


class RedisJournal(Journal):
    """The entries of one world.

    `waiting` has the entries that are not written yet, by their ids; `writing` are those on their
    way, and `changed` those of them whose answer ended meanwhile. `written` has the entries whose
    answer is open, with their ids and the number of their messages, and `again` what must be
    written once more. `lost` counts entries that were never written.
    """

    look_seconds = 0.5

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
        self.waiting: dict[str, JournalEntry] = {}
        self.waiting_bytes = 0
        self.writing: set[int] = set()
        self.changed: set[int] = set()
        self.written: dict[int, tuple[str, JournalEntry, int]] = {}
        self.again: dict[str, JournalEntry] = {}
        self.lost = 0
        self.lock = asyncio.Lock()
        self.flushing: asyncio.Task[None] | None = None
        self.watching: asyncio.Task[None] | None = None
        self.watch_count = 0
        self.is_closed = False
        self.before_read: Callable[[], Awaitable[None]] | None = None

    # Entries of this server

    async def add(self, entry: JournalEntry) -> None:
        if self.is_closed:
            entry.dropped = True
        else:
            self.waiting[f"{self.fleet.number}-{next(ENTRY_NUMBERS):015d}"] = entry
            self.waiting_bytes += estimate_size(entry)
            if self.waiting_bytes > MAX_WAITING_BYTES or len(self.waiting) > MAX_WAITING:
                self.limit_waiting()
            self.flush_soon()
            if has_decision(entry):  # its counts are on the server, too
                with suppress(ApiError):
                    await self.flush()
        self.announce(entry)

    def limit_waiting(self) -> None:
        """Lose the oldest entries that wait, because there are too many."""
        while self.waiting_bytes > MAX_WAITING_BYTES or len(self.waiting) > MAX_WAITING:
            oldest = self.waiting.pop(next(iter(self.waiting)))
            self.waiting_bytes -= estimate_size(oldest)
            oldest.dropped = True
            self.lost += 1

    def flush_soon(self) -> None:
        """Write what waits in a moment."""
        task = self.flushing
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            self.flushing = asyncio.create_task(self.flush_later(), context=Context())

    async def flush_later(self) -> None:
        seconds = FLUSH_SECONDS
        while self.waiting or self.again:
            await sleep(seconds)
            try:
                await self.flush()
            except ApiError:
                seconds = RETRY_SECONDS

    async def flush(self) -> None:
        """Write what waits. Raises ApiError; then it still waits."""
        async with self.lock:
            while batch := self.take_batch():
                self.writing = {id(entry) for entry in batch.values()}
                try:
                    await self.write(scripts.ADD_ENTRIES, batch)
                finally:
                    self.writing = set()
                for key, entry in batch.items():
                    self.note_written(key, entry)
            if again := dict(self.again):
                await self.write(scripts.END_ENTRIES, again)
                for key in again:
                    self.again.pop(key, None)

    def take_batch(self) -> dict[str, JournalEntry]:
        """Return the waiting entries that one command writes."""
        batch: dict[str, JournalEntry] = {}
        size = 0
        for key, entry in itertools.islice(self.waiting.items(), BATCH):
            size += estimate_size(entry)
            if batch and size > BATCH_BYTES:
                break
            batch[key] = entry
        return batch

    def note_written(self, key: str, entry: JournalEntry) -> None:
        """Note that an entry does not wait any more."""
        if self.waiting.pop(key, None) is not None:
            self.waiting_bytes -= estimate_size(entry)
        if id(entry) in self.changed:
            self.changed.discard(id(entry))
            self.again[key] = entry
        elif entry.outcome == "open":
            self.written[id(entry)] = key, entry, len(entry.open_lines)

    def note_messages(self) -> None:
        """Write the entries of open sockets again if they have more messages now."""
        for place, (key, entry, lines) in self.written.items():
            if len(entry.open_lines) != lines:
                self.written[place] = key, entry, len(entry.open_lines)
                self.again[key] = entry

    async def write(self, script: str, entries: Mapping[str, JournalEntry]) -> None:
        values: list[str | int | float] = []
        for key, entry in entries.items():
            moment = entry.started_at + entry.seconds + self.fleet.offset
            values += [key, moment, estimate_size(entry), self.encode(entry)]
        await self.client.run(script, self.world, *self.limits, *values)

    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        if entry.dropped:
            return
        before = estimate_size(entry)
        entry.body = body
        known = self.written.pop(id(entry), None)
        if known is not None:
            self.again[known[0]] = entry
            self.flush_soon()
        elif not self.is_closed:
            self.waiting_bytes += estimate_size(entry) - before
            if id(entry) in self.writing:
                self.changed.add(id(entry))

    # Readers

    async def refresh(self) -> None:
        """Let all servers write what they have of this journal, and number the entries.

        Raises ApiError.
        """
        if self.before_read is not None:
            await self.before_read()
        now = time.perf_counter() + self.fleet.offset + MAX_SKEW
        self.note_messages()
        await self.flush()
        await self.fleet.publish(FLUSH, self.world)
        last, self.open_elsewhere, remembered = await self.client.run(
            scripts.REFRESH, self.world, self.fleet.number, now
        )
        self.count = max(self.count, last)
        if remembered != len(self.remembered):
            await self.load_remembered()

    async def load_remembered(self) -> None:
        """Read the dropped entries that strict tests want to know of."""
        key = f"{self.client.prefix}:w:{self.world}:forgotten:"
        texts = [
            text
            for kind in ("g", "u")
            for text in await self.client.execute("LRANGE", key + kind, 0, -1)
        ]
        entries = [self.decode(text.decode()) for text in texts]
        self.remembered = [shorten_bodies(entry, FORGOTTEN_BODY_BYTES) for entry in entries]

    async def read_batch(self, after: int) -> list[JournalEntry]:
        """Return entries that have a number. Some may be missing: the server has dropped them."""
        rows = await self.client.run(scripts.READ_ENTRIES, self.world, after + 1, READ_BATCH)
        entries = []
        for number, key, text in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
            if text:
                entry = self.decode(text.decode())
                entry.number = int(number)
                if entry.outcome == "open" and not self.lives(key.decode()):
                    entry.outcome = "cut"
                entries.append(entry)
        return entries

    def lives(self, key: str) -> bool:
        """Return whether the server of an entry still runs."""
        owner = int(key.partition("-")[0])
        return owner == self.fleet.number or owner in self.fleet.living

    def encode(self, entry: JournalEntry) -> str:
        """Return an entry as text, with the times that all servers share."""
        body = entry.body
        if entry.outcome == "open" and entry.open_lines:
            body = b"\n".join(entry.open_lines)
        offset = self.fleet.offset
        times = entry.started_at + offset, entry.ended_at + offset
        shifted = replace(entry, body=body, started_at=times[0], ended_at=times[1])
        return kind_of(entry) + encode_entry(shifted)

    def decode(self, text: str) -> JournalEntry:
        entry = decode_entry(text[1:])
        entry.started_at -= self.fleet.offset
        entry.ended_at -= self.fleet.offset
        return entry

    async def count_bytes(self) -> int:
        await self.flush()
        key = f"{self.client.prefix}:w:{self.world}:info"
        return int(await self.client.execute("HGET", key, "journal_bytes") or 0)

    async def clear(self) -> None:
        await self.refresh()
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
        """Wake the waiters for entries of other servers, as long as a request waits."""
        client = self.client.connect(LISTEN_SECONDS + self.client.address.timeout)
        position = "$"
        key = f"{self.client.prefix}:w:{self.world}:news"
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
                    position = found[-1][0]
                for event in self.waiters:
                    event.set()
        finally:
            await close_client(client)

    def close(self) -> None:
        """Forget what waits: the world is gone, or everything is written."""
        self.is_closed = True
        for entry in self.waiting.values():
            entry.dropped = True
        self.waiting.clear()
        self.again.clear()
        self.written.clear()
        self.waiting_bytes = 0
        with suppress(RuntimeError):  # its event loop may have ended
            if self.flushing is not None:
                self.flushing.cancel()


def kind_of(entry: JournalEntry) -> str:
    """Return why strict tests want to know of an entry that was dropped, or -."""
    if not is_worth_remembering(entry):
        return "-"
    return "g" if entry.status == 200 else "u"
