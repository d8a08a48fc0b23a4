"""Conversations of a gateway: items that clients add, and that responses continue and extend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.scheduling import run_aside_if
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations.generators.ids import (
    compute_call_seed,
    derive_id_seed,
    encode_in_alphabet,
)
from mockgem.operations.oldest_records import forget_oldest
from mockgem.operations.quota import check_quota

COLLECTION = "conversations"
MAX_ITEMS = 10_000
"""Items of one conversation."""
HEXADECIMAL = "0123456789abcdef"
ID_LENGTH = 45


@frozen
class KeptConversation:
    """A conversation with its items, oldest first.

    `added` counts all items it ever had, and `size` about how many bytes they had.
    """

    id: str = ""
    created: float = 0.0
    metadata: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    added: int = 0
    size: int = 0


Item = dict[str, Any]
NameItems = Callable[[list[Item], int], list[Item]]


def keep_ids(items: list[Item], first: int) -> list[Item]:
    """Return items that have ids already."""
    return items


def conversations_in(world: World) -> Collection[KeptConversation]:
    return Collection(world.store, COLLECTION, KeptConversation)


async def create(metadata: dict[str, str], context: OperationContext) -> KeptConversation:
    """Return a new conversation without items. Raises ApiError (429) if the storage is full."""
    world = context.world
    await check_quota(len(str(metadata)), world)
    seed = derive_id_seed(world.id_seed, context)
    number = 0
    while True:
        name = "conv_" + encode_in_alphabet(compute_call_seed(seed, number), HEXADECIMAL, ID_LENGTH)
        made = KeptConversation(name, world.clock(), metadata)
        if await conversations_in(world).insert(name, made):
            await forget_oldest(COLLECTION, name, world)
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


async def add_items(
    name: str, items: list[Item], context: OperationContext, name_items: NameItems = keep_ids
) -> KeptConversation:
    """Add items to a conversation.

    Args:
        name: The id of the conversation.
        items: The items to add.
        context: The context of the request.
        name_items: Returns the items with ids, from the number of the first one.

    Raises ApiError (404, 400, 429).
    """
    world = context.world
    size = len(await run_aside_if(context.is_large, str, items))
    await check_quota(size, world)
    if len((await find(name, world)).items) + len(items) > MAX_ITEMS:
        raise invalid(f"A conversation has at most {MAX_ITEMS} items.", "conversation_items")

    def extend(one: KeptConversation) -> KeptConversation:
        named = name_items(items, one.added + 1)
        added = one.added + len(named)
        return replace(one, items=[*one.items, *named], added=added, size=one.size + size)

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
