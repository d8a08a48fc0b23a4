"""Conversations of a gateway: items that clients add, and that responses continue and extend."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations.generators.ids import (
    compute_call_seed,
    derive_id_seed,
    encode_in_alphabet,
)
from mockgem.operations.quota import check_quota

COLLECTION = "conversations"
MAX_ITEMS = 10_000
"""Items of one conversation."""
HEXADECIMAL = "0123456789abcdef"
ID_LENGTH = 45


@frozen
class KeptConversation:
    """A conversation with its items, oldest first. `added` counts all items it ever had."""

    id: str = ""
    created: float = 0.0
    metadata: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    added: int = 0


def conversations_in(world: World) -> Collection[KeptConversation]:
    return Collection(world.store, COLLECTION, KeptConversation)


async def create(metadata: dict[str, str], context: OperationContext) -> KeptConversation:
    """Return a new conversation without items. Raises ApiError (429) if the storage is full."""
    world = context.world
    await check_quota(len(str(metadata)), world)
    seed = derive_id_seed(world.seed, context)
    number = 0
    while True:
        name = "conv_" + encode_in_alphabet(compute_call_seed(seed, number), HEXADECIMAL, ID_LENGTH)
        made = KeptConversation(name, world.clock(), metadata)
        if await conversations_in(world).insert(name, made):
            return made
        number += 1


async def find(name: str, world: World) -> KeptConversation:
    """Return a conversation. Raises ApiError (404) if it does not exist."""
    found = await conversations_in(world).get(name)
    if found is None:
        raise not_found_error("Conversation", name)
    return found


def not_found_error(what: str, name: str) -> ApiError:
    message = f"{what} with id '{name[:200]}' not found."
    return ApiError(Failure(Code.NOT_FOUND, message, reason="conversation_not_found"))


async def change(name: str, metadata: dict[str, str], world: World) -> KeptConversation:
    """Replace the metadata of a conversation. Raises ApiError (404)."""
    found = await conversations_in(world).update(name, lambda one: replace(one, metadata=metadata))
    if found is None:
        raise not_found_error("Conversation", name)
    return found


async def add_items(name: str, items: list[dict[str, Any]], world: World) -> KeptConversation:
    """Add items, which have ids, to a conversation. Raises ApiError (404, 400, 429)."""
    await check_quota(len(str(items)), world)
    if len((await find(name, world)).items) + len(items) > MAX_ITEMS:
        raise invalid(f"A conversation has at most {MAX_ITEMS} items.", "conversation_items")
    count = len(items)

    def extend(one: KeptConversation) -> KeptConversation:
        return replace(one, items=[*one.items, *items], added=one.added + count)

    found = await conversations_in(world).update(name, extend)
    if found is None:
        raise not_found_error("Conversation", name)
    return found


async def find_item(name: str, item_id: str, world: World) -> dict[str, Any]:
    """Return an item. Raises ApiError (404) without the conversation or the item."""
    for item in (await find(name, world)).items:
        if item["id"] == item_id:
            return item
    raise not_found_error("Item", item_id)


async def delete_item(name: str, item_id: str, world: World) -> KeptConversation:
    """Return a conversation without an item. Raises ApiError (404)."""
    await find_item(name, item_id, world)
    found = await conversations_in(world).update(
        name, lambda one: replace(one, items=[item for item in one.items if item["id"] != item_id])
    )
    if found is None:
        raise not_found_error("Conversation", name)
    return found


async def delete(name: str, world: World) -> None:
    """Delete a conversation; responses that belong to it stay. Raises ApiError (404)."""
    await find(name, world)
    await conversations_in(world).delete(name)
