"""One timer for all frames that are due in the same millisecond, whatever stream they belong to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import ceil

from mockgem.core.scheduling import wake

TICKS_PER_SECOND = 1000
Callback = Callable[[], None]


class Ticker:
    """Calls what is due, a millisecond late at most and never early.

    Thousands of slow streams would otherwise have a timer of the event loop for each frame. A
    ticker belongs to the loop that runs when it is first used. What it calls may not raise.
    """

    def __init__(self) -> None:
        self.waiting: dict[int, list[Callback]] = {}

    async def wait_until(self, due: float) -> None:
        """Wait until a time of the loop's clock."""
        waiter = asyncio.get_running_loop().create_future()
        self.call_at(due, partial(wake, waiter))
        await waiter

    def call_at(self, due: float, callback: Callback) -> None:
        """Call something at a time of the loop's clock."""
        tick = ceil(due * TICKS_PER_SECOND)
        waiting = self.waiting.get(tick)
        if waiting is None:
            self.waiting[tick] = [callback]
            loop = asyncio.get_running_loop()
            loop.call_at(tick / TICKS_PER_SECOND, self.call_all, tick)
        else:
            waiting.append(callback)

    def cancel(self, due: float, callback: Callback) -> None:
        """Do not call something that may still wait for its time."""
        waiting = self.waiting.get(ceil(due * TICKS_PER_SECOND))
        if waiting is not None:
            with suppress(ValueError):
                waiting.remove(callback)

    def call_all(self, tick: int) -> None:
        for callback in self.waiting.pop(tick):
            callback()
