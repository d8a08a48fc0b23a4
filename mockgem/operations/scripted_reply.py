"""Replies that a scenario gives: checked and counted like generated ones, but not generated."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.content import (
    BLOCKING_REASONS,
    Blob,
    Candidate,
    FinishReason,
    Part,
    ScriptedReply,
    Text,
    Usage,
)
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations.caches import NO_CACHED_TOKENS, CachedTokens
from mockgem.operations.draft import Draft, create_empty_draft, estimate_size
from mockgem.operations.generate_request import GenerateRequest, collect_seed_facts
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.images import check_image_options
from mockgem.operations.prompt import check_prompt, find_requested_failure
from mockgem.operations.signatures import sign_gemma_parts, sign_scripted_parts
from mockgem.operations.usage import count_output_tokens, estimate_thinking_tokens

UNCHANGED = ScriptedReply()
USAGE_KEY = b"usage "
"""The prefix of a request's key under which World.reply_cache keeps usage instead of a reply."""


def is_complete(script: ScriptedReply) -> bool:
    """Return whether a scripted reply leaves nothing to generate."""
    return (
        script.parts is not None
        or bool(script.block_reason)
        or script.finish_reason in BLOCKING_REASONS
    )


def create_scripted_draft(
    request: GenerateRequest,
    model: Model,
    script: ScriptedReply,
    context: OperationContext,
    cached: CachedTokens | None,
) -> Draft:
    """Return the draft of a complete scripted reply.

    Args:
        cached: Tokens of cached content; None for a request that refers to nothing, whose usage
            can be cached.

    Raises:
        ApiError: The model refuses the request; a scenario does not change that.
    """
    world = context.world
    is_repeated = cached is None and context.repeat_count > 0
    key = USAGE_KEY + context.key
    draft: Draft | None = world.reply_cache.get(key) if is_repeated else None
    if draft is None:
        draft = create_usage_draft(request, model, world, cached or NO_CACHED_TOKENS)
        if is_repeated:
            world.reply_cache.put(key, draft, estimate_size(draft))
    return apply_scripted_reply(draft, script, request, world)


def create_usage_draft(
    request: GenerateRequest, model: Model, world: World, cached: CachedTokens
) -> Draft:
    """Check a request and return a draft that holds only its prompt and thinking tokens."""
    prompt, modalities = check_prompt(request, model, world, cached)
    thoughts = 0
    if find_requested_failure(request) is None:
        random = SeededRandom(world.seed, *collect_seed_facts(request, model))
        spent = estimate_thinking_tokens(request, model, random, lenient=world.lenient)
        thoughts = min(spent, request.sampling.max_tokens or spent)
        check_image_options(request, model)
    usage = Usage(prompt, 0, thoughts, cached.tokens, 0, modalities, (), cached.modality_tokens)
    return Draft(model, (Candidate(()),), usage)


def apply_scripted_reply(
    draft: Draft, script: ScriptedReply, request: GenerateRequest, world: World
) -> Draft:
    """Return a new draft with what a scripted reply replaces.

    Prompt tokens and thinking tokens stay. Thoughts are shown if the request includes
    them, or the model always shows them.
    """
    if script.block_reason:
        usage = replace(draft.usage, output=0, thoughts=0)
        return create_empty_draft(("block", script.block_reason), draft.model, usage)
    parts, finish = merge_parts(draft.candidates[0], script)
    if draft.model.has_named_calls and parts and not has_signature(parts):
        random = SeededRandom(world.seed, *collect_seed_facts(request, draft.model))
        sign = sign_scripted_parts if draft.model.generation > 2 else sign_gemma_parts
        parts = sign(parts, random)
    if not (request.thinking.include_thoughts or draft.model.shows_thoughts):
        parts = tuple([part for part in parts if not (isinstance(part, Text) and part.thought)])
    candidate = Candidate(parts, finish)
    output = count_output_tokens(candidate, draft.model)
    usage = replace(draft.usage, output=output, output_modalities=())
    return Draft(draft.model, (candidate,), usage)


def merge_parts(
    candidate: Candidate, script: ScriptedReply
) -> tuple[tuple[Part, ...], FinishReason]:
    """Return the parts and the finish reason of a scripted reply, filled up with generated ones."""
    if script.parts is not None:
        parts, finish = script.parts, script.finish_reason or FinishReason.STOP
    else:
        finish = script.finish_reason or candidate.finish_reason
        parts = () if finish in BLOCKING_REASONS else candidate.parts
    if script.image is not None:
        parts = (*[part for part in parts if not isinstance(part, Blob)], script.image)
    return parts, finish


def has_signature(parts: tuple[Part, ...]) -> bool:
    return any(getattr(part, "signature", "") for part in parts)
