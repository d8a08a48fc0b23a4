"""What happened, in order: a ring, bounded by number and by bytes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mockgem.core.http import WireRequest

KEPT_BODY_BYTES = 256 * 1024
"""Bytes of a body that are kept."""
ENTRY_OVERHEAD = 1500
"""Bytes that an entry takes besides its bodies."""


@dataclass(slots=True)
class JournalEntry:
    """One request and what became of it. `seconds` is how long the answer took to make, `came` and `ended` when it came and
    when its last byte was handed over, on a clock that only runs on.

    `size` is the bytes of the answer, `asked` those of a request that is not kept whole. `unsent` is an answer of which not
    a byte went. `told` is what a scenario did to it. `outcome` is whole, cut (the connection was broken off), left (the
    client went away) or open.
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


class Journal:
    """The last entries; each is also told to whoever listens (the request log does)."""

    def __init__(
        self,
        max_entries: int = 1000,
        max_bytes: int = 64 * 2**20,
        listener: Callable[[JournalEntry], None] | None = None,
    ) -> None:
        self.entries: deque[JournalEntry] = deque()
        self.max_entries = max_entries
        self.max_bytes = max_bytes
        self.byte_count = 0
        self.count = 0
        self.listener = listener
        self.waiters: set[asyncio.Event] = set()

    def add(self, entry: JournalEntry) -> None:
        self.count = entry.number = self.count + 1
        entries = self.entries
        entries.append(entry)
        self.byte_count += ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
        while entries and (self.byte_count > self.max_bytes or len(entries) > self.max_entries):
            oldest = entries.popleft()
            oldest.dropped = True  # its answer may still be on its way
            self.byte_count -= estimate_size(oldest)
        self.emit(entry)
        if self.waiters:
            for event in self.waiters:
                event.set()

    def emit(self, entry: JournalEntry) -> None:
        """Tell the listener alone."""
        if self.listener is not None:
            self.listener(entry)

    def finish(self, entry: JournalEntry, body: bytes) -> None:
        """What an answer was that took its time; it may be forgotten by then."""
        if not entry.dropped:
            entry.body = body
            self.byte_count += len(body)

    def clear(self) -> None:
        """Forget the entries; their numbers go on."""
        for entry in self.entries:
            entry.dropped = True
        self.entries.clear()
        self.byte_count = 0

    async def wait(self, there: Callable[[], bool], seconds: float) -> None:
        """Until something is there, or the time is over."""
        event = asyncio.Event()
        self.waiters.add(event)
        try:
            async with asyncio.timeout(seconds):
                while not there():
                    event.clear()
                    await event.wait()
        except TimeoutError:
            pass
        finally:
            self.waiters.discard(event)


def estimate_size(entry: JournalEntry) -> int:
    return ENTRY_OVERHEAD + len(entry.wire.body) + len(entry.body)
