"""Uploads: a client announces a file and sends it in chunks; the last chunk makes it a file."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import field, replace
from typing import Any, TypeVar

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
from mockgem.operations.quota import (
    append_blob,
    check_file_size,
    file_too_large_error,
    get_limit,
)

NAME_LENGTH, ID_LENGTH = 12, 40
CONTINUABLE = ("upload_offset", "upload_size")
"""Reasons of errors after which a client can continue its upload."""


@frozen
class UploadSession:
    """An upload that has begun.

    `size` is the announced number of bytes, -1 if the client did not announce one. `received` bytes
    are kept for certain. `attempt` counts the requests that continued the upload, and `done` names
    the file that it has become. `purpose` is empty for files; an upload to a file search store says
    there what becomes of it. `limit` is the highest number of bytes, 0 for that of files.
    """

    id: str
    name: str
    display_name: str
    mime_type: str
    size: int
    created: float
    received: int = 0
    done: str = ""
    attempt: int = 0
    purpose: dict[str, Any] = field(default_factory=dict)
    limit: int = 0


Result = TypeVar("Result")
Finish = Callable[[UploadSession, OperationContext], Awaitable[Result]]
"""Makes something of an upload that has all its bytes."""


@frozen
class StartUploadRequest:
    """What a client says about a file before it sends the bytes. Without a name it gets one."""

    name: str = ""
    display_name: str = ""
    mime_type: str = ""
    size: int = -1
    purpose: dict[str, Any] = field(default_factory=dict)
    limit: int = 0


def uploads_in(world: World) -> Collection[UploadSession]:
    return Collection(world.store, "uploads", UploadSession)


async def start(request: StartUploadRequest, context: OperationContext) -> UploadSession:
    """Start an upload, and reserve the name of its file.

    Raises ApiError if the file is too large, the storage full, or the name taken.
    """
    world = context.world
    await sweep(world)
    await check_file_size(max(request.size, 0), world, request.limit)
    if "\r" in request.mime_type or "\n" in request.mime_type:
        raise invalid("Request contains an invalid argument.", "mime_type")
    name = "" if request.purpose else await reserve_name(request.name, context)
    mime_type = request.mime_type or "application/octet-stream"
    upload = UploadSession(
        "",
        name,
        request.display_name,
        mime_type,
        request.size,
        world.clock(),
        purpose=request.purpose,
        limit=request.limit,
    )
    return await insert_with_new_id(upload, "id", ID_LENGTH, uploads_in(world), context)


async def reserve_name(name: str, context: OperationContext) -> str:
    """Reserve a file name, a new one if none is given. Raises ApiError (409) if it is taken."""
    store = context.world.store
    if not name:
        return await generate_name(
            context, NAME_LENGTH, lambda candidate: store.insert(NAMES_COLLECTION, candidate, {})
        )
    if not await store.insert(NAMES_COLLECTION, name, {}):
        await free_expired_name(name, context.world)
        if not await store.insert(NAMES_COLLECTION, name, {}):
            message = "Requested entity already exists"
            raise ApiError(Failure(Code.ALREADY_EXISTS, message, reason="file_exists"))
    return name


async def free_expired_name(name: str, world: World) -> None:
    """Free the name of a file or an upload that has expired: clients can't see it any more."""
    file = await files_in(world).get(name)
    if file is not None:
        if file.expires <= world.clock():
            await files.remove(name, world)
        return
    for upload in await uploads_in(world).list_all():
        if upload.name == name and has_expired(upload, world):
            await abort(upload, world)


def has_expired(upload: UploadSession, world: World) -> bool:
    """Return whether an upload is older than a file may become."""
    return not upload.done and upload.created + FILE_LIFETIME <= world.clock()


async def sweep(world: World) -> None:
    """Delete what has expired, and uploads that are older than a file may become."""
    if not await files.sweep(world):
        return
    for upload in await uploads_in(world).list_all():
        if has_expired(upload, world):
            await abort(upload, world)


async def receive(
    upload: UploadSession,
    offset: int,
    chunks: AsyncIterator[bytes],
    context: OperationContext,
    *,
    finish: Finish[Result] | None,
) -> UploadSession | Result:
    """Add bytes to an upload, and finish it if they are the last ones.

    The latest request wins: an earlier one that is still sending can't add another chunk. Each
    chunk is written before it counts as received.

    Raises ApiError if the offset is wrong, the file too large or the storage full, and
    ConnectionError if the bytes break off; what was received until then stays. An upload that the
    storage has no space for ends: clients can't continue it, so nothing of it stays.
    """
    world = context.world
    try:
        upload = await begin_attempt(upload, offset, world)
        received = await receive_chunks(upload, offset, chunks, world)
        return received if finish is None else await finish(received, context)
    except ApiError as error:
        if error.failure.reason not in CONTINUABLE:
            await abort(upload, world)
        raise


