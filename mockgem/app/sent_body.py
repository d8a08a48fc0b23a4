"""The bytes of a response body that were sent."""

from __future__ import annotations

import time

from mockgem.core.http import BODILESS, Frame
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry

TAIL_BYTES = 64 * 1024
"""Bytes at the end of a long body that are kept until it has ended."""
MAX_CHUNKS = 1000
"""Pieces of a body whose times are kept."""


class SentBody:
    """The bytes of a response that were sent: the beginning for the journal, and the end.

    The response to HEAD has no body, whatever frames it is made of, and that with 204 neither.
    """

    def __init__(self, entry: JournalEntry) -> None:
        self.entry = entry
        self.has_body = entry.method != "HEAD" and entry.status not in BODILESS
        self.pieces: list[bytes] = []
        self.room = KEPT_BODY_BYTES
        self.tail = b""
        self.chunks: list[tuple[float, int]] = []
        entry.chunks = self.chunks

    def add(self, frame: Frame) -> None:
        """Count a frame as sent."""
        if not self.has_body:
            return
        data, room, entry = frame.data, self.room, self.entry
        size = len(data)
        entry.size += size
        if size and len(self.chunks) < MAX_CHUNKS:
            self.chunks.append((time.perf_counter() - entry.started_at, size))
        self.room = room - size
        if size <= room:
            self.pieces.append(data)
            return
        if room > 0:
            self.pieces.append(data[:room])
        self.tail = (self.tail + data)[-TAIL_BYTES:]

    @property
    def kept(self) -> bytes:
        """What the journal keeps of the body."""
        return b"".join(self.pieces)
