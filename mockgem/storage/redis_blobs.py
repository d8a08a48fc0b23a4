"""Bytes on a Valkey or Redis server, in pieces of one mebibyte."""

from __future__ import annotations

from contextlib import suppress

from mockgem.core.errors import ApiError
from mockgem.core.storage_errors import unavailable_storage_error
from mockgem.storage import redis_scripts as scripts
from mockgem.storage.redis_client import RedisClient

PIECE_BYTES = 1 << 20
MAX_PIECES = 8
"""Pieces that one command writes: a larger one would keep other servers waiting."""


class RedisBlobs:
    """The blobs of one world."""

    def __init__(self, client: RedisClient, world: str) -> None:
        self.client = client
        self.world = world
        self.key = f"{client.prefix}:w:{world}"

    async def append(self, name: str, at: int, data: bytes) -> None:
        """Write at an offset. A write that fails leaves the blob as it was before the offset."""
        pieces = split_pieces(at, data)
        end = at
        try:
            for start in range(0, max(len(pieces), 1), MAX_PIECES):
                some = pieces[start : start + MAX_PIECES]
                await self.write(name, end, some)
                end += sum(map(len, some))
        except ApiError:
            if end > at:
                with suppress(ApiError):
                    await self.write(name, at, [])
            raise

    async def write(self, name: str, at: int, pieces: list[bytes]) -> None:
        await self.client.run(scripts.APPEND, self.world, name, PIECE_BYTES, at, *pieces)

    async def flush(self, name: str) -> None:
        """Check that the blob exists: what the server has acknowledged is as durable as it is."""
        if not await self.client.execute("HEXISTS", f"{self.key}:blobs", name):
            raise FileNotFoundError(name)

    async def get_size(self, name: str) -> int:
        return int(await self.client.execute("HGET", f"{self.key}:blobs", name) or 0)

    async def read(self, name: str, start: int, size: int) -> bytes:
        if size <= 0:
            return b""
        known, *found = await self.client.read_many(
            [("HGET", f"{self.key}:blobs", name), *self.list_reads(name, start, size)]
        )
        data = b"".join(found)
        if len(data) < min(size, max(int(known or 0) - start, 0)):
            raise unavailable_storage_error(
                self.client.address.shown,
                "the server has dropped bytes of a file (set its maxmemory-policy to noeviction)",
            )
        return data

    def list_reads(self, name: str, start: int, size: int) -> list[tuple[str, str, int, int]]:
        """Return the commands that read some bytes: one for each piece."""
        reads, end = [], start + size
        while start < end:
            number, offset = divmod(start, PIECE_BYTES)
            length = min(PIECE_BYTES - offset, end - start)
            key = f"{self.key}:blob:{name}:{number}"
            reads.append(("GETRANGE", key, offset, offset + length - 1))
            start += length
        return reads

    async def delete(self, name: str) -> None:
        await self.client.run(scripts.DELETE_BLOB, self.world, name, PIECE_BYTES)

    async def count_bytes(self) -> int:
        return int(await self.client.execute("HGET", f"{self.key}:info", "blob_bytes") or 0)

    async def clear(self) -> None:
        await self.client.run(scripts.CLEAR_BLOBS, self.world, "", PIECE_BYTES)


def split_pieces(at: int, data: bytes) -> list[bytes]:
    """Return the parts of data that go to one piece each."""
    first = PIECE_BYTES - at % PIECE_BYTES
    ends = range(first, len(data) + PIECE_BYTES, PIECE_BYTES)
    return [part for end in ends if (part := data[max(end - PIECE_BYTES, 0) : end])]
