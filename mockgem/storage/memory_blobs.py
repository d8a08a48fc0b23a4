"""Blobs of worlds in memory, and the large ones in one temporary file without a name.

One file serves all blobs, so that uploads hold one file descriptor together. It has no name, so
that nothing is left of it when the process ends, however it ends.
"""

from __future__ import annotations

from typing import IO

MAX_IN_MEMORY = 256 * 1024
"""Bytes of a blob that stays in memory; a larger one moves to the file."""
MEMORY_TOTAL = 64 * 2**20
"""Bytes of all blobs in memory; further ones are in the file, however small they are."""
BLOCK = 64 * 1024
"""Bytes of a block of the file. Each block belongs to one blob."""


class SpillFile:
    """A temporary file of blocks, which blobs take and give back. It exists when it is needed."""

    def __init__(self) -> None:
        self.file: IO[bytes] | None = None
        self.block_count = 0
        self.free: set[int] = set()

    def write(self, blocks: list[int], at: int, data: bytes) -> None:
        """Write into the blocks of a blob at an offset, and cut off what followed it.

        Raises OSError if the disk is full.
        """
        end = at + len(data)
        needed = -(-end // BLOCK)
        self.give_back(blocks[needed:])
        del blocks[needed:]
        while len(blocks) < needed:
            blocks.append(self.take_block())
        while at < end:
            size = min(BLOCK - at % BLOCK, end - at)
            file = self.seek(blocks[at // BLOCK], at % BLOCK)
            file.write(data[len(data) - (end - at) :][:size])
            at += size

    def read(self, blocks: list[int], start: int, size: int) -> bytes:
        """Return bytes of a blob."""
        parts, end = [], start + size
        while start < end:
            length = min(BLOCK - start % BLOCK, end - start)
            parts.append(self.seek(blocks[start // BLOCK], start % BLOCK).read(length))
            start += length
        return b"".join(parts)

    def seek(self, block: int, offset: int) -> IO[bytes]:
        if self.file is None:
            import tempfile

            self.file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it stays open
        self.file.seek(block * BLOCK + offset)
        return self.file

    def take_block(self) -> int:
        if self.free:
            return self.free.pop()
        self.block_count += 1
        return self.block_count - 1

    def give_back(self, blocks: list[int]) -> None:
        """Free blocks, and make the file shorter if they are at its end."""
        self.free.update(blocks)
        before = self.block_count
        while self.block_count - 1 in self.free:
            self.block_count -= 1
            self.free.remove(self.block_count)
        if self.block_count < before and self.file is not None:
            self.file.truncate(self.block_count * BLOCK)

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def __del__(self) -> None:
        self.close()


class BlobBudget:
    """The memory that the blobs of all worlds share, and the file for blobs without room in it."""

    def __init__(self, max_bytes: int = MEMORY_TOTAL) -> None:
        self.max_bytes = max_bytes
        self.byte_count = 0
        self.file = SpillFile()


class MemoryBlobs:
    """The blobs of one world."""

    def __init__(self, budget: BlobBudget | None = None) -> None:
        self.budget = budget or BlobBudget()
        self.small: dict[str, bytearray] = {}
        self.large: dict[str, list[int]] = {}
        self.sizes: dict[str, int] = {}
        self.byte_count = 0

    async def append(self, name: str, at: int, data: bytes) -> None:
        size = at + len(data)
        if name not in self.large and self.has_room(name, size):
            kept = self.small.setdefault(name, bytearray())
            self.budget.byte_count += size - len(kept)
            kept[at:] = data
        else:
            blocks = self.large.get(name)
            if blocks is None:
                blocks = self.move_to_file(name)
            self.set_size(name, min(at, self.sizes.get(name, 0)))  # what stays on a full disk
            self.budget.file.write(blocks, at, data)
        self.set_size(name, size)

    def set_size(self, name: str, size: int) -> None:
        self.byte_count += size - self.sizes.get(name, 0)
        self.sizes[name] = size

    def has_room(self, name: str, size: int) -> bool:
        """Return whether a blob of some size may be in memory."""
        more = size - len(self.small.get(name, b""))
        return size <= MAX_IN_MEMORY and self.budget.byte_count + more <= self.budget.max_bytes

    def move_to_file(self, name: str) -> list[int]:
        """Move a blob to the file, and return its blocks."""
        blocks = self.large[name] = []
        kept = self.small.pop(name, bytearray())
        self.budget.byte_count -= len(kept)
        self.budget.file.write(blocks, 0, bytes(kept))
        return blocks

    async def flush(self, name: str) -> None:
        """Do nothing: these bytes do not outlive the process."""

    async def get_size(self, name: str) -> int:
        return self.sizes.get(name, 0)

    async def read(self, name: str, start: int, size: int) -> bytes:
        blocks = self.large.get(name)
        if blocks is None:
            return bytes(memoryview(self.small.get(name, b""))[start : start + size])
        return self.budget.file.read(blocks, start, min(size, self.sizes[name] - start))

    async def delete(self, name: str) -> None:
        self.budget.byte_count -= len(self.small.pop(name, b""))
        self.byte_count -= self.sizes.pop(name, 0)
        if (blocks := self.large.pop(name, None)) is not None:
            self.budget.file.give_back(blocks)

    async def count_bytes(self) -> int:
        return self.byte_count

    async def clear(self) -> None:
        for name in list(self.sizes):
            await self.delete(name)
