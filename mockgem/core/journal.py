"""The journal of a world: its requests and answers in order, bounded in number and in bytes.

The journals of all worlds together are bounded, too (`JournalBudget`).
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from mockgem.core.cache import BoundedCache
from mockgem.core.http import WireRequest
from mockgem.core.scheduling import yield_control

KEPT_BODY_BYTES = 256 * 1024
"""Bytes of a body that the journal keeps."""
ENTRY_OVERHEAD = 1500
"""Bytes that an entry takes besides its bodies."""
MAX_ENTRIES = 1000
MAX_BYTES = 64 * 2**20
"""Bytes of the entries of one world."""
TOTAL_BYTES = 128 * 2**20
"""Bytes of the entries of all worlds."""
READ_BATCH = 32
"""Entries that are read from a database at once."""
MAX_FORGOTTEN, FORGOTTEN_BODY_BYTES = 20, 2000
"""Entries of each kind, and bytes of their bodies, that a journal keeps for strict tests after it
forgot them."""
CHOSEN_SOURCES = ("cassette", "scenario", "answers", "upstream")
"""Sources whose answers a user wrote, or the real service gave."""
Listener = Callable[["JournalEntry"], None]


@dataclass(slots=True)
class JournalEntry:
    """One request and its answer.

    `at` is the world's time. `seconds` is how long mockgem took to make the answer; `started_at`
    and `ended_at` are when the request arrived and when the last byte was handed over, on a
    monotonic clock. `size` is the bytes of the answer; `request_size` those of a request body that
    is not kept whole. `unsent` is True while not a byte of the answer was sent.
    `scenario_details` is what a scenario did. `outcome` is "whole", "cut" (mockgem broke the
    connection off), "left" (the client went away before it had the whole answer) or "open".
    `dropped` is True once the journal has forgotten the entry. `chunks` has, for the first pieces
    of an answer that was sent piece by piece, the seconds since the request and the bytes;
    `open_lines` are the messages of a socket while it is open.
    """

    at: float
    method: str
    path: str
    surface: str
    model: str
    status: int
    source: str
    seconds: float
    wire: WireRequest
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    key: bytes = b""
    scenario_details: Mapping[str, Any] | None = None
    started_at: float = 0.0
    ended_at: float = 0.0
    outcome: str = "whole"
    size: int = 0
    request_size: int = 0
    unsent: bool = False
    number: int = 0
    dropped: bool = False
    chunks: Sequence[tuple[float, int]] = ()
    open_lines: Sequence[bytes] = ()


class Journal(ABC):
    """The latest entries of a world.

    The journal also passes each entry to a listener (the access log), and wakes those who wait for
    one. `count` is the number of the last entry that this process knows. `rendered` keeps what the
    admin API has shown of entries. `forgotten` has the first entries whose answer no test chose, of
    those that made room for others: strict tests fail for them. `remembered` has those of all
    processes. `identity` tells a journal that ends with its process from others whose numbers begin
    at 1, too. `on_forget` is called for each entry that makes room for others.
    """

    identity = ""
    on_forget: Callable[[], None] | None = None
    look_seconds: float | None = None
    """Seconds after which a waiting reader looks again, because other processes write entries."""
    open_elsewhere = 0
    """Answers of this world that were open in other processes when `refresh` asked."""

    def __init__(self, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_BYTES) -> None:
        self.max_entries = max_entries
        self.max_bytes = max_bytes
        self.count = 0
        self.forgotten: list[JournalEntry] = []
        self.forgotten_counts = [0, 0]
        """How many of them have another status than 200, and how many have 200."""
        self.remembered = self.forgotten
        self.listener: Listener | None = None
        self.waiters: set[asyncio.Event] = set()
        self.rendered: BoundedCache[Any, Any] = BoundedCache()

    @abstractmethod
    async def add(self, entry: JournalEntry) -> None:
        """Number an entry and keep it, then call `announce`."""

    @abstractmethod
    async def finish(self, entry: JournalEntry, body: bytes) -> None:
        """Keep the body, outcome and times of an entry whose answer has ended.

        Nothing happens if the journal has forgotten the entry meanwhile.
        """

    @abstractmethod
    async def read_batch(self, after: int) -> list[JournalEntry]:
        """Return entries that are kept after the entry with a number, oldest first.

        They may be only some of them: an empty list means that these were all.
        """

    async def refresh(self) -> None:  # noqa: B027 - a journal of one process knows all entries
        """Learn of the entries that other processes have added until now."""

    async def estimate_count(self) -> int:
        """Return the number of the last entry, as far as it is known without waiting."""
        return self.count

    async def iter_entries(self, after: int = 0) -> AsyncIterator[JournalEntry]:
        """Yield the entries after the entry with a number, oldest first."""
        await self.refresh()
        while batch := await self.read_batch(after):
            await yield_control()
            for entry in batch:
                yield entry
            after = batch[-1].number

    async def list_entries(self) -> list[JournalEntry]:
        """Return the entries that are kept, oldest first."""
        return [entry async for entry in self.iter_entries()]

    async def find_entry(self, number: int) -> JournalEntry | None:
        """Return the entry with a number, or None if the journal does not have it any more."""
        entries = await self.read_batch(number - 1)
        return entries[0] if entries and entries[0].number == number else None

    @abstractmethod
    async def count_bytes(self) -> int:
        """Return about how many bytes the entries take."""

    @abstractmethod
    async def clear(self) -> None:
        """Forget the entries; their numbers go on."""

    def close(self) -> None:  # noqa: B027 - a journal on a disk has nothing to give back
        """Give the memory of the entries back: this world is not used any more."""

    def forget(self, entry: JournalEntry) -> None:
        """Note an entry that makes room for others, if a strict test would fail for it."""
        if self.on_forget is not None:
            self.on_forget()
        is_good = entry.status == 200
        if self.forgotten_counts[is_good] < MAX_FORGOTTEN and is_worth_remembering(entry):
            self.forgotten_counts[is_good] += 1
            self.forgotten.append(shorten_bodies(entry, FORGOTTEN_BODY_BYTES))

    def clear_forgotten(self) -> None:
        self.forgotten.clear()
        self.forgotten_counts = [0, 0]

    def announce(self, entry: JournalEntry) -> None:
        """Pass a new entry to the listener, and wake the waiters."""
        self.emit(entry)
        if self.waiters:
            for event in self.waiters:
                event.set()

    def emit(self, entry: JournalEntry) -> None:
        """Pass an entry to the listener without keeping it."""
        if self.listener is not None:
            self.listener(entry)

    async def wait(self, is_done: Callable[[], Awaitable[bool]], seconds: float) -> None:
        """Wait until a condition is true, which is checked after each new entry, or for a time."""
        event = asyncio.Event()
        self.waiters.add(event)
        try:
            async with asyncio.timeout(seconds):
                while not await is_done():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(self.look_seconds):
                            await event.wait()
                    event.clear()
        except TimeoutError:
            pass
        finally:
            self.waiters.discard(event)


def is_worth_remembering(entry: JournalEntry) -> bool:
    """Whether a strict test fails for an entry, so that the journal notes that it forgot it."""
    return (entry.source == "engine" and entry.status == 200) or is_unanswered(entry)


def has_decision(entry: JournalEntry) -> bool:
    """Whether a scenario or a cassette has decided about an entry.

    What it counted is stored already, so the entry is stored before its answer leaves. A cost alone
    is not a decision: its sum is stored, and the entry may follow with others.
    """
    details = entry.scenario_details
    return details is not None and details.keys() != COST_ALONE


COST_ALONE = {"cost_usd"}


def shorten_bodies(entry: JournalEntry, size: int) -> JournalEntry:
    """Return an entry with the beginnings of its bodies."""
    wire = replace(entry.wire, body=entry.wire.body[:size])
    return replace(entry, wire=wire, body=entry.body[:size])


def is_unanswered(entry: JournalEntry) -> bool:
    """Whether nothing has an answer for a request: no recording, no endpoint, no support."""
    if "missed" in (entry.scenario_details or ()):
        return True
    return entry.source not in CHOSEN_SOURCES and entry.status in (404, 501)


class Evictable(ABC):
    """A journal whose entries are in memory."""

    byte_count: int

    @abstractmethod
    def drop_oldest(self) -> None:
        """Forget the oldest entry."""


class JournalBudget:
    """The memory that the journals of all worlds share.

    When it is used up, a world that takes more than an equal share loses its oldest entry. So a
    busy world does not displace the entries of others. To find that world takes constant time for
    each entry: `worlds` is turned only past worlds that have less than their share, and those reach
    it again only if a new world makes the shares smaller.
    """

    def __init__(self, max_bytes: int = TOTAL_BYTES) -> None:
        self.max_bytes = max_bytes
        self.byte_count = 0
        self.worlds: deque[Evictable] = deque()
        self.rendered: BoundedCache[Any, Any] = BoundedCache()

    def join(self, journal: Evictable) -> None:
        """Let a journal take part, before its first entry."""
        self.worlds.append(journal)

    def leave(self, journal: Evictable) -> None:
        """Give the bytes of a journal back, which has forgotten its entries."""
        if journal in self.worlds:
            self.worlds.remove(journal)

    def make_room(self, newest: Evictable) -> None:
        """Forget entries until the others fit. `newest` has got an entry just now."""
        while self.byte_count > self.max_bytes and self.worlds:
            share = self.max_bytes // len(self.worlds)
            if newest.byte_count <= share:
                while self.worlds[0].byte_count <= share:
                    self.worlds.rotate(-1)
                self.worlds[0].drop_oldest()
            else:
                newest.drop_oldest()


def estimate_size(entry: JournalEntry) -> int:
    """Return about how many bytes an entry takes."""
    return ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
