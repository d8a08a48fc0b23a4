"""Uploads as Google's SDKs do them: resumable, multipart, raw, or of metadata alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import Failure, invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import boundary_of
from mockgem.dialects.common.google_frontend import ALT_SVC, JSON
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.json_writer import spread
from mockgem.dialects.common.proto_fields import anything, message, read_as, string
from mockgem.dialects.gemini.errors import native_error
from mockgem.dialects.gemini.files import SERVER, Seen, decode_wire, encode_created, file_json, seen
from mockgem.dialects.gemini.responses import PACKAGE
from mockgem.operations import files, uploads
from mockgem.operations.files import File
from mockgem.operations.uploads import Start, Upload

GRANULARITY = 8 * 2**20
"""Chunks are multiples of this many bytes, but for the last one (recorded)."""
MOST_METADATA = 1 << 20
FILE = message(PACKAGE + "File", {"name": string, "display_name": string, "mime_type": string}, open_ended=True)
BODY = message(PACKAGE + "CreateFileRequest", {"file": FILE, "name": anything}, open_ended=True)


async def upload(wire: WireRequest, occasion: Occasion) -> Upload | Seen:
    """One request of an upload: its start, a chunk, the end, or the question how far it has come."""
    command = wire.headers.get("x-goog-upload-command", "").lower()
    if upload_id := wire.query.get("upload_id", ""):
        return await go_on(uploads.upload_of(upload_id, occasion.world), command, wire, occasion)
    protocol = wire.headers.get("x-goog-upload-protocol", wire.query.get("uploadType", "")).lower()
    if protocol == "multipart" or wire.headers.get("content-type", "").lower().startswith("multipart/"):
        return await in_one(wire, occasion)
    if protocol == "raw" or protocol == "media":
        told = Start("", "", wire.headers.get("content-type", ""))
        return await at_once(told, wire.pieces(), occasion)
    return uploads.start(announced(await gathered(wire), wire), occasion)


async def go_on(known: Upload, command: str, wire: WireRequest, occasion: Occasion) -> Upload | Seen:
    commands = {one.strip() for one in command.split(",")} - {""}
    if known.done:
        return seen(files.look(known.done, occasion.world), occasion.world)
    if "query" in commands:
        return known
    if not commands & {"upload", "finalize"}:
        raise invalid(f"Unknown X-Goog-Upload-Command: {command!r}; expected start, upload, finalize or query.", "upload")
    offset = wire.headers.get("x-goog-upload-offset", str(known.received))
    if not re.fullmatch(r"\d{1,18}", offset):
        raise invalid(f"Invalid X-Goog-Upload-Offset: {offset[:40]!r}", "upload_offset")
    found = await uploads.receive(known, int(offset), wire.pieces(), occasion, last="finalize" in commands)
    return seen(found, occasion.world) if isinstance(found, File) else found


def announced(body: bytes, wire: WireRequest) -> Start:
    """What the start tells: in its body, and in headers with the length and type of what is to come."""
    file = read_as(BODY, parse(body)).get("file", {})
    size = wire.headers.get("x-goog-upload-header-content-length", "")
    mime_type = wire.headers.get("x-goog-upload-header-content-type", "") or file.get("mime_type", "")
    name = wire.headers.get("x-goog-upload-file-name", "")
    return Start(
        checked_name(file.get("name", "")),
        file.get("display_name", "") or name,
        mime_type,
        int(size) if re.fullmatch(r"\d{1,18}", size) else -1,
    )


def checked_name(name: str) -> str:
    name = name.removeprefix("files/")
    if name and not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", name):
        raise invalid(
            "* CreateFileRequest.file.name: name must be files/ and up to 40 lowercase letters, digits and dashes, with no "
            "dash at its beginning or end.\n",
            "file_name",
        )
    return name


async def gathered(wire: WireRequest) -> bytes:
    """A small body. Raises ApiError if it is none."""
    data = b""
    async for piece in wire.pieces():
        data += piece
        if len(data) > MOST_METADATA:
            raise invalid(f"Request payload size exceeds the limit: {MOST_METADATA} bytes.", "too_large")
    return data


async def at_once(told: Start, pieces: AsyncIterator[bytes], occasion: Occasion) -> Seen:
    begun = uploads.start(told, occasion)
    try:
        found = await uploads.receive(begun, 0, pieces, occasion, last=True)
    except BaseException:  # a client that goes away cancels this
        uploads.abort(begun, occasion.world)
        raise
    assert isinstance(found, File), "the last bytes make a file"
    return seen(found, occasion.world)


async def in_one(wire: WireRequest, occasion: Occasion) -> Seen:
    """A multipart/related body: the metadata, then the file."""
    parts = Parts(wire.pieces(), b"--" + boundary_of(wire.headers.get("content-type", "")))
    _, metadata = await parts.small()
    head = await parts.head()
    file = read_as(BODY, parse(metadata)).get("file", {})
    mime_type = head.get("content-type", "") or file.get("mime_type", "")
    told = Start(checked_name(file.get("name", "")), file.get("display_name", ""), mime_type)
    return await at_once(told, parts.rest(), occasion)


class Parts:
    """Reads a multipart body part by part, the last one piece by piece."""

    def __init__(self, pieces: AsyncIterator[bytes], boundary: bytes) -> None:
        self.pieces = pieces
        self.boundary = boundary
        self.data = b""

    async def until(self, mark: bytes) -> bytes:
        """What stands before a mark, which is passed over."""
        while mark not in self.data:
            if len(self.data) > MOST_METADATA:
                raise invalid("Multipart body has a part that is too large.", "multipart")
            self.data += await self.more()
        found, _, self.data = self.data.partition(mark)
        return found

    async def more(self) -> bytes:
        try:
            return await anext(self.pieces)
        except StopAsyncIteration:
            raise invalid("Multipart body ends before its closing boundary.", "multipart") from None

    async def head(self) -> dict[str, str]:
        lines = (await self.until(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in lines if ":" in line]
        return {name.strip().lower(): text.strip() for name, _, text in pairs}

    async def small(self) -> tuple[dict[str, str], bytes]:
        await self.until(self.boundary)
        head = await self.head()
        return head, await self.until(b"\r\n" + self.boundary)

    async def rest(self) -> AsyncIterator[bytes]:
        """The part that has begun, up to the boundary."""
        mark = b"\r\n" + self.boundary
        while mark not in self.data:
            if len(self.data) > len(mark):
                yield self.data[: -len(mark)]
                self.data = self.data[-len(mark) :]
            self.data += await self.more()
        yield self.data.partition(mark)[0]
        async for _ in self.pieces:
            continue


async def create(wire: WireRequest, occasion: Occasion) -> Seen:
    """A file of which only the metadata is given."""
    return await at_once(announced(wire.body, wire), nothing(), occasion)


async def nothing() -> AsyncIterator[bytes]:
    yield b""


def encode_upload(wire: WireRequest, found: Upload | Seen) -> WireResponse:
    """The start is answered with where to go on, chunks with nothing, the last one with the file (recorded)."""
    if isinstance(found, Seen):
        body = spread({"file": file_json(found, wire)}) + b"\n"
        upload_id = wire.query.get("upload_id") or found.file.blob.removeprefix("part-")
        head = (("Content-Type", JSON), ("X-GUploader-UploadID", upload_id), ("X-Goog-Upload-Status", "final"))
        return WireResponse(200, (*head, ("Vary", "Origin"), *SERVER, ALT_SVC), body)
    target = f"{wire.origin}{wire.path}?upload_id={found.id}&upload_protocol=resumable"
    lines = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("X-Goog-Upload-Status", "active"),
        ("X-Goog-Upload-Size-Received", str(found.received)),
        ("X-Goog-Upload-URL", target),
        ("X-Goog-Upload-Control-URL", target),
        ("X-Goog-Upload-Chunk-Granularity", str(GRANULARITY)),
        ("X-GUploader-UploadID", found.id),
    ]
    if "upload_id" in wire.query:
        del lines[3:6]
    else:
        lines += [(f"X-Goog-Upload-Header-{name}", text) for name, text in echoes(wire)]
    return WireResponse(200, (*lines, *SERVER))


def echoes(wire: WireRequest) -> list[tuple[str, str]]:
    names = ("Content-Length", "Content-Type")
    found = [(name, wire.headers.get(f"x-goog-upload-header-{name.lower()}", "")) for name in names]
    return [(name, text) for name, text in found if text]


def encode_upload_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    """Where an upload can go on it stays active, so that the SDKs ask how far it has come."""
    response = native_error(failure, wire)
    status = "active" if failure.reason in ("upload_offset", "upload_size") else "final"
    return WireResponse(response.status, (*response.headers, ("X-Goog-Upload-Status", status)), response.body)


def endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """What stands under /upload."""
    summary = "Upload a file: resumable, multipart or raw"
    return tuple(
        Endpoint(
            method,
            "/files",
            summary,
            decode_wire,
            upload,
            encode_upload,
            encode_upload_failure,
            pure=False,
            waits=True,
            streamed=True,
        )
        for method in ("POST", "PUT")
    )


def metadata_only() -> Endpoint[Any, Any]:
    """Stands with the other files, not under /upload."""
    summary = "Create a file of metadata alone"
    return Endpoint("POST", "/files", summary, decode_wire, create, encode_created, native_error, pure=False)
