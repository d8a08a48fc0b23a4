"""Files: looked at, listed, downloaded and deleted. How they come is in uploads.py."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import (
    ChunkedBody,
    ConnectionDropped,
    Frame,
    Frames,
    WireRequest,
    WireResponse,
    encode_chunks,
)
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.google_frontend import ALT_SVC
from mockgem.dialects.common.json_writer import dump_error
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.responses import Json, encode_json, encode_page, read_paging
from mockgem.operations import files
from mockgem.operations.files import Download, File, ListFilesRequest

SERVER_HEADERS = (("Server", "UploadServer"),)


@frozen
class FileRequest:
    """One file, and the request that names it."""

    name: str
    wire: WireRequest


@frozen
class FileListRequest:
    """A page of files, and the request that asks for it."""

    question: ListFilesRequest
    wire: WireRequest


@frozen
class FileSnapshot:
    """A file and the state it is in."""

    file: File
    state: str


async def get(request: FileRequest, occasion: OperationContext) -> FileSnapshot:
    return take_snapshot(files.poll(request.name, occasion.world), occasion.world)


async def list_files(request: FileListRequest, occasion: OperationContext) -> Page[FileSnapshot]:
    page = files.list_files(request.question, occasion.world)
    return Page([take_snapshot(file, occasion.world) for file in page.items], page.token)


async def delete(request: FileRequest, occasion: OperationContext) -> None:
    files.delete(request.name, occasion.world)


async def find_download(request: FileRequest, occasion: OperationContext) -> Download:
    return files.download(request.name, occasion.world)


def take_snapshot(file: File, world: World) -> FileSnapshot:
    return FileSnapshot(file, files.state_of(file, world))


def render_file(found: FileSnapshot, wire: WireRequest) -> Json:
    """Key order as recorded; what is empty is absent. The hash is the base64 of the hexadecimal digits."""
    file = found.file
    address = f"{wire.base_url}/v1beta/files/{file.name}"
    known: dict[str, Any] = {
        "name": f"files/{file.name}",
        "displayName": file.display_name,
        "mimeType": file.mime_type,
        "sizeBytes": str(file.size) if file.size else "",
        "createTime": clock.format_time(file.created),
        "updateTime": clock.format_time(file.created),
        "expirationTime": clock.format_time(file.expires, 9),
        "sha256Hash": b64encode(file.sha256.encode()).decode(),
        "uri": address,
        "downloadUri": f"{address}:download?alt=media" if file.source == "GENERATED" else "",
        "state": found.state,
        "source": file.source,
    }
    if found.state == "FAILED":
        known["error"] = {"code": 13, "message": "The file failed to be processed."}
    if found.state == "ACTIVE" and file.mime_type.startswith("video/"):
        known["videoMetadata"] = {"videoDuration": f"{max(1, file.size // 250_000)}s"}
    return {key: text for key, text in known.items() if text != ""}


def encode_file(request: FileRequest, found: FileSnapshot) -> WireResponse:
    return encode_json(render_file(found, request.wire))


def encode_created(wire: WireRequest, found: FileSnapshot) -> WireResponse:
    return encode_json({"file": render_file(found, wire)})


def encode_list(request: FileListRequest, page: Page[FileSnapshot]) -> WireResponse:
    return encode_page("files", [render_file(one, request.wire) for one in page.items], page.token)


def encode_empty(request: FileRequest, found: None) -> WireResponse:
    return encode_json({})


def encode_redirect(request: FileRequest, found: Download) -> WireResponse:
    """The API sends on to the download server, with an error for those that do not follow (recorded)."""
    wire = request.wire
    key = f"&key={quote(wire.query['key'], safe='')}" if "key" in wire.query else ""
    target = f"{wire.base_url}/download{wire.path}?alt=media{key}"
    body = (
        dump_error({"error": {"code": 302, "message": "Unknown Error.", "status": "UNKNOWN"}})
        + "\n"
    )
    head = (
        ("Content-Type", "application/json; charset=UTF-8"),
        ("Location", target),
        *SERVER_HEADERS,
    )
    return WireResponse(302, head, ChunkedBody(encode_chunks((body.encode(),))))


def encode_bytes(request: FileRequest, found: Download) -> WireResponse:
    head = (
        ("Content-Type", found.file.mime_type),
        ("Content-Disposition", "attachment"),
        ("Vary", "Origin"),
        ("Content-Length", str(found.file.size)),
        ("Cache-Control", "private, max-age=0"),
    )
    return WireResponse(200, (*head, *SERVER_HEADERS, ALT_SVC), iter_frames(found))


async def iter_frames(found: Download) -> Frames:
    """The connection is dropped where a file is deleted while it is on its way."""
    left = found.file.size
    for piece in found.chunks:
        left -= len(piece)
        yield Frame(piece)
    if left:
        raise ConnectionDropped


def decode_file(wire: WireRequest, params: Mapping[str, str]) -> FileRequest:
    """Raises ApiError for a name that no file can have (reported)."""
    if (
        len(params["file"]) > MAX_ID_LENGTH
        and wire.method in ("GET", "DELETE")
        and not wire.path.endswith(":download")
    ):
        request = "GetFileRequest" if wire.method == "GET" else "DeleteFileRequest"
        limit = f"File ID (name excluding 'files/') cannot be more than {MAX_ID_LENGTH} characters."
        raise invalid(f"* {request}.name: {limit}\n", "file_name")
    return FileRequest(params["file"], wire)


MAX_ID_LENGTH = 40


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> FileListRequest:
    return FileListRequest(ListFilesRequest(*read_paging(wire.query, 10, 100)), wire)


def decode_wire(wire: WireRequest, params: Mapping[str, str]) -> WireRequest:
    return wire


def build_download_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """What stands under /download."""
    return (
        Endpoint(
            "GET",
            "/files/{file}:download",
            "The bytes of a generated file",
            decode_file,
            find_download,
            encode_bytes,
            encode_gemini_error,
            pure=False,
            may_wait=True,
            scenario="files",
        ),
    )


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def build_endpoint(
        method: str, path: str, summary: str, decode: Any, perform: Any, encode: Any
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            path,
            summary,
            decode,
            perform,
            encode,
            encode_gemini_error,
            pure=False,
            scenario="files",
        )

    return (
        build_endpoint(
            "GET",
            "/files/{file}:download",
            "Where to download a generated file",
            decode_file,
            find_download,
            encode_redirect,
        ),
        build_endpoint("GET", "/files/{file}", "Look at a file", decode_file, get, encode_file),
        build_endpoint("GET", "/files", "List the files", decode_list, list_files, encode_list),
        build_endpoint(
            "DELETE", "/files/{file}", "Delete a file", decode_file, delete, encode_empty
        ),
    )
