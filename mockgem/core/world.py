"""Everything one client can see or change. To reset it is to make a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from mockgem.core.journal import Journal
from mockgem.core.memo import Memo
from mockgem.core.models import Catalogue
from mockgem.core.talk import Blob, Link

STANDING_STILL = 1_793_491_200.0
"""The fixed clock's time: 2026-11-01T00:00:00Z, in seconds."""

Fetch = Callable[[Link], Awaitable[Blob]]


def standing_still() -> float:
    return STANDING_STILL


@dataclass
class World:
    """Seed, clock, models and journal, and how often each question was heard.

    `lenient` forgives what the real service refuses; `fetch` gets linked media where that is allowed.
    """

    catalogue: Catalogue
    seed: int = 0
    clock: Callable[[], float] = standing_still
    journal: Journal = field(default_factory=Journal)
    lenient: bool = False
    fetch: Fetch | None = None
    heard: Memo[bytes, int] = field(default_factory=lambda: Memo(65_536))
    thoughts: Memo[Any, Any] = field(default_factory=Memo)

    def now(self) -> int:
        return int(self.clock())

    def hear(self, key: bytes) -> int:
        """How many times this very request was heard before; it counts as heard from now on."""
        before = self.heard.get(key) or 0
        self.heard.put(key, before + 1)
        return before