async def receive_chunks(
    upload: UploadSession, offset: int, chunks: AsyncIterator[bytes], world: World
) -> UploadSession:
    """Add bytes to an upload, and return it as it is then. Raises ApiError as `receive` does."""
    position = offset
    try:
        async for chunk in chunks:
            if not chunk:
                continue
            await check_attempt(upload, world)
            if position + len(chunk) > get_limit(world, upload.limit):
                raise file_too_large_error(get_limit(world, upload.limit))
            await append_blob(world, blob_name_of(upload), position, chunk)
            position += len(chunk)
    finally:
        await record_received(world, upload, position)
    return await check_attempt(upload, world)


async def begin_attempt(upload: UploadSession, offset: int, world: World) -> UploadSession:
    """Start a new attempt to continue an upload. Raises ApiError (400) if the offset is wrong."""

    def start_attempt(current: UploadSession) -> UploadSession | None:
        if current.done or current.received != offset:
            return None
        return replace(current, attempt=current.attempt + 1)

    current = await uploads_in(world).update(upload.id, start_attempt)
    if current is None or current.done or current.received != offset:
        received = current.received if current else 0
        message = f"Upload offset {offset} does not match the {received} bytes that were received."
        raise invalid(message, "upload_offset")
    return current


async def check_attempt(upload: UploadSession, world: World) -> UploadSession:
    """Return the upload as it is now.

    Raises ApiError (409) if another request has continued or ended it since.
    """
    current = await uploads_in(world).get(upload.id)
    if current is None or current.done or current.attempt != upload.attempt:
        message = "The upload was gone on with by another request."
        raise ApiError(Failure(Code.ABORTED, message, reason="upload_offset"))
    return current


async def record_received(world: World, upload: UploadSession, received: int) -> None:
    """Record how many bytes are kept, unless another request has continued the upload since."""
    if received:
        with contextlib.suppress(FileNotFoundError):
            await world.blobs.flush(blob_name_of(upload))

    def set_received(current: UploadSession) -> UploadSession | None:
        if current.done or current.attempt != upload.attempt:
            return None
        return replace(current, received=received)

    await uploads_in(world).update(upload.id, set_received)


async def abort(upload: UploadSession, world: World) -> None:
    """Delete an upload that no request can continue, and what it has become of a file.

    The bytes go first: on a full disk that makes the space to change the records.
    """
    blob = blob_name_of(upload)
    await world.blobs.delete(blob)
    file = await files_in(world).get(upload.name)
    if file is not None and file.blob == blob:
        await files_in(world).delete(upload.name)
    await uploads_in(world).delete(upload.id)
    if upload.name and (file is None or file.blob == blob):
        await world.store.delete(NAMES_COLLECTION, upload.name)


async def finish_upload(upload: UploadSession, context: OperationContext) -> File:
    """Make an upload a file. Raises ApiError (400) if it has not the announced size."""
    world = context.world
    check_announced_size(upload)
    blob = blob_name_of(upload)
    if not upload.received:
        await world.blobs.append(blob, 0, b"")
    digest = await hash_blob(blob, world)
    now = world.clock()
    file = File(
        upload.name,
        upload.display_name,
        upload.mime_type,
        upload.received,
        now,
        digest,
        now + file_lifetime(context),
        blob,
    )
    await check_attempt(upload, world)
    await files_in(world).put(file.name, file)
    files.note_expiry(file.expires, world)
    await uploads_in(world).put(upload.id, replace(upload, done=file.name))
    return file


def check_announced_size(upload: UploadSession) -> None:
    """Raise ApiError (400) if an upload that ends has another size than the client announced."""
    if upload.size >= 0 and upload.received != upload.size:
        message = f"Upload has {upload.received} bytes, {upload.size} were announced."
        raise invalid(message, "upload_size")


def blob_name_of(upload: UploadSession) -> str:
    return UPLOAD_BLOB_PREFIX + upload.id


async def find_upload(upload_id: str, world: World) -> UploadSession:
    """Return an upload. Raises ApiError (404) if it does not exist or has expired."""
    upload = await uploads_in(world).get(upload_id)
    if upload is None or has_expired(upload, world):
        raise upload_not_found_error()
    return upload


def upload_not_found_error() -> ApiError:
    message = "Requested entity was not found."
    return ApiError(Failure(Code.NOT_FOUND, message, reason="upload_not_found"))
