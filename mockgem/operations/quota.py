"""Room: how many bytes all worlds together may keep."""

from __future__ import annotations

from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World

RECORD_OVERHEAD = 1024
"""Bytes that a record takes beside what it is about."""


def append_blob(world: World, name: str, at: int, data: bytes) -> None:
    """Raises ApiError (429) where there is no room."""
    if len(data) > world.free_bytes():
        raise quota_exceeded_error(f"{world.limits.total_bytes} bytes")
    try:
        world.blobs.append(name, at, data)
    except OSError as error:
        raise quota_exceeded_error(f"{error.strerror or error}") from None


def check_file_size(size: int, world: World) -> None:
    if size > world.limits.file_bytes:
        raise file_too_large_error(world)
    check_quota(size, world)


def check_quota(size: int, world: World) -> None:
    """Raises ApiError (429) where there is no room for a record of so many bytes."""
    if size + RECORD_OVERHEAD > world.free_bytes():
        raise quota_exceeded_error(f"{world.limits.total_bytes} bytes")


def file_too_large_error(world: World) -> ApiError:
    message = f"File is too large: more than the {world.limits.file_bytes} bytes that are allowed."
    return invalid(message, "file_too_large", limit=world.limits.file_bytes)


def quota_exceeded_error(what: str) -> ApiError:
    message = f"You have exceeded your file storage quota ({what}). Please delete some files."
    return ApiError(Failure(Code.RESOURCE_EXHAUSTED, message, reason="no_room"))
