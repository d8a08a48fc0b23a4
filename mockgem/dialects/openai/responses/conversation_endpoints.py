"""The methods of conversations and of their items.

Evidence: sdk-openai-responses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.openai.responses.creation import resolve_items
from mockgem.dialects.openai.responses.endpoints import build_method, decode_id, encode_json
from mockgem.dialects.openai.responses.item_ids import name_items
from mockgem.dialects.openai.responses.item_lists import ListItems, decode_list_query, write_list
from mockgem.dialects.openai.responses.item_reader import read_items
from mockgem.dialects.openai.responses.request_fields import CONVERSATION_BODY, ITEMS
from mockgem.operations import conversations
from mockgem.operations.conversations import KeptConversation

Json = dict[str, Any]
PATH = "/conversations"
ONE = PATH + "/{id}"
ITEMS_PATH = ONE + "/items"
ONE_ITEM = ITEMS_PATH + "/{item}"


@frozen
class ChangeConversation:
    """A request to create a conversation, to change its metadata or to add items.

    The id is empty for a new one.
    """

    id: str
    items: tuple[Json, ...] = ()
    metadata: Any = None


@frozen
class NamedItem:
    """The item of a conversation that a path names."""

    conversation: str
    id: str


def decode_change(wire: WireRequest, params: Mapping[str, str]) -> ChangeConversation:
    """Return the items and metadata of a body. Raises ApiError (400) for other items."""
    body = read_as(CONVERSATION_BODY, parse_json(wire.body))
    items = body.get("items", [])
    read_items(items)
    return ChangeConversation(params.get("id", ""), tuple(items), body.get("metadata", {}))


def decode_items(wire: WireRequest, params: Mapping[str, str]) -> ChangeConversation:
    items = read_as(ITEMS, parse_json(wire.body)).get("items", [])
    read_items(items)
    return ChangeConversation(params["id"], tuple(items))


def decode_item(wire: WireRequest, params: Mapping[str, str]) -> NamedItem:
    return NamedItem(params["id"], params["item"])


async def create(request: ChangeConversation, context: OperationContext) -> KeptConversation:
    items = await resolve_items(request.items, context.world)
    made = await conversations.create(request.metadata, context)
    return await add_to(made.id, items, context) if items else made


async def add_to(name: str, items: list[Json], context: OperationContext) -> KeptConversation:
    """Add items, which get ids, to a conversation. Raises ApiError (404, 400, 429)."""
    return await conversations.add_items(
        name, items, context, lambda given, first: name_items(given, name, first)
    )


async def get(name: str, context: OperationContext) -> KeptConversation:
    return await conversations.find(name, context.world)


async def change(request: ChangeConversation, context: OperationContext) -> KeptConversation:
    return await conversations.change(request.id, request.metadata, context.world)


async def delete(name: str, context: OperationContext) -> None:
    await conversations.delete(name, context.world)


async def add_items(request: ChangeConversation, context: OperationContext) -> list[Json]:
    """Add items to a conversation and return them with their ids. Raises ApiError (404)."""
    items = await resolve_items(request.items, context.world)
    found = await add_to(request.id, items, context)
    return found.items[len(found.items) - len(items) :]


async def list_items(request: ListItems, context: OperationContext) -> list[Json]:
    return (await conversations.find(request.holder, context.world)).items


async def get_item(request: NamedItem, context: OperationContext) -> Json:
    return await conversations.find_item(request.conversation, request.id, context.world)


async def delete_item(request: NamedItem, context: OperationContext) -> KeptConversation:
    return await conversations.delete_item(request.conversation, request.id, context.world)


def encode_conversation(request: Any, conversation: KeptConversation) -> WireResponse:
    return encode_json(
        {
            "id": conversation.id,
            "object": "conversation",
            "created_at": int(conversation.created),
            "metadata": conversation.metadata,
        }
    )


def encode_deleted(name: str, result: None) -> WireResponse:
    return encode_json({"id": name, "object": "conversation.deleted", "deleted": True})


def encode_added(request: ChangeConversation, items: list[Json]) -> WireResponse:
    page = ListItems(request.id, limit=len(items), is_ascending=True)
    return write_list(page, items)


def encode_item(request: NamedItem, item: Json) -> WireResponse:
    return encode_json(item)


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """Return the methods of conversations."""
    return (
        build_method("POST", PATH, "Create a conversation",
                     decode_change, create, encode_conversation, "conversations.create"),
        build_method("GET", ONE, "Get a conversation",
                     decode_id, get, encode_conversation, "conversations.retrieve"),
        build_method("POST", ONE, "Change the metadata of a conversation",
                     decode_change, change, encode_conversation, "conversations.update"),
        build_method("DELETE", ONE, "Delete a conversation",
                     decode_id, delete, encode_deleted, "conversations.delete"),
        build_method("POST", ITEMS_PATH, "Add items to a conversation",
                     decode_items, add_items, encode_added, "conversations.items.create"),
        build_method("GET", ITEMS_PATH, "List the items of a conversation",
                     decode_list_query, list_items, write_list, "conversations.items.list"),
        build_method("GET", ONE_ITEM, "Get an item of a conversation",
                     decode_item, get_item, encode_item, "conversations.items.retrieve"),
        build_method("DELETE", ONE_ITEM, "Delete an item of a conversation",
                     decode_item, delete_item, encode_conversation, "conversations.items.delete"),
    )  # fmt: skip
