"""Files: get, list, download and delete. Uploads are in uploads.py."""

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
from mockgem.dialects.common.google_frontend import ALT_SVC, Headers
from mockgem.dialects.common.json_writer import dump_error
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.responses import Json, encode_json, encode_page, read_paging
from mockgem.operations import files
from mockgem.operations.files import Download, File, ListFilesRequest

SERVER_HEADERS = (("Server", "UploadServer"),)


@frozen
class FileRequest:
    """A request for one file."""

    name: str
    wire: WireRequest


@frozen
class FileListRequest:
    """A request for a page of files."""

    page: ListFilesRequest
    wire: WireRequest


@frozen
class FileSnapshot:
    """A file and its state."""

    file: File
    state: str


async def get(request: FileRequest, context: OperationContext) -> FileSnapshot:
    return take_snapshot(await files.poll(request.name, context), context)


async def list_files(request: FileListRequest, context: OperationContext) -> Page[FileSnapshot]:
    page = await files.list_files(request.page, context.world)
    return Page([take_snapshot(file, context) for file in page.items], page.token)


async def delete(request: FileRequest, context: OperationContext) -> None:
    await files.delete(request.name, context.world)


async def find_download(request: FileRequest, context: OperationContext) -> Download:
    return await files.download(request.name, context.world)


def take_snapshot(file: File, context: OperationContext) -> FileSnapshot:
    return FileSnapshot(file, files.state_of(file, context))


def render_file(snapshot: FileSnapshot, wire: WireRequest) -> Json:
    """Return a file as JSON, with its keys in recorded order and without empty fields.

    `sha256Hash` is the base64 of the hexadecimal digits. `uri` is Google's own address of the file,
    which SDKs take as its name, and requests may link to. Clients download from `downloadUri`, so
    it leads to this server.

    Evidence: native-067-files-200, sdk-google-genai-tests.
    """
    file = snapshot.file
    address = f"{wire.base_url}/v1beta/files/{file.name}"
    fields: dict[str, Any] = {
        "name": f"files/{file.name}",
        "displayName": file.display_name,
        "mimeType": file.mime_type,
        "sizeBytes": str(file.size) if file.size else "",
        "createTime": clock.format_time(file.created),
        "updateTime": clock.format_time(file.created),
        "expirationTime": clock.format_time(file.expires, 9),
        "sha256Hash": b64encode(file.sha256.encode()).decode(),
        "uri": f"{files.FILE_URL}{file.name}",
        "downloadUri": f"{address}:download?alt=media" if file.source == "GENERATED" else "",
        "state": snapshot.state,
        "source": file.source,
    }
    if snapshot.state == "FAILED":
        fields["error"] = {"code": 13, "message": "The file failed to be processed."}
    if snapshot.state == "ACTIVE" and file.mime_type.startswith("video/"):
        fields["videoMetadata"] = {"videoDuration": f"{max(1, file.size // 250_000)}s"}
    return {key: value for key, value in fields.items() if value != ""}


def encode_file(request: FileRequest, snapshot: FileSnapshot) -> WireResponse:
    return encode_json(render_file(snapshot, request.wire))


def encode_created(wire: WireRequest, snapshot: FileSnapshot) -> WireResponse:
    return encode_json({"file": render_file(snapshot, wire)})


def encode_list(request: FileListRequest, page: Page[FileSnapshot]) -> WireResponse:
    return encode_page(
        "files", [render_file(snapshot, request.wire) for snapshot in page.items], page.token
    )


def encode_empty(request: FileRequest, result: None) -> WireResponse:
    return encode_json({})


def encode_redirect(request: FileRequest, download: Download) -> WireResponse:
    """Redirect to the download server, with an error for clients that do not follow (recorded).

    Evidence: native-073-files-download-200.
    """
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


def encode_bytes(request: FileRequest, download: Download) -> WireResponse:
    """Send the bytes of a file, with its checksum (recorded).

    Evidence: native-073-files-download-200.
    """
    head: Headers = (
        ("Content-Type", download.file.mime_type),
        ("Content-Disposition", "attachment"),
        ("Vary", "Origin"),
        ("Content-Length", str(download.file.size)),
        ("Cache-Control", "private, max-age=0"),
    )
    if download.file.crc32c:
        head += (("X-Goog-Hash", f"crc32c={download.file.crc32c}"),)
    return WireResponse(200, (*head, *SERVER_HEADERS, ALT_SVC), iter_frames(download))


async def iter_frames(download: Download) -> Frames:
    """Yield the bytes of a file, and drop the connection if the file is deleted meanwhile."""
    remaining = download.file.size
    async for chunk in download.chunks:
        remaining -= len(chunk)
        yield Frame(chunk)
    if remaining:
        raise ConnectionDropped


def decode_file(wire: WireRequest, params: Mapping[str, str]) -> FileRequest:
    """Return a request for the file in the path.

    Raises ApiError (recorded) for a name that is longer than any file's (reported).

    Evidence: failure-file-id-too-long.
    """
    if (
        len(params["file"]) > MAX_ID_LENGTH
        and wire.method in ("GET", "DELETE")
        and not wire.path.endswith(":download")
    ):
        message = "GetFileRequest" if wire.method == "GET" else "DeleteFileRequest"
        limit = f"File ID (name excluding 'files/') cannot be more than {MAX_ID_LENGTH} characters."
        raise invalid(f"* {message}.name: {limit}\n", "file_name")
    return FileRequest(params["file"], wire)


MAX_ID_LENGTH = 40


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> FileListRequest:
    return FileListRequest(ListFilesRequest(*read_paging(wire.query, 10, 100)), wire)


def decode_wire(wire: WireRequest, params: Mapping[str, str]) -> WireRequest:
    return wire


def build_download_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints below /download."""
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
