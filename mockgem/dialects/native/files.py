"""Files: the resumable upload as Google's SDKs do it, multipart and raw uploads, and what is done with files later."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

from mockgem.core import clock
from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import ApiError, Failure, invalid
from mockgem.core.store import Page
from mockgem.core.values import value
from mockgem.core.wire import Frame, Frames, Hangup, Pieces, WireRequest, WireResponse, chunked
from mockgem.core.world import World
from mockgem.dialects.fields import anything, message, read_as, string
from mockgem.dialects.frontend import ALT_SVC, JSON
from mockgem.dialects.native.errors import native_error
from mockgem.dialects.native.writing import PACKAGE, Json, answer, paging
from mockgem.dialects.payload import parse
from mockgem.dialects.writing import pretty
from mockgem.operations import files
from mockgem.operations.files import Download, File, ListFiles, Start, Upload

GRANULARITY = 8 * 2**20
"""Chunks are multiples of this many bytes, but for the last one (recorded)."""
MOST_METADATA = 1 << 20
FILE = message(PACKAGE + "File", {"name": string, "display_name": string, "mime_type": string}, open_ended=True)
BODY = message(PACKAGE + "CreateFileRequest", {"file": FILE, "name": anything}, open_ended=True)
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


# Uploads


async def upload(wire: WireRequest, occasion: Occasion) -> Upload | Seen:
    """One request of an upload: its start, a chunk, the end, or the question how far it has come."""
    command = wire.headers.get("x-goog-upload-command", "").lower()
    if upload_id := wire.query.get("upload_id", ""):
        return await go_on(files.upload_of(upload_id, occasion.world), command, wire, occasion)
    protocol = wire.headers.get("x-goog-upload-protocol", wire.query.get("uploadType", "")).lower()
    if protocol == "multipart" or wire.headers.get("content-type", "").lower().startswith("multipart/"):
        return await in_one(wire, occasion)
    if protocol == "raw" or protocol == "media":
        told = Start("", "", wire.headers.get("content-type", ""))
        return await at_once(told, wire.pieces(), occasion)
    return files.start(announced(await gathered(wire), wire), occasion)


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
    found = await files.receive(known, int(offset), wire.pieces(), occasion, last="finalize" in commands)
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
    begun = files.start(told, occasion)
    try:
        found = await files.receive(begun, 0, pieces, occasion, last=True)
    except (ApiError, ConnectionError):
        files.abort(begun, occasion.world)
        raise
    assert isinstance(found, File), "the last bytes make a file"
    return seen(found, occasion.world)


async def in_one(wire: WireRequest, occasion: Occasion) -> Seen:
    """A multipart/related body: the metadata, then the file."""
    match = re.search(r'boundary="?([^";,]+)"?', wire.headers.get("content-type", ""), re.I)
    if match is None:
        raise invalid("Multipart body does not contain a boundary.", "multipart")
    parts = Parts(wire.pieces(), b"--" + match[1].encode("utf-8", "replace"))
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
        body = (pretty({"file": file_json(found, wire)}) + "\n").encode("utf-8", "replace")
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


# What is done with files


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
    found: Json = {"files": [file_json(one, request.wire) for one in page.items]} if page.items else {}
    return answer(found | ({"nextPageToken": page.token} if page.token else {}))


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
    return Named(params["file"], wire)


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> Listing:
    return Listing(ListFiles(*paging(wire.query, 10, 100)), wire)


def decode_wire(wire: WireRequest, params: Mapping[str, str]) -> WireRequest:
    return wire


def uploads() -> tuple[Endpoint[Any, Any], ...]:
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
        one("POST", "/files", "Create a file of metadata alone", decode_wire, create, encode_created),
    )
