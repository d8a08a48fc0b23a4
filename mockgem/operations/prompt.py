"""Resolve what a request refers to, and check and count its prompt."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.content import Blob, FinishReason, Link, ModalityTokens, Part, Text
from mockgem.core.errors import ApiError
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations import validation
from mockgem.operations.caches import (
    NO_CACHED_TOKENS,
    CachedTokens,
    add_cached_tokens,
    expand_cached_content,
)
from mockgem.operations.files import resolve_link
from mockgem.operations.generate_request import (
    GenerateRequest,
    last_user_text,
    read_file_search,
)
from mockgem.operations.usage import count_prompt_tokens

REQUESTED_FAILURE = re.compile(r"mockgem:(block|finish)=([A-Z_]{2,40})")
BLOCK_REASONS = (
    "SAFETY",
    "OTHER",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "IMAGE_SAFETY",
    "JAILBREAK",
    "MODEL_ARMOR",
)


async def resolve_references(
    request: GenerateRequest, context: OperationContext
) -> tuple[GenerateRequest, CachedTokens]:
    """Return a request with its cached content, its media and what a file search finds.

    Also return the tokens of the cached content.
    """
    cached = NO_CACHED_TOKENS
    if request.cached_content:
        validation.check_contents(request)
        request, cached = await expand_cached_content(request, context.world)
    if request.has_links:
        request = await fetch_media(request, context)
    if "file_search" in request.gemini_options.builtin_tools:
        request = await search_files(request, context)
    return request, cached


async def search_files(request: GenerateRequest, context: OperationContext) -> GenerateRequest:
    """Return a request with the passages that its file search finds.

    A lenient server invents passages of stores that do not exist. Raises ApiError for stores that
    do not exist (403), and for settings that are not valid (400).
    """
    from mockgem.operations.file_search.retrieval import retrieve

    settings = read_file_search(request.gemini_options.builtin_tools["file_search"])
    try:
        passages = await retrieve(
            last_user_text(request.turns),
            settings.store_names,
            context,
            metadata_filter=settings.metadata_filter,
            top_k=settings.top_k,
        )
    except ApiError as error:
        if context.world.lenient and error.failure.reason == "store_gone":
            return request
        raise
    return replace(request, passages=passages)


async def fetch_media(request: GenerateRequest, context: OperationContext) -> GenerateRequest:
    """Replace links by the uploaded files, and other links by their media if fetching is on."""
    turns = []
    for turn in request.turns:
        parts = [
            await fetch_link(part, context) if isinstance(part, Link) else part
            for part in turn.parts
        ]
        turns.append(replace(turn, parts=tuple(parts)))
    return replace(request, turns=tuple(turns))


async def fetch_link(link: Link, context: OperationContext) -> Part:
    fetch = context.world.fetch
    media = await resolve_link(link, context)
    return media if isinstance(media, Blob) or fetch is None else await fetch(media)


def check_prompt(
    request: GenerateRequest, model: Model, world: World, cached: CachedTokens
) -> tuple[int, ModalityTokens]:
    """Return the prompt's tokens, in total and by modality.

    Raises:
        ApiError: The model refuses the request, or the prompt is longer than its limit.
    """
    validation.check_request(request, model, lenient=world.lenient)
    total, modalities = add_cached_tokens(*count_prompt_tokens(request, model), cached)
    if total > model.input_limit and not world.lenient:
        raise validation.prompt_too_long_error(total, model)
    return total, modalities


def find_requested_failure(request: GenerateRequest) -> tuple[str, str] | None:
    """Return the failure that the last part asks for with "mockgem:block=…" or "mockgem:finish=…".

    Tests need these words because no harmless text triggers the real filters.
    """
    parts = request.turns[-1].parts
    last = parts[-1] if parts else None
    if (
        not isinstance(last, Text)
        or "mockgem:" not in last.text
        or (match := REQUESTED_FAILURE.search(last.text)) is None
    ):
        return None
    known = BLOCK_REASONS if match[1] == "block" else FinishReason.__members__
    return (match[1], match[2]) if match[2] in known else None
