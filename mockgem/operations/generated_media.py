"""Made media that answers only name: kept for an hour, served by the mock itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.world import World
from mockgem.operations import files, quota
from mockgem.operations.files import File, media_in

MEDIA_LIFETIME = 3600.0


def save(data: bytes, mime_type: str, world: World) -> File:
    """One picture or film under a hash of its bytes as its name. Raises ApiError (429) where there is no room."""
    files.sweep(world)
    name = f"{hashlib.blake2b(data, digest_size=12).hexdigest()}.{SUFFIXES.get(mime_type, 'bin')}"
    now, blob = world.clock(), f"media-{name}"
    if not world.blobs.get_size(blob):
        quota.append_blob(world, blob, 0, data)
    medium = File(name, "", mime_type, len(data), now, "", now + MEDIA_LIFETIME, blob, "GENERATED")
    media_in(world).put(name, medium)
    world.next_expiry = min(world.next_expiry, medium.expires)
    return medium


SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "video/mp4": "mp4"}


def find(name: str, world: World) -> tuple[File, Iterator[bytes]]:
    """Raises ApiError (404) if there is none, or none any more."""
    medium = media_in(world).get(name)
    if medium is None or medium.expires <= world.clock():
        raise ApiError(
            Failure(
                Code.NOT_FOUND,
                f"there is no medium {name!r}, or no more: they are kept for an hour",
            )
        )
    return medium, world.blobs.iter_chunks(medium.blob)
