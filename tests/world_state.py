"""Look into the state of a world, and change it, from a test without an event loop."""

from __future__ import annotations

import asyncio
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.store import read_blob
from mockgem.core.world import World
from mockgem.operations import files


def count_blob_bytes(world: World) -> int:
    return asyncio.run(world.blobs.count_bytes())


def count_record_bytes(world: World) -> int:
    return asyncio.run(world.store.count_bytes())


def get_record(world: World, collection: str, name: str) -> dict[str, Any]:
    record = asyncio.run(world.store.get(collection, name))
    assert record is not None
    return record


def read_file(world: World, name: str) -> bytes:
    """Return the bytes of a file, also of one that the API does not let clients download."""
    record = get_record(world, "files", name.removeprefix("files/"))
    return asyncio.run(read_blob(world.blobs, record["blob"]))


def generate_file(world: World, name: str, data: bytes, mime_type: str = "text/plain") -> None:
    """Create a file as mockgem does for the output of a batch."""

    async def generate() -> None:
        await world.blobs.append(f"blob-{name}", 0, data)
        context = OperationContext(world)
        await files.create_generated_file(name, "", mime_type, f"blob-{name}", context)

    asyncio.run(generate())
