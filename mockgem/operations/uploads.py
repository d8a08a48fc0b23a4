"""Uploads: a file on its way, announced, sent piece by piece, and made a file of at its end."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations import files
from mockgem.operations.files import (
    FILE_LIFETIME,
    NAMES_COLLECTION,
    UPLOAD_BLOB_PREFIX,
    File,
    file_lifetime,
    files_in,
    hash_blob,
)
from mockgem.operations.generators.ids import generate_name, insert_with_new_id
from mockgem.operations.quota import append_blob, check_file_size, file_too_large_error

NAME_LENGTH, ID_LENGTH = 12, 40


@frozen
class UploadSession:
    """A file on its way. `size` is what was announced, -1 if nothing was; `received` is what is kept of it for certain,
    `attempt` counts the requests that went on with it."""

    id: str
    name: str
    display_name: str
    mime_type: str
    size: int
    created: float
    received: int = 0
    done: str = ""
    attempt: int = 0


@frozen
class StartUploadRequest:
    """What is told of a file before its bytes come. Without a name it gets one."""

    name: str = ""
    display_name: str = ""
    mime_type: str = ""
    size: int = -1


def uploads_in(world: World) -> Collection[UploadSession]:
    return Collection(world.store, "uploads", UploadSession)


def start(request: StartUploadRequest, occasion: OperationContext) -> UploadSession:
    """Announce a file; its name is taken from now on. Raises ApiError where it is too large or the name is another's."""
    world = occasion.world
    sweep(world)
    check_file_size(max(request.size, 0), world)
    if "\r" in request.mime_type or "\n" in request.mime_type:
        raise invalid("Request contains an invalid argument.", "mime_type")
    name = request.name or generate_name(
        occasion, NAME_LENGTH, lambda name: world.store.insert(NAMES_COLLECTION, name, {})
    )
    if request.name and not world.store.insert(NAMES_COLLECTION, name, {}):
        raise ApiError(
            Failure(Code.ALREADY_EXISTS, "Requested entity already exists", reason="file_exists")
        )
    mime_type = request.mime_type or "application/octet-stream"
    upload = UploadSession("", name, request.display_name, mime_type, request.size, world.clock())
    return insert_with_new_id(upload, "id", ID_LENGTH, uploads_in(world), occasion)


def sweep(world: World) -> None:
    """Let go of what has expired, and of uploads that nobody went on with as long as a file lives."""
    if not files.sweep(world):
        return
    now = world.clock()
    for upload in [
        one
        for one in uploads_in(world).iter_all()
        if not one.done and one.created + FILE_LIFETIME <= now
    ]:
        abort(upload, world)


async def receive(
    upload: UploadSession,
    offset: int,
    pieces: AsyncIterator[bytes],
    occasion: OperationContext,
    *,
    last: bool,
) -> UploadSession | File:
    """Add bytes to an upload, and make a file of it with the last ones. Each piece is kept before it is counted.

    Who comes last goes on: an attempt that is still sending when another one begins is refused its next piece. Raises
    ApiError where the place is a wrong one or there is no room; ConnectionError where the bytes break off, and what has
    come by then is kept.
    """
    world = occasion.world
    upload = begin_attempt(upload, offset, world)
    at = offset
    try:
        async for piece in pieces:
            if not piece:
                continue
            check_attempt(upload, world)
            if at + len(piece) > world.limits.file_bytes:
                raise file_too_large_error(world)
            append_blob(world, blob_name_of(upload), at, piece)
            at += len(piece)
    finally:
        record_received(world, upload, at)
    upload = check_attempt(upload, world)
    return await finish_upload(upload, occasion) if last else upload


def begin_attempt(upload: UploadSession, offset: int, world: World) -> UploadSession:
    """A new attempt to go on with an upload."""

    def start_attempt(now: UploadSession) -> UploadSession | None:
        if now.done or now.received != offset:
            return None
        return replace(now, attempt=now.attempt + 1)

    found = uploads_in(world).update(upload.id, start_attempt)
    if found is None or found.done or found.received != offset:
        received = found.received if found else 0
        message = f"Upload offset {offset} does not match the {received} bytes that were received."
        raise invalid(message, "upload_offset", received=received)
    return found


def check_attempt(upload: UploadSession, world: World) -> UploadSession:
    """The upload as it is now, if nobody else has gone on with it since. Raises ApiError (409) if somebody has."""
    now = uploads_in(world).get(upload.id)
    if now is None or now.done or now.attempt != upload.attempt:
        message = "The upload was gone on with by another request."
        raise ApiError(Failure(Code.ABORTED, message, reason="upload_offset"))
    return now


def record_received(world: World, upload: UploadSession, received: int) -> None:
    """What has come counts, unless somebody else has gone on since."""
    if received:
        with contextlib.suppress(FileNotFoundError):
            world.blobs.flush(blob_name_of(upload))

    def set_received(now: UploadSession) -> UploadSession | None:
        return (
            None if now.done or now.attempt != upload.attempt else replace(now, received=received)
        )

    uploads_in(world).update(upload.id, set_received)


def abort(upload: UploadSession, world: World) -> None:
    """Forget an upload that nobody can go on with."""
    uploads_in(world).delete(upload.id)
    world.store.delete(NAMES_COLLECTION, upload.name)
    world.blobs.delete(blob_name_of(upload))


async def finish_upload(upload: UploadSession, occasion: OperationContext) -> File:
    """The file an upload has become."""
    world = occasion.world
    if upload.size >= 0 and upload.received != upload.size:
        message = f"Upload has {upload.received} bytes, {upload.size} were announced."
        raise invalid(message, "upload_size", received=upload.received, announced=upload.size)
    if not upload.received:
        world.blobs.append(blob_name_of(upload), 0, b"")
    digest = await hash_blob(blob_name_of(upload), world)
    now = world.clock()
    told = (upload.name, upload.display_name, upload.mime_type, upload.received)
    file = File(*told, now, digest, now + file_lifetime(world), blob_name_of(upload))
    check_attempt(upload, world)
    files_in(world).put(file.name, file)
    uploads_in(world).put(upload.id, replace(upload, done=file.name))
    return file


def blob_name_of(upload: UploadSession) -> str:
    return UPLOAD_BLOB_PREFIX + upload.id


def find_upload(upload_id: str, world: World) -> UploadSession:
    """Raises ApiError if there is none."""
    upload = uploads_in(world).get(upload_id)
    if upload is None:
        raise ApiError(
            Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="upload_not_found")
        )
    return upload
