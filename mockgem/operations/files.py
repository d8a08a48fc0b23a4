"""Files: uploaded piece by piece, kept for 48 hours, listed, looked at, downloaded and deleted."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.lifecycle import reached
from mockgem.core.pace import turn
from mockgem.core.store import BadPageToken, Collection, Page
from mockgem.core.talk import Blob, Link
from mockgem.core.values import value
from mockgem.core.world import World
from mockgem.operations.luck import fresh_name

KEPT = 48 * 3600.0
"""Seconds a file lives (recorded: expirationTime is the request's time and 48 hours)."""
NAME_LENGTH = 12


@value
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


@value
class ListFiles:
    """A page of files."""

    size: int = 10
    token: str = ""


@value
class Download:
    """The bytes of a file, piece by piece."""

    file: File
    pieces: Iterator[bytes]


def files_in(world: World) -> Collection[File]:
    return Collection(world.store, "files", File)


def uploads_in(world: World) -> Collection[Upload]:
    return Collection(world.store, "uploads", Upload)


def start(told: Start, occasion: Occasion) -> Upload:
    """Announce a file; its name is taken from now on. Raises ApiError where it is too large or the name is another's."""
    world = occasion.world
    sweep(world)
    check_size(max(told.size, 0), world)
    if "\r" in told.mime_type or "\n" in told.mime_type:
        raise invalid("Request contains an invalid argument.", "mime_type")
    if told.name and not world.store.insert("names", f"file {told.name}", {}):
        raise ApiError(Failure(Code.ALREADY_EXISTS, "Requested entity already exists", reason="file_exists"))
    name = told.name or fresh_name("file", occasion, NAME_LENGTH)
    upload_id = fresh_name("upload", occasion, 40)
    mime_type = told.mime_type or "application/octet-stream"
    upload = Upload(upload_id, name, told.display_name, mime_type, told.size, world.clock())
    uploads_in(world).put(upload_id, upload)
    return upload


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
    world.store.delete("names", f"file {upload.name}")
    world.blobs.delete(part_of(upload))


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


RECORD = 1024


def too_large(world: World) -> ApiError:
    message = f"File is too large: more than the {world.limits.file} bytes that are allowed."
    return invalid(message, "file_too_large", limit=world.limits.file)


def no_room(what: str) -> ApiError:
    message = f"You have exceeded your file storage quota ({what}). Please delete some files."
    return ApiError(Failure(Code.RESOURCE_EXHAUSTED, message, reason="no_room"))


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
    file = File(*told, now, digest, now + KEPT, part_of(upload))
    own(upload, world)
    files_in(world).put(file.name, file)
    uploads_in(world).put(upload.id, replace(upload, done=file.name))
    return file


async def digest_of(blob: str, world: World) -> str:
    digest = hashlib.sha256()
    for number, piece in enumerate(world.blobs.pieces(blob)):
        digest.update(piece)
        if number % 16 == 15:
            await turn()
    return digest.hexdigest()


def part_of(upload: Upload) -> str:
    return f"part-{upload.id}"


def upload_of(upload_id: str, world: World) -> Upload:
    """Raises ApiError if there is none."""
    upload = uploads_in(world).get(upload_id)
    if upload is None:
        raise ApiError(Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="upload_not_found"))
    return upload


def look(name: str, world: World) -> File:
    """A file as it is now. Raises ApiError (403) if there is none, or none any more."""
    file = files_in(world).get(name)
    if file is None or file.expires <= world.clock():
        raise gone(name)
    return file


def gone(name: str) -> ApiError:
    message = f"You do not have permission to access the File {name} or it may not exist."
    return ApiError(Failure(Code.PERMISSION_DENIED, message, reason="file_gone", facts={"name": name}))


def get(name: str, world: World) -> File:
    """A file, which is nearer to being active for having been asked for."""
    look(name, world)
    found = files_in(world).change(name, lambda file: replace(file, polls=file.polls + 1) if needs_time(file) else None)
    if found is None:
        raise gone(name)
    return found


def needs_time(file: File) -> bool:
    """Video and sound are looked through before they can be used."""
    return file.source == "UPLOADED" and file.mime_type.partition("/")[0] in ("video", "audio")


def state_of(file: File, world: World) -> str:
    """PROCESSING, ACTIVE or FAILED."""
    if not needs_time(file):
        return "ACTIVE"
    life = world.lifecycles["file"]
    return life[reached(life, file.polls, world.clock() - file.created)].state


def listed(request: ListFiles, world: World) -> Page[File]:
    now = world.clock()
    try:
        return files_in(world).page(request.size, request.token, lambda file: file.expires > now)
    except BadPageToken:
        raise invalid("Request contains an invalid argument.", "page_token") from None


def delete(name: str, world: World) -> None:
    look(name, world)
    remove(name, world)


def remove(name: str, world: World) -> None:
    file = files_in(world).get(name)
    if file is not None and files_in(world).delete(name):
        world.store.delete("names", f"file {name}")
        world.blobs.delete(file.blob)


def sweep(world: World) -> None:
    """Let go of what has expired: files, made media, and uploads that nobody went on with. Looked for only when due."""
    now = world.clock()
    if now < world.due:
        return
    ends = [now + KEPT]
    for file in files_in(world).all():
        if file.expires <= now:
            remove(file.name, world)
        else:
            ends.append(file.expires)
    for medium in media_in(world).all():
        if medium.expires <= now:
            media_in(world).delete(medium.name)
            world.blobs.delete(medium.blob)
        else:
            ends.append(medium.expires)
    for upload in [one for one in uploads_in(world).all() if one.created + KEPT <= now]:
        uploads_in(world).delete(upload.id)
        if not upload.done:
            abort(upload, world)
    world.due = min(ends)


def media_in(world: World) -> Collection[File]:
    """Made pictures and films that answers only name."""
    return Collection(world.store, "media", File)


def download(name: str, world: World) -> Download:
    """Only what the service made itself can be downloaded, as the documentation says."""
    file = look(name, world)
    if file.source == "UPLOADED" and not world.lenient:
        raise invalid(f"The file {name} was uploaded; only generated files can be downloaded.", "not_generated")
    return Download(file, world.blobs.pieces(file.blob))


async def made(name: str, display_name: str, mime_type: str, blob: str, world: World) -> File:
    """A file the service has made, out of bytes that are kept already. If it is there already, that one stays."""
    now, digest = world.clock(), await digest_of(blob, world)
    size = world.blobs.size(blob)
    file = File(name, display_name, mime_type, size, now, digest, now + KEPT, blob, "GENERATED")
    if not files_in(world).insert(name, file):
        world.blobs.delete(blob)
    return file


NAMED = re.compile(r"(?:https?://[^/]+(?:/w/[^/]+)?/v1(?:beta|alpha)?/)?files/([a-z0-9-]{1,60})\Z")
LOOKED_INTO = 32 * 2**20
"""Files up to this many bytes are looked into when a prompt has them; larger ones are only named."""


def in_prompt(link: Link, world: World) -> Blob | Link:
    """The file that a prompt links to; the link itself if it leads elsewhere.

    Raises ApiError where the file is gone, or is not ready to be used.
    """
    match = NAMED.match(link.uri)
    if match is None:
        return link
    file = look(match[1], world)
    if state_of(file, world) != "ACTIVE":
        message = f"The File {file.name} is not in an ACTIVE state and usage is not allowed."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="file_not_active"))
    if file.size > LOOKED_INTO:
        return replace(link, mime_type=file.mime_type)
    return Blob(link.mime_type or file.mime_type, b"".join(world.blobs.pieces(file.blob)), file.display_name)
