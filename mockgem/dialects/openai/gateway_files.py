"""Files and uploads of a gateway, in OpenAI's form. The files are those of Google's API, too.

Evidence: sdk-openai.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import Frame, Frames, WireRequest, WireResponse
from mockgem.core.store import iter_chunks
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, encode_gateway_error
from mockgem.dialects.openai.responses.item_lists import ListItems, decode_list_query, write_list
from mockgem.operations import files, uploads
from mockgem.operations.files import File
from mockgem.operations.uploads import StartUploadRequest

Json = dict[str, Any]
PREFIX = "file-"
MAX_FILES = 10_000
"""Files of a page, at most and by default. Evidence: sdk-openai."""
BATCH_OUTPUT = "batch_output"
PURPOSES = ("assistants", "batch", "fine-tune", "vision", "user_data", "evals")
"""What files of clients may be for. Evidence: sdk-openai."""


@frozen
class CreateFile:
    """A file that a client sends, and what it is for."""

    file: FormFile
    purpose: str


def decode_create(wire: WireRequest, params: Mapping[str, str]) -> CreateFile:
    """Return the file of a form. Raises ApiError (400) without a file or a purpose."""
    body = read_form_fields(wire)
    file = body.get("file")
    if not isinstance(file, FormFile):
        raise invalid("Missing required parameter: 'file', a multipart upload.", "file")
    return CreateFile(file, check_purpose(str(body.get("purpose", ""))))


def check_purpose(purpose: str) -> str:
    """Return what a file is for. Raises ApiError (400) for what OpenAI does not have."""
    if not purpose:
        raise invalid("Missing required parameter: 'purpose'.", "purpose")
    if purpose not in PURPOSES:
        known = ", ".join(PURPOSES)
        message = f"Invalid value for purpose: {purpose[:100]!r}, expected one of {known}."
        raise invalid(message, "purpose")
    return purpose


def decode_id(wire: WireRequest, params: Mapping[str, str]) -> str:
    return params["id"]


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> ListItems:
    """Return which files a query asks for. By default a page has all files (published)."""
    purpose = {"id": wire.query.get("purpose", "")}
    return decode_list_query(wire, purpose, default=MAX_FILES, most=MAX_FILES)


async def create_file(request: CreateFile, context: OperationContext) -> File:
    """Keep a file. Raises ApiError (400, 429) if it is too large or the storage is full."""
    data = request.file.data
    started = await uploads.start(
        StartUploadRequest(
            display_name=request.file.name, mime_type=request.file.mime_type, size=len(data)
        ),
        context,
    )
    file = await uploads.receive(started, 0, iter_once(data), context, finish=uploads.finish_upload)
    assert isinstance(file, File)
    return await files.set_purpose(file, request.purpose, context.world)


async def iter_once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def find_file(name: str, context: OperationContext) -> File:
    """Return a file. Raises ApiError (404) if it does not exist or has expired."""
    try:
        return await files.find(name.removeprefix(PREFIX), context.world)
    except ApiError as error:
        if not error.is_absence:
            raise
        message = f"No such File object: {name[:200]}"
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="file_not_found")) from None


async def list_files(request: ListItems, context: OperationContext) -> list[Json]:
    """Return all files, oldest first, or those with a purpose."""
    now = context.world.clock()
    found = [one for one in await files.files_in(context.world).list_all() if one.expires > now]
    written = [write_file(file) for file in reversed(found)]
    return [one for one in written if request.holder in ("", one["purpose"])]


async def delete_file(name: str, context: OperationContext) -> None:
    await files.delete((await find_file(name, context)).name, context.world)


async def get_content(name: str, context: OperationContext) -> tuple[File, Frames]:
    """Return a file with its bytes, also one that a client has sent. Raises ApiError (404)."""
    file = await find_file(name, context)
    return file, iter_frames(iter_chunks(context.world.blobs, file.blob))


async def iter_frames(chunks: AsyncIterator[bytes]) -> Frames:
    async for chunk in chunks:
        yield Frame(chunk)


def write_file(file: File) -> Json:
    return {
        "id": PREFIX + file.name,
        "object": "file",
        "bytes": file.size,
        "created_at": int(file.created),
        "expires_at": int(file.expires),
        "filename": file.display_name,
        "purpose": file.purpose or (BATCH_OUTPUT if file.source == "GENERATED" else "user_data"),
        "status": "processed",
    }


def encode_file(request: Any, file: File) -> WireResponse:
    return encode_json(write_file(file))


def encode_json(value: Any) -> WireResponse:
    return WireResponse(200, GATEWAY_HEADERS, dump_compact(value))


def encode_deleted(name: str, result: None) -> WireResponse:
    return encode_json({"id": name, "object": "file", "deleted": True})


def encode_content(name: str, content: tuple[File, Frames]) -> WireResponse:
    file, frames = content
    head = (("Content-Type", file.mime_type), ("Content-Length", str(file.size)))
    return WireResponse(200, head, frames)


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        build_method("POST", "/files", "Keep a file",
                     decode_create, create_file, encode_file, "files.create"),
        build_method("GET", "/files", "List the files",
                     decode_list, list_files, write_list, "files.list"),
        build_method("GET", "/files/{id}", "Look at a file",
                     decode_id, find_file, encode_file, "files.retrieve"),
        build_method("GET", "/files/{id}/content", "The bytes of a file",
                     decode_id, get_content, encode_content, "files.content", waits=True),
        build_method("DELETE", "/files/{id}", "Delete a file",
                     decode_id, delete_file, encode_deleted, "files.delete"),
    )  # fmt: skip


def build_method(
    method: str,
    path: str,
    summary: str,
    decode: Any,
    operation: Any,
    encode: Any,
    wire_name: str,
    *,
    waits: bool = False,
) -> Endpoint[Any, Any]:
    return Endpoint(
        method,
        path,
        summary,
        decode,
        operation,
        encode,
        encode_gateway_error,
        pure=False,
        may_wait=waits,
        scenario=wire_name.partition(".")[0],
        wire_name=wire_name,
    )
