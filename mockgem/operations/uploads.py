"""Uploads: a file on its way, announced, sent piece by piece, and made a file of at its end."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import value
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations import files
from mockgem.operations.files import KEPT, NAMES, PART, File, digest_of, files_in, kept
from mockgem.operations.generators.ids import fresh_name, kept_anew
from mockgem.operations.quota import check_size, keep, too_large

NAME_LENGTH, ID_LENGTH = 12, 40


@value
class Upload:
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


@value
class Start:
    """What is told of a file before its bytes come. Without a name it gets one."""

    name: str = ""
    display_name: str = ""
    mime_type: str = ""
    size: int = -1


def uploads_in(world: World) -> Collection[Upload]:
    return Collection(world.store, "uploads", Upload)


def start(told: Start, occasion: Occasion) -> Upload:
    """Announce a file; its name is taken from now on. Raises ApiError where it is too large or the name is another's."""
    world = occasion.world
    sweep(world)
    check_size(max(told.size, 0), world)
    if "\r" in told.mime_type or "\n" in told.mime_type:
        raise invalid("Request contains an invalid argument.", "mime_type")
    name = told.name or fresh_name(occasion, NAME_LENGTH, lambda name: world.store.insert(NAMES, name, {}))
    if told.name and not world.store.insert(NAMES, name, {}):
        raise ApiError(Failure(Code.ALREADY_EXISTS, "Requested entity already exists", reason="file_exists"))
    mime_type = told.mime_type or "application/octet-stream"
    upload = Upload("", name, told.display_name, mime_type, told.size, world.clock())
    return kept_anew(upload, "id", ID_LENGTH, uploads_in(world), occasion)


def sweep(world: World) -> None:
    """Let go of what has expired, and of uploads that nobody went on with as long as a file lives."""
    if not files.sweep(world):
        return
    now = world.clock()
    for upload in [one for one in uploads_in(world).all() if not one.done and one.created + KEPT <= now]:
        abort(upload, world)


async def receive(
    upload: Upload, offset: int, pieces: AsyncIterator[bytes], occasion: Occasion, *, last: bool
) -> Upload | File:
    """Add bytes to an upload, and make a file of it with the last ones. Each piece is kept before it is counted.

    Who comes last goes on: an attempt that is still sending when another one begins is refused its next piece. Raises
    ApiError where the place is a wrong one or there is no room; ConnectionError where the bytes break off, and what has
    come by then is kept.
    """
    world = occasion.world
    upload = begun(upload, offset, world)
    at = offset
    try:
        async for piece in pieces:
            if not piece:
                continue
            own(upload, world)
            if at + len(piece) > world.limits.file:
                raise too_large(world)
            keep(world, part_of(upload), at, piece)
            at += len(piece)
    finally:
        counted(world, upload, at)
    upload = own(upload, world)
    return await finished(upload, occasion) if last else upload


def begun(upload: Upload, offset: int, world: World) -> Upload:
    """A new attempt to go on with an upload."""

    def attempt(now: Upload) -> Upload | None:
        if now.done or now.received != offset:
            return None
        return replace(now, attempt=now.attempt + 1)

    found = uploads_in(world).change(upload.id, attempt)
    if found is None or found.done or found.received != offset:
        received = found.received if found else 0
        message = f"Upload offset {offset} does not match the {received} bytes that were received."
        raise invalid(message, "upload_offset", received=received)
    return found


def own(upload: Upload, world: World) -> Upload:
    """The upload as it is now, if nobody else has gone on with it since. Raises ApiError (409) if somebody has."""
    now = uploads_in(world).get(upload.id)
    if now is None or now.done or now.attempt != upload.attempt:
        message = "The upload was gone on with by another request."
        raise ApiError(Failure(Code.ABORTED, message, reason="upload_offset"))
    return now


def counted(world: World, upload: Upload, received: int) -> None:
    """What has come counts, unless somebody else has gone on since."""
    if received:
        with contextlib.suppress(FileNotFoundError):
            world.blobs.settle(part_of(upload))

    def count(now: Upload) -> Upload | None:
        return None if now.done or now.attempt != upload.attempt else replace(now, received=received)

    uploads_in(world).change(upload.id, count)


def abort(upload: Upload, world: World) -> None:
    """Forget an upload that nobody can go on with."""
    uploads_in(world).delete(upload.id)
    world.store.delete(NAMES, upload.name)
    world.blobs.delete(part_of(upload))


async def finished(upload: Upload, occasion: Occasion) -> File:
    """The file an upload has become."""
    world = occasion.world
    if upload.size >= 0 and upload.received != upload.size:
        message = f"Upload has {upload.received} bytes, {upload.size} were announced."
        raise invalid(message, "upload_size", received=upload.received, announced=upload.size)
    if not upload.received:
        world.blobs.append(part_of(upload), 0, b"")
    digest = await digest_of(part_of(upload), world)
    now = world.clock()
    told = (upload.name, upload.display_name, upload.mime_type, upload.received)
    file = File(*told, now, digest, now + kept(world), part_of(upload))
    own(upload, world)
    files_in(world).put(file.name, file)
    uploads_in(world).put(upload.id, replace(upload, done=file.name))
    return file


def part_of(upload: Upload) -> str:
    return PART + upload.id


def upload_of(upload_id: str, world: World) -> Upload:
    """Raises ApiError if there is none."""
    upload = uploads_in(world).get(upload_id)
    if upload is None:
        raise ApiError(Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="upload_not_found"))
    return upload
