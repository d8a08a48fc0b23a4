"""The limit on the bytes that all worlds together may keep."""

from __future__ import annotations

from mockgem.core.errors import ApiError, invalid
from mockgem.core.storage_errors import quota_exceeded_error
from mockgem.core.world import World

RECORD_OVERHEAD = 1024
"""Bytes that a record takes besides its content."""


async def append_blob(world: World, name: str, at: int, data: bytes) -> None:
    """Write bytes to a blob. Raises ApiError (429) if the storage is full."""
    if len(data) > await world.free_bytes():
        raise quota_exceeded_error(f"{world.limits.total_bytes} bytes")
    try:
        await world.blobs.append(name, at, data)
    except OSError as error:
        raise quota_exceeded_error(f"{error.strerror or error}") from None


async def check_file_size(size: int, world: World, limit: int = 0) -> None:
    """Raise ApiError if a file is too large (400) or the storage is full (429)."""
    if size > get_limit(world, limit):
        raise file_too_large_error(get_limit(world, limit))
    await check_quota(size, world)


async def check_quota(size: int, world: World) -> None:
    """Raise ApiError (429) if the storage is full for a record of some bytes."""
    if size + RECORD_OVERHEAD > await world.free_bytes():
        raise quota_exceeded_error(f"{world.limits.total_bytes} bytes")


def get_limit(world: World, limit: int = 0) -> int:
    """Return how many bytes a file may have: those of the world, and no more than its own limit."""
    return min(limit or world.limits.file_bytes, world.limits.file_bytes)


def file_too_large_error(limit: int) -> ApiError:
    message = f"File is too large: more than the {limit} bytes that are allowed."
    return invalid(message, "file_too_large")
