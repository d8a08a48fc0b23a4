"""Uploads of Google's SDKs: resumable, multipart, raw, and of metadata alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import Failure, invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.media_type import parse_media_type
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
"""The size of each chunk but the last is a multiple of this many bytes (recorded).

Evidence: native-067-files-200.
"""
MAX_METADATA_SIZE = 1 << 20
FILE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z")
FILE = message(
    PACKAGE + "File", {"name": string, "display_name": string, "mime_type": string}, open_ended=True
)
BODY = message(PACKAGE + "CreateFileRequest", {"file": FILE, "name": anything}, open_ended=True)


async def handle_upload(
    wire: WireRequest, context: OperationContext
) -> UploadSession | FileSnapshot:
    """Handle one request of an upload: its start, a chunk, its end, or a query of its progress."""
    command = wire.headers.get("x-goog-upload-command", "").lower()
    if upload_id := wire.query.get("upload_id", ""):
        return await handle_command(
            await uploads.find_upload(upload_id, context.world), command, wire, context
        )
    protocol = check_protocol(wire)
    content_type = wire.headers.get("content-type", "")
    if protocol == "multipart" or parse_media_type(content_type).startswith("multipart/"):
        return await receive_multipart(wire, context)
    if protocol in ("raw", "media"):
        return await receive_whole(
            StartUploadRequest("", "", check_mime_type(content_type)), wire.iter_body(), context
        )
    return await uploads.start(parse_start(await read_small_body(wire), wire), context)


async def handle_command(
    upload: UploadSession, command: str, wire: WireRequest, context: OperationContext
) -> UploadSession | FileSnapshot:
    """Continue an upload. Raises ApiError (400) for an unknown command or a wrong offset."""
    commands = {word.strip() for word in command.split(",")} - {""}
    if upload.done:
        return take_snapshot(await files.find(upload.done, context.world), context)
    if "query" in commands:
        return upload
    if not commands & {"upload", "finalize"}:
        raise invalid(
            f"Unknown X-Goog-Upload-Command: {command!r}; "
            "expected start, upload, finalize or query.",
            "upload",
        )
    offset = wire.headers.get("x-goog-upload-offset", str(upload.received))
    if not re.fullmatch(r"\d{1,18}", offset):
        raise invalid(f"Invalid X-Goog-Upload-Offset: {offset[:40]!r}", "upload_offset")
    result = await uploads.receive(
        upload, int(offset), wire.iter_body(), context, last="finalize" in commands
    )
    return take_snapshot(result, context) if isinstance(result, File) else result


def parse_start(body: bytes, wire: WireRequest) -> StartUploadRequest:
    """Return what a start says: in its body, and in headers for the length and the type."""
    file = read_as(BODY, parse_json(body)).get("file", {})
    size = wire.headers.get("x-goog-upload-header-content-length", "")
    mime_type = wire.headers.get("x-goog-upload-header-content-type", "") or file.get(
        "mime_type", ""
    )
    name = wire.headers.get("x-goog-upload-file-name", "")
    return StartUploadRequest(
        check_name(file.get("name", "")),
        file.get("display_name", "") or name,
        check_mime_type(mime_type),
        int(size) if re.fullmatch(r"\d{1,18}", size) else -1,
    )


PROTOCOLS = ("", "resumable", "multipart", "raw", "media")


def check_protocol(wire: WireRequest) -> str:
    """Return how a file arrives. Raises ApiError (400) for an unknown protocol."""
    given = wire.headers.get("x-goog-upload-protocol", wire.query.get("uploadType", ""))
    if given.lower() not in PROTOCOLS:
        raise invalid(
            f"Unknown X-Goog-Upload-Protocol: {given[:40]!r}; "
            "expected resumable, multipart or raw.",
            "upload",
        )
    return given.lower()


MIME_TYPE = re.compile(
    r"(?:application|audio|chemical|example|font|haptics|image|message|model|multipart|text|video"
    r"|x-[\w-]+)/[^/\s]+(?:\s*;.*)?",
    re.I | re.S,
)


def check_mime_type(mime_type: str) -> str:
    """Return a MIME type. Raises ApiError (400) for a type that does not exist (reported).

    A word without a slash is valid: Google's samples for batches upload `jsonl`.

    Evidence: report-upload-mime-type.
    """
    if "/" in mime_type and not MIME_TYPE.fullmatch(mime_type):
        raise invalid(f"Unsupported MIME type: {mime_type[:100]}", "mime_type")
    return mime_type


def check_name(name: str) -> str:
    """Return a file name without its prefix. Raises ApiError (400) for an invalid one."""
    name = name.removeprefix("files/")
    if name and not FILE_NAME.match(name):
        raise invalid(
            "* CreateFileRequest.file.name: name must be files/ and up to 40 lowercase letters, "
            "digits and dashes, with no dash at its beginning or end.\n",
            "file_name",
        )
    return name


async def read_small_body(wire: WireRequest) -> bytes:
    """Return the whole body. Raises ApiError (400) if it is larger than 1 MiB."""
    data = b""
    async for chunk in wire.iter_body():
        data += chunk
        if len(data) > MAX_METADATA_SIZE:
            raise invalid(
                f"Request payload size exceeds the limit: {MAX_METADATA_SIZE} bytes.", "too_large"
            )
    return data


async def receive_whole(
    start: StartUploadRequest, chunks: AsyncIterator[bytes], context: OperationContext
) -> FileSnapshot:
    """Receive a file in one request. If the request breaks off, nothing of the upload stays."""
    upload = await uploads.start(start, context)
    try:
        file = await uploads.receive(upload, 0, chunks, context, last=True)
    except BaseException:  # also if the client goes away, which cancels the task
        await uploads.abort(upload, context.world)
        raise
    assert isinstance(file, File), "the last bytes make a file"
    return take_snapshot(file, context)


async def receive_multipart(wire: WireRequest, context: OperationContext) -> FileSnapshot:
    """Receive a multipart/related body: the metadata, then the file."""
    parts = MultipartReader(
        wire.iter_body(), b"--" + boundary_of(wire.headers.get("content-type", ""))
    )
    _, metadata = await parts.read_part()
    head = await parts.read_headers()
    file = read_as(BODY, parse_json(metadata)).get("file", {})
    mime_type = head.get("content-type", "") or file.get("mime_type", "")
    start = StartUploadRequest(
        check_name(file.get("name", "")), file.get("display_name", ""), check_mime_type(mime_type)
    )
    return await receive_whole(start, parts.iter_rest(), context)


class MultipartReader:
    """Reads a multipart body part by part, and the last part in chunks."""

    def __init__(self, chunks: AsyncIterator[bytes], boundary: bytes) -> None:
        self.chunks = chunks
        self.boundary = boundary
        self.buffer = b""

    async def read_until(self, mark: bytes) -> bytes:
        """Return the bytes up to a mark, and skip the mark."""
        while mark not in self.buffer:
            if len(self.buffer) > MAX_METADATA_SIZE:
                raise invalid("Multipart body has a part that is too large.", "multipart")
            self.buffer += await self.read_more()
        data, _, self.buffer = self.buffer.partition(mark)
        return data

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
        """Yield the rest of the current part, and read the body to its end."""
        mark = b"\r\n" + self.boundary
        while mark not in self.buffer:
            if len(self.buffer) > len(mark):
                yield self.buffer[: -len(mark)]
                self.buffer = self.buffer[-len(mark) :]
            self.buffer += await self.read_more()
        yield self.buffer.partition(mark)[0]
        async for _ in self.chunks:
            continue


async def create_file(wire: WireRequest, context: OperationContext) -> FileSnapshot:
    """Create an empty file from metadata alone."""
    return await receive_whole(parse_start(wire.body, wire), iter_empty(), context)


async def iter_empty() -> AsyncIterator[bytes]:
    yield b""


def encode_upload(wire: WireRequest, result: UploadSession | FileSnapshot) -> WireResponse:
    """Encode the answer to one request of an upload (recorded).

    A start gets the URL for the chunks, a chunk gets no body, and the last one gets the file.

    Evidence: native-067-files-200.
    """
    if isinstance(result, FileSnapshot):
        body = dump_pretty({"file": render_file(result, wire)}) + b"\n"
        upload_id = wire.query.get("upload_id") or result.file.blob.removeprefix("part-")
        head = (
            ("Content-Type", JSON_TYPE),
            ("X-GUploader-UploadID", upload_id),
            ("X-Goog-Upload-Status", "final"),
        )
        return WireResponse(200, (*head, ("Vary", "Origin"), *SERVER_HEADERS, ALT_SVC), body)
    target = f"{wire.base_url}{wire.path}?upload_id={result.id}&upload_protocol=resumable"
    lines = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("X-Goog-Upload-Status", "active"),
        ("X-Goog-Upload-Size-Received", str(result.received)),
        ("X-Goog-Upload-URL", target),
        ("X-Goog-Upload-Control-URL", target),
        ("X-Goog-Upload-Chunk-Granularity", str(GRANULARITY)),
        ("X-GUploader-UploadID", result.id),
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
    pairs = [(name, wire.headers.get(f"x-goog-upload-header-{name.lower()}", "")) for name in names]
    return [(name, text) for name, text in pairs if text]


def encode_upload_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    """Keep an upload active if a client can continue it, so that SDKs query its progress."""
    response = encode_gemini_error(failure, wire)
    status = "active" if failure.reason in uploads.CONTINUABLE else "final"
    return WireResponse(
        response.status, (*response.headers, ("X-Goog-Upload-Status", status)), response.body
    )


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints below /upload."""
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
    """Return the endpoint for metadata alone, which is not below /upload."""
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
