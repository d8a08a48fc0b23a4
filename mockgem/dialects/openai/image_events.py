"""Streamed images: gateways send each one whole, in one event.

Evidence: sdk-openai.
"""

from __future__ import annotations

from typing import Any

from mockgem.core.http import WireResponse
from mockgem.dialects.openai.audio import encode_events
from mockgem.dialects.openai.images import GeneratedImages, ImagesRequest, encode_gateway

IMAGE_TOKENS = 1290
"""Tokens of an image that Gemini 2.5 makes (documented)."""
PNG_START = "iVBOR"


def encode_images(request: ImagesRequest, generated: GeneratedImages) -> WireResponse:
    """Return images as JSON, or as a stream if the request asks for one."""
    if not request.stream:
        return encode_gateway(request, generated)
    kind = "image_edit" if request.is_edit else "image_generation"
    return encode_events([write_event(f"{kind}.completed", request, generated, data)
                          for name, data in generated.images])  # fmt: skip


def write_event(
    kind: str, request: ImagesRequest, generated: GeneratedImages, data: str
) -> dict[str, Any]:
    asked = len(request.question.prompt.split())
    return {
        "type": kind,
        "b64_json": data,
        "created_at": generated.created,
        "background": "opaque",
        "output_format": "png" if data.startswith(PNG_START) else "jpeg",
        "quality": "auto",
        "size": request.question.shape or "auto",
        "usage": {
            "input_tokens": asked,
            "input_tokens_details": {"image_tokens": 0, "text_tokens": asked},
            "output_tokens": IMAGE_TOKENS,
            "total_tokens": asked + IMAGE_TOKENS,
        },
    }
