"""POST models/{model}:predict and :predictLongRunning: Imagen's pictures, Veo's videos, and Vertex AI's embeddings."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.world import World
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.proto_fields import message, read_as, repeated, struct
from mockgem.dialects.gemini.errors import Tongue
from mockgem.dialects.gemini.responses import PACKAGE, Json, answer
from mockgem.operations import embed, files, images, validation, videos
from mockgem.operations.embed import Embed, Embedded
from mockgem.operations.images import Image, MakeImages
from mockgem.operations.videos import MakeVideo, Video

BODY = message(PACKAGE + "PredictRequest", {"instances": repeated(struct), "parameters": struct, "labels": struct})
POLL = message(PACKAGE + "FetchPredictOperationRequest", {"operation_name": lambda value, path, wrong: str(value)})
USUAL_IMAGES = 4
"""Imagen makes four where nothing is said (documented)."""
FILTERED = (
    "Unable to show generated images. Your current safety filter threshold filtered out all generated images. You will not "
    "be charged for blocked images. Try rephrasing the prompt. If you think this was an error, send feedback."
)
VIOLENT = re.compile(r"\bviolence and gore\b|mockgem:block=", re.I)
"""Prompts that are filtered: the recorded one (113), and those that want to be."""
VIDEO_RESPONSE = "type.googleapis.com/google.ai.generativelanguage.{version}.PredictLongRunningResponse"
VERTEX_RESPONSE = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"


@value
class PredictRequest:
    """What is asked of which model, by instances and parameters."""

    model: str
    instances: tuple[Json, ...]
    parameters: Json
    wire: WireRequest


@value
class OperationRequest:
    """An operation that is asked for."""

    model: str
    name: str
    wire: WireRequest


@value
class Shown:
    """A video on its way, the state it is in, and its bytes where they are to be shown."""

    video: Video
    state: str
    data: bytes = b""


def decode(wire: WireRequest, params: Mapping[str, str]) -> PredictRequest:
    body = read_as(BODY, parse(wire.body))
    return PredictRequest(params["model"], tuple(body.get("instances", ())), body.get("parameters", {}), wire)


# Pictures, and vectors on Vertex AI


async def predict(request: PredictRequest, occasion: Occasion) -> tuple[Image, ...] | Embedded:
    world = occasion.world
    model = validation.model_for(request.model, "predict", world) if not embeds(request.model, world) else None
    if model is None:
        if "/publishers/" not in request.wire.path:  # only Vertex AI gives vectors this way
            raise validation.unknown_model(request.model, "predict")
        return await embed.embed(embed_question(request), occasion)
    prompt = prompt_in(request)
    count = number(request.parameters, "sampleCount", USUAL_IMAGES)
    shape = str(request.parameters.get("aspectRatio", ""))
    options = request.parameters.get("outputOptions")
    form = str(options.get("mimeType", "")) if isinstance(options, dict) else ""
    asked = MakeImages(request.model, prompt, count, shape, form)
    if VIOLENT.search(prompt):
        images.check(asked, world)
        return ()
    return images.make(asked, occasion)


def embeds(name: str, world: World) -> bool:
    model = world.catalogue.find(name, world.clock())
    return model is not None and bool(model.dimensions)


def embed_question(request: PredictRequest) -> Embed:
    texts = tuple([str(one.get("content", "")) for one in request.instances])
    return Embed(request.model, texts, number(request.parameters, "outputDimensionality", 0))


def prompt_in(request: PredictRequest) -> str:
    if not request.instances:
        raise invalid("* PredictRequest.instances: instances is not specified\n", "no_contents")
    return str(request.instances[0].get("prompt", ""))


def number(parameters: Json, name: str, usual: int) -> int:
    """A whole number, also as a string. Raises ApiError for anything else."""
    found = parameters.get(name, usual)
    if not re.fullmatch(r"-?\d{1,9}(\.0)?", str(found)) or isinstance(found, bool):
        raise invalid(f"Invalid value at 'parameters.{name}': expected a whole number, got {str(found)[:40]!r}", "payload")
    return int(float(found))


def encode(request: PredictRequest, found: tuple[Image, ...] | Embedded) -> WireResponse:
    """Filtered pictures are absent, with the reason if that was asked for (recorded: 113)."""
    if isinstance(found, Embedded):
        return answer({"predictions": [vector_json(one, found) for one in found.vectors]})
    if not found:
        wanted = request.parameters.get("includeRaiReason")
        return answer({"predictions": [{"raiFilteredReason": FILTERED}]} if wanted else {})
    return answer({"predictions": [image_json(one) for one in found]})


def image_json(image: Image) -> Json:
    return {"mimeType": image.mime_type, "bytesBase64Encoded": b64encode(image.data).decode()}


def vector_json(vector: Any, found: Embedded) -> Json:
    import json

    statistics = {"truncated": False, "token_count": max(1, found.tokens // len(found.vectors))}
    return {"embeddings": {"values": json.loads(vector.json()), "statistics": statistics}}


# Videos


async def start(request: PredictRequest, occasion: Occasion) -> Shown:
    length = number(request.parameters, "durationSeconds", videos.SECONDS)
    shape = str(request.parameters.get("aspectRatio", ""))
    question = MakeVideo(request.model, prompt_in(request), length, shape, as_file=True)
    return Shown(videos.create(question, occasion), "processing")


async def poll(request: OperationRequest, occasion: Occasion) -> Shown:
    """A step on for having been asked for."""
    world = occasion.world
    video = videos.find(request.name, world)
    if video.model != request.model.removeprefix("models/"):
        raise ApiError(Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="video_not_found"))
    video = await videos.look(request.name, world)
    return Shown(video, videos.state_of(video, world))


async def fetch(request: OperationRequest, occasion: Occasion) -> Shown:
    """The same with the video's bytes, as Vertex AI gives them."""
    shown = await poll(request, occasion)
    if not shown.video.medium:
        return shown
    file = files.look(shown.video.medium, occasion.world)
    return replace(shown, data=b"".join(occasion.world.blobs.pieces(file.blob)))


