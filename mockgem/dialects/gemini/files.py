"""Files: looked at, listed, downloaded and deleted. How they come is in uploads.py."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from mockgem.core import clock
from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import Frame, Frames, Hangup, Pieces, WireRequest, WireResponse, chunked
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.google_frontend import ALT_SVC
from mockgem.dialects.common.json_writer import pretty
from mockgem.dialects.gemini.errors import native_error
from mockgem.dialects.gemini.responses import Json, answer, listing, paging
from mockgem.operations import files
from mockgem.operations.files import Download, File, ListFiles

SERVER = (("Server", "UploadServer"),)


@value
class Named:
    """One file, and the request that names it."""

    name: str
    wire: WireRequest


@value
class Listing:
    """A page of files, and the request that asks for it."""

    question: ListFiles
    wire: WireRequest


@value
class Seen:
    """A file and the state it is in."""

    file: File
    state: str


async def get(request: Named, occasion: Occasion) -> Seen:
    return seen(files.get(request.name, occasion.world), occasion.world)


async def list_files(request: Listing, occasion: Occasion) -> Page[Seen]:
    page = files.listed(request.question, occasion.world)
    return Page([seen(file, occasion.world) for file in page.items], page.token)


async def delete(request: Named, occasion: Occasion) -> None:
    files.delete(request.name, occasion.world)


async def find_download(request: Named, occasion: Occasion) -> Download:
    return files.download(request.name, occasion.world)


def seen(file: File, world: World) -> Seen:
    return Seen(file, files.state_of(file, world))


def file_json(found: Seen, wire: WireRequest) -> Json:
    """Key order as recorded; what is empty is absent. The hash is the base64 of the hexadecimal digits."""
    file = found.file
    address = f"{wire.origin}/v1beta/files/{file.name}"
    known: dict[str, Any] = {
        "name": f"files/{file.name}",
        "displayName": file.display_name,
        "mimeType": file.mime_type,
        "sizeBytes": str(file.size) if file.size else "",
        "createTime": clock.spelled(file.created),
        "updateTime": clock.spelled(file.created),
        "expirationTime": clock.spelled(file.expires, 9),
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


def encode_one(request: Named, found: Seen) -> WireResponse:
    return answer(file_json(found, request.wire))


def encode_created(wire: WireRequest, found: Seen) -> WireResponse:
    return answer({"file": file_json(found, wire)})


def encode_list(request: Listing, page: Page[Seen]) -> WireResponse:
    return listing("files", [file_json(one, request.wire) for one in page.items], page.token)


def encode_nothing(request: Named, found: None) -> WireResponse:
    return answer({})


def encode_redirect(request: Named, found: Download) -> WireResponse:
    """The API sends on to the download server, with an error for those that do not follow (recorded)."""
    wire = request.wire
    key = f"&key={quote(wire.query['key'], safe='')}" if "key" in wire.query else ""
    target = f"{wire.origin}/download{wire.path}?alt=media{key}"
    body = pretty({"error": {"code": 302, "message": "Unknown Error.", "status": "UNKNOWN"}}) + "\n"
    head = (("Content-Type", "application/json; charset=UTF-8"), ("Location", target), *SERVER)
    return WireResponse(302, head, Pieces(chunked((body.encode(),))))


def encode_bytes(request: Named, found: Download) -> WireResponse:
    head = (
        ("Content-Type", found.file.mime_type),
        ("Content-Disposition", "attachment"),
        ("Vary", "Origin"),
        ("Content-Length", str(found.file.size)),
        ("Cache-Control", "private, max-age=0"),
    )
    return WireResponse(200, (*head, *SERVER, ALT_SVC), frames(found))


async def frames(found: Download) -> Frames:
    """The connection is dropped where a file is deleted while it is on its way."""
    left = found.file.size
    for piece in found.pieces:
        left -= len(piece)
        yield Frame(piece)
    if left:
        raise Hangup


def decode_named(wire: WireRequest, params: Mapping[str, str]) -> Named:
    """Raises ApiError for a name that no file can have (reported)."""
    if len(params["file"]) > LONGEST_ID and wire.method in ("GET", "DELETE") and not wire.path.endswith(":download"):
        request = "GetFileRequest" if wire.method == "GET" else "DeleteFileRequest"
        limit = f"File ID (name excluding 'files/') cannot be more than {LONGEST_ID} characters."
        raise invalid(f"* {request}.name: {limit}\n", "file_name")
    return Named(params["file"], wire)


LONGEST_ID = 40


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> Listing:
    return Listing(ListFiles(*paging(wire.query, 10, 100)), wire)


def decode_wire(wire: WireRequest, params: Mapping[str, str]) -> WireRequest:
    return wire


def downloads() -> tuple[Endpoint[Any, Any], ...]:
    """What stands under /download."""
    return (
        Endpoint(
            "GET",
            "/files/{file}:download",
            "The bytes of a generated file",
            decode_named,
            find_download,
            encode_bytes,
            native_error,
            pure=False,
            waits=True,
        ),
    )


def endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def one(method: str, path: str, summary: str, decode: Any, perform: Any, encode: Any) -> Endpoint[Any, Any]:
        return Endpoint(method, path, summary, decode, perform, encode, native_error, pure=False)

    return (
        one(
            "GET",
            "/files/{file}:download",
            "Where to download a generated file",
            decode_named,
            find_download,
            encode_redirect,
        ),
        one("GET", "/files/{file}", "Look at a file", decode_named, get, encode_one),
        one("GET", "/files", "List the files", decode_list, list_files, encode_list),
        one("DELETE", "/files/{file}", "Delete a file", decode_named, delete, encode_nothing),
    )
