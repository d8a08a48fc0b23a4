"""Memory that the workers of one server share: it says who runs, and that something has changed.

The supervisor creates it before it starts the workers. Each word has one writer, so that no lock is
needed: the supervisor writes the owners, and each worker the count of its changes.
"""

from __future__ import annotations

import mmap
import struct

WORD = 8
"""Bytes of a number."""


class WorkerTable:
    """A row for each worker: the count of its changes, and the number of its process."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.revision_bytes = WORD * count
        self.memory = mmap.mmap(-1, 2 * WORD * count + WORD)

    def read_revisions(self) -> bytes:
        """Return bytes that differ after each change of any worker."""
        return self.memory[: self.revision_bytes]

    def advance(self, index: int) -> None:
        """Count a change of one worker."""
        (before,) = struct.unpack_from("<Q", self.memory, WORD * index)
        struct.pack_into("<Q", self.memory, WORD * index, before + 1)

    def set_owner(self, index: int, owner: int) -> None:
        """Note the number of the process that is a worker now; 0 for none."""
        struct.pack_into("<Q", self.memory, self.revision_bytes + WORD * index, owner)

    @property
    def has_refused(self) -> bool:
        """Whether the workers have refused connections for a time."""
        return self.memory[-1] != 0

    def note_refusal(self) -> None:
        self.memory[-1] = 1

    def list_owners(self) -> frozenset[int]:
        """Return the numbers of the processes that run."""
        owners = struct.unpack_from(f"<{self.count}Q", self.memory, self.revision_bytes)
        return frozenset(owners) - {0}
