"""Context caches: contents kept for a while, which questions are then asked on top of."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Link, ModalityTokens, Text, Tool, ToolChoice, Turn
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
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
"""Tokens a cache has to have; the first is recorded, the second documented."""
CONFLICT_MESSAGE = (
    "CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config.\n\n"
    "Proposed fix: move those values to CachedContent from GenerateContent request."
)


@frozen
class Cache:
    """A cache as it is kept. Of what was given it keeps the words and the tools; media are only counted."""

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
    """Tokens that a cache holds; of media, those of each modality."""

    tokens: int = 0
    media_tokens: ModalityTokens = ()

    @property
    def modality_tokens(self) -> ModalityTokens:
        """Text and media; nothing where there are no media."""
        text = self.tokens - sum([count for _, count in self.media_tokens])
        return (
            ((("TEXT", text),) if text > 0 else ()) + self.media_tokens if self.media_tokens else ()
        )


NO_CACHED_TOKENS = CachedTokens()


def caches_in(world: World) -> Collection[Cache]:
    return Collection(world.store, "caches", Cache)


def add_cached_tokens(
    total: int, kinds: ModalityTokens, held: CachedTokens
) -> tuple[int, ModalityTokens]:
    """A prompt's tokens with the media that its cache holds; its words are counted with the prompt."""
    if not held.media_tokens:
        return max(total, held.tokens), kinds
    counts = dict(kinds or (("TEXT", total),))
    for kind, count in held.media_tokens:
        counts[kind] = counts.get(kind, 0) + count
    return sum(counts.values()), tuple([pair for pair in counts.items() if pair[1]])


async def create(
    content: GenerateRequest, display_name: str, expires: float | None, occasion: OperationContext
) -> Cache:
    """Raises ApiError where the model keeps no caches or the content is too small."""
    world = occasion.world
    model = find_model(content.model, "createCachedContent", world)
    content_with_files = await resolve_files(content, occasion)
    tokens, kinds = count_prompt_tokens(content_with_files, model)
    check_min_tokens(tokens, model, lenient=world.lenient)
    await sweep(world)
    await check_quota(4 * tokens, world)
    now = world.clock()
    cache = Cache(
        "",
        model.id,
        display_name,
        now,
        now,
        limit_expiry(now + HOUR if expires is None else expires, now, occasion),
        tokens,
        content.system,
        [
            [turn.role, [part.text for part in turn.parts if isinstance(part, Text)]]
            for turn in content.turns
        ],
        [
            {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
            for tool in content.tools
        ],
        [list(kind) for kind in kinds if kind[0] != "TEXT"],
        dict(content.gemini_options.builtin_tools),
        []
        if content.tool_choice == AUTO_TOOL_CHOICE
        else [content.tool_choice.mode, list(content.tool_choice.names)],
    )
    return await insert_with_new_id(cache, "name", NAME_LENGTH, caches_in(world), occasion)


def limit_expiry(expires: float, now: float, occasion: OperationContext) -> float:
    """When a cache ends; in some scenarios earlier than it was asked for."""
    most = occasion.overrides.cache_lifetime
    return expires if most is None else min(expires, now + most)


async def resolve_files(content: GenerateRequest, occasion: OperationContext) -> GenerateRequest:
    """The content with the uploaded files it links to. Raises ApiError where one is gone or not ready."""
    turns = [
        replace(
            turn,
            parts=tuple(
                [
                    await resolve_link(part, occasion) if isinstance(part, Link) else part
                    for part in turn.parts
                ]
            ),
        )
        for turn in content.turns
    ]
    return replace(content, turns=tuple(turns))


async def sweep(world: World) -> None:
    """Let go of what has expired."""
    now = world.clock()
    for cache in await caches_in(world).list_all():
        if cache.expires <= now:
            await caches_in(world).delete(cache.name)


def check_min_tokens(tokens: int, model: Model, *, lenient: bool) -> None:
    least = MIN_TOKENS_PRO if "-pro" in model.id else MIN_TOKENS
    if tokens < least and not lenient:
        message = f"Cached content is too small. total_token_count={tokens}, min_total_token_count={least}"
        raise invalid(message, "cache_too_small", tokens=tokens, least=least)


async def find(name: str, world: World) -> Cache:
    """Raises ApiError (403) if there is none, or none any more (recorded)."""
    cache = await caches_in(world).get(name.removeprefix("cachedContents/"))
    if cache is None or cache.expires <= world.clock():
        raise cache_not_found_error()
    return cache


def cache_not_found_error() -> ApiError:
    message = "CachedContent not found (or permission denied)"
    return ApiError(Failure(Code.PERMISSION_DENIED, message, reason="cache_gone"))


async def list_caches(size: int, token: str, world: World) -> Page[Cache]:
    now = world.clock()
    return await caches_in(world).get_page(size, token, lambda cache: cache.expires > now)


async def update_expiry(name: str, expires: float | None, context: OperationContext) -> Cache:
    """Change when a cache expires; None leaves it. Raises ApiError (403) if there is no cache."""
    world = context.world
    cache = await find(name, world)
    now = world.clock()
    expiry = None if expires is None else limit_expiry(expires, now, context)

    def set_expiry(current: Cache) -> Cache:
        return replace(current, updated=now, expires=current.expires if expiry is None else expiry)

    updated = await caches_in(world).update(cache.name, set_expiry)
    if updated is None:
        raise cache_not_found_error()
    return updated


async def delete(name: str, world: World) -> None:
    await caches_in(world).delete((await find(name, world)).name)


async def expand_cached_content(
    question: GenerateRequest, world: World
) -> tuple[GenerateRequest, CachedTokens]:
    """The question with what its cache holds before it, and how much that is. Raises ApiError where they don't fit."""
    cache = await find(question.cached_content, world)
    model = world.catalogue.find(question.model, world.clock())
    if not world.lenient:
        if model is not None and model.id != cache.model:
            raise invalid(
                f"Model used by GenerateContent request (models/{model.id}) and CachedContent (models/{cache.model}) has "
                "to be the same.",
                "cache_model",
            )
        if (
            question.system
            or question.tools
            or question.gemini_options.builtin_tools
            or question.tool_choice != AUTO_TOOL_CHOICE
        ):
            raise invalid(CONFLICT_MESSAGE, "cache_and_tools")
    turns = tuple(
        [Turn(role, tuple([Text(text) for text in texts])) for role, texts in cache.turns if texts]
    )
    system = "\n".join([text for text in (cache.system, question.system) if text])
    tools = (*[Tool(**tool) for tool in cache.tools], *question.tools)
    extras = (
        replace(question.gemini_options, builtin_tools=cache.abilities)
        if cache.abilities
        else question.gemini_options
    )
    choice = (
        ToolChoice(cache.choice[0], tuple(cache.choice[1]))
        if cache.choice
        else question.tool_choice
    )
    whole = replace(
        question,
        turns=turns + question.turns,
        system=system,
        tools=tools,
        gemini_options=extras,
        tool_choice=choice,
    )
    return whole, CachedTokens(cache.tokens, tuple([(kind, count) for kind, count in cache.media]))