def decode_poll(wire: WireRequest, params: Mapping[str, str]) -> OperationRequest:
    return OperationRequest(params["model"], params["operation"], wire)


def decode_fetch(wire: WireRequest, params: Mapping[str, str]) -> OperationRequest:
    name = read_as(POLL, parse(wire.body)).get("operation_name", "")
    return OperationRequest(params["model"], name.rpartition("/")[2], wire)


def name_in(wire: WireRequest, video: Video, *, vertex: bool) -> str:
    """An operation's name: below its model, on Vertex AI below the project as well."""
    place = ""
    if vertex:
        match = re.search(r"/(projects/[^/]+/locations/[^/]+/)", wire.path)
        place = f"{match[1] if match else ''}publishers/google/"
    return f"{place}models/{video.model}/operations/{video.id}"


def encode_started(request: PredictRequest, found: Shown, *, vertex: bool) -> WireResponse:
    return answer({"name": name_in(request.wire, found.video, vertex=vertex)})


def encode_operation(request: OperationRequest, found: Shown, *, vertex: bool) -> WireResponse:
    """Until it is done only its name (recorded: 070, 071)."""
    body: Json = {"name": name_in(request.wire, found.video, vertex=vertex)}
    if found.state == "completed":
        body |= {"done": True, "response": vertex_video(found) if vertex else video_json(request.wire, found)}
    elif found.state == "failed":
        body |= {"done": True, "error": {"code": 13, "message": "The video could not be generated."}}
    return answer(body)


def video_json(wire: WireRequest, found: Shown) -> Json:
    version = wire.path.lstrip("/").partition("/")[0]
    sample = {"video": {"uri": f"{address(wire)}/{version}/files/{found.video.medium}:download?alt=media"}}
    return {
        "@type": VIDEO_RESPONSE.format(version=version),
        "generateVideoResponse": {"generatedSamples": [sample]},
    }


def address(wire: WireRequest) -> str:
    """Where the server is. Google's SDKs read a file's name out of an address only if that begins with https, and ask for
    it where they ask for everything; others fetch the address as it stands."""
    if wire.headers.get("x-goog-api-client", "").startswith("google-genai-sdk"):
        return wire.origin.replace("http://", "https://", 1)
    return wire.origin


def vertex_video(found: Shown) -> Json:
    video = {"bytesBase64Encoded": b64encode(found.data).decode(), "mimeType": "video/mp4"}
    return {"@type": VERTEX_RESPONSE, "raiMediaFilteredCount": 0, "videos": [video]}


def name_of(request: Any) -> str:
    name: str = request.model
    return name


def endpoints(tongue: Tongue, models: str) -> tuple[Endpoint[Any, Any], ...]:
    refuse = tongue.failure
    started, operation = partial(encode_started, vertex=tongue.vertex), partial(encode_operation, vertex=tongue.vertex)

    def one(method: str, path: str, summary: str, read: Any, perform: Any, write: Any) -> Endpoint[Any, Any]:
        return Endpoint(method, models + path, summary, read, perform, write, refuse, name_of, pure=False, waits=True)

    common = (
        one("POST", ":predict", "Make pictures", decode, predict, encode),
        one("POST", ":predictLongRunning", "Make a video", decode, start, started),
    )
    if tongue.vertex:
        summary = "Look at a video on its way"
        return (*common, one("POST", ":fetchPredictOperation", summary, decode_fetch, fetch, operation))
    return (*common, one("GET", "/operations/{operation}", "Look at a video on its way", decode_poll, poll, operation))
