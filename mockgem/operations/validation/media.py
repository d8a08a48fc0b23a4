"""Check media: the MIME types and modalities that a model reads."""

from __future__ import annotations

from mockgem.core.content import Blob, Link
from mockgem.core.errors import ApiError, invalid
from mockgem.core.models import Model
from mockgem.operations.generators.media_info import read_media_info
from mockgem.operations.validation.models import name_model

IMAGE_TYPES = (
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/webp",
    "image/heic",
    "image/heif",
    "image/gif",
)
"""The documented image types, and GIF, which is accepted too (recorded 12 times). BMP is refused.

Evidence: doc-image-understanding, recorded-gif.
"""


def check_media(part: Blob | Link, model: Model) -> None:
    """Check that a model reads media of this type, and that the bytes are not broken."""
    media = read_media_info(part)
    if (media.kind == "image" and part.mime_type not in IMAGE_TYPES) or media.kind == "file":
        raise invalid(f"Unsupported MIME type: {part.mime_type}", "mime_type")
    if media.kind != "text" and media.kind not in model.inputs:
        message = f"{media.kind.capitalize()} input modality is not enabled for {name_model(model)}"
        raise invalid(message, "modality")
    if media.is_broken:
        raise unreadable_media_error(media.kind)


def unreadable_media_error(kind: str) -> ApiError:
    """Return the error for media whose bytes the service cannot read."""
    if kind == "pdf":
        return invalid("The document has no pages.", "bad_media")
    help_page = (
        "Please retry or report in https://developers.generativeai.google/guide/troubleshooting"
    )
    return invalid(f"Unable to process input image. {help_page}", "bad_media")
