"""POST /videos and GET /videos/{id}, as documented; never recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import value
from mockgem.core.http import Frame, Frames, Pieces, WireRequest, WireResponse, chunked
from mockgem.core.world import World
from mockgem.dialects.common.form_data import fields_of
from mockgem.dialects.common.google_frontend import JSON, headers
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.openai.errors import gemini_object
from mockgem.dialects.openai.images import ratio_in
from mockgem.operations import files, generated_media, videos
from mockgem.operations.videos import MakeVideo, Video


@value
class VideoRequest:
    """What is asked of which video."""

    wire: WireRequest
    name: str = ""


@value
class Shown:
    """A video and the state it is in."""

    video: Video
    state: str


@value
class Content:
    """The bytes of a video."""

    medium: files.File
    frames: Frames


async def create(request: VideoRequest, occasion: Occasion) -> Shown:
    body = fields_of(request.wire)
    seconds = str(body.get("seconds", body.get("duration_seconds", videos.SECONDS)))
    shape = ratio_in(body) or str(body.get("size", ""))
    length = int(seconds) if re.fullmatch("[0-9]{1,3}", seconds) else videos.SECONDS
    question = MakeVideo(str(body.get("model", "")), str(body.get("prompt", "")), length, shape)
    return shown(videos.create(question, occasion), occasion.world)


async def retrieve(request: VideoRequest, occasion: Occasion) -> Shown:
    return shown(await videos.look(request.name, occasion.world), occasion.world)


async def content(request: VideoRequest, occasion: Occasion) -> Content:
    video = videos.find(request.name, occasion.world)
    if not video.medium:
        message = "The video is not there yet: it has to be completed, which GET /videos/{id} tells."
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="video_not_ready"))
    medium, pieces = generated_media.find(video.medium, occasion.world)

    async def frames() -> Frames:
        for piece in pieces:
            yield Frame(piece)

    return Content(medium, frames())


def shown(video: Video, world: World) -> Shown:
    return Shown(video, videos.state_of(video, world))


def encode(request: VideoRequest, found: Shown) -> WireResponse:
    """`url` when it is completed, `error` when it failed."""
    video = found.video
    body: dict[str, Any] = {
        "id": video.id,
        "object": "video",
        "created_at": int(video.created),
        "model": video.model,
        "status": found.state,
    }
    if found.state == "completed":
        address = f"{request.wire.origin}/_mockgem/media/{video.medium}"
        body |= {"completed_at": int(video.ended), "progress": 100, "seconds": str(video.told["seconds"]), "url": address}
    elif found.state == "failed":
        body |= {"error": {"code": "internal_error", "message": "The video could not be generated."}}
    return WireResponse(200, headers(JSON, 300), Pieces(chunked((compact(body),))))


def encode_content(request: VideoRequest, found: Content) -> WireResponse:
    head = (("Content-Type", found.medium.mime_type), ("Content-Length", str(found.medium.size)))
    return WireResponse(200, head, found.frames)


def decode(wire: WireRequest, params: Mapping[str, str]) -> VideoRequest:
    return VideoRequest(wire, params.get("video", ""))


def endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def one(method: str, path: str, summary: str, perform: Any, write: Any, *, waits: bool = False) -> Endpoint[Any, Any]:
        return Endpoint(method, path, summary, decode, perform, write, gemini_object, pure=False, waits=waits)

    return (
        one("POST", "/videos", "Make a video", create, encode),
        one("GET", "/videos/{video}/content", "The bytes of a video", content, encode_content, waits=True),
        one("GET", "/videos/{video}", "Look at a video", retrieve, encode),
    )
