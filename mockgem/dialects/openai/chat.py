"""POST /chat/completions, in each spelling."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from mockgem.core.call import Dialect, Endpoint, Occasion
from mockgem.core.errors import Failure, Unrouted
from mockgem.core.http import WireResponse
from mockgem.dialects.common.unsupported import not_found
from mockgem.dialects.openai import (
    audio,
    batches,
    embeddings,
    errors,
    gateway_completions,
    google_completions,
    images,
    models,
    videos,
)
from mockgem.dialects.openai.chat_request import ChatRequest, Decode, decoder
from mockgem.dialects.openai.errors import Encode
from mockgem.dialects.openai.messages import Manners
from mockgem.operations.generate import Reply, generate

Write = Callable[[ChatRequest, Reply], WireResponse]

STAND_IN = "skip_thought_signature_validator"
"""The documented stand-in for a signature, for histories from elsewhere."""
GATEWAY_NAMES = {
    "gemini-2-5-flash-image": "gemini-2.5-flash-image",
    "gemini-2.5-flash-thinking": "gemini-2.5-flash",
}
"""Models under a gateway's own names, from the gateway's page."""


def gemini(*, strict: bool = True) -> Dialect:
    """Gemini's own surface. It takes no `file` parts (reported from live tests of 2026-10)."""
    decode = decoder(strict=strict, manners=Manners(refused=frozenset({"file"} if strict else ())))
    chat = chat_endpoint(decode, partial(google_completions.write, style=google_completions.GEMINI), errors.gemini_array)
    embed = embeddings.endpoint(embeddings.google, errors.gemini_object, strict=strict)
    pictures = images.endpoint(images.google, errors.gemini_object)
    listed = models.endpoints(models.google_model, errors.gemini_object)
    return dialect(
        "gemini-openai",
        (chat, embed, pictures, *videos.endpoints(), *batches.endpoints(), *listed),
        errors.gemini_credential,
        not_found,
    )


def gemini_chat_only(*, strict: bool = True) -> Dialect:
    """For /v1beta/chat/completions, which a documented sample has."""
    whole = gemini(strict=strict)
    return dialect(whole.name, whole.endpoints[:1], whole.refuse_credential, whole.not_found)


def vertex() -> Dialect:
    """Vertex: what it does not know it passes over."""
    write = partial(google_completions.write, style=google_completions.VERTEX)
    chat = chat_endpoint(decoder(strict=False), write, errors.vertex_array)
    listed = models.endpoints(models.vertex_model, errors.vertex_object)
    return dialect("vertex-openai", (chat, *listed), errors.vertex_credential, not_found)


def gateway() -> Dialect:
    """A one-api style gateway: OpenAI's own form. It signs calls for clients that know nothing of signatures."""
    manners = Manners(stand_in=STAND_IN, media_anywhere=True)
    decode = decoder(strict=False, manners=manners, aliases=GATEWAY_NAMES)
    chat = chat_endpoint(decode, gateway_completions.write, errors.plain_error)
    embed = embeddings.endpoint(embeddings.plain, errors.plain_error, strict=False)
    pictures = images.endpoint(images.plain, errors.plain_error)
    listed = models.endpoints(models.plain_model, errors.plain_error, plain=True)
    return dialect(
        "gateway", (chat, embed, pictures, *audio.endpoints(), *listed), errors.plain_credential, errors.plain_not_found
    )


def dialect(
    name: str,
    endpoints: tuple[Endpoint[Any, Any], ...],
    refuse: Callable[[str], Failure],
    unknown: Callable[[Unrouted], WireResponse],
) -> Dialect:
    return Dialect(name, endpoints, refuse, unknown)


def chat_endpoint(decode: Decode, write: Write, refuse: Encode) -> Endpoint[ChatRequest, Reply]:
    summary = "Chat, whole or streamed"
    return Endpoint("POST", "/chat/completions", summary, decode, answer, write, refuse, name_of)


def answer(request: ChatRequest, occasion: Occasion) -> Awaitable[Reply]:
    return generate(request.question, occasion)


def name_of(request: ChatRequest) -> str:
    return request.asked
