"""Uploads of a gateway: large files in parts, which become one file.

Evidence: sdk-openai.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import int64, message, read_as, repeated, string
from mockgem.dialects.openai.gateway_files import (
    build_method,
    check_purpose,
    decode_id,
    encode_json,
    write_file,
)
from mockgem.operations import upload_parts
from mockgem.operations.upload_parts import PartialUpload, StartParts, UploadPart

Json = dict[str, Any]
START = message(
    "CreateUploadRequest",
    {"filename": string, "purpose": string, "bytes": int64, "mime_type": string},
    open_ended=True,
)
COMPLETE = message("CompleteUpload", {"part_ids": repeated(string), "md5": string}, open_ended=True)


@frozen
class AddPart:
    """Some bytes of an upload."""

    upload: str
    data: bytes


@frozen
class CompleteUpload:
    """The parts of an upload in the order in which they make the file."""

    upload: str
    parts: tuple[str, ...]


def decode_start(wire: WireRequest, params: Mapping[str, str]) -> StartParts:
    body = read_as(START, parse_json(wire.body))
    for name in ("filename", "purpose", "bytes", "mime_type"):
        if name not in body:
            raise invalid(f"Missing required parameter: '{name}'.", name)
    if body["bytes"] < 0:
        raise invalid(f"Invalid value for bytes: {body['bytes']}, expected 0 or more.", "bytes")
    return StartParts(
        body["filename"], check_purpose(body["purpose"]), body["mime_type"], body["bytes"]
    )


def decode_part(wire: WireRequest, params: Mapping[str, str]) -> AddPart:
    data = read_form_fields(wire).get("data")
    if not isinstance(data, FormFile):
        raise invalid("Missing required parameter: 'data', a multipart upload.", "file")
    return AddPart(params["id"], data.data)


def decode_complete(wire: WireRequest, params: Mapping[str, str]) -> CompleteUpload:
    body = read_as(COMPLETE, parse_json(wire.body))
    return CompleteUpload(params["id"], tuple(body.get("part_ids", ())))


async def add_part(request: AddPart, context: OperationContext) -> UploadPart:
    return await upload_parts.add(request.upload, request.data, context)


async def complete(request: CompleteUpload, context: OperationContext) -> PartialUpload:
    return await upload_parts.complete(request.upload, request.parts, context)


def encode_upload(request: Any, upload: PartialUpload) -> WireResponse:
    file = write_file(upload.file) if upload.file is not None else None
    body: Json = {
        "id": upload.id,
        "object": "upload",
        "bytes": upload.size,
        "created_at": int(upload.created),
        "filename": upload.filename,
        "purpose": upload.purpose,
        "status": upload.status,
        "expires_at": int(upload.created + upload_parts.LIFETIME),
    }
    return encode_json(body | ({"file": file} if file else {}))


def encode_part(request: AddPart, part: UploadPart) -> WireResponse:
    return encode_json(
        {
            "id": part.id,
            "object": "upload.part",
            "created_at": int(part.created),
            "upload_id": request.upload,
        }
    )


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        build_method("POST", "/uploads", "Start an upload in parts",
                     decode_start, upload_parts.start, encode_upload, "uploads.create"),
        build_method("POST", "/uploads/{id}/parts", "Add a part to an upload",
                     decode_part, add_part, encode_part, "uploads.parts.create"),
        build_method("POST", "/uploads/{id}/complete", "Make a file of an upload",
                     decode_complete, complete, encode_upload, "uploads.complete"),
        build_method("POST", "/uploads/{id}/cancel", "Cancel an upload",
                     decode_id, upload_parts.cancel, encode_upload, "uploads.cancel"),
    )  # fmt: skip
