"""Serve images and videos that mockgem generated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.http import Frame, Frames, WireRequest, WireResponse
from mockgem.dialects.admin.json_endpoint import Json, encode_failure
from mockgem.operations import files, generated_media


@frozen
class ServedMedia:
    """A file's description and its bytes."""

    file: files.File
    chunks: AsyncIterator[bytes]


def decode_name(wire: WireRequest, params: Mapping[str, str]) -> Json:
    return dict(params)


async def find_media(body: Json, context: OperationContext) -> ServedMedia:
    """Raises ApiError (404) for an unknown name."""
    return ServedMedia(*await generated_media.find(body["name"], context.world))


def encode_media(request: Json, media: ServedMedia) -> WireResponse:
    async def iter_frames() -> Frames:
        async for chunk in media.chunks:
            yield Frame(chunk)

    headers = (("Content-Type", media.file.mime_type), ("Content-Length", str(media.file.size)))
    return WireResponse(200, headers, iter_frames())


MEDIA_ENDPOINT = Endpoint(
    "GET",
    "/media/{name}",
    "Download a generated image or video",
    decode_name,
    find_media,
    encode_media,
    encode_failure,
    pure=False,
    may_wait=True,
)
