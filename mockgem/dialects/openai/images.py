"""POST /images/generations."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import Pieces, WireRequest, WireResponse, chunked
from mockgem.dialects.common.google_frontend import JSON, headers
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.common.proto_fields import anything, either, int32, message, read_as, string
from mockgem.dialects.openai.errors import PLAIN_HEADERS, Encode
from mockgem.operations import generated_media, images
from mockgem.operations.images import Image, MakeImages

FIELDS = message(
    "google.ai.generativelanguage.v1main.ImagesRequest",
    {
        "model": string,
        "prompt": string,
        "n": int32,
        "size": string,
        "response_format": string,
        "aspect_ratio": string,
        "extra_body": anything,
        "google": anything,
        "quality": either(string, anything),
    },
    open_ended=True,
)
"""All other parameters are silently ignored, as the documentation says."""


@value
class ImagesRequest:
    """What is asked, and whether it is to come as an address."""

    question: MakeImages
    by_url: bool
    wire: WireRequest


@value
class Made:
    """Pictures, each as it is to be given: in base64 or by its address; and when they were made."""

    pictures: tuple[tuple[str, str], ...]
    created: int


def decode(wire: WireRequest, params: Mapping[str, str]) -> ImagesRequest:
    body = read_as(FIELDS, parse(wire.body))
    form = body.get("response_format", "url" if "openai" not in wire.path else "b64_json")
    if form not in ("b64_json", "url"):
        raise invalid(f"Invalid value for response_format: {form!r}, expected b64_json or url.", "response_format")
    shape = ratio_in(body) or body.get("size", "")
    question = MakeImages(body.get("model", ""), body.get("prompt", ""), body.get("n", 1), shape)
    return ImagesRequest(question, form == "url", wire)


def ratio_in(body: Mapping[str, Any]) -> str:
    """The aspect ratio, wherever the documented ways of sending it put it."""
    for place in (body, body.get("google"), body.get("extra_body")):
        if isinstance(place, dict):
            inner = place.get("google")
            for one in (place, inner if isinstance(inner, dict) else {}):
                if isinstance(one.get("aspect_ratio"), str):
                    return str(one["aspect_ratio"])
    return ""


async def perform(request: ImagesRequest, occasion: Occasion) -> Made:
    made = images.make(request.question, occasion)
    spelled = [given(image, request, occasion) for image in made]
    return Made(tuple(spelled), occasion.world.now())


def given(image: Image, request: ImagesRequest, occasion: Occasion) -> tuple[str, str]:
    if not request.by_url:
        return "b64_json", base64.b64encode(image.data).decode()
    medium = generated_media.keep(image.data, image.mime_type, occasion.world)
    return "url", f"{request.wire.origin}/_mockgem/media/{medium.name}"


def google(request: ImagesRequest, made: Made) -> WireResponse:
    """Never recorded; the documentation reads `data[].b64_json`."""
    data = [{kind: text} for kind, text in made.pictures]
    body = compact({"created": made.created, "data": data})
    return WireResponse(200, headers(JSON, 900), Pieces(chunked((body,))))


def plain(request: ImagesRequest, made: Made) -> WireResponse:
    return WireResponse(200, PLAIN_HEADERS, compact({"created": made.created, "data": [{k: t} for k, t in made.pictures]}))


def endpoint(write: Any, refuse: Encode) -> Endpoint[ImagesRequest, Made]:
    return Endpoint("POST", "/images/generations", "Make pictures", decode, perform, write, refuse, name_of, pure=False)


def name_of(request: ImagesRequest) -> str:
    return request.question.model
