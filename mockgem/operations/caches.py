"""Context caches: contents that later requests have before their own."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Link, ModalityTokens, Text, Tool, ToolChoice, Turn
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.scheduling import run_aside
from mockgem.core.store import Collection, Page
from mockgem.core.world import World
from mockgem.operations.files import resolve_link
from mockgem.operations.generate_request import AUTO_TOOL_CHOICE, GenerateRequest
from mockgem.operations.generators.ids import insert_with_new_id
from mockgem.operations.quota import check_quota
from mockgem.operations.usage import count_prompt_tokens
from mockgem.operations.validation import find_model

HOUR = 3600.0
NAME_LENGTH = 40
MIN_TOKENS, MIN_TOKENS_PRO = 1024, 4096
"""The fewest tokens of a cache: recorded for most models, documented for Pro models.

Evidence: report-cache-minimum, doc-caching.
"""
CONFLICT_MESSAGE = (
    "CachedContent can not be used with GenerateContent request setting system_instruction, "
    "tools or tool_config.\n\n"
    "Proposed fix: move those values to CachedContent from GenerateContent request."
)


@frozen
class Cache:
    """A cache as it is kept, with texts and tools; of media it keeps only the number of tokens.

    The names of the fields are those of the records in state directories.
    """

    name: str
    model: str
    display_name: str
    created: float
    updated: float
    expires: float
    tokens: int
    system: str = ""
    turns: list[Any] = field(default_factory=list)
    tools: list[dict[str, Any]] = field(default_factory=list)
    media: list[Any] = field(default_factory=list)
    abilities: dict[str, Any] = field(default_factory=dict)
    choice: list[Any] = field(default_factory=list)


@frozen
class CachedTokens:
    """The tokens of a cache; those of media by modality."""

    tokens: int = 0
    media_tokens: ModalityTokens = ()

    @property
    def modality_tokens(self) -> ModalityTokens:
        """The tokens of text and media by modality; empty without media."""
        text = self.tokens - sum([count for _, count in self.media_tokens])
        return (
            ((("TEXT", text),) if text > 0 else ()) + self.media_tokens if self.media_tokens else ()
        )


NO_CACHED_TOKENS = CachedTokens()


def caches_in(world: World) -> Collection[Cache]:
    return Collection(world.store, "caches", Cache)


def add_cached_tokens(
    total: int, kinds: ModalityTokens, cached: CachedTokens
) -> tuple[int, ModalityTokens]:
    """Return the tokens of a prompt with those of its cache.

    `total` and `kinds` have the texts of the cache already, but not its media.
    """
    if not cached.media_tokens:
        return max(total, cached.tokens), kinds
    counts = dict(kinds or (("TEXT", total),))
    for kind, count in cached.media_tokens:
        counts[kind] = counts.get(kind, 0) + count
    return sum(counts.values()), tuple([pair for pair in counts.items() if pair[1]])


async def create(
    content: GenerateRequest, display_name: str, expires: float | None, context: OperationContext
) -> Cache:
    """Create a cache, which lives an hour if `expires` is missing.

    Raises ApiError if the model has no caches, the content is too small, or the storage is full.
    """
    world = context.world
    model = find_model(content.model, "createCachedContent", world)
    content_with_files = await resolve_files(content, context)
    tokens, kinds = await run_aside(count_prompt_tokens, content_with_files, model)
    if not has_unread_links(content_with_files):
        check_min_tokens(tokens, model, lenient=world.lenient)
    await sweep(world)
    await check_quota(4 * tokens, world)
    now = world.clock()
    expires = limit_expiry(now + HOUR if expires is None else expires, now, context)
    cache = build_cache(content, display_name, model.id, now, expires, tokens, kinds)
    note_expiry(expires, world)
    return await insert_with_new_id(cache, "name", NAME_LENGTH, caches_in(world), context)


def has_unread_links(content: GenerateRequest) -> bool:
    """Return whether content links to media of unknown size: mockgem reads no Cloud Storage."""
    return any(isinstance(part, Link) for turn in content.turns for part in turn.parts)


def build_cache(
    content: GenerateRequest,
    display_name: str,
    model: str,
    now: float,
    expires: float,
    tokens: int,
    kinds: ModalityTokens,
) -> Cache:
    """Return a cache of some content, without a name."""
    choice = content.tool_choice
    return Cache(
        name="",
        model=model,
        display_name=display_name,
        created=now,
        updated=now,
        expires=expires,
        tokens=tokens,
        system=content.system,
        turns=[
            [turn.role, [part.text for part in turn.parts if isinstance(part, Text)]]
            for turn in content.turns
        ],
        tools=[
            {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
            for tool in content.tools
        ],
        media=[list(kind) for kind in kinds if kind[0] != "TEXT"],
        abilities=dict(content.gemini_options.builtin_tools),
        choice=[] if choice == AUTO_TOOL_CHOICE else [choice.mode, list(choice.names)],
    )


def limit_expiry(expires: float, now: float, context: OperationContext) -> float:
    """Return when a cache expires: a scenario may limit its lifetime."""
    lifetime = context.overrides.cache_lifetime
    return expires if lifetime is None else min(expires, now + lifetime)


async def resolve_files(content: GenerateRequest, context: OperationContext) -> GenerateRequest:
    """Return content with the uploaded files that it links to.

    Raises ApiError if a file does not exist or is not active.
    """
    turns = [
        replace(
            turn,
            parts=tuple(
                [
                    await resolve_link(part, context) if isinstance(part, Link) else part
                    for part in turn.parts
                ]
            ),
        )
        for turn in content.turns
    ]
    return replace(content, turns=tuple(turns))


async def sweep(world: World) -> None:
    """Delete expired caches, if it is time to.

    Caches are large, so looking at all of them for each new one would take longer and longer.
    """
    now = world.clock()
    if now < world.next_cache_expiry:
        return
    expiries = [now + HOUR]
    for cache in await caches_in(world).list_all():
        if cache.expires <= now:
            await caches_in(world).delete(cache.name)
        else:
            expiries.append(cache.expires)
    world.next_cache_expiry = min(expiries)


def note_expiry(moment: float, world: World) -> None:
    """Sweep at this time, or earlier if another cache expires before."""
    world.next_cache_expiry = min(world.next_cache_expiry, moment)


def check_min_tokens(tokens: int, model: Model, *, lenient: bool) -> None:
    """Raise ApiError (400) if a cache would have too few tokens for the model."""
    least = MIN_TOKENS_PRO if "-pro" in model.id else MIN_TOKENS
    if tokens < least and not lenient:
        message = (
            f"Cached content is too small. total_token_count={tokens}, "
            f"min_total_token_count={least}"
        )
        raise invalid(message, "cache_too_small")


async def find(name: str, world: World) -> Cache:
    """Return a cache. Raises ApiError (recorded) if it does not exist or has expired (recorded).

    Evidence: failure-cache-gone, native-014-cachedContents-403.
    """
    cache = await caches_in(world).get(name.removeprefix("cachedContents/"))
    if cache is None or cache.expires <= world.clock():
        raise cache_not_found_error(name)
    return cache


def cache_not_found_error(name: str) -> ApiError:
    message = "CachedContent not found (or permission denied)"
    facts = {"name": name.removeprefix("cachedContents/")}
    return ApiError(Failure(Code.PERMISSION_DENIED, message, reason="cache_gone", context=facts))


async def list_caches(size: int, token: str, world: World) -> Page[Cache]:
    now = world.clock()
    return await caches_in(world).get_page(size, token, lambda cache: cache.expires > now)


async def update_expiry(name: str, expires: float | None, context: OperationContext) -> Cache:
    """Change when a cache expires; None leaves it. Raises ApiError (403) if it does not exist."""
    world = context.world
    cache = await find(name, world)
    now = world.clock()
    expiry = None if expires is None else limit_expiry(expires, now, context)

    if expiry is not None:
        note_expiry(expiry, world)

    def set_expiry(current: Cache) -> Cache:
        return replace(current, updated=now, expires=current.expires if expiry is None else expiry)

    updated = await caches_in(world).update(cache.name, set_expiry)
    if updated is None:
        raise cache_not_found_error(name)
    return updated


async def delete(name: str, world: World) -> None:
    """Delete a cache. Raises ApiError (403) if it does not exist or has expired."""
    await caches_in(world).delete((await find(name, world)).name)


async def expand_cached_content(
    request: GenerateRequest, world: World
) -> tuple[GenerateRequest, CachedTokens]:
    """Return a request with the content of its cache before its own, and the tokens of the cache.

    Raises ApiError if the cache does not exist, is for another model, or if the request sets what
    only the cache may set.
    """
    cache = await find(request.cached_content, world)
    if not world.lenient:
        check_request(request, cache, world)
    turns = tuple(
        [Turn(role, tuple([Text(text) for text in texts])) for role, texts in cache.turns if texts]
    )
    system = "\n".join([text for text in (cache.system, request.system) if text])
    tools = (*[Tool(**tool) for tool in cache.tools], *request.tools)
    extras = (
        replace(request.gemini_options, builtin_tools=cache.abilities)
        if cache.abilities
        else request.gemini_options
    )
    choice = (
        ToolChoice(cache.choice[0], tuple(cache.choice[1])) if cache.choice else request.tool_choice
    )
    expanded = replace(
        request,
        turns=turns + request.turns,
        system=system,
        tools=tools,
        gemini_options=extras,
        tool_choice=choice,
    )
    return expanded, CachedTokens(
        cache.tokens, tuple([(kind, count) for kind, count in cache.media])
    )


def check_request(request: GenerateRequest, cache: Cache, world: World) -> None:
    """Raise ApiError (400) if a request does not fit its cache."""
    model = world.catalogue.find(request.model, world.clock())
    if model is not None and model.id != cache.model:
        raise invalid(
            f"Model used by GenerateContent request (models/{model.id}) and CachedContent "
            f"(models/{cache.model}) has to be the same.",
            "cache_model",
        )
    if (
        request.system
        or request.tools
        or request.gemini_options.builtin_tools
        or request.tool_choice != AUTO_TOOL_CHOICE
        or request.gemini_options.has_tool_config
    ):
        raise invalid(CONFLICT_MESSAGE, "cache_and_tools")
