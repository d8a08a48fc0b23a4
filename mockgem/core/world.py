"""Everything one client can see or change. To reset it is to make a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

from mockgem.core.cache import BoundedCache
from mockgem.core.clock import WorldClock
from mockgem.core.content import Blob, Link
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.journal import Journal
from mockgem.core.lifecycle import LIFECYCLES, NO_OVERRIDES, Lifecycles, ResourceOverrides
from mockgem.core.models import Catalogue
from mockgem.core.store import Blobs, Store

Fetch = Callable[[Link], Awaitable[Blob]]
Dispatch = Callable[[WireRequest], Awaitable[WireResponse]]


@frozen
class StorageLimits:
    """Bytes that one file and all files of all worlds may have."""

    file_bytes: int = 2 * 2**30
    total_bytes: int = 8 * 2**30


@dataclass
class World:
    """Seed, clock, models, state and journal, and how often each question was heard.

    `lenient` forgives what the real service refuses; `fetch` gets linked media where that is allowed; `dispatch` sends a
    request through the front door of this world; `room` tells how many more bytes all worlds may keep; `due` is when the
    next thing it keeps expires. `scenario` names the one that is played, `plays` holds how far each has come, and `fates`
    are what it does to resources; `scenarios` are the world's own, which are in no file.
    """

    catalogue: Catalogue
    store: Store
    blobs: Blobs
    name: str = ""
    seed: int = 0
    clock: WorldClock = field(default_factory=WorldClock)
    journal: Journal = field(default_factory=Journal)
    lenient: bool = False
    fetch: Fetch | None = None
    dispatch: Dispatch | None = None
    lifecycles: Lifecycles = field(default_factory=lambda: LIFECYCLES)
    limits: StorageLimits = field(default_factory=StorageLimits)
    free_bytes: Callable[[], int] = lambda: 2**62
    request_counts: BoundedCache[bytes, int] = field(default_factory=lambda: BoundedCache(65_536))
    reply_cache: BoundedCache[Any, Any] = field(default_factory=BoundedCache)
    locks: MutableMapping[str, Any] = field(default_factory=WeakValueDictionary)
    next_expiry: float = 0.0
    overrides: ResourceOverrides = NO_OVERRIDES
    scenario: str = ""
    scenario_runs: dict[str, Any] = field(default_factory=dict)
    own_scenarios: dict[str, Any] = field(default_factory=dict)

    def now(self) -> int:
        return int(self.clock())

    def count_request(self, key: bytes) -> int:
        """How many times this very request was heard before; it counts as heard from now on."""
        return self.request_counts.count(key)
