"""What happened, in order: a ring, bounded by number and by bytes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mockgem.core.http import WireRequest

SHOWN = 256 * 1024
"""Bytes of a body that are kept."""
ROUGHLY = 1500
"""Bytes that an entry takes besides its bodies."""


@dataclass(slots=True)
class Entry:
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
    told: Mapping[str, Any] | None = None
    came: float = 0.0
    ended: float = 0.0
    outcome: str = "whole"
    size: int = 0
    asked: int = 0
    unsent: bool = False
    number: int = 0
    dropped: bool = False


class Journal:
    """The last entries; each is also told to whoever listens (the request log does)."""

    def __init__(self, room: int = 1000, weight: int = 64 * 2**20, listener: Callable[[Entry], None] | None = None) -> None:
        self.entries: deque[Entry] = deque()
        self.room = room
        self.weight = weight
        self.held = 0
        self.count = 0
        self.listener = listener
        self.waiting: set[asyncio.Event] = set()

    def add(self, entry: Entry) -> None:
        self.count = entry.number = self.count + 1
        entries = self.entries
        entries.append(entry)
        self.held += ROUGHLY + len(entry.wire.body) + len(entry.body)
        while entries and (self.held > self.weight or len(entries) > self.room):
            oldest = entries.popleft()
            oldest.dropped = True  # its answer may still be on its way
            self.held -= weight_of(oldest)
        self.pass_on(entry)
        if self.waiting:
            for event in self.waiting:
                event.set()

    def pass_on(self, entry: Entry) -> None:
        """Tell the listener alone."""
        if self.listener is not None:
            self.listener(entry)

    def finish(self, entry: Entry, body: bytes) -> None:
        """What an answer was that took its time; it may be forgotten by then."""
        if not entry.dropped:
            entry.body = body
            self.held += len(body)

    def clear(self) -> None:
        """Forget the entries; their numbers go on."""
        for entry in self.entries:
            entry.dropped = True
        self.entries.clear()
        self.held = 0

    async def wait(self, there: Callable[[], bool], seconds: float) -> None:
        """Until something is there, or the time is over."""
        event = asyncio.Event()
        self.waiting.add(event)
        try:
            async with asyncio.timeout(seconds):
                while not there():
                    event.clear()
                    await event.wait()
        except TimeoutError:
            pass
        finally:
            self.waiting.discard(event)


def weight_of(entry: Entry) -> int:
    return ROUGHLY + len(entry.wire.body) + len(entry.body)
