"""POST /chat/completions, and the dialects of Google's OpenAI-compatible surfaces."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from mockgem.core.call import Dialect, Endpoint, OperationContext
from mockgem.core.http import WireResponse
from mockgem.dialects.common.unsupported import encode_not_found
from mockgem.dialects.openai import (
    batches,
    embeddings,
    errors,
    google_completions,
    google_parts,
    images,
    models,
    vertex_endpoint,
    videos,
)
from mockgem.dialects.openai.chat_request import (
    ChatRequest,
    RequestDecoder,
    accept_body,
    build_decoder,
    check_vertex_body,
)
from mockgem.dialects.openai.errors import ErrorEncoder
from mockgem.dialects.openai.messages import MessageRules
from mockgem.operations.draft import Reply
from mockgem.operations.generate import generate

ReplyEncoder = Callable[[ChatRequest, Reply], WireResponse]


def build_gemini_dialect(*, strict: bool, tool_call_index: bool) -> Dialect:
    """Return the dialect of Gemini's own surface.

    It refuses `file` parts (reported from live tests of 2026-10). `tool_call_index` numbers the
    calls of streams, which some clients need.

    Evidence: report-file-parts.
    """
    decode = build_decoder(
        strict=strict,
        message_rules=MessageRules(
            refused_parts=frozenset({"file"} if strict else ()), reads_cloud_storage=not strict
        ),
    )
    chat = build_chat_endpoint(
        decode,
        partial(
            google_completions.encode_completion,
            style=replace(google_parts.GEMINI, has_call_index=tool_call_index),
        ),
        errors.encode_gemini_error_array,
    )
    embed = embeddings.build_endpoint(
        embeddings.encode_google, errors.encode_gemini_error, strict=strict
    )
    pictures = images.build_endpoint(images.encode_google, errors.encode_gemini_error)
    listed = models.build_endpoints(models.render_google_model, errors.encode_gemini_error)
    return Dialect(
        "openai",
        (chat, embed, pictures, *videos.build_endpoints(), *batches.build_endpoints(), *listed),
        errors.refuse_gemini_credential,
        errors.encode_gemini_not_found,
    )


def build_gemini_chat_dialect(*, strict: bool, tool_call_index: bool) -> Dialect:
    """Return the dialect of /v1beta/chat/completions, which a documented sample uses.

    Evidence: doc-openai-compat.
    """
    whole = build_gemini_dialect(strict=strict, tool_call_index=tool_call_index)
    return Dialect(whole.name, whole.endpoints[:1], whole.refuse_credential, whole.not_found)


def build_vertex_dialect(*, strict: bool) -> Dialect:
    """Return the dialect of Vertex AI, which ignores unknown fields but not a model's form."""
    write = partial(google_completions.encode_completion, style=google_parts.VERTEX)
    decode = build_decoder(strict=False, check=check_vertex_body if strict else accept_body)
    chat = build_chat_endpoint(decode, write, errors.encode_vertex_error_array)
    listed = models.build_endpoints(models.render_vertex_model, errors.encode_vertex_error)
    described = vertex_endpoint.build_endpoint()
    return Dialect(
        "openai", (chat, described, *listed), errors.refuse_vertex_credential, encode_not_found
    )


def build_chat_endpoint(
    decode: RequestDecoder, write: ReplyEncoder, refuse: ErrorEncoder
) -> Endpoint[ChatRequest, Reply]:
    return Endpoint(
        "POST",
        "/chat/completions",
        "Chat, whole or streamed",
        decode,
        handle_chat,
        write,
        refuse,
        model_of,
        scenario="generate",
        wire_name="chat.completions",
        uses_quota=True,
    )


def handle_chat(request: ChatRequest, context: OperationContext) -> Awaitable[Reply]:
    return generate(request.question, context)


def model_of(request: ChatRequest) -> str:
    return request.requested_model
