"""Made media that answers only name: kept for an hour, served by the mock itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations import files

KEPT = 3600.0


@dataclass(slots=True)
class Medium:
    """One picture or film. Its name is a hash of its bytes."""

    name: str
    mime_type: str
    size: int
    created: float


def media_in(world: World) -> Collection[Medium]:
    return Collection(world.store, "media", Medium)


def keep(data: bytes, mime_type: str, world: World) -> Medium:
    """Raises ApiError (429) where there is no room."""
    sweep(world)
    suffix = SUFFIXES.get(mime_type, "bin")
    name = f"{hashlib.blake2b(data, digest_size=12).hexdigest()}.{suffix}"
    files.check_size(len(data), world)
    files.keep(world, f"media-{name}", 0, data)
    medium = Medium(name, mime_type, len(data), world.clock())
    media_in(world).put(name, medium)
    return medium


SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "video/mp4": "mp4"}


def find(name: str, world: World) -> tuple[Medium, Iterator[bytes]]:
    """Raises ApiError (404) if there is none, or none any more."""
    medium = media_in(world).get(name)
    if medium is None or medium.created + KEPT <= world.clock():
        raise ApiError(Failure(Code.NOT_FOUND, f"there is no medium {name!r}, or no more: they are kept for an hour"))
    return medium, world.blobs.pieces(f"media-{name}")


def sweep(world: World) -> None:
    now = world.clock()
    for medium in [one for one in media_in(world).all() if one.created + KEPT <= now]:
        media_in(world).delete(medium.name)
        world.blobs.delete(f"media-{medium.name}")
