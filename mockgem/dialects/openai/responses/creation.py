"""Create responses: find what came before, answer, and extend the conversation."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Link, Text, ToolResult, Turn
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.dialects.openai.responses.item_ids import find_response_id, name_items
from mockgem.dialects.openai.responses.item_reader import kind_of, read_items
from mockgem.dialects.openai.responses.response_writer import list_items
from mockgem.operations import conversations, responses
from mockgem.operations.conversation import name_results
from mockgem.operations.count_tokens import TokenCount, count_tokens
from mockgem.operations.draft import Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.kept_replies import show_kept
from mockgem.operations.responses import (
    RESPONSES,
    CreatedResponse,
    CreateResponse,
    History,
    Response,
    show_created,
)

Json = dict[str, Any]


async def create_response(request: CreateResponse, context: OperationContext) -> CreatedResponse:
    """Return a new response. Raises ApiError (400, 404, 429)."""
    responses.check_combination(request)
    request = await resolve_references(request, context.world)
    question = await build_whole_question(request, context.world)
    if request.conversation:
        context = distinguish(context, question)
    created = await responses.create(request, question, context)
    if request.conversation:
        await extend_conversation(request, created, context.world)
    return created


def distinguish(context: OperationContext, question: GenerateRequest) -> OperationContext:
    """Return a context whose key depends on the whole question.

    The same body in a conversation that has grown is another question, with another reply.
    """
    digest = blake2b(context.key, digest_size=16)
    for turn in question.turns:
        digest.update(repr(turn).encode("utf-8", "replace"))
    return replace(context, key=digest.digest())


async def build_whole_question(request: CreateResponse, world: World) -> GenerateRequest:
    """Return the question of a request with what came before it."""
    history = await load_history(request, world)
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
        conversation = read_items((await conversations.find(request.conversation, world)).items)
        return History(tuple(conversation.turns), "\n".join(conversation.system))
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


async def resolve_references(request: CreateResponse, world: World) -> CreateResponse:
    """Return a request whose references are the items that they name. Raises ApiError (404)."""
    given = request.given_input
    if all(kind_of(item) != "item_reference" for item in given):
        return request
    items = [
        await find_item(item.get("id", ""), world) if kind_of(item) == "item_reference" else item
        for item in given
    ]
    conversation = read_items(items)
    question = replace(request.question, turns=tuple(conversation.turns))
    return replace(
        request, question=question, given_input=items, system="\n".join(conversation.system)
    )


async def find_item(item_id: str, world: World) -> Json:
    """Return an item of the input or output of a response. Raises ApiError (404)."""
    response = await RESPONSES.open(world).get(find_response_id(item_id))
    items = list_all_items(response) if response is not None else []
    for item in items:
        if item["id"] == item_id:
            return item
    message = f"Item with id '{item_id[:200]}' not found."
    raise ApiError(Failure(Code.NOT_FOUND, message, reason="item_not_found"))


def list_all_items(response: Response) -> list[Json]:
    shown = show_kept(response)
    output = [item.whole for item in list_items(shown)] if shown.has_reply else []
    return name_items(response.given_input, response.id) + output


async def extend_conversation(
    request: CreateResponse, created: CreatedResponse, world: World
) -> None:
    """Add the input and the output of a response to its conversation."""
    output = [item.whole for item in list_items(show_created(created))]
    items = name_items(request.given_input, created.response.id) + output
    await conversations.add_items(request.conversation, items, world)


async def count_input(request: CreateResponse, context: OperationContext) -> TokenCount:
    """Count the tokens of a request's input. Raises ApiError (400, 404)."""
    request = await resolve_references(request, context.world)
    return await count_tokens(await build_whole_question(request, context.world), context)


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
    request = await resolve_references(request, context.world)
    question = await build_whole_question(request, context.world)
    asked = Turn("user", (Text(SUMMARY_REQUEST),))
    question = replace(question, turns=(*question.turns, asked))
    if request.conversation:
        context = distinguish(context, question)
    reply = await generate(question, context)
    kept = [item for item in request.given_input if item.get("role") == "user"]
    return Compaction(reply.draft, reply.created, reply.id_seed, tuple(kept))


def encode_summary(compaction: Compaction) -> str:
    return b64encode(compaction.draft.candidates[0].text.encode("utf-8", "replace")).decode()
