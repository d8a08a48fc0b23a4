"""The protocols by which Google's SDKs upload bytes: resumable, multipart and raw."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Generic, TypeVar

from mockgem.core.call import OperationContext
from mockgem.core.errors import Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.media_type import parse_media_type
from mockgem.dialects.common.form_data import boundary_of
from mockgem.dialects.common.google_frontend import ALT_SVC, JSON_TYPE
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.files import SERVER_HEADERS
from mockgem.dialects.gemini.responses import Json
from mockgem.operations import uploads
from mockgem.operations.uploads import Finish, StartUploadRequest, UploadSession

Made = TypeVar("Made")
GRANULARITY = 8 * 2**20
"""The size of each chunk but the last is a multiple of this many bytes (recorded).

Evidence: native-067-files-200.
"""
MAX_METADATA_SIZE = 1 << 20


@frozen
class UploadKind(Generic[Made]):
    """What the uploads to one path become.

    Attributes:
        read_start: Reads what a client says before the bytes: JSON, and the MIME type of a part.
        finish: Makes something of an upload that has all its bytes.
        find: Returns what an upload has become before.
        accepts: Whether an upload belongs to the path.
    """

    read_start: Callable[[bytes, str, OperationContext], Awaitable[StartUploadRequest]]
    finish: Finish[Made]
    find: Callable[[str, OperationContext], Awaitable[Made]]
    accepts: Callable[[UploadSession], bool]


async def handle_upload(
    kind: UploadKind[Made], wire: WireRequest, context: OperationContext
) -> UploadSession | Made:
    """Handle one request of an upload: its start, a chunk, its end, or a query of its progress."""
    command = wire.headers.get("x-goog-upload-command", "").lower()
    if upload_id := wire.query.get("upload_id", ""):
        upload = await uploads.find_upload(upload_id, context.world)
        if not kind.accepts(upload):
            raise uploads.upload_not_found_error()
        return await continue_upload(kind, upload, command, wire, context)
    protocol = check_protocol(wire)
    content_type = wire.headers.get("content-type", "")
    if protocol == "multipart" or parse_media_type(content_type).startswith("multipart/"):
        return await receive_multipart(kind, wire, context)
    if protocol in ("raw", "media"):
        start = await kind.read_start(b"{}", check_mime_type(content_type), context)
        return await receive_whole(kind, start, wire.iter_body(), context)
    start = await kind.read_start(await read_small_body(wire), "", context)
    return await uploads.start(apply_headers(start, wire), context)


def apply_headers(start: StartUploadRequest, wire: WireRequest) -> StartUploadRequest:
    """Return a start with what its headers say: the length, the type and a name."""
    size = wire.headers.get("x-goog-upload-header-content-length", "")
    mime_type = wire.headers.get("x-goog-upload-header-content-type", "") or start.mime_type
    return replace(
        start,
        display_name=start.display_name or wire.headers.get("x-goog-upload-file-name", ""),
        mime_type=check_mime_type(mime_type),
        size=int(size) if re.fullmatch(r"\d{1,18}", size) else -1,
    )


async def continue_upload(
    kind: UploadKind[Made],
    upload: UploadSession,
    command: str,
    wire: WireRequest,
    context: OperationContext,
) -> UploadSession | Made:
    """Continue an upload. Raises ApiError (400) for an unknown command or a wrong offset."""
    commands = {word.strip() for word in command.split(",")} - {""}
    if upload.done:
        return await kind.find(upload.done, context)
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
    finish = kind.finish if "finalize" in commands else None
    return await uploads.receive(upload, int(offset), wire.iter_body(), context, finish=finish)


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
    kind: UploadKind[Made],
    start: StartUploadRequest,
    chunks: AsyncIterator[bytes],
    context: OperationContext,
) -> Made:
    """Receive all bytes in one request. If the request breaks off, nothing of the upload stays."""
    upload = await uploads.start(start, context)
    try:
        made = await uploads.receive(upload, 0, chunks, context, finish=kind.finish)
    except BaseException:  # also if the client goes away, which cancels the task
        await uploads.abort(upload, context.world)
        raise
    assert not isinstance(made, UploadSession), "the last bytes finish an upload"
    return made


async def receive_multipart(
    kind: UploadKind[Made], wire: WireRequest, context: OperationContext
) -> Made:
    """Receive a multipart/related body: the metadata, then the bytes."""
    parts = MultipartReader(
        wire.iter_body(), b"--" + boundary_of(wire.headers.get("content-type", ""))
    )
    _, metadata = await parts.read_part()
    head = await parts.read_headers()
    start = await kind.read_start(metadata, head.get("content-type", ""), context)
    check_mime_type(start.mime_type)
    return await receive_whole(kind, start, parts.iter_rest(), context)


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


def encode_final(wire: WireRequest, upload_id: str, body: Json) -> WireResponse:
    """Encode the answer to the last bytes of an upload (recorded).

    Evidence: native-067-files-200.
    """
    head = (
        ("Content-Type", JSON_TYPE),
        ("X-GUploader-UploadID", wire.query.get("upload_id") or upload_id),
        ("X-Goog-Upload-Status", "final"),
    )
    content = dump_pretty(body) + b"\n"
    return WireResponse(200, (*head, ("Vary", "Origin"), *SERVER_HEADERS, ALT_SVC), content)


def encode_active(wire: WireRequest, upload: UploadSession) -> WireResponse:
    """Encode the answer to a start, which has the URL for the bytes, or to some bytes (recorded).

    Evidence: native-067-files-200.
    """
    target = f"{wire.base_url}{wire.path}?upload_id={upload.id}&upload_protocol=resumable"
    lines = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("X-Goog-Upload-Status", "active"),
        ("X-Goog-Upload-Size-Received", str(upload.received)),
        ("X-Goog-Upload-URL", target),
        ("X-Goog-Upload-Control-URL", target),
        ("X-Goog-Upload-Chunk-Granularity", str(GRANULARITY)),
        ("X-GUploader-UploadID", upload.id),
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
