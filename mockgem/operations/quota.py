"""Room: how many bytes all worlds together may keep."""

from __future__ import annotations

from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World

RECORD = 1024
"""Bytes that a record takes beside what it is about."""


def keep(world: World, name: str, at: int, data: bytes) -> None:
    """Raises ApiError (429) where there is no room."""
    if len(data) > world.room():
        raise no_room(f"{world.limits.total} bytes")
    try:
        world.blobs.append(name, at, data)
    except OSError as error:
        raise no_room(f"{error.strerror or error}") from None


def check_size(size: int, world: World) -> None:
    if size > world.limits.file:
        raise too_large(world)
    check_room(size, world)


def check_room(size: int, world: World) -> None:
    """Raises ApiError (429) where there is no room for a record of so many bytes."""
    if size + RECORD > world.room():
        raise no_room(f"{world.limits.total} bytes")


def too_large(world: World) -> ApiError:
    message = f"File is too large: more than the {world.limits.file} bytes that are allowed."
    return invalid(message, "file_too_large", limit=world.limits.file)


def no_room(what: str) -> ApiError:
    message = f"You have exceeded your file storage quota ({what}). Please delete some files."
    return ApiError(Failure(Code.RESOURCE_EXHAUSTED, message, reason="no_room"))
