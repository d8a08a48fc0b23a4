"""Create responses: find what came before, answer, and extend the conversation."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Link, Text, ToolResult, Turn
from mockgem.core.errors import ApiError, Code, invalid
from mockgem.core.frozen import frozen
from mockgem.core.scheduling import LARGE_BODY, run_aside_if
from mockgem.core.world import World
from mockgem.dialects.openai.responses.item_ids import find_holder_ids, name_items
from mockgem.dialects.openai.responses.item_reader import kind_of, read_items
from mockgem.dialects.openai.responses.response_writer import list_items
from mockgem.operations import conversations, responses
from mockgem.operations.conversation import name_results
from mockgem.operations.count_tokens import TokenCount, count_tokens
from mockgem.operations.draft import Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.kept_replies import expect_large, show_kept
from mockgem.operations.responses import (
    RESPONSES,
    CreatedResponse,
    CreateResponse,
    History,
    show_created,
)

Json = dict[str, Any]


async def create_response(request: CreateResponse, context: OperationContext) -> CreatedResponse:
    """Return a new response. Raises ApiError (400, 404, 429)."""
    responses.check_combination(request)
    request, question, context = await build_whole_question(request, context)
    created = await responses.create(request, question, context)
    if request.conversation:
        await extend_conversation(request, created, context)
    return created


def distinguish(context: OperationContext, question: GenerateRequest) -> OperationContext:
    """Return a context whose key depends on the whole question.

    The same body in a conversation that has grown is another question, with another reply.
    """
    digest = blake2b(context.key, digest_size=16)
    for turn in question.turns:
        digest.update(repr(turn).encode("utf-8", "replace"))
    return replace(context, key=digest.digest())


async def build_whole_question(
    request: CreateResponse, context: OperationContext
) -> tuple[CreateResponse, GenerateRequest, OperationContext]:
    """Return a request without references, its question with what came before it, and the context
    in which to answer. Raises ApiError (400, 404).
    """
    request = await resolve_references(request, context)
    history = await load_history(request, context.world)
    context = expect_large(context, history.size)
    question = add_history(request, history)
    if request.conversation:
        context = await run_aside_if(context.is_large, distinguish, context, question)
    return request, question, context


def add_history(request: CreateResponse, history: History) -> GenerateRequest:
    """Return the question of a request with what came before it."""
    turns = name_results((*history.turns, *request.question.turns))
    check_results(turns)
    has_links = any(isinstance(part, Link) for turn in turns for part in turn.parts)
    texts = [request.settings.get("instructions") or "", history.system, request.system]
    return replace(
        request.question,
        turns=turns,
        system="\n".join([text for text in texts if text]),
        has_links=has_links,
    )


async def load_history(request: CreateResponse, world: World) -> History:
    """Return what came before: the responses of a chain, or the items of a conversation.

    Raises ApiError (400) for a previous response that does not exist, (404) for a conversation.
    """
    if request.conversation:
        kept = await conversations.find(request.conversation, world)
        read = await run_aside_if(kept.size > LARGE_BODY, read_items, kept.items)
        return History(tuple(read.turns), "\n".join(read.system), kept.size)
    try:
        return await responses.load_history(request.previous_id, world)
    except ApiError as error:
        if error.failure.code is not Code.NOT_FOUND:
            raise
        message = f"Previous response with id '{request.previous_id[:200]}' not found."
        raise invalid(message, "previous_response_not_found") from None


def check_results(turns: tuple[Turn, ...]) -> None:
    """Refuse results of calls that are not part of the conversation."""
    for turn in turns:
        for part in turn.parts:
            if isinstance(part, ToolResult) and not part.name:
                message = f"No tool call found for function call output with call_id {part.id}."
                raise invalid(message, "tool_call_id", id=part.id)


async def resolve_references(request: CreateResponse, context: OperationContext) -> CreateResponse:
    """Return a request whose references are the items that they name. Raises ApiError (404)."""
    items = await resolve_items(request.given_input, context.world)
    if items == request.given_input:
        return request
    conversation = await run_aside_if(context.is_large, read_items, items)
    question = replace(request.question, turns=tuple(conversation.turns))
    return replace(
        request, question=question, given_input=items, system="\n".join(conversation.system)
    )


async def resolve_items(items: Sequence[Json], world: World) -> list[Json]:
    """Return items with those that references name. Raises ApiError (404)."""
    return [
        await find_item(item.get("id", ""), world) if kind_of(item) == "item_reference" else item
        for item in items
    ]


async def find_item(item_id: str, world: World) -> Json:
    """Return an item of a response or of a conversation. Raises ApiError (404)."""
    response_id, conversation_id = find_holder_ids(item_id)
    for items in (
        await list_response_items(response_id, world),
        await list_conversation_items(conversation_id, world),
    ):
        for item in items:
            if item["id"] == item_id:
                return item
    raise conversations.not_found_error("Item", item_id)


async def list_response_items(name: str, world: World) -> list[Json]:
    """Return the items of a response's input and output; none if it does not exist."""
    try:
        response = await RESPONSES.find(name, world)
    except ApiError as error:
        if not error.is_absence:
            raise
        return []
    shown = show_kept(response)
    output = [item.whole for item in list_items(shown)] if shown.has_reply else []
    return name_items(response.given_input, response.id) + output


async def list_conversation_items(name: str, world: World) -> list[Json]:
    """Return the items of a conversation; none if it does not exist."""
    conversation = await conversations.conversations_in(world).get(name)
    return conversation.items if conversation else []


async def extend_conversation(
    request: CreateResponse, created: CreatedResponse, context: OperationContext
) -> None:
    """Add the input and the output of a response to its conversation."""
    output = [item.whole for item in list_items(show_created(created))]
    items = name_items(request.given_input, created.response.id) + output
    await conversations.add_items(request.conversation, items, context)


async def count_input(request: CreateResponse, context: OperationContext) -> TokenCount:
    """Count the tokens of a request's input. Raises ApiError (400, 404)."""
    _, question, context = await build_whole_question(request, context)
    return await count_tokens(question, context)


# Compaction


@frozen
class Compaction(Reply):
    """A reply that sums up a conversation, and the items that stay as they are."""

    kept_items: tuple[Json, ...] = ()


SUMMARY_REQUEST = "Summarize the conversation so far."


async def compact(request: CreateResponse, context: OperationContext) -> Compaction:
    """Sum up a conversation: the user's messages stay, all others become one text.

    Raises ApiError (400, 404). Evidence: doc-openai-responses.
    """
    request, question, context = await build_whole_question(request, context)
    asked = Turn("user", (Text(SUMMARY_REQUEST),))
    question = replace(question, turns=(*question.turns, asked))
    reply = await generate(question, context)
    kept = [item for item in request.given_input if item.get("role") == "user"]
    return Compaction(reply.draft, reply.created, reply.id_seed, tuple(kept))


def encode_summary(compaction: Compaction) -> str:
    return b64encode(compaction.draft.candidates[0].text.encode("utf-8", "replace")).decode()
