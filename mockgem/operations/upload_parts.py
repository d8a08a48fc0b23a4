"""Uploads in parts: clients send parts in any order, and say in which order they make a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import field, replace

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.store import Collection, iter_chunks
from mockgem.core.world import World
from mockgem.operations import files, uploads
from mockgem.operations.files import File
from mockgem.operations.generators.ids import generate_name, insert_with_new_id
from mockgem.operations.quota import append_blob, check_file_size
from mockgem.operations.uploads import StartUploadRequest

LIFETIME = 3600.0
"""Seconds in which an upload has to be completed (documented). Evidence: sdk-openai."""
MAX_PART_BYTES = 64 * 2**20
"""Evidence: sdk-openai."""
ID_LENGTH = 24
COLLECTION = "upload_parts"
PART_PREFIX, UPLOAD_PREFIX = "part_", "upload_"


@frozen
class StartParts:
    """What a client says about a file before it sends its parts."""

    filename: str
    purpose: str
    mime_type: str
    size: int


@frozen
class UploadPart:
    """Some bytes of an upload; the blob has the name of the part."""

    id: str
    created: float = 0.0


@frozen
class UploadRecord:
    """An upload in parts as the state stores it. `parts` are names of blobs, oldest first."""

    id: str = ""
    filename: str = ""
    purpose: str = ""
    mime_type: str = ""
    size: int = 0
    created: float = 0.0
    state: str = "pending"
    parts: list[str] = field(default_factory=list)


@frozen
class PartialUpload:
    """An upload as clients see it, with the file that it has become."""

    id: str
    filename: str
    purpose: str
    size: int
    created: float
    status: str
    file: File | None = None


def uploads_in(world: World) -> Collection[UploadRecord]:
    return Collection(world.store, COLLECTION, UploadRecord)


async def start(request: StartParts, context: OperationContext) -> PartialUpload:
    """Start an upload. Raises ApiError (400, 429) for a file that is too large."""
    world = context.world
    await check_file_size(max(request.size, 0), world)
    made = UploadRecord(
        "", request.filename, request.purpose, request.mime_type, request.size, world.clock()
    )
    made = await insert_with_new_id(made, "id", ID_LENGTH, uploads_in(world), context)
    return show(made, world)


def show(record: UploadRecord, world: World, file: File | None = None) -> PartialUpload:
    return PartialUpload(
        UPLOAD_PREFIX + record.id,
        record.filename,
        record.purpose,
        record.size,
        record.created,
        "expired" if has_expired(record, world) else record.state,
        file,
    )


def has_expired(record: UploadRecord, world: World) -> bool:
    return record.state == "pending" and world.clock() >= record.created + LIFETIME


async def find_pending(name: str, world: World) -> UploadRecord:
    """Return an upload that a client can continue. Raises ApiError (404, 400)."""
    record = await uploads_in(world).get(name.removeprefix(UPLOAD_PREFIX))
    if record is None:
        message = f"No such Upload object: {name[:200]}"
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="upload_not_found"))
    if record.state != "pending" or has_expired(record, world):
        state = show(record, world).status
        raise invalid(f"Upload {name} is {state}: it can't be continued.", "upload_ended")
    return record


async def add(name: str, data: bytes, context: OperationContext) -> UploadPart:
    """Keep a part. Raises ApiError (404, 400, 429)."""
    world = context.world
    record = await find_pending(name, world)
    if len(data) > MAX_PART_BYTES:
        message = f"A part has {len(data)} bytes; at most {MAX_PART_BYTES} are allowed."
        raise invalid(message, "upload_part")

    async def is_free(candidate: str) -> bool:
        return not await world.blobs.get_size(PART_PREFIX + candidate)

    part = PART_PREFIX + await generate_name(context, ID_LENGTH, is_free)
    await append_blob(world, part, 0, data)
    await world.blobs.flush(part)
    await uploads_in(world).update(record.id, lambda one: replace(one, parts=[*one.parts, part]))
    return UploadPart(part, world.clock())


async def complete(name: str, parts: tuple[str, ...], context: OperationContext) -> PartialUpload:
    """Make a file of parts. Raises ApiError (404, 400) for unknown parts or another size."""
    world = context.world
    record = await find_pending(name, world)
    for part in parts:
        if part not in record.parts:
            raise invalid(f"No such part of {name}: {part[:200]}", "upload_part")
    total = sum([await world.blobs.get_size(part) for part in parts])
    if total != record.size:
        message = f"Upload has {total} bytes, {record.size} were announced."
        raise invalid(message, "upload_size")
    asked = StartUploadRequest(
        display_name=record.filename, mime_type=record.mime_type, size=record.size
    )
    session = await uploads.start(asked, context)
    chunks = iter_parts(parts, world)
    file = await uploads.receive(session, 0, chunks, context, finish=uploads.finish_upload)
    assert isinstance(file, File)
    file = await files.set_purpose(file, record.purpose, world)
    return show(await end(record, "completed", world), world, file)


async def iter_parts(parts: tuple[str, ...], world: World) -> AsyncIterator[bytes]:
    for part in parts:
        async for chunk in iter_chunks(world.blobs, part):
            yield chunk


async def cancel(name: str, context: OperationContext) -> PartialUpload:
    """Cancel an upload, and delete its parts. Raises ApiError (404, 400)."""
    record = await find_pending(name, context.world)
    return show(await end(record, "cancelled", context.world), context.world)


async def end(record: UploadRecord, state: str, world: World) -> UploadRecord:
    """Return an upload that has ended; its parts are deleted."""
    for part in record.parts:
        await world.blobs.delete(part)
    ended = replace(record, state=state, parts=[])
    await uploads_in(world).put(record.id, ended)
    return ended
