"""The open event streams of a server, which end when it stops."""

from __future__ import annotations

import asyncio


class EventStreams:
    """The open streams of a server. `close` ends them, so that the server can stop at once."""

    def __init__(self) -> None:
        self.is_closed = False
        self.events: set[asyncio.Event] = set()

    def close(self) -> None:
        self.is_closed = True
        for event in self.events:
            event.set()
