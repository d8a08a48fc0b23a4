"""How many requests took the fast path, and how many aiohttp's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class PathCounts:
    """Counts since the start of the server, of all worlds and of the admin API.

    `fast` requests were answered where they arrived; for `slow` ones aiohttp started a task. Those
    of other workers of the server, as they said last, are `fast_elsewhere` and `slow_elsewhere`.
    """

    fast: int = 0
    slow: int = 0
    fast_elsewhere: int = 0
    slow_elsewhere: int = 0
