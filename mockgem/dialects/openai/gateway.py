"""The dialect of the gateway, which has all of OpenAI's API."""

from __future__ import annotations

from mockgem.core.call import Dialect
from mockgem.dialects.openai import (
    audio,
    embeddings,
    errors,
    gateway_batches,
    gateway_completions,
    gateway_files,
    gateway_uploads,
    gateway_videos,
    image_edits,
    image_events,
    images,
    models,
    moderations,
    text_completions,
    transcripts,
)
from mockgem.dialects.openai.chat import build_chat_endpoint
from mockgem.dialects.openai.chat_request import accept_body, build_decoder
from mockgem.dialects.openai.gateway_models import GATEWAY_MODEL_ALIASES
from mockgem.dialects.openai.gateway_tools import check_gateway_body
from mockgem.dialects.openai.messages import MessageRules
from mockgem.dialects.openai.responses import conversation_endpoints
from mockgem.dialects.openai.responses import endpoints as responses
from mockgem.dialects.openai.responses.item_reader import STAND_IN_SIGNATURE


def build_gateway_dialect(*, strict: bool) -> Dialect:
    """Return the dialect of a one-api style gateway, which is OpenAI's own form.

    The gateway adds signatures to calls for clients that don't know them.
    """
    message_rules = MessageRules(stand_in_signature=STAND_IN_SIGNATURE, allows_tool_media=True)
    decode = build_decoder(
        strict=False,
        message_rules=message_rules,
        aliases=GATEWAY_MODEL_ALIASES,
        check=check_gateway_body if strict else accept_body,
    )
    chat = build_chat_endpoint(
        decode, gateway_completions.encode_completion, errors.encode_gateway_error
    )
    embed = embeddings.build_endpoint(
        embeddings.encode_gateway, errors.encode_gateway_error, strict=False
    )
    pictures = images.build_endpoint(image_events.encode_images, errors.encode_gateway_error)
    listed = models.build_endpoints(
        models.render_gateway_model, errors.encode_gateway_error, gateway=True
    )
    return Dialect(
        "openai",
        (
            chat,
            *responses.build_endpoints(),
            *conversation_endpoints.build_endpoints(),
            text_completions.build_endpoint(),
            embed,
            moderations.build_endpoint(),
            pictures,
            *image_edits.build_endpoints(),
            *audio.build_endpoints(),
            *transcripts.build_endpoints(),
            *gateway_files.build_endpoints(),
            *gateway_uploads.build_endpoints(),
            *gateway_batches.build_endpoints(),
            *gateway_videos.build_endpoints(),
            *listed,
        ),
        errors.refuse_gateway_credential,
        errors.encode_gateway_not_found,
    )
