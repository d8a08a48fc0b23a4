"""Generated images and videos that a reply links to. mockgem serves them itself for an hour."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.store import iter_chunks
from mockgem.core.world import World
from mockgem.operations import files, quota
from mockgem.operations.files import File, media_in

MEDIA_LIFETIME = 3600.0
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "video/mp4": "mp4"}


async def save(data: bytes, mime_type: str, world: World) -> File:
    """Keep an image or a video under the hash of its bytes.

    Raises ApiError (429) if the storage is full.
    """
    await files.sweep(world)
    name = f"{hashlib.blake2b(data, digest_size=12).hexdigest()}.{SUFFIXES.get(mime_type, 'bin')}"
    now, blob = world.clock(), f"media-{name}"
    if not await world.blobs.get_size(blob):
        await quota.append_blob(world, blob, 0, data)
    medium = File(name, "", mime_type, len(data), now, "", now + MEDIA_LIFETIME, blob, "GENERATED")
    try:
        await media_in(world).put(name, medium)
    except ApiError:  # the disk is full
        await world.blobs.delete(blob)
        raise
    files.note_expiry(medium.expires, world)
    return medium


async def find(name: str, world: World) -> tuple[File, AsyncIterator[bytes]]:
    """Return a medium and its bytes. Raises ApiError (404) if it does not exist or has expired."""
    medium = await media_in(world).get(name)
    if medium is None or medium.expires <= world.clock():
        message = f"generated medium {name!r} does not exist; mockgem keeps each for an hour"
        raise ApiError(Failure(Code.NOT_FOUND, message))
    return medium, iter_chunks(world.blobs, medium.blob)
