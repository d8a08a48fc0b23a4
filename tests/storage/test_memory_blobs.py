"""Blobs in memory: what has no room moves to one file, whose blocks are used again."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from mockgem.storage.memory_blobs import BLOCK, MAX_IN_MEMORY, BlobBudget, MemoryBlobs, SpillFile

LARGE = MAX_IN_MEMORY + 1


def count_descriptors() -> int:
    return len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0


async def read_all(blobs: MemoryBlobs, name: str) -> bytes:
    return await blobs.read(name, 0, await blobs.get_size(name))


async def test_many_large_blobs_hold_one_file_descriptor_together() -> None:
    budget = BlobBudget()
    before = count_descriptors()
    worlds = [MemoryBlobs(budget) for _ in range(10)]
    for number in range(100):
        await worlds[number % 10].append(f"b{number}", 0, bytes([number]) * LARGE)
    assert count_descriptors() <= before + 1
    for number in range(100):
        assert await read_all(worlds[number % 10], f"b{number}") == bytes([number]) * LARGE
    budget.file.close()
    assert count_descriptors() == before


async def test_the_blocks_of_deleted_blobs_are_used_again() -> None:
    budget = BlobBudget()
    blobs = MemoryBlobs(budget)
    for number in range(50):
        await blobs.append("a", 0, bytes(LARGE))
        await blobs.append("b", 0, bytes([number]) * LARGE)
        await blobs.delete("a")
        assert await read_all(blobs, "b") == bytes([number]) * LARGE
    assert budget.file.block_count <= 2 * -(-LARGE // BLOCK)
    await blobs.clear()
    assert (budget.file.block_count, budget.file.free, budget.byte_count) == (0, set(), 0)
    assert budget.file.file is not None
    assert os.fstat(budget.file.file.fileno()).st_size == 0


async def test_blobs_of_all_worlds_share_the_memory() -> None:
    budget = BlobBudget(max_bytes=10_000)
    worlds = [MemoryBlobs(budget) for _ in range(20)]
    for number, blobs in enumerate(worlds):
        await blobs.append("a", 0, bytes([number]) * 900)
    assert budget.byte_count <= 10_000
    assert sum("a" in blobs.small for blobs in worlds) == 11
    for number, blobs in enumerate(worlds):
        assert await read_all(blobs, "a") == bytes([number]) * 900
        assert await blobs.count_bytes() == 900
    await worlds[0].delete("a")
    await worlds[19].append("b", 0, bytes(900))
    assert "b" in worlds[19].small


async def test_a_blob_grows_from_memory_into_the_file_and_is_cut_there() -> None:
    blobs = MemoryBlobs()
    content = os.urandom(3 * BLOCK + 77)
    at = 0
    for size in (100, BLOCK, MAX_IN_MEMORY):
        await blobs.append("a", at, content[:size])
        at += size
    whole = content[:100] + content[:BLOCK] + content[:MAX_IN_MEMORY]
    assert await read_all(blobs, "a") == whole
    await blobs.append("a", BLOCK - 10, b"the end")
    assert await read_all(blobs, "a") == whole[: BLOCK - 10] + b"the end"
    assert await blobs.read("a", BLOCK - 12, 5) == whole[BLOCK - 12 : BLOCK - 10] + b"the"
    assert await blobs.read("a", 10 * BLOCK, 5) == b""
    assert await blobs.count_bytes() == BLOCK - 3


async def test_a_full_disk_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = MemoryBlobs()
    await blobs.append("a", 0, b"x" * LARGE)

    class FullFile:
        def __getattr__(self, name: str) -> Any:
            return getattr(file, name)

        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    file = blobs.budget.file.file
    monkeypatch.setattr(blobs.budget.file, "file", FullFile())
    with pytest.raises(OSError, match="No space"):
        await blobs.append("a", 5, b"more" * BLOCK)
    monkeypatch.undo()
    assert await read_all(blobs, "a") == b"x" * 5
    await blobs.append("a", 5, b"y" * LARGE)
    assert await read_all(blobs, "a") == b"x" * 5 + b"y" * LARGE
    await blobs.delete("a")
    assert blobs.budget.file.block_count == 0


def test_a_file_that_nobody_wrote_to_is_not_created() -> None:
    file = SpillFile()
    file.give_back([])
    file.close()
    assert file.file is None
