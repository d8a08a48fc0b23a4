"""How many requests took the fast path, and how many aiohttp's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class PathCounts:
    """Counts since the start of the server, of all worlds and of the admin API.

    `fast` requests were answered where they arrived; for `slow` ones aiohttp started a task.
    """

    fast: int = 0
    slow: int = 0
