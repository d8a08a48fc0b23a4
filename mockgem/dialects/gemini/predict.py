"""Predict methods: Imagen's images, Veo's videos, and Vertex AI's embeddings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.world import World
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import message, read_as, repeated, string, struct
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.predict_parameters import check_parameters, find_vertex_problem
from mockgem.dialects.gemini.responses import PACKAGE, Json, encode_json
from mockgem.dialects.gemini.video_operations import (
    VideoOperation,
    decode_fetch,
    decode_poll,
    encode_operation,
    fetch_operation,
    get_operation,
    operation_name_of,
)
from mockgem.operations import embed, images, validation, videos
from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.embed import EmbedResult, EmbedTextsRequest
from mockgem.operations.images import Image, MakeImagesRequest
from mockgem.operations.videos import MakeVideoRequest, find_video_model

BODY = message(
    PACKAGE + "PredictRequest",
    {"model": string, "instances": repeated(struct), "parameters": struct, "labels": struct},
)
DEFAULT_IMAGE_COUNT = 4
"""Images that Imagen makes if a request does not say how many (documented).

Evidence: doc-imagen.
"""
FILTERED_MESSAGE = (
    "Unable to show generated images. Your current safety filter threshold filtered out all "
    "generated images. You will not be charged for blocked images. Try rephrasing the prompt. "
    "If you think this was an error, send feedback."
)
FILTERED_PROMPT = re.compile(r"\bviolence and gore\b|mockgem:block=", re.I)
"""Prompts that are filtered: the recorded one, and those of tests that ask for it.

Evidence: native-113-predict-200.
"""


@frozen
class PredictRequest:
    """A prediction request: instances and parameters for a model."""

    model: str
    instances: tuple[Json, ...]
    parameters: Json
    wire: WireRequest

    @property
    def is_vertex(self) -> bool:
        return "/publishers/" in self.wire.path

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts to embed."""
        return tuple([str(one["content"]) for one in self.instances if "content" in one])

    @property
    def prompt(self) -> str:
        """What to draw or film."""
        return str(self.instances[0].get("prompt", "")) if self.instances else ""


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
        if not request.is_vertex:  # only Vertex AI embeds by this method
            raise validation.model_not_found_error(request.model, "predict")
        return await embed.embed(build_embed_request(request), context)
    check_known_parameters(request, world)
    prompt = get_prompt(request)
    count = read_number(request.parameters, "sampleCount", DEFAULT_IMAGE_COUNT)
    shape = str(request.parameters.get("aspectRatio", ""))
    options = request.parameters.get("outputOptions")
    form = str(options.get("mimeType", "")) if isinstance(options, dict) else ""
    image_request = MakeImagesRequest(request.model, prompt, count, shape, form)
    check_image_request(image_request, world)
    if FILTERED_PROMPT.search(prompt):
        return ()
    return images.make(image_request, context)


def check_known_parameters(request: PredictRequest, world: World) -> None:
    """Raise ApiError for a parameter that a model of the Developer API does not have."""
    if world.lenient or request.is_vertex:
        return
    check_parameters(request.model, request.instances, request.parameters)


def check_image_request(request: MakeImagesRequest, world: World) -> None:
    """Raise ApiError for what the model does not accept, with the names of this API's fields.

    The sentence is reported for another number, `durationSeconds`.

    Evidence: report-number-out-of-bound.
    """
    try:
        images.check(request, world)
    except ApiError as error:
        if error.failure.reason != "n_range":
            raise
        raise invalid(
            "The number value for `sampleCount` is out of bound. Please provide a value between 1 "
            f"and {error.failure.context['most']}, inclusive.",
            "parameter",
        ) from None


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
    return request.prompt


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
    request: PredictRequest, result: tuple[Image, ...] | EmbedResult
) -> WireResponse:
    """Encode images or vectors.

    Filtered images are absent; the reason is there if the request wants it (recorded).

    Evidence: native-113-predict-200, recorded-vertex-embeddings.
    """
    if isinstance(result, EmbedResult):
        vectors = [render_vector(vector, result) for vector in result.vectors]
        metadata = {"billableCharacterCount": count_billable(request.texts)}
        return encode_json({"predictions": vectors, "metadata": metadata})
    if not result:
        wanted = request.parameters.get("includeRaiReason")
        return encode_json(
            {"predictions": [{"raiFilteredReason": FILTERED_MESSAGE}]} if wanted else {}
        )
    return encode_json({"predictions": [render_image(image) for image in result]})


