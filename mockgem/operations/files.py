"""Files: uploaded in chunks, kept for 48 hours, listed, polled, downloaded and deleted."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import replace

from mockgem.core import crc32c
from mockgem.core.call import OperationContext
from mockgem.core.content import Blob, Link
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state
from mockgem.core.scheduling import yield_control
from mockgem.core.store import Collection, Page, iter_chunks, read_blob
from mockgem.core.world import World

FILE_LIFETIME = 48 * 3600.0
"""Seconds a file lives (recorded: expirationTime is the request's time and 48 hours).

Evidence: native-067-files-200.
"""
NAMES_COLLECTION = "file names"
"""The names that are taken, from the start of an upload on."""
UPLOAD_BLOB_PREFIX = "part-"
"""What precedes an upload's id in the name of its blob."""
YIELD_EVERY = 16
"""Chunks after which other requests get their turn."""
FILE_URI = re.compile(
    r"(?:https?://[^/]+(?:/w/[^/]+)?/v1(?:beta|alpha)?/)?files/([a-z0-9-]{1,60})\Z"
)
FILE_URL = "https://generativelanguage.googleapis.com/v1beta/files/"
"""What Google's own address of a file begins with."""
MAX_INLINED_BYTES = 32 * 2**20
"""A prompt contains the bytes of files up to this size; larger ones stay links."""


@frozen
class File:
    """A file as it is kept. Times are seconds since 1970; `sha256` is hexadecimal.

    `blob` names its bytes, and `polls` counts how often clients looked at it. `crc32c` is a
    checksum in base64, which only generated files have. `purpose` is what OpenAI's clients say a
    file is for, and `forced` the state that a tester gave it.
    """

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
    crc32c: str = ""
    purpose: str = ""
    forced: str = ""


@frozen
class ListFilesRequest:
    """A page of files."""

    size: int = 10
    token: str = ""


@frozen
class Download:
    """A file and its bytes in chunks."""

    file: File
    chunks: AsyncIterator[bytes]


def files_in(world: World) -> Collection[File]:
    return Collection(world.store, "files", File)


def media_in(world: World) -> Collection[File]:
    """Return the generated images and videos, which are not in the list of files."""
    return Collection(world.store, "media", File)


# Look at files


async def find(name: str, world: World) -> File:
    """Return a file. Raises ApiError (403) if it does not exist or has expired."""
    file = await files_in(world).get(name)
    if file is None or file.expires <= world.clock():
        raise file_not_found_error(name)
    return file


def file_not_found_error(name: str) -> ApiError:
    message = f"You do not have permission to access the File {name} or it may not exist."
    return ApiError(
        Failure(Code.PERMISSION_DENIED, message, reason="file_gone", context={"name": name})
    )


async def poll(name: str, context: OperationContext) -> File:
    """Return a file after one more poll, which brings it closer to being active."""
    await find(name, context.world)
    file = await files_in(context.world).update(name, lambda file: count_poll(file, context))
    if file is None:
        raise file_not_found_error(name)
    return file


def count_poll(file: File, context: OperationContext) -> File | None:
    return replace(file, polls=file.polls + 1) if needs_processing(file, context) else None


def needs_processing(file: File, context: OperationContext) -> bool:
    """Return whether a file is processed before it is active, as videos are."""
    return file.source == "UPLOADED" and (
        context.overrides.slow_files or file.mime_type.startswith("video/")
    )


def state_of(file: File, context: OperationContext) -> str:
    """Return PROCESSING, ACTIVE or FAILED."""
    if file.forced:
        return file.forced
    if not needs_processing(file, context):
        return "ACTIVE"
    elapsed = context.world.clock() - file.created
    return find_state(context.get_lifecycle("file"), file.polls, elapsed)


async def list_files(request: ListFilesRequest, world: World) -> Page[File]:
    now = world.clock()
    return await files_in(world).get_page(
        request.size, request.token, lambda file: file.expires > now
    )


async def download(name: str, world: World) -> Download:
    """Return a file with its bytes.

    Raises ApiError (recorded) for an uploaded one: the documentation says that only generated files
    can be downloaded.

    Evidence: doc-files.
    """
    file = await find(name, world)
    if file.source == "UPLOADED" and not world.lenient:
        raise invalid(
            f"The file {name} was uploaded; only generated files can be downloaded.",
            "not_generated",
        )
    return Download(file, iter_chunks(world.blobs, file.blob))


# Create and delete files


def file_lifetime(context: OperationContext) -> float:
    """Return how many seconds a new file lives."""
    lifetime = context.overrides.file_lifetime
    return FILE_LIFETIME if lifetime is None else lifetime


async def create_generated_file(
    name: str,
    display_name: str,
    mime_type: str,
    blob: str,
    context: OperationContext,
) -> File:
    """Create a file of bytes that mockgem has made and kept in a blob.

    If there is a file of that name already, it stays, and the blob is deleted.
    """
    world = context.world
    now, digest = world.clock(), await hash_blob(blob, world)
    file = File(
        name,
        display_name,
        mime_type,
        await world.blobs.get_size(blob),
        now,
        digest,
        now + file_lifetime(context),
        blob,
        "GENERATED",
        crc32c=await compute_crc32c(blob, world),
    )
    try:
        is_new = await files_in(world).insert(name, file)
    except ApiError:  # the disk is full
        await world.blobs.delete(blob)
        raise
    if not is_new:
        await world.blobs.delete(blob)
    note_expiry(file.expires, world)
    return file


async def set_purpose(file: File, purpose: str, world: World) -> File:
    """Return a file that says what it is for, as OpenAI's clients write it."""
    changed = await files_in(world).update(file.name, lambda one: replace(one, purpose=purpose))
    return changed or file


async def compute_crc32c(blob: str, world: World) -> str:
    """Return the CRC-32C of a blob in base64, as Google's servers write it."""
    checksum = 0
    async for chunk in iter_chunks(world.blobs, blob):
        checksum = crc32c.extend(checksum, chunk)
        await yield_control()
    return base64.b64encode(checksum.to_bytes(4, "big")).decode()


async def hash_blob(blob: str, world: World) -> str:
    """Return the SHA-256 of a blob, in hexadecimal digits."""
    digest = hashlib.sha256()
    number = 0
    async for chunk in iter_chunks(world.blobs, blob):
        digest.update(chunk)
        number += 1
        if number % YIELD_EVERY == 0:
            await yield_control()
    return digest.hexdigest()


async def delete(name: str, world: World) -> None:
    """Delete a file. Raises ApiError (403) if it does not exist or has expired."""
    await find(name, world)
    await remove(name, world)


async def remove(name: str, world: World) -> None:
    """Delete a file with its bytes and the record of its upload, and free its name.

    The bytes go first: on a full disk that makes the space to change the records.
    """
    file = await files_in(world).get(name)
    if file is None:
        return
    await world.blobs.delete(file.blob)
    if await files_in(world).delete(name):
        await world.store.delete(NAMES_COLLECTION, name)
        await world.store.delete("uploads", file.blob.removeprefix(UPLOAD_BLOB_PREFIX))


async def sweep(world: World) -> bool:
    """Delete expired files and media, if it is time to, and return whether it was.

    It only makes space: what has expired does not exist for clients, deleted or not.
    """
    now = world.clock()
    if now < world.next_expiry:
        return False
    expiries = [now + FILE_LIFETIME]
    for file in await files_in(world).list_all():
        if file.expires <= now:
            await remove(file.name, world)
        else:
            expiries.append(file.expires)
    for medium in await media_in(world).list_all():
        if medium.expires <= now:
            await world.blobs.delete(medium.blob)
            await media_in(world).delete(medium.name)
        else:
            expiries.append(medium.expires)
    world.next_expiry = min(expiries)
    return True


def note_expiry(moment: float, world: World) -> None:
    """Sweep at this time, or earlier if something expires before."""
    world.next_expiry = min(world.next_expiry, moment)


# Files in prompts


async def resolve_link(link: Link, context: OperationContext) -> Blob | Link:
    """Return the file that a prompt links to, or the link if it leads elsewhere.

    Raises ApiError if the file does not exist or is not active.
    """
    match = FILE_URI.match(link.uri)
    if match is None:
        return link
    world = context.world
    file = await find(match[1], world)
    if state_of(file, context) != "ACTIVE":
        message = f"The File {file.name} is not in an ACTIVE state and usage is not allowed."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="file_not_active"))
    if file.size > MAX_INLINED_BYTES:
        return replace(link, mime_type=file.mime_type)
    data = await read_blob(world.blobs, file.blob)
    if len(data) != file.size:  # another program deleted the bytes
        raise file_not_found_error(match[1])
    return Blob(link.mime_type or file.mime_type, data, file.display_name)
