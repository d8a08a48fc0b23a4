"""Everything one client can see or change. To reset it is to make a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

from mockgem.core.cache import Memo
from mockgem.core.clock import Clock
from mockgem.core.content import Blob, Link
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.journal import Journal
from mockgem.core.lifecycle import LIFECYCLES, NO_FATES, Fates, Lifecycles
from mockgem.core.models import Catalogue
from mockgem.core.store import Blobs, Store

Fetch = Callable[[Link], Awaitable[Blob]]
Dispatch = Callable[[WireRequest], Awaitable[WireResponse]]


@value
class Limits:
    """Bytes that one file and all files of all worlds may have."""

    file: int = 2 * 2**30
    total: int = 8 * 2**30


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
    clock: Clock = field(default_factory=Clock)
    journal: Journal = field(default_factory=Journal)
    lenient: bool = False
    fetch: Fetch | None = None
    dispatch: Dispatch | None = None
    lifecycles: Lifecycles = field(default_factory=lambda: LIFECYCLES)
    limits: Limits = field(default_factory=Limits)
    room: Callable[[], int] = lambda: 2**62
    heard: Memo[bytes, int] = field(default_factory=lambda: Memo(65_536))
    thoughts: Memo[Any, Any] = field(default_factory=Memo)
    locks: MutableMapping[str, Any] = field(default_factory=WeakValueDictionary)
    due: float = 0.0
    fates: Fates = NO_FATES
    scenario: str = ""
    plays: dict[str, Any] = field(default_factory=dict)
    scenarios: dict[str, Any] = field(default_factory=dict)

    def now(self) -> int:
        return int(self.clock())

    def hear(self, key: bytes) -> int:
        """How many times this very request was heard before; it counts as heard from now on."""
        return self.heard.count(key)
