"""The resources of a world with their states, and what a tester does to them: complete, fail,
expire.

A resource that was completed or has failed shows that at the client's next poll.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import NEVER
from mockgem.core.store import Page
from mockgem.operations import caches, files
from mockgem.operations.batches import BATCHES, Batch
from mockgem.operations.caches import Cache
from mockgem.operations.file_search import documents, stores
from mockgem.operations.file_search.documents import Document
from mockgem.operations.file_search.stores import FileSearchStore
from mockgem.operations.files import File
from mockgem.operations.interactions import INTERACTIONS
from mockgem.operations.kept_replies import KeptReply
from mockgem.operations.responses import RESPONSES
from mockgem.operations.videos import VIDEOS, Video

MAX_LISTED = 200
"""Resources of one kind that a list shows: the newest."""
PROBLEM = "mockgem: a tester made this fail"
ENDED = ("completed", "failed", "cancelled", "expired")


@frozen
class ResourceView:
    """What a list shows of a resource. Times are seconds since 1970, 0 for none.

    `actions` are those that change something in its state.
    """

    kind: str
    name: str
    title: str
    state: str
    created: float
    expires: float = 0.0
    size: int = 0
    actions: tuple[str, ...] = ()


Change = Callable[[Any, OperationContext], Any]
"""Returns a record after an action; None if the action has no effect."""


@frozen
class ResourceKind:
    """One kind: how to list it, what it looks like, and its actions."""

    collection: Callable[[Any], Any]
    describe: Callable[[Any, OperationContext], ResourceView]
    actions: Mapping[str, Change]


async def list_resources(context: OperationContext) -> list[ResourceView]:
    """Return the resources of a world: of each kind the newest, up to MAX_LISTED."""
    views: list[ResourceView] = []
    for kind in KINDS.values():
        page: Page[Any] = await kind.collection(context.world).get_page(MAX_LISTED)
        views += [kind.describe(record, context) for record in page.items]
    return views


async def change_resource(
    kind_name: str, name: str, action: str, context: OperationContext
) -> ResourceView:
    """Complete, fail or expire a resource, and return it.

    Raises ApiError: 404 for an unknown one, 400 for an action that it does not have.
    """
    kind = KINDS.get(kind_name)
    if kind is None:
        raise not_found(f"{kind_name!r:.40} is not a kind of resource: use {', '.join(KINDS)}")
    change = kind.actions.get(action)
    if change is None:
        allowed = ", ".join(kind.actions) or "none"
        raise invalid(f"{action!r:.40} is not an action of a {kind_name}: use {allowed}")
    update: Callable[..., Awaitable[Any]] = kind.collection(context.world).update
    record = await update(name, lambda current: change(current, context))
    if record is None:
        raise not_found(f"there is no {kind_name} {name!r:.80} in this world")
    return kind.describe(record, context)


def not_found(message: str) -> ApiError:
    return ApiError(Failure(Code.NOT_FOUND, message))


# Files and caches


def describe_file(file: File, context: OperationContext) -> ResourceView:
    is_expired = file.expires <= context.world.clock()
    state = "EXPIRED" if is_expired else files.state_of(file, context)
    open_actions = ("complete",) if state == "PROCESSING" else ()
    actions = (
        () if is_expired else (*open_actions, *(("fail",) if state != "FAILED" else ()), "expire")
    )
    title = file.display_name or file.mime_type
    return ResourceView(
        "file", file.name, title, state, file.created, file.expires, file.size, actions
    )


def describe_cache(cache: Cache, context: OperationContext) -> ResourceView:
    is_expired = cache.expires <= context.world.clock()
    title = cache.display_name or cache.model
    state = "EXPIRED" if is_expired else "ACTIVE"
    actions = () if is_expired else ("expire",)
    return ResourceView("cache", cache.name, title, state, cache.created, cache.expires, 0, actions)


def expire(record: Any, context: OperationContext) -> Any:
    """End the lifetime of a file or a cache now."""
    context.world.next_expiry = context.world.next_cache_expiry = 0.0
    return replace(record, expires=context.world.clock())


# Batches and videos


def describe_batch(batch: Batch, context: OperationContext) -> ResourceView:
    state = find_operation_state(BATCHES, batch, context)
    actions = () if state in ENDED else ("complete", "fail", "expire")
    title = str(batch.told.get("displayName") or batch.told.get("endpoint") or batch.form)
    return ResourceView("batch", batch.id, title, state, batch.created, 0.0, 0, actions)


def describe_video(video: Video, context: OperationContext) -> ResourceView:
    state = find_operation_state(VIDEOS, video, context)
    actions = () if state in ENDED else ("complete", "fail")
    title = video.prompt[:80] or video.model
    return ResourceView("video", video.id, title, state, video.created, 0.0, 0, actions)


def find_operation_state(kind: Any, operation: Any, context: OperationContext) -> str:
    """Return the state that the next poll shows."""
    if operation.is_running and not operation.ended:
        return str(kind.scheduled_state(operation, context))
    return str(kind.state_of(operation, context))


def force(state: str) -> Change:
    """Return what brings a long-running operation to a state."""

    def change(operation: Any, context: OperationContext) -> Any:
        if not operation.is_running:
            return None
        if state == "failed":
            problem = {"code": "failed", "message": PROBLEM, "param": None, "line": None}
            return replace(operation, problems=[problem], ended=context.world.clock())
        return replace(operation, forced=state)

    return change


# Interactions, responses, stores and their documents


def describe_reply(kind: str) -> Callable[[Any, OperationContext], ResourceView]:
    """Return what describes a kept reply of one API."""

    def describe(kept: KeptReply, context: OperationContext) -> ResourceView:
        actions = ("complete", "fail") if kept.in_background and not kept.ended else ()
        title = getattr(kept, "agent", "") or kept.model
        return ResourceView(kind, kept.id, title, kept.status, kept.created, 0.0, 0, actions)

    return describe


def end_reply(outcome: str) -> Change:
    """Return what ends a reply in the background at the next poll, or lets it fail now."""

    def change(kept: KeptReply, context: OperationContext) -> KeptReply | None:
        if kept.ended:
            return None
        if outcome == "failed":
            now = context.world.clock()
            return replace(kept, ended=now, outcome="failed", error=PROBLEM)
        return replace(kept, polls=NEVER)

    return change


def describe_store(store: FileSearchStore, context: OperationContext) -> ResourceView:
    title = store.display_name or store.embedding_model
    return ResourceView("store", store.name, title, "ACTIVE", store.created)


def describe_document(document: Document, context: OperationContext) -> ResourceView:
    state = documents.state_of(document, context)
    actions = {"STATE_PENDING": ("complete", "fail"), "STATE_ACTIVE": ("fail",)}.get(state, ())
    return ResourceView(
        "document", document.id, document.display_name, state, document.created, 0.0,
        document.size, actions,
    )  # fmt: skip


def complete_document(document: Document, context: OperationContext) -> Document:
    return replace(document, polls=NEVER)


def fail_document(document: Document, context: OperationContext) -> Document:
    return replace(document, polls=NEVER, problem=PROBLEM)


KINDS: Mapping[str, ResourceKind] = {
    "file": ResourceKind(
        files.files_in,
        describe_file,
        {
            "complete": lambda file, context: replace(file, forced="ACTIVE"),
            "fail": lambda file, context: replace(file, forced="FAILED"),
            "expire": expire,
        },
    ),
    "cache": ResourceKind(caches.caches_in, describe_cache, {"expire": expire}),
    "batch": ResourceKind(
        BATCHES.records,
        describe_batch,
        {"complete": force("completed"), "fail": force("failed"), "expire": force("expired")},
    ),
    "video": ResourceKind(
        VIDEOS.records,
        describe_video,
        {"complete": force("completed"), "fail": force("failed")},
    ),
    "interaction": ResourceKind(
        INTERACTIONS.open,
        describe_reply("interaction"),
        {"complete": end_reply("completed"), "fail": end_reply("failed")},
    ),
    "response": ResourceKind(
        RESPONSES.open,
        describe_reply("response"),
        {"complete": end_reply("completed"), "fail": end_reply("failed")},
    ),
    "store": ResourceKind(stores.stores_in, describe_store, {}),
    "document": ResourceKind(
        documents.documents_in,
        describe_document,
        {"complete": complete_document, "fail": fail_document},
    ),
}
