"""What happened, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Entry:
    """One request and what became of it. `seconds` is how long the answer took to make, not to deliver."""

    at: float
    method: str
    path: str
    surface: str
    model: str
    status: int
    source: str
    seconds: float


class Journal:
    """The last entries, in a ring; each is also told to whoever listens (the request log does)."""

    def __init__(self, room: int = 1000, listener: Callable[[Entry], None] | None = None) -> None:
        self.entries: deque[Entry] = deque(maxlen=room)
        self.listener = listener

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        if self.listener is not None:
            self.listener(entry)
