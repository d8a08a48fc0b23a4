"""Files: uploaded piece by piece, kept for 48 hours, listed, looked at, downloaded and deleted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from mockgem.core.content import Blob, Link
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state_index
from mockgem.core.scheduling import yield_control
from mockgem.core.store import Collection, Page
from mockgem.core.world import World

FILE_LIFETIME = 48 * 3600.0
"""Seconds a file lives (recorded: expirationTime is the request's time and 48 hours)."""
NAMES_COLLECTION = "file names"
"""Names that are taken, from an upload's start on."""
UPLOAD_BLOB_PREFIX = "part-"
"""What an upload's bytes are called, before its id."""


@frozen
class File:
    """A file as it is kept. Times are seconds; `sha256` is hexadecimal; `blob` names its bytes; `polls` counts how
    often it was looked at."""

    name: str
    display_name: str
    mime_type: str
    size: int
    created: float
    sha256: str
    expires: float
    blob: str
    source: str = "UPLOADED"
    polls: int = 0


@frozen
class ListFilesRequest:
    """A page of files."""

    size: int = 10
    token: str = ""


@frozen
class Download:
    """The bytes of a file, piece by piece."""

    file: File
    chunks: Iterator[bytes]


def file_lifetime(world: World) -> float:
    """Seconds that a new file lives."""
    return FILE_LIFETIME if world.overrides.file_lifetime is None else world.overrides.file_lifetime


def files_in(world: World) -> Collection[File]:
    return Collection(world.store, "files", File)


async def hash_blob(blob: str, world: World) -> str:
    digest = hashlib.sha256()
    for number, piece in enumerate(world.blobs.iter_chunks(blob)):
        digest.update(piece)
        if number % 16 == 15:
            await yield_control()
    return digest.hexdigest()


def find(name: str, world: World) -> File:
    """A file as it is now. Raises ApiError (403) if there is none, or none any more."""
    file = files_in(world).get(name)
    if file is None or file.expires <= world.clock():
        raise file_not_found_error(name)
    return file


def file_not_found_error(name: str) -> ApiError:
    message = f"You do not have permission to access the File {name} or it may not exist."
    return ApiError(
        Failure(Code.PERMISSION_DENIED, message, reason="file_gone", context={"name": name})
    )


def poll(name: str, world: World) -> File:
    """A file, which is nearer to being active for having been asked for."""
    find(name, world)
    found = files_in(world).update(name, lambda file: record_poll(file, world))
    if found is None:
        raise file_not_found_error(name)
    return found


def record_poll(file: File, world: World) -> File | None:
    return replace(file, polls=file.polls + 1) if needs_processing(file, world) else None


def needs_processing(file: File, world: World) -> bool:
    """Video is looked through before it can be used; in some scenarios every file is."""
    return file.source == "UPLOADED" and (
        world.overrides.slow_files or file.mime_type.startswith("video/")
    )


def state_of(file: File, world: World) -> str:
    """PROCESSING, ACTIVE or FAILED."""
    if not needs_processing(file, world):
        return "ACTIVE"
    life = world.lifecycles["file"]
    return life[find_state_index(life, file.polls, world.clock() - file.created)].state


def list_files(request: ListFilesRequest, world: World) -> Page[File]:
    now = world.clock()
    return files_in(world).get_page(request.size, request.token, lambda file: file.expires > now)


def delete(name: str, world: World) -> None:
    find(name, world)
    remove(name, world)


def remove(name: str, world: World) -> None:
    """With its bytes, and with what is left of its upload; its name is free again."""
    file = files_in(world).get(name)
    if file is not None and files_in(world).delete(name):
        world.store.delete(NAMES_COLLECTION, name)
        world.store.delete("uploads", file.blob.removeprefix(UPLOAD_BLOB_PREFIX))
        world.blobs.delete(file.blob)


def sweep(world: World) -> bool:
    """Let go of files and made media that have expired. Looked for only when some may have; tells whether it was."""
    now = world.clock()
    if now < world.next_expiry:
        return False
    ends = [now + FILE_LIFETIME]
    for file in files_in(world).iter_all():
        if file.expires <= now:
            remove(file.name, world)
        else:
            ends.append(file.expires)
    for medium in media_in(world).iter_all():
        if medium.expires <= now:
            media_in(world).delete(medium.name)
            world.blobs.delete(medium.blob)
        else:
            ends.append(medium.expires)
    world.next_expiry = min(ends)
    return True


def media_in(world: World) -> Collection[File]:
    """Made pictures and films that answers only name."""
    return Collection(world.store, "media", File)


def download(name: str, world: World) -> Download:
    """Only what the service made itself can be downloaded, as the documentation says."""
    file = find(name, world)
    if file.source == "UPLOADED" and not world.lenient:
        raise invalid(
            f"The file {name} was uploaded; only generated files can be downloaded.",
            "not_generated",
        )
    return Download(file, world.blobs.iter_chunks(file.blob))


async def create_generated_file(
    name: str, display_name: str, mime_type: str, blob: str, world: World
) -> File:
    """A file the service has made, out of bytes that are kept already. If it is there already, that one stays."""
    now, digest = world.clock(), await hash_blob(blob, world)
    size = world.blobs.get_size(blob)
    file = File(
        name,
        display_name,
        mime_type,
        size,
        now,
        digest,
        now + file_lifetime(world),
        blob,
        "GENERATED",
    )
    if not files_in(world).insert(name, file):
        world.blobs.delete(blob)
    return file


FILE_URI = re.compile(
    r"(?:https?://[^/]+(?:/w/[^/]+)?/v1(?:beta|alpha)?/)?files/([a-z0-9-]{1,60})\Z"
)
MAX_INLINED_BYTES = 32 * 2**20
"""Files up to this many bytes are looked into when a prompt has them; larger ones are only named."""


def resolve_link(link: Link, world: World) -> Blob | Link:
    """The file that a prompt links to; the link itself if it leads elsewhere.

    Raises ApiError where the file is gone, or is not ready to be used.
    """
    match = FILE_URI.match(link.uri)
    if match is None:
        return link
    file = find(match[1], world)
    if state_of(file, world) != "ACTIVE":
        message = f"The File {file.name} is not in an ACTIVE state and usage is not allowed."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="file_not_active"))
    if file.size > MAX_INLINED_BYTES:
        return replace(link, mime_type=file.mime_type)
    return Blob(
        link.mime_type or file.mime_type,
        b"".join(world.blobs.iter_chunks(file.blob)),
        file.display_name,
    )
