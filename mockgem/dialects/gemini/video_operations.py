"""The operations of Veo's videos, on Gemini's surface and on Vertex AI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import read_blob
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import message, read_as
from mockgem.dialects.gemini.operations import render_operation
from mockgem.dialects.gemini.responses import PACKAGE, Json, encode_json
from mockgem.operations import files, videos
from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.videos import Video

FETCH_BODY = message(
    PACKAGE + "FetchPredictOperationRequest",
    {"operation_name": lambda value, path, wrong: str(value)},
)
VIDEO_RESPONSE_TYPE = (
    "type.googleapis.com/google.ai.generativelanguage.{version}.PredictLongRunningResponse"
)
VERTEX_RESPONSE_TYPE = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"


@frozen
class OperationRequest:
    """A request for the operation of a video."""

    model: str
    name: str
    wire: WireRequest


@frozen
class VideoOperation:
    """A video and its state, with its bytes if the operation shows them."""

    video: Video
    state: str
    data: bytes = b""


async def get_operation(request: OperationRequest, context: OperationContext) -> VideoOperation:
    """Return an operation after one more poll. Raises ApiError (404) if the model has none such."""
    world = context.world
    video = await videos.find(request.name, world)
    if video.model != request.model.removeprefix("models/"):
        raise ApiError(
            Failure(Code.NOT_FOUND, "Requested entity was not operation.", reason="video_not_found")
        )
    video = await videos.poll(request.name, context)
    return VideoOperation(video, videos.state_of(video, context))


async def fetch_operation(request: OperationRequest, context: OperationContext) -> VideoOperation:
    """Return an operation after one more poll, with the bytes of the video, as on Vertex AI."""
    operation = await get_operation(request, context)
    if not operation.video.medium:
        return operation
    file = await files.find(operation.video.medium, context.world)
    return replace(operation, data=await read_blob(context.world.blobs, file.blob))


def decode_poll(wire: WireRequest, params: Mapping[str, str]) -> OperationRequest:
    return OperationRequest(params["model"], params["operation"], wire)


def decode_fetch(wire: WireRequest, params: Mapping[str, str]) -> OperationRequest:
    name = read_as(FETCH_BODY, parse_json(wire.body)).get("operation_name", "")
    return OperationRequest(params["model"], name.rpartition("/")[2], wire)


def operation_name_of(wire: WireRequest, video: Video, *, vertex: bool) -> str:
    """Return the name of an operation: below its model, on Vertex AI also below the project."""
    place = ""
    if vertex:
        match = re.search(r"/(projects/[^/]+/locations/[^/]+/)", wire.path)
        place = f"{match[1] if match else ''}publishers/google/"
    return f"{place}models/{video.model}/operations/{video.id}"


def encode_operation(
    request: OperationRequest, operation: VideoOperation, *, vertex: bool
) -> WireResponse:
    """Encode an operation; until it is done it has only a name (recorded).

    Evidence: native-070-operations-200, native-071-operations-200.
    """
    name = operation_name_of(request.wire, operation.video, vertex=vertex)
    response = error = None
    if operation.state == "completed":
        response = (
            render_vertex_video(operation) if vertex else render_video(request.wire, operation)
        )
    elif operation.state == "failed":
        error = render_video_error(operation.video)
    return encode_json(render_operation(name, response=response, error=error))


FAILED_VIDEO_ERROR = {"code": 13, "message": "The video could not be generated."}


def render_video_error(video: Video) -> Json:
    """Return the error of a video that failed: 3 (INVALID_ARGUMENT) for a wrong request."""
    if video.problems:
        return {"code": 3, "message": video.problems[0]["message"]}
    return FAILED_VIDEO_ERROR


def render_video(wire: WireRequest, operation: VideoOperation) -> Json:
    version = wire.path.lstrip("/").partition("/")[0]
    path = f"{version}/files/{operation.video.medium}:download?alt=media"
    sample = {"video": {"uri": f"{get_base_url(wire)}/{path}"}}
    return {
        "@type": VIDEO_RESPONSE_TYPE.format(version=version),
        "generateVideoResponse": {"generatedSamples": [sample]},
    }


def get_base_url(wire: WireRequest) -> str:
    """Return the server's URL, for Google's SDKs with https.

    The SDKs find a file's name only in URLs with https, and then download it from their base URL.
    Other clients fetch the URL itself.

    Evidence: sdk-google-genai.
    """
    if wire.headers.get("x-goog-api-client", "").startswith("google-genai-sdk"):
        return wire.base_url.replace("http://", "https://", 1)
    return wire.base_url


def render_vertex_video(operation: VideoOperation) -> Json:
    video = {"bytesBase64Encoded": encode_base64(operation.data), "mimeType": "video/mp4"}
    return {"@type": VERTEX_RESPONSE_TYPE, "raiMediaFilteredCount": 0, "videos": [video]}
