"""Predict methods: Imagen's images, Veo's videos, and Vertex AI's embeddings."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import read_blob
from mockgem.core.world import World
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import message, read_as, repeated, struct
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.operations import render_operation
from mockgem.dialects.gemini.responses import PACKAGE, Json, encode_json
from mockgem.operations import embed, files, images, validation, videos
from mockgem.operations.embed import EmbedResult, EmbedTextsRequest
from mockgem.operations.images import Image, MakeImagesRequest
from mockgem.operations.videos import MakeVideoRequest, Video

BODY = message(
    PACKAGE + "PredictRequest",
    {"instances": repeated(struct), "parameters": struct, "labels": struct},
)
FETCH_BODY = message(
    PACKAGE + "FetchPredictOperationRequest",
    {"operation_name": lambda value, path, wrong: str(value)},
)
DEFAULT_IMAGE_COUNT = 4
"""Images that Imagen makes if a request does not say how many (documented)."""
FILTERED_MESSAGE = (
    "Unable to show generated images. Your current safety filter threshold filtered out all "
    "generated images. You will not be charged for blocked images. Try rephrasing the prompt. "
    "If you think this was an error, send feedback."
)
FILTERED_PROMPT = re.compile(r"\bviolence and gore\b|mockgem:block=", re.I)
"""Prompts that are filtered: the recorded one (113), and those of tests that ask for it."""
VIDEO_RESPONSE_TYPE = (
    "type.googleapis.com/google.ai.generativelanguage.{version}.PredictLongRunningResponse"
)
VERTEX_RESPONSE_TYPE = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"


@frozen
class PredictRequest:
    """A prediction request: instances and parameters for a model."""

    model: str
    instances: tuple[Json, ...]
    parameters: Json
    wire: WireRequest


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


def decode_predict(wire: WireRequest, params: Mapping[str, str]) -> PredictRequest:
    body = read_as(BODY, parse_json(wire.body))
    return PredictRequest(
        params["model"], tuple(body.get("instances", ())), body.get("parameters", {}), wire
    )


# Images, and vectors on Vertex AI


async def handle_predict(
    request: PredictRequest, context: OperationContext
) -> tuple[Image, ...] | EmbedResult:
    world = context.world
    model = (
        validation.find_model(request.model, "predict", world)
        if not is_embedding_model(request.model, world)
        else None
    )
    if model is None:
        if "/publishers/" not in request.wire.path:  # only Vertex AI embeds by this method
            raise validation.model_not_found_error(request.model, "predict")
        return await embed.embed(build_embed_request(request), context)
    prompt = get_prompt(request)
    count = read_number(request.parameters, "sampleCount", DEFAULT_IMAGE_COUNT)
    shape = str(request.parameters.get("aspectRatio", ""))
    options = request.parameters.get("outputOptions")
    form = str(options.get("mimeType", "")) if isinstance(options, dict) else ""
    image_request = MakeImagesRequest(request.model, prompt, count, shape, form)
    if FILTERED_PROMPT.search(prompt):
        images.check(image_request, world)
        return ()
    return images.make(image_request, context)


def is_embedding_model(name: str, world: World) -> bool:
    model = world.catalogue.find(name, world.clock())
    return model is not None and bool(model.dimensions)


def build_embed_request(request: PredictRequest) -> EmbedTextsRequest:
    texts = tuple([str(instance.get("content", "")) for instance in request.instances])
    return EmbedTextsRequest(
        request.model, texts, read_number(request.parameters, "outputDimensionality", 0)
    )


def get_prompt(request: PredictRequest) -> str:
    if not request.instances:
        raise invalid("* PredictRequest.instances: instances is not specified\n", "no_contents")
    return str(request.instances[0].get("prompt", ""))


def read_number(parameters: Json, name: str, default: int) -> int:
    """Return a whole number, which may be a string. Raises ApiError (400) for anything else."""
    value = parameters.get(name, default)
    if not re.fullmatch(r"-?\d{1,9}(\.0)?", str(value)) or isinstance(value, bool):
        raise invalid(
            f"Invalid value at 'parameters.{name}': expected a whole number, "
            f"got {str(value)[:40]!r}",
            "payload",
        )
    return int(float(value))


def encode_predictions(
    request: PredictRequest, found: tuple[Image, ...] | EmbedResult
) -> WireResponse:
    """Encode images or vectors.

    Filtered images are absent; the reason is there if the request wants it (recorded: 113).
    """
    if isinstance(found, EmbedResult):
        return encode_json({"predictions": [render_vector(one, found) for one in found.vectors]})
    if not found:
        wanted = request.parameters.get("includeRaiReason")
        return encode_json(
            {"predictions": [{"raiFilteredReason": FILTERED_MESSAGE}]} if wanted else {}
        )
    return encode_json({"predictions": [render_image(one) for one in found]})


def render_image(image: Image) -> Json:
    return {"mimeType": image.mime_type, "bytesBase64Encoded": b64encode(image.data).decode()}


def render_vector(vector: Any, found: EmbedResult) -> Json:
    import json

    statistics = {"truncated": False, "token_count": max(1, found.tokens // len(found.vectors))}
    return {"embeddings": {"values": json.loads(vector.to_json()), "statistics": statistics}}


# Videos


async def start_video(request: PredictRequest, context: OperationContext) -> VideoOperation:
    length = read_number(request.parameters, "durationSeconds", videos.DEFAULT_SECONDS)
    shape = str(request.parameters.get("aspectRatio", ""))
    video_request = MakeVideoRequest(
        request.model, get_prompt(request), length, shape, as_file=True
    )
    return VideoOperation(await videos.create(video_request, context), "processing")


async def get_operation(request: OperationRequest, context: OperationContext) -> VideoOperation:
    """Return an operation after one more poll. Raises ApiError (404) if the model has none such."""
    world = context.world
    video = await videos.find(request.name, world)
    if video.model != request.model.removeprefix("models/"):
        raise ApiError(
            Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="video_not_found")
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


def encode_started(
    request: PredictRequest, operation: VideoOperation, *, vertex: bool
) -> WireResponse:
    return encode_json({"name": operation_name_of(request.wire, operation.video, vertex=vertex)})


def encode_operation(
    request: OperationRequest, found: VideoOperation, *, vertex: bool
) -> WireResponse:
    """Encode an operation; until it is done it has only a name (recorded: 070, 071)."""
    name = operation_name_of(request.wire, found.video, vertex=vertex)
    response = error = None
    if found.state == "completed":
        response = render_vertex_video(found) if vertex else render_video(request.wire, found)
    elif found.state == "failed":
        error = FAILED_VIDEO_ERROR
    return encode_json(render_operation(name, response=response, error=error))


FAILED_VIDEO_ERROR = {"code": 13, "message": "The video could not be generated."}


def render_video(wire: WireRequest, found: VideoOperation) -> Json:
    version = wire.path.lstrip("/").partition("/")[0]
    sample = {
        "video": {
            "uri": f"{get_base_url(wire)}/{version}/files/{found.video.medium}:download?alt=media"
        }
    }
    return {
        "@type": VIDEO_RESPONSE_TYPE.format(version=version),
        "generateVideoResponse": {"generatedSamples": [sample]},
    }


def get_base_url(wire: WireRequest) -> str:
    """Return the server's URL, for Google's SDKs with https.

    The SDKs find a file's name only in URLs with https, and then download it from their base URL.
    Other clients fetch the URL itself.
    """
    if wire.headers.get("x-goog-api-client", "").startswith("google-genai-sdk"):
        return wire.base_url.replace("http://", "https://", 1)
    return wire.base_url


def render_vertex_video(found: VideoOperation) -> Json:
    video = {"bytesBase64Encoded": b64encode(found.data).decode(), "mimeType": "video/mp4"}
    return {"@type": VERTEX_RESPONSE_TYPE, "raiMediaFilteredCount": 0, "videos": [video]}


def model_of(request: Any) -> str:
    name: str = request.model
    return name


def predict_scenario_of(request: Any) -> str:
    """Return "embed" for an embedding model, which Vertex AI serves under the same path."""
    return "embed" if "embedding" in getattr(request, "model", "") else "images"


def build_endpoints(variant: ApiVariant, models: str) -> tuple[Endpoint[Any, Any], ...]:
    encode_failure = variant.encode_failure
    started, operation = (
        partial(encode_started, vertex=variant.vertex),
        partial(encode_operation, vertex=variant.vertex),
    )

    def build_endpoint(
        method: str, path: str, summary: str, read: Any, perform: Any, write: Any, **options: Any
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            models + path,
            summary,
            read,
            perform,
            write,
            encode_failure,
            model_of,
            pure=False,
            may_wait=True,
            **options,
        )

    common = (
        build_endpoint(
            "POST",
            ":predict",
            "Make pictures",
            decode_predict,
            handle_predict,
            encode_predictions,
            scenario="images",
            scenario_of=predict_scenario_of,
            wire_name="predict",
            uses_quota=True,
        ),
        build_endpoint(
            "POST",
            ":predictLongRunning",
            "Make a video",
            decode_predict,
            start_video,
            started,
            scenario="videos",
            wire_name="predictLongRunning",
            uses_quota=True,
        ),
    )
    if variant.vertex:
        summary = "Look at a video on its way"
        return (
            *common,
            build_endpoint(
                "POST",
                ":fetchPredictOperation",
                summary,
                decode_fetch,
                fetch_operation,
                operation,
                scenario="operations",
                wire_name="fetchPredictOperation",
            ),
        )
    return (
        *common,
        build_endpoint(
            "GET",
            "/operations/{operation}",
            "Look at a video on its way",
            decode_poll,
            get_operation,
            operation,
            scenario="operations",
        ),
    )