def render_image(image: Image) -> Json:
    return {"mimeType": image.mime_type, "bytesBase64Encoded": encode_base64(image.data)}


def render_vector(vector: Any, result: EmbedResult) -> Json:
    import json

    statistics = {"truncated": False, "token_count": max(1, result.tokens // len(result.vectors))}
    return {"embeddings": {"statistics": statistics, "values": json.loads(vector.to_json())}}


def count_billable(texts: Sequence[str]) -> int:
    """Return the characters that Vertex AI bills: all but white space."""
    return sum([len("".join(text.split())) for text in texts])


async def start_video(request: PredictRequest, context: OperationContext) -> VideoOperation:
    find_video_model(request.model, context.world)
    check_known_parameters(request, context.world)
    length = read_number(request.parameters, "durationSeconds", videos.DEFAULT_SECONDS)
    shape = str(request.parameters.get("aspectRatio", ""))
    problem = (
        find_vertex_problem(request.model, request.instances, request.parameters)
        if request.is_vertex and not context.world.lenient
        else ""
    )
    video_request = MakeVideoRequest(
        request.model, get_prompt(request), length, shape, as_file=True, problem=problem
    )
    return VideoOperation(await videos.create(video_request, context), "processing")


def encode_started(
    request: PredictRequest, operation: VideoOperation, *, vertex: bool
) -> WireResponse:
    return encode_json({"name": operation_name_of(request.wire, operation.video, vertex=vertex)})


def model_of(request: Any) -> str:
    name: str = request.model
    return name


def predict_scenario_of(request: Any) -> str:
    """Return "embed" for an embedding model, which Vertex AI serves under the same path."""
    return "embed" if "embedding" in getattr(request, "model", "") else "images"


def build_endpoints(variant: ApiVariant, models: str) -> tuple[Endpoint[Any, Any], ...]:
    """Return the predict methods below a prefix for models, and that for operations."""

    def build_endpoint(
        method: str, path: str, summary: str, decode: Any, perform: Any, encode: Any, **options: Any
    ) -> Endpoint[Any, Any]:
        common = (variant.encode_failure, model_of)
        path, options = models + path, {"pure": False, "may_wait": True, **options}
        return Endpoint(method, path, summary, decode, perform, encode, *common, **options)

    encode_start = partial(encode_started, vertex=variant.vertex)
    encode_poll = partial(encode_operation, vertex=variant.vertex)
    summary = "Look at a video on its way"
    return (
        build_endpoint(
            *("POST", ":predict", "Make pictures"),
            *(decode_predict, handle_predict, encode_predictions),
            scenario="images",
            scenario_of=predict_scenario_of,
            wire_name="predict",
            uses_quota=True,
        ),
        build_endpoint(
            *("POST", ":predictLongRunning", "Make a video"),
            *(decode_predict, start_video, encode_start),
            scenario="videos",
            wire_name="predictLongRunning",
            uses_quota=True,
        ),
        build_endpoint(
            *("POST", ":fetchPredictOperation", summary),
            *(decode_fetch, fetch_operation, encode_poll),
            scenario="operations",
            wire_name="fetchPredictOperation",
        )
        if variant.vertex
        else build_endpoint(
            *("GET", "/operations/{operation}", summary),
            *(decode_poll, get_operation, encode_poll),
            scenario="operations",
        ),
    )
