"""The bytes of a response body that were sent."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from typing import overload

from mockgem.core.http import BODILESS, Frame
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry

TAIL_BYTES = 64 * 1024
"""Bytes at the end of a long body that are kept until it has ended."""
MAX_CHUNKS = 1000
"""Pieces of a body whose times are kept."""


class ChunkTimes(Sequence[tuple[float, int]]):
    """Seconds and sizes of pieces.

    The garbage collector skips arrays. It would look at lists of pairs again and again, and
    thousands of streams have a million pairs.
    """

    def __init__(self) -> None:
        self.seconds = array("d")
        self.sizes = array("Q")

    def add(self, seconds: float, size: int) -> None:
        self.seconds.append(seconds)
        self.sizes.append(size)

    def __len__(self) -> int:
        return len(self.sizes)

    @overload
    def __getitem__(self, place: int) -> tuple[float, int]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[float, int]]: ...
    def __getitem__(self, place: int | slice) -> tuple[float, int] | list[tuple[float, int]]:
        if isinstance(place, slice):
            return list(zip(self.seconds[place], self.sizes[place], strict=True))
        return self.seconds[place], self.sizes[place]


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
        self.chunks = entry.chunks = ChunkTimes()

    def add(self, frame: Frame) -> None:
        """Count a frame as sent."""
        if not self.has_body:
            return
        data, room = frame.data, self.room
        size = len(data)
        self.entry.size += size
        if size and len(self.chunks.sizes) < MAX_CHUNKS:
            self.chunks.add(time.perf_counter() - self.entry.started_at, size)
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
