"""Generate the reply to a request: text, tool calls, JSON, images or speech."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.content import Blob, Candidate, ModalityTokens, ScriptedReply, Text, Usage
from mockgem.core.models import Model
from mockgem.core.scheduling import run_aside, run_aside_if
from mockgem.core.world import World
from mockgem.operations.caches import NO_CACHED_TOKENS, CachedTokens
from mockgem.operations.deltas import split_words
from mockgem.operations.draft import Draft, Reply, create_empty_draft, estimate_size
from mockgem.operations.generate_request import (
    DEFAULT_SAMPLING,
    NO_GEMINI_OPTIONS,
    GenerateRequest,
    collect_seed_facts,
)
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.generators.reply import generate_parts, generate_thoughts
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.output_limits import is_long, limit_output
from mockgem.operations.prompt import check_prompt, find_requested_failure, resolve_references
from mockgem.operations.signatures import sign_gemma_parts, sign_parts
from mockgem.operations.usage import (
    count_output_by_modality,
    count_output_tokens,
    count_tool_tokens,
    estimate_thinking_tokens,
)
from mockgem.operations.validation import find_model

MAX_CANDIDATES = 8


async def generate(request: GenerateRequest, context: OperationContext) -> Reply:
    """Reply to a request.

    A draft is cached when the same request comes a second time, because most requests come once.

    Raises:
        ApiError: The real service would refuse the request.
    """
    world = context.world
    model = find_model(request.model, "generateContent", world)
    if context.scripted_reply is not None:
        draft = await create_draft_with_script(request, model, context, context.scripted_reply)
    elif request.has_references:
        request, cached = await resolve_references(request, context)
        draft = await run_aside(create_draft, request, model, world, cached)
    else:
        draft = await run_aside_if(context.is_large, get_cached_draft, request, model, context)
    if world.stream_words:
        draft = split_into_words(draft, world.stream_words)
    return Reply(draft, world.now(), derive_id_seed(world.id_seed, context))


async def create_draft_with_script(
    request: GenerateRequest, model: Model, context: OperationContext, script: ScriptedReply
) -> Draft:
    """Return the draft of a scripted reply; only what the scenario leaves open is generated."""
    from mockgem.operations.scripted_reply import (
        UNCHANGED,
        apply_scripted_reply,
        create_scripted_draft,
        is_complete,
    )

    world = context.world
    cached: CachedTokens | None = None
    if request.has_references:
        request, cached = await resolve_references(request, context)

    def create() -> Draft:
        if is_complete(script):
            return create_scripted_draft(request, model, script, context, cached)
        if cached is None and script.image is None:
            draft = get_cached_draft(request, model, context)
        else:
            draft = create_draft(request, model, world, cached or NO_CACHED_TOKENS, script.image)
        return draft if script == UNCHANGED else apply_scripted_reply(draft, script, request, world)

    return await run_aside_if(context.is_large, create)


def split_into_words(draft: Draft, count: int) -> Draft:
    """Return a draft whose texts are streamed in pieces of a number of words.

    Texts whose pieces a scenario chose keep them.
    """

    def split(candidate: Candidate) -> Candidate:
        parts = [
            replace(part, pieces=split_words(part.text, count))
            if isinstance(part, Text) and part.text and not part.pieces and not part.thought
            else part
            for part in candidate.parts
        ]
        return replace(candidate, parts=tuple(parts))

    return replace(draft, candidates=tuple(map(split, draft.candidates)), is_cached=False)


def get_cached_draft(request: GenerateRequest, model: Model, context: OperationContext) -> Draft:
    """Return the draft of a request without references, from the cache if it is there."""
    world = context.world
    draft: Draft | None = world.reply_cache.get(context.key) if context.repeat_count else None
    if draft is None:
        draft = create_draft(request, model, world)
        if context.repeat_count:
            draft.is_cached = True
            world.reply_cache.put(context.key, draft, estimate_size(draft))
    return draft


def create_draft(
    request: GenerateRequest,
    model: Model,
    world: World,
    cached: CachedTokens = NO_CACHED_TOKENS,
    image: Blob | None = None,
) -> Draft:
    """Generate the draft of a request. An `image` replaces the one that the model would draw.

    Raises:
        ApiError: The model refuses the request, or no value conforms to a schema in it.
    """
    prompt, modalities = check_prompt(request, model, world, cached)
    if (failure := find_requested_failure(request)) is not None:
        usage = Usage(prompt, 0, 0, cached.tokens, 0, modalities, (), cached.modality_tokens)
        return create_empty_draft(failure, model, usage)
    random = SeededRandom(world.seed, *collect_seed_facts(request, model))
    spent = estimate_thinking_tokens(request, model, random, lenient=world.lenient)
    candidates = generate_candidates(request, model, world, random, spent, image)
    tool_tokens = 0
    output_modalities: ModalityTokens = ()
    if request.gemini_options is not NO_GEMINI_OPTIONS or "image" in model.outputs:
        tool_tokens = sum([count_tool_tokens(candidate) for candidate in candidates])
        output_modalities = count_output_by_modality(candidates, model)
    usage = Usage(
        prompt,
        sum([count_output_tokens(candidate, model) for candidate in candidates]),
        min(spent, request.sampling.max_tokens or spent),
        cached.tokens,
        tool_tokens,
        modalities,
        output_modalities,
        cached.modality_tokens,
    )
    return Draft(model, candidates, usage)


def generate_candidates(
    request: GenerateRequest,
    model: Model,
    world: World,
    random: SeededRandom,
    spent: int,
    image: Blob | None,
) -> tuple[Candidate, ...]:
    """Generate as many candidates as the request asks for, each with its own random numbers."""
    first = generate_candidate(request, model, world, random, spent, image)
    count = min(request.sampling.count, MAX_CANDIDATES)
    if count <= 1:
        return (first,)
    forks = [random.fork(f"candidate {number}") for number in range(1, count)]
    others = [generate_candidate(request, model, world, fork, spent, image) for fork in forks]
    return (first, *others)


def generate_candidate(
    request: GenerateRequest,
    model: Model,
    world: World,
    random: SeededRandom,
    thinking_tokens: int,
    image: Blob | None = None,
) -> Candidate:
    """Generate one candidate: its parts, what built-in tools add, signatures and thoughts."""
    candidate = Candidate(
        generate_parts(request, model, random, image, plain=world.has_plain_answers)
    )
    if request.gemini_options.builtin_tools:
        from mockgem.operations.builtin_tools import run_builtin_tools

        candidate = run_builtin_tools(request, candidate, random)
    parts = candidate.parts
    if model.generation > 2:
        parts = sign_parts(parts, random)
    elif model.has_named_calls:
        parts = sign_gemma_parts(parts, random)
    if thinking_tokens and (request.thinking.include_thoughts or model.shows_thoughts):
        parts = (*generate_thoughts(request, random), *parts)
    candidate = replace(candidate, parts=parts) if candidate.grounding else Candidate(parts)
    if request.sampling is DEFAULT_SAMPLING and not is_long(parts):
        return candidate
    return limit_output(candidate, request, model, thinking_tokens)
