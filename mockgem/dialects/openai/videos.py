"""Videos of Gemini's OpenAI-compatible surface, as documented; no recording shows them.

Evidence: doc-openai-compat.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, Frame, Frames, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.form_data import read_form_fields
from mockgem.dialects.common.google_frontend import JSON_TYPE, build_headers
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import encode_gemini_error
from mockgem.dialects.openai.images import find_aspect_ratio
from mockgem.operations import files, generated_media, videos
from mockgem.operations.videos import MakeVideoRequest, Video


@frozen
class VideoRequest:
    """A request about a video."""

    wire: WireRequest
    name: str = ""
    model: str = ""


@frozen
class VideoSnapshot:
    """A video and its state."""

    video: Video
    state: str


@frozen
class VideoContent:
    """A rendered video and its bytes."""

    medium: files.File
    frames: Frames


async def create(request: VideoRequest, context: OperationContext) -> VideoSnapshot:
    body = read_form_fields(request.wire)
    seconds = str(body.get("seconds", body.get("duration_seconds", videos.DEFAULT_SECONDS)))
    shape = find_aspect_ratio(body) or str(body.get("size", ""))
    length = int(seconds) if re.fullmatch("[0-9]{1,3}", seconds) else videos.DEFAULT_SECONDS
    video_request = MakeVideoRequest(request.model, str(body.get("prompt", "")), length, shape)
    return take_snapshot(await videos.create(video_request, context), context)


async def get(request: VideoRequest, context: OperationContext) -> VideoSnapshot:
    return take_snapshot(await videos.poll(request.name, context), context)


async def get_content(request: VideoRequest, context: OperationContext) -> VideoContent:
    video = await videos.find(request.name, context.world)
    if not video.medium:
        message = (
            "The video is not there yet: it has to be completed, which GET /videos/{id} tells."
        )
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="video_not_ready"))
    medium, chunks = await generated_media.find(video.medium, context.world)
    return VideoContent(medium, iter_frames(chunks))


async def iter_frames(chunks: AsyncIterator[bytes]) -> Frames:
    async for chunk in chunks:
        yield Frame(chunk)


def take_snapshot(video: Video, context: OperationContext) -> VideoSnapshot:
    return VideoSnapshot(video, videos.state_of(video, context))


def encode_video(request: VideoRequest, snapshot: VideoSnapshot) -> WireResponse:
    """Encode a video, with a `url` once it is completed and an `error` if it failed."""
    video = snapshot.video
    body: dict[str, Any] = {
        "id": video.id,
        "object": "video",
        "created_at": int(video.created),
        "model": video.model,
        "status": snapshot.state,
    }
    if snapshot.state == "completed":
        address = f"{request.wire.base_url}/_mockgem/media/{video.medium}"
        body |= {
            "completed_at": int(video.ended),
            "progress": 100,
            "seconds": str(video.told["seconds"]),
            "url": address,
        }
    elif snapshot.state == "failed":
        body |= {
            "error": {"code": "internal_error", "message": "The video could not be generated."}
        }
    return WireResponse(
        200, build_headers(JSON_TYPE, 300), ChunkedBody(encode_chunks((dump_compact(body),)))
    )


def encode_content(request: Any, content: VideoContent) -> WireResponse:
    head = (
        ("Content-Type", content.medium.mime_type),
        ("Content-Length", str(content.medium.size)),
    )
    return WireResponse(200, head, content.frames)


def decode(wire: WireRequest, params: Mapping[str, str]) -> VideoRequest:
    return VideoRequest(wire, params.get("video", ""))


def decode_create(wire: WireRequest, params: Mapping[str, str]) -> VideoRequest:
    return VideoRequest(wire, model=str(read_form_fields(wire).get("model", "")))


def model_of(request: VideoRequest) -> str:
    return request.model


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def build_endpoint(
        method: str, path: str, summary: str, perform: Any, write: Any, *, waits: bool = False
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            path,
            summary,
            decode,
            perform,
            write,
            encode_gemini_error,
            pure=False,
            may_wait=waits,
            scenario="videos",
        )

    return (
        Endpoint(
            "POST",
            "/videos",
            "Make a video",
            decode_create,
            create,
            encode_video,
            encode_gemini_error,
            model_of,
            pure=False,
            scenario="videos",
            uses_quota=True,
        ),
        build_endpoint(
            "GET",
            "/videos/{video}/content",
            "The bytes of a video",
            get_content,
            encode_content,
            waits=True,
        ),
        build_endpoint("GET", "/videos/{video}", "Look at a video", get, encode_video, waits=True),
    )
