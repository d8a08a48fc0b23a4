"""Uploads of Google's SDKs: resumable, multipart, raw, and of metadata alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import anything, message, read_as, string
from mockgem.dialects.gemini import upload_protocol
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.files import (
    FileSnapshot,
    decode_wire,
    encode_created,
    render_file,
    take_snapshot,
)
from mockgem.dialects.gemini.responses import PACKAGE
from mockgem.dialects.gemini.upload_protocol import (
    UploadKind,
    apply_headers,
    encode_active,
    encode_final,
    encode_upload_failure,
    receive_whole,
)
from mockgem.operations import files, uploads
from mockgem.operations.uploads import StartUploadRequest, UploadSession

FILE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z")
FILE = message(
    PACKAGE + "File", {"name": string, "display_name": string, "mime_type": string}, open_ended=True
)
BODY = message(PACKAGE + "CreateFileRequest", {"file": FILE, "name": anything}, open_ended=True)


async def handle_upload(
    wire: WireRequest, context: OperationContext
) -> UploadSession | FileSnapshot:
    """Handle one request of an upload of a file."""
    return await upload_protocol.handle_upload(FILE_UPLOADS, wire, context)


async def read_start(body: bytes, mime_type: str, context: OperationContext) -> StartUploadRequest:
    """Return what the metadata of a file says. Raises ApiError (400) for invalid metadata."""
    file = read_as(BODY, parse_json(body)).get("file", {})
    return StartUploadRequest(
        check_name(file.get("name", "")),
        file.get("display_name", ""),
        mime_type or file.get("mime_type", ""),
    )


async def finish_file(upload: UploadSession, context: OperationContext) -> FileSnapshot:
    return take_snapshot(await uploads.finish_upload(upload, context), context)


async def find_file(name: str, context: OperationContext) -> FileSnapshot:
    return take_snapshot(await files.find(name, context.world), context)


FILE_UPLOADS = UploadKind(read_start, finish_file, find_file, lambda upload: not upload.purpose)


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


async def create_file(wire: WireRequest, context: OperationContext) -> FileSnapshot:
    """Create an empty file from metadata alone."""
    start = apply_headers(await read_start(wire.body, "", context), wire)
    return await receive_whole(FILE_UPLOADS, start, iter_empty(), context)


async def iter_empty() -> AsyncIterator[bytes]:
    yield b""


def encode_upload(wire: WireRequest, result: UploadSession | FileSnapshot) -> WireResponse:
    """Encode the answer to one request of an upload.

    A start gets the URL for the chunks, a chunk gets no body, and the last one gets the file.
    """
    if isinstance(result, UploadSession):
        return encode_active(wire, result)
    upload_id = result.file.blob.removeprefix(files.UPLOAD_BLOB_PREFIX)
    return encode_final(wire, upload_id, {"file": render_file(result, wire)})


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
