"""Read the lines of a batch."""

from __future__ import annotations

from collections.abc import AsyncIterator

from mockgem.core.errors import invalid
from mockgem.core.store import iter_chunks
from mockgem.core.world import World

MAX_LINE_BYTES = 64 * 2**20


async def iter_lines(blob: str, world: World) -> AsyncIterator[bytes]:
    """Yield the lines that are not empty. Raises ApiError if one is longer than 64 MiB."""
    rest = b""
    async for chunk in iter_chunks(world.blobs, blob):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line := line.strip():
                yield line
        if len(rest) > MAX_LINE_BYTES:
            raise invalid(
                f"A line of the batch is longer than {MAX_LINE_BYTES} bytes.", "batch_line"
            )
    if rest := rest.strip():
        yield rest
