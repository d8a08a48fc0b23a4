"""A world: everything one client can see or change. A reset replaces it by a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from mockgem.core.cache import BoundedCache
from mockgem.core.clock import WorldClock
from mockgem.core.content import Blob, Link
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.journal import Journal
from mockgem.core.lifecycle import LIFECYCLES, Lifecycles
from mockgem.core.models import Catalogue
from mockgem.core.observer import Observer
from mockgem.core.outbound import SendMessage, SendWebhook
from mockgem.core.path_counts import PathCounts
from mockgem.core.state import Counters, Locks
from mockgem.core.store import Blobs, Store

Fetch = Callable[[Link], Awaitable[Blob]]
Dispatch = Callable[[WireRequest], Awaitable[WireResponse]]


@frozen
class StorageLimits:
    """Bytes that one file and the state of all worlds may have."""

    file_bytes: int = 2 * 2**30
    total_bytes: int = 8 * 2**30


async def has_no_limit() -> int:
    return 2**62


@dataclass(eq=False, repr=False)
class World:
    """Seed, clock, models and state of one world. It is never copied; its identity matters.

    `id_seed` is the seed of ids: each worker of a server has another one. `lenient` accepts what
    the real service refuses. With `has_plain_answers` replies are prose, whatever form a prompt
    asks for. Streams send `stream_words` words at once, if it is not 0. `fetch` gets linked media,
    where that is allowed.
    `send_webhook` sends events to `webhook_hosts` and to this machine; `courier` sends them and
    keeps those on their way. `send_message` calls MCP servers there. `dispatch` handles a request
    as if a client had sent it to this world; a deleted world has none. `free_bytes` returns how
    many more bytes all worlds may keep. `open_responses` counts streams that are being sent; a
    world with one is not forgotten. `next_expiry` is when the next file expires, as far as this
    process knows, and `next_cache_expiry` when the next cache does. `scenario` names the scenario
    of requests that select none; `scenario_runs` are the runs by name, and `own_scenarios` the
    scenarios that this world has and no file. `request_counts` counts each request, `reply_cache`
    holds drafts of replies, and `index_cache` what is needed to search in documents.
    `plays_in_real_time`: a turn of a Live session ends when its audio has been played. `observer`
    watches the requests, if an option asks for that. `path_counts` are those of the server, which
    all worlds share.
    Where several processes serve a world, `epoch` and `shared_settings` are what they know of it
    (`mockgem.core.shared`), and `changing_clock` is entered to move the clock of all.
    """

    catalogue: Catalogue
    store: Store
    blobs: Blobs
    request_counts: Counters
    locks: Locks
    journal: Journal
    name: str = ""
    seed: int = 0
    id_seed: int = 0
    clock: WorldClock = field(default_factory=WorldClock)
    lenient: bool = False
    has_plain_answers: bool = False
    stream_words: int = 0
    fetch: Fetch | None = None
    send_webhook: SendWebhook | None = None
    send_message: SendMessage | None = None
    webhook_hosts: tuple[str, ...] = ()
    courier: Any = None
    dispatch: Dispatch | None = None
    lifecycles: Lifecycles = field(default_factory=lambda: LIFECYCLES)
    limits: StorageLimits = field(default_factory=StorageLimits)
    free_bytes: Callable[[], Awaitable[int]] = has_no_limit
    reply_cache: BoundedCache[Any, Any] = field(default_factory=BoundedCache)
    index_cache: BoundedCache[Any, Any] = field(
        default_factory=lambda: BoundedCache(2**17, weight=2**28, largest=2**28)
    )
    next_expiry: float = 0.0
    next_cache_expiry: float = 0.0
    open_responses: int = 0
    scenario: str = ""
    scenario_runs: dict[str, Any] = field(default_factory=dict)
    own_scenarios: dict[str, Any] = field(default_factory=dict)
    epoch: str = ""
    shared_settings: dict[str, Any] = field(default_factory=dict)
    plays_in_real_time: bool = False
    changing_clock: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
    observer: Observer | None = None
    path_counts: PathCounts = field(default_factory=PathCounts)

    def now(self) -> int:
        """Return the world's time in whole seconds since 1970."""
        return int(self.clock())
