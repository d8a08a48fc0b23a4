"""POST /images/edits and /images/variations, as gateways pass them on to models that draw.

Evidence: sdk-openai.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.errors import invalid
from mockgem.core.http import WireRequest
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.openai.errors import encode_gateway_error
from mockgem.dialects.openai.image_events import encode_images
from mockgem.dialects.openai.images import (
    GeneratedImages,
    ImagesRequest,
    handle_images,
    model_of,
)
from mockgem.operations.images import MakeImagesRequest

VARIATION = "A variation of an image"


def decode_edit(wire: WireRequest, params: Mapping[str, str]) -> ImagesRequest:
    """Return a request to change images by a prompt. Raises ApiError (400)."""
    body = read_form_fields(wire)
    find_images(body)
    return build_request(wire, body, str(body.get("prompt", "")))


def decode_variation(wire: WireRequest, params: Mapping[str, str]) -> ImagesRequest:
    """Return a request to vary an image. Raises ApiError (400)."""
    body = read_form_fields(wire)
    digest = hashlib.blake2b(find_images(body)[0].data, digest_size=3).hexdigest()
    return build_request(wire, body, f"{VARIATION} ({digest})")


def find_images(body: Mapping[str, Any]) -> list[FormFile]:
    """Return the images of a form. Raises ApiError (400) without images."""
    given = [one for name, one in body.items() if name.startswith("image")]
    listed = [one for value in given for one in (value if isinstance(value, list) else [value])]
    images = [one for one in listed if isinstance(one, FormFile) and one.data]
    if not images:
        raise invalid("Missing required parameter: 'image', a multipart upload.", "image")
    return images


def build_request(wire: WireRequest, body: Mapping[str, Any], prompt: str) -> ImagesRequest:
    count = str(body.get("n", "1"))
    form = body.get("response_format", "b64_json")
    if form not in ("b64_json", "url"):
        message = f"Invalid value for response_format: {form!r}, expected b64_json or url."
        raise invalid(message, "response_format")
    number = int(count) if count.isdecimal() and len(count) < 4 else 0
    shape = str(body.get("size", ""))
    question = MakeImagesRequest(str(body.get("model", "")), prompt, number, shape)
    is_stream = str(body.get("stream", "")).lower() == "true"
    is_edit = prompt == body.get("prompt")
    return ImagesRequest(question, form == "url" and not is_stream, wire, is_stream, is_edit)


def build_endpoints() -> tuple[Endpoint[ImagesRequest, GeneratedImages], ...]:
    def build(path: str, summary: str, decode: Any, wire_name: str) -> Endpoint[Any, Any]:
        return Endpoint(
            "POST",
            path,
            summary,
            decode,
            handle_images,
            encode_images,
            encode_gateway_error,
            model_of,
            pure=False,
            scenario="images",
            wire_name=wire_name,
            uses_quota=True,
        )

    return (
        build("/images/edits", "Change images", decode_edit, "images.edit"),
        build("/images/variations", "Vary an image", decode_variation, "images.create_variation"),
    )
