"""File search stores: created, looked at, listed, and deleted with or without their documents."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.store import Collection, Page
from mockgem.core.world import World
from mockgem.operations.file_search import documents
from mockgem.operations.file_search.documents import Document
from mockgem.operations.file_search.names import RANDOM_LENGTH, name_resource
from mockgem.operations.generators.ids import generate_name
from mockgem.operations.quota import check_quota
from mockgem.operations.validation import find_model

PREFIX = "fileSearchStores/"
DEFAULT_EMBEDDING_MODEL = "gemini-embedding-001"
"""Recorded. Evidence: native-005-fileSearchStores-200."""


@frozen
class FileSearchStore:
    """A store as it is kept, without its documents. Times are seconds since 1970."""

    name: str
    display_name: str
    created: float
    updated: float
    embedding_model: str


@frozen
class StoreSummary:
    """A store with the numbers of its documents by state, and the bytes of all of them."""

    store: FileSearchStore
    active: int = 0
    pending: int = 0
    failed: int = 0
    size: int = 0


def stores_in(world: World) -> Collection[FileSearchStore]:
    return Collection(world.store, "file search stores", FileSearchStore)


async def create(
    display_name: str, embedding_model: str, context: OperationContext
) -> FileSearchStore:
    """Create an empty store.

    Raises ApiError if the model does not exist or embeds nothing, or if the storage is full.
    """
    world = context.world
    model = find_model(embedding_model or DEFAULT_EMBEDDING_MODEL, "embedContent", world)
    await check_quota(0, world)
    now = world.clock()
    store = FileSearchStore("", display_name, now, now, model.id)

    async def claim(suffix: str) -> bool:
        named = replace(store, name=name_resource(display_name, suffix))
        return await stores_in(world).insert(named.name, named)

    suffix = await generate_name(context, RANDOM_LENGTH, claim)
    return replace(store, name=name_resource(display_name, suffix))


async def find(name: str, world: World) -> FileSearchStore:
    """Return a store. Raises ApiError (403, reported) if it does not exist.

    Evidence: sdk-google-genai-tests.
    """
    store = await stores_in(world).get(name)
    if store is None:
        raise store_not_found_error(name)
    return store


def store_not_found_error(name: str) -> ApiError:
    message = (
        f"You do not have permission to access the FileSearchStore {name} or it may not exist."
    )
    context = {"name": name}
    return ApiError(Failure(Code.PERMISSION_DENIED, message, reason="store_gone", context=context))


async def summarize(store: FileSearchStore, context: OperationContext) -> StoreSummary:
    """Return a store with the counts of its documents as they are now."""
    contained = await documents.list_of_store(store.name, context.world)
    return count_documents(store, contained, context)


def count_documents(
    store: FileSearchStore, contained: list[Document], context: OperationContext
) -> StoreSummary:
    states = [documents.state_of(document, context) for document in contained]
    return StoreSummary(
        store,
        states.count("STATE_ACTIVE"),
        states.count("STATE_PENDING"),
        states.count("STATE_FAILED"),
        sum([document.size for document in contained]),
    )


async def list_stores(size: int, token: str, context: OperationContext) -> Page[StoreSummary]:
    page = await stores_in(context.world).get_page(size, token)
    contained: dict[str, list[Document]] = {store.name: [] for store in page.items}
    for document in await documents.documents_in(context.world).list_all():
        if document.store in contained:
            contained[document.store].append(document)
    summaries = [count_documents(store, contained[store.name], context) for store in page.items]
    return Page(summaries, page.token)


async def delete(name: str, world: World, *, force: bool) -> None:
    """Delete a store, with `force` also its documents.

    Raises ApiError if the store does not exist (403), or has documents (400, reported).

    Evidence: report-file-search-delete.
    """
    store = await find(name, world)
    contained = await documents.list_of_store(store.name, world)
    if contained and not force:
        message = "Cannot delete non-empty FileSearchStore"
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="store_not_empty"))
    await stores_in(world).delete(store.name)
    for document in contained:
        await documents.remove(document, world)


async def touch(name: str, world: World) -> None:
    """Note that the documents of a store have changed."""
    now = world.clock()
    await stores_in(world).update(name, lambda store: replace(store, updated=now))
