"""POST /images/generations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.google_frontend import JSON_TYPE, build_headers
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import anything, either, int32, message, read_as, string
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, ErrorEncoder
from mockgem.operations import generated_media, images
from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.images import Image, MakeImagesRequest

FIELDS = message(
    "google.ai.generativelanguage.v1main.ImagesRequest",
    {
        "model": string,
        "prompt": string,
        "n": int32,
        "size": string,
        "response_format": string,
        "aspect_ratio": string,
        "stream": anything,
        "extra_body": anything,
        "google": anything,
        "quality": either(string, anything),
    },
    open_ended=True,
)
"""The service silently ignores all other parameters (documented).

Evidence: doc-openai-compat.
"""


@frozen
class ImagesRequest:
    """The question, and how to send the images: as URLs instead of base64, or as a stream."""

    question: MakeImagesRequest
    by_url: bool
    wire: WireRequest
    stream: bool = False
    is_edit: bool = False


@frozen
class GeneratedImages:
    """Images as (key, base64 or URL), and the time when mockgem made them."""

    images: tuple[tuple[str, str], ...]
    created: int


def decode(wire: WireRequest, params: Mapping[str, str]) -> ImagesRequest:
    body = read_as(FIELDS, parse_json(wire.body))
    form = body.get("response_format", "url" if "openai" not in wire.path else "b64_json")
    if form not in ("b64_json", "url"):
        raise invalid(
            f"Invalid value for response_format: {form!r}, expected b64_json or url.",
            "response_format",
        )
    shape = find_aspect_ratio(body) or body.get("size", "")
    question = MakeImagesRequest(
        body.get("model", ""), body.get("prompt", ""), body.get("n", 1), shape
    )
    is_stream = "openai" not in wire.path and body.get("stream") is True
    return ImagesRequest(question, form == "url" and not is_stream, wire, is_stream)


def find_aspect_ratio(body: Mapping[str, Any]) -> str:
    """Return the aspect ratio from any of the documented places.

    Evidence: doc-openai-compat.
    """
    for place in (body, body.get("google"), body.get("extra_body")):
        if isinstance(place, dict):
            inner = place.get("google")
            for options in (place, inner if isinstance(inner, dict) else {}):
                if isinstance(options.get("aspect_ratio"), str):
                    return str(options["aspect_ratio"])
    return ""


async def handle_images(request: ImagesRequest, context: OperationContext) -> GeneratedImages:
    generated = images.make(request.question, context)
    rendered = [await render_image(image, request, context) for image in generated]
    return GeneratedImages(tuple(rendered), context.world.now())


async def render_image(
    image: Image, request: ImagesRequest, context: OperationContext
) -> tuple[str, str]:
    if not request.by_url:
        return "b64_json", encode_base64(image.data)
    medium = await generated_media.save(image.data, image.mime_type, context.world)
    return "url", f"{request.wire.base_url}/_mockgem/media/{medium.name}"


def encode_google(request: ImagesRequest, generated: GeneratedImages) -> WireResponse:
    """Write images like Google. Not recorded; the documentation reads `data[].b64_json`.

    Evidence: doc-openai-compat.
    """
    data = [{kind: text} for kind, text in generated.images]
    body = dump_compact({"created": generated.created, "data": data})
    return WireResponse(200, build_headers(JSON_TYPE, 900), ChunkedBody(encode_chunks((body,))))


def encode_gateway(request: ImagesRequest, generated: GeneratedImages) -> WireResponse:
    return WireResponse(
        200,
        GATEWAY_HEADERS,
        dump_compact({"created": generated.created, "data": [{k: t} for k, t in generated.images]}),
    )


def build_endpoint(write: Any, refuse: ErrorEncoder) -> Endpoint[ImagesRequest, GeneratedImages]:
    return Endpoint(
        "POST",
        "/images/generations",
        "Generate images",
        decode,
        handle_images,
        write,
        refuse,
        model_of,
        pure=False,
        scenario="images",
        uses_quota=True,
    )


def model_of(request: ImagesRequest) -> str:
    return request.question.model
