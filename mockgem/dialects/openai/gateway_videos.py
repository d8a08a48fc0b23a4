"""Videos of a gateway, in OpenAI's form: made, listed, remixed, downloaded and deleted.

Evidence: sdk-openai.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import read_form_fields, read_text
from mockgem.dialects.openai.errors import encode_gateway_error
from mockgem.dialects.openai.gateway_files import build_method, encode_json
from mockgem.dialects.openai.images import find_aspect_ratio
from mockgem.dialects.openai.responses.item_lists import ListItems, decode_list_query, write_list
from mockgem.dialects.openai.videos import VideoContent, encode_content, iter_frames, take_snapshot
from mockgem.dialects.openai.videos import VideoSnapshot as Snapshot
from mockgem.operations import generated_media, videos
from mockgem.operations.videos import MakeVideoRequest, Video

Json = dict[str, Any]
PREFIX = "video_"
VARIANTS = ("video", "thumbnail", "spritesheet")
STATUSES = {"processing": "in_progress"}


@frozen
class VideoContentRequest:
    """Which bytes of a video a client wants: the film or a still."""

    name: str
    variant: str = "video"


@frozen
class RemixRequest:
    """A video, and the prompt of another one that is made from it."""

    name: str
    prompt: str


def decode_create(wire: WireRequest, params: Mapping[str, str]) -> MakeVideoRequest:
    """Return what to render. Raises ApiError (400) for a length that is not a number."""
    body = read_form_fields(wire)
    seconds = str(body.get("seconds", body.get("duration_seconds", videos.DEFAULT_SECONDS)))
    if not re.fullmatch("[0-9]{1,3}", seconds):
        raise invalid(
            f"Invalid value for seconds: {seconds[:100]!r}, expected a number.", "seconds"
        )
    shape = find_aspect_ratio(body) or read_text(body, "size")
    model, prompt = read_text(body, "model"), read_text(body, "prompt")
    return MakeVideoRequest(model, prompt, int(seconds), shape)


def model_of(request: MakeVideoRequest) -> str:
    return request.model


def decode_id(wire: WireRequest, params: Mapping[str, str]) -> str:
    return params["id"].removeprefix(PREFIX)


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> ListItems:
    return decode_list_query(wire, {"id": ""})


def decode_content(wire: WireRequest, params: Mapping[str, str]) -> VideoContentRequest:
    """Return which bytes a query asks for. Raises ApiError (400) for an unknown variant."""
    variant = wire.query.get("variant", "video")
    if variant not in VARIANTS:
        known = ", ".join(VARIANTS)
        message = f"Invalid value for variant: {variant[:100]!r}, expected one of {known}."
        raise invalid(message, "variant")
    return VideoContentRequest(decode_id(wire, params), variant)


def decode_remix(wire: WireRequest, params: Mapping[str, str]) -> RemixRequest:
    return RemixRequest(decode_id(wire, params), read_text(read_form_fields(wire), "prompt"))


async def create(request: MakeVideoRequest, context: OperationContext) -> Snapshot:
    return take_snapshot(await videos.create(request, context), context)


async def get(name: str, context: OperationContext) -> Snapshot:
    """Return a video after one more poll. Raises ApiError (404)."""
    await find(name, context)
    return take_snapshot(await videos.poll(name, context), context)


async def find(name: str, context: OperationContext) -> Video:
    """Return a video without polling it. Raises ApiError (404) in OpenAI's words."""
    try:
        return await videos.find(name, context.world)
    except ApiError as error:
        if not error.is_absence:
            raise
        message = f"Video with id '{PREFIX}{name[:200]}' not found."
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="video_not_found")) from None


async def list_videos(request: ListItems, context: OperationContext) -> list[Json]:
    """Return all videos of the world, oldest first."""
    found = await videos.list_all(context)
    return [write_video(take_snapshot(video, context)) for video in found]


async def delete(name: str, context: OperationContext) -> None:
    await find(name, context)
    await videos.delete(name, context.world)


async def remix(request: RemixRequest, context: OperationContext) -> Snapshot:
    """Make another video from one that is completed. Raises ApiError (400, 404)."""
    video = await find_completed(request.name, context)
    return take_snapshot(await videos.remix(video, request.prompt, context), context)


async def get_content(request: VideoContentRequest, context: OperationContext) -> VideoContent:
    """Return the film or a still of a completed video. Raises ApiError (400, 404)."""
    video = await find_completed(request.name, context)
    medium = video.medium
    if request.variant != "video":
        medium = (await videos.draw_still(video, request.variant, context.world)).name
    file, chunks = await generated_media.find(medium, context.world)
    return VideoContent(file, iter_frames(chunks))


async def find_completed(name: str, context: OperationContext) -> Video:
    video = await find(name, context)
    if not video.medium:
        message = f"Video with id '{PREFIX}{name}' is not completed."
        raise invalid(message, "video_not_ready")
    return video


def write_video(snapshot: Snapshot) -> Json:
    """Return a video in OpenAI's form, which also shows what does not apply, as null."""
    video, state = snapshot.video, snapshot.state
    is_new = state == "processing" and not video.polls
    failed = {"code": "video_generation_failed", "message": "The video could not be generated."}
    return {
        "id": PREFIX + video.id,
        "object": "video",
        "created_at": int(video.created),
        "status": "queued" if is_new else STATUSES.get(state, state),
        "model": video.model,
        "progress": 100 if state == "completed" else 0 if is_new else 50,
        "prompt": video.prompt,
        "seconds": str(video.told["seconds"]),
        "size": find_size(video),
        "completed_at": int(video.ended) if state == "completed" else None,
        "expires_at": find_expiry(video, state),
        "error": failed if state == "failed" else None,
        "remixed_from_video_id": find_source(video),
    }


def find_size(video: Video) -> str:
    shape = str(video.told.get("shape", ""))
    if re.fullmatch("[0-9]{2,4}x[0-9]{2,4}", shape):
        return shape
    return "720x1280" if video.told["upright"] else "1280x720"


def find_expiry(video: Video, state: str) -> int | None:
    """Return when the bytes of a completed video end."""
    return int(video.ended + generated_media.MEDIA_LIFETIME) if state == "completed" else None


def find_source(video: Video) -> str | None:
    source = video.told.get("remixed_from")
    return PREFIX + source if source else None


def encode_video(request: Any, snapshot: Snapshot) -> WireResponse:
    return encode_json(write_video(snapshot))


def encode_deleted(name: str, result: None) -> WireResponse:
    return encode_json({"id": PREFIX + name, "object": "video.deleted", "deleted": True})


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        Endpoint(
            "POST",
            "/videos",
            "Make a video",
            decode_create,
            create,
            encode_video,
            encode_gateway_error,
            model_of,
            pure=False,
            scenario="videos",
            wire_name="videos.create",
            uses_quota=True,
        ),
        build_method("GET", "/videos", "List the videos",
                     decode_list, list_videos, write_list, "videos.list"),
        build_method("GET", "/videos/{id}", "Look at a video",
                     decode_id, get, encode_video, "videos.retrieve", waits=True),
        build_method("DELETE", "/videos/{id}", "Delete a video",
                     decode_id, delete, encode_deleted, "videos.delete"),
        build_method("GET", "/videos/{id}/content", "The bytes of a video, or a still",
                     decode_content, get_content, encode_content, "videos.content", waits=True),
        build_method("POST", "/videos/{id}/remix", "Make a video from another one",
                     decode_remix, remix, encode_video, "videos.remix"),
    )  # fmt: skip
