"""One timer for all frames that are due in the same millisecond, whatever stream they belong to."""

from __future__ import annotations

import asyncio
from math import ceil

from mockgem.core.scheduling import wake

TICKS_PER_SECOND = 1000


class Ticker:
    """Wakes those who wait, a millisecond late at most and never early.

    Thousands of slow streams would otherwise have a timer of the event loop for each frame. A
    ticker belongs to the loop that runs when it is first used.
    """

    def __init__(self) -> None:
        self.waiting: dict[int, list[asyncio.Future[None]]] = {}

    async def wait_until(self, due: float) -> None:
        """Wait until a time of the loop's clock."""
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        tick = ceil(due * TICKS_PER_SECOND)
        waiting = self.waiting.get(tick)
        if waiting is None:
            self.waiting[tick] = [waiter]
            loop.call_at(tick / TICKS_PER_SECOND, self.wake_all, tick)
        else:
            waiting.append(waiter)
        await waiter

    def wake_all(self, tick: int) -> None:
        for waiter in self.waiting.pop(tick):
            wake(waiter)
