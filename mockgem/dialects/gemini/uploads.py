"""Uploads as Google's SDKs do them: resumable, multipart, raw, or of metadata alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import Failure, invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import boundary_of
from mockgem.dialects.common.google_frontend import ALT_SVC, JSON_TYPE
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.common.proto_fields import anything, message, read_as, string
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.files import (
    SERVER_HEADERS,
    FileSnapshot,
    decode_wire,
    encode_created,
    render_file,
    take_snapshot,
)
from mockgem.dialects.gemini.responses import PACKAGE
from mockgem.operations import files, uploads
from mockgem.operations.files import File
from mockgem.operations.uploads import StartUploadRequest, UploadSession

GRANULARITY = 8 * 2**20
"""Chunks are multiples of this many bytes, but for the last one (recorded)."""
MAX_METADATA_SIZE = 1 << 20
FILE = message(
    PACKAGE + "File", {"name": string, "display_name": string, "mime_type": string}, open_ended=True
)
BODY = message(PACKAGE + "CreateFileRequest", {"file": FILE, "name": anything}, open_ended=True)


async def handle_upload(
    wire: WireRequest, occasion: OperationContext
) -> UploadSession | FileSnapshot:
    """One request of an upload: its start, a chunk, the end, or the question how far it has come."""
    command = wire.headers.get("x-goog-upload-command", "").lower()
    if upload_id := wire.query.get("upload_id", ""):
        return await handle_command(
            uploads.find_upload(upload_id, occasion.world), command, wire, occasion
        )
    protocol = wire.headers.get("x-goog-upload-protocol", wire.query.get("uploadType", "")).lower()
    if protocol == "multipart" or wire.headers.get("content-type", "").lower().startswith(
        "multipart/"
    ):
        return await receive_multipart(wire, occasion)
    if protocol == "raw" or protocol == "media":
        told = StartUploadRequest("", "", wire.headers.get("content-type", ""))
        return await receive_whole(told, wire.iter_body(), occasion)
    return uploads.start(parse_start(await read_small_body(wire), wire), occasion)


async def handle_command(
    known: UploadSession, command: str, wire: WireRequest, occasion: OperationContext
) -> UploadSession | FileSnapshot:
    commands = {one.strip() for one in command.split(",")} - {""}
    if known.done:
        return take_snapshot(files.find(known.done, occasion.world), occasion.world)
    if "query" in commands:
        return known
    if not commands & {"upload", "finalize"}:
        raise invalid(
            f"Unknown X-Goog-Upload-Command: {command!r}; expected start, upload, finalize or query.",
            "upload",
        )
    offset = wire.headers.get("x-goog-upload-offset", str(known.received))
    if not re.fullmatch(r"\d{1,18}", offset):
        raise invalid(f"Invalid X-Goog-Upload-Offset: {offset[:40]!r}", "upload_offset")
    found = await uploads.receive(
        known, int(offset), wire.iter_body(), occasion, last="finalize" in commands
    )
    return take_snapshot(found, occasion.world) if isinstance(found, File) else found


def parse_start(body: bytes, wire: WireRequest) -> StartUploadRequest:
    """What the start tells: in its body, and in headers with the length and type of what is to come."""
    file = read_as(BODY, parse_json(body)).get("file", {})
    size = wire.headers.get("x-goog-upload-header-content-length", "")
    mime_type = wire.headers.get("x-goog-upload-header-content-type", "") or file.get(
        "mime_type", ""
    )
    name = wire.headers.get("x-goog-upload-file-name", "")
    return StartUploadRequest(
        check_name(file.get("name", "")),
        file.get("display_name", "") or name,
        mime_type,
        int(size) if re.fullmatch(r"\d{1,18}", size) else -1,
    )


def check_name(name: str) -> str:
    name = name.removeprefix("files/")
    if name and not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", name):
        raise invalid(
            "* CreateFileRequest.file.name: name must be files/ and up to 40 lowercase letters, digits and dashes, with no "
            "dash at its beginning or end.\n",
            "file_name",
        )
    return name


async def read_small_body(wire: WireRequest) -> bytes:
    """A small body. Raises ApiError if it is none."""
    data = b""
    async for piece in wire.iter_body():
        data += piece
        if len(data) > MAX_METADATA_SIZE:
            raise invalid(
                f"Request payload size exceeds the limit: {MAX_METADATA_SIZE} bytes.", "too_large"
            )
    return data


async def receive_whole(
    told: StartUploadRequest, pieces: AsyncIterator[bytes], occasion: OperationContext
) -> FileSnapshot:
    begun = uploads.start(told, occasion)
    try:
        found = await uploads.receive(begun, 0, pieces, occasion, last=True)
    except BaseException:  # a client that goes away cancels this
        uploads.abort(begun, occasion.world)
        raise
    assert isinstance(found, File), "the last bytes make a file"
    return take_snapshot(found, occasion.world)


async def receive_multipart(wire: WireRequest, occasion: OperationContext) -> FileSnapshot:
    """A multipart/related body: the metadata, then the file."""
    parts = MultipartReader(
        wire.iter_body(), b"--" + boundary_of(wire.headers.get("content-type", ""))
    )
    _, metadata = await parts.read_part()
    head = await parts.read_headers()
    file = read_as(BODY, parse_json(metadata)).get("file", {})
    mime_type = head.get("content-type", "") or file.get("mime_type", "")
    told = StartUploadRequest(
        check_name(file.get("name", "")), file.get("display_name", ""), mime_type
    )
    return await receive_whole(told, parts.iter_rest(), occasion)


class MultipartReader:
    """Reads a multipart body part by part, the last one piece by piece."""

    def __init__(self, pieces: AsyncIterator[bytes], boundary: bytes) -> None:
        self.chunks = pieces
        self.boundary = boundary
        self.buffer = b""

    async def read_until(self, mark: bytes) -> bytes:
        """What stands before a mark, which is passed over."""
        while mark not in self.buffer:
            if len(self.buffer) > MAX_METADATA_SIZE:
                raise invalid("Multipart body has a part that is too large.", "multipart")
            self.buffer += await self.read_more()
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    async def read_more(self) -> bytes:
        try:
            return await anext(self.chunks)
        except StopAsyncIteration:
            raise invalid("Multipart body ends before its closing boundary.", "multipart") from None

    async def read_headers(self) -> dict[str, str]:
        lines = (await self.read_until(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in lines if ":" in line]
        return {name.strip().lower(): text.strip() for name, _, text in pairs}

    async def read_part(self) -> tuple[dict[str, str], bytes]:
        await self.read_until(self.boundary)
        head = await self.read_headers()
        return head, await self.read_until(b"\r\n" + self.boundary)

    async def iter_rest(self) -> AsyncIterator[bytes]:
        """The part that has begun, up to the boundary."""
        mark = b"\r\n" + self.boundary
        while mark not in self.buffer:
            if len(self.buffer) > len(mark):
                yield self.buffer[: -len(mark)]
                self.buffer = self.buffer[-len(mark) :]
            self.buffer += await self.read_more()
        yield self.buffer.partition(mark)[0]
        async for _ in self.chunks:
            continue


async def create_file(wire: WireRequest, occasion: OperationContext) -> FileSnapshot:
    """A file of which only the metadata is given."""
    return await receive_whole(parse_start(wire.body, wire), iter_empty(), occasion)


async def iter_empty() -> AsyncIterator[bytes]:
    yield b""


def encode_upload(wire: WireRequest, found: UploadSession | FileSnapshot) -> WireResponse:
    """The start is answered with where to go on, chunks with nothing, the last one with the file (recorded)."""
    if isinstance(found, FileSnapshot):
        body = dump_pretty({"file": render_file(found, wire)}) + b"\n"
        upload_id = wire.query.get("upload_id") or found.file.blob.removeprefix("part-")
        head = (
            ("Content-Type", JSON_TYPE),
            ("X-GUploader-UploadID", upload_id),
            ("X-Goog-Upload-Status", "final"),
        )
        return WireResponse(200, (*head, ("Vary", "Origin"), *SERVER_HEADERS, ALT_SVC), body)
    target = f"{wire.base_url}{wire.path}?upload_id={found.id}&upload_protocol=resumable"
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
        lines += [
            (f"X-Goog-Upload-Header-{name}", text) for name, text in collect_echoed_headers(wire)
        ]
    return WireResponse(200, (*lines, *SERVER_HEADERS))


def collect_echoed_headers(wire: WireRequest) -> list[tuple[str, str]]:
    names = ("Content-Length", "Content-Type")
    found = [(name, wire.headers.get(f"x-goog-upload-header-{name.lower()}", "")) for name in names]
    return [(name, text) for name, text in found if text]


def encode_upload_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    """Where an upload can go on it stays active, so that the SDKs ask how far it has come."""
    response = encode_gemini_error(failure, wire)
    status = "active" if failure.reason in ("upload_offset", "upload_size") else "final"
    return WireResponse(
        response.status, (*response.headers, ("X-Goog-Upload-Status", status)), response.body
    )


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """What stands under /upload."""
    summary = "Upload a file: resumable, multipart or raw"
    return tuple(
        Endpoint(
            method,
            "/files",
            summary,
            decode_wire,
            handle_upload,
            encode_upload,
            encode_upload_failure,
            pure=False,
            may_wait=True,
            streams_body=True,
            scenario="files",
        )
        for method in ("POST", "PUT")
    )


def build_metadata_endpoint() -> Endpoint[Any, Any]:
    """Stands with the other files, not under /upload."""
    summary = "Create a file of metadata alone"
    return Endpoint(
        "POST",
        "/files",
        summary,
        decode_wire,
        create_file,
        encode_created,
        encode_gemini_error,
        pure=False,
        scenario="files",
    )
