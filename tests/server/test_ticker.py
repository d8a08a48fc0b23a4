"""One timer wakes all who wait for the same millisecond."""

from __future__ import annotations

import asyncio

from mockgem.server.ticker import TICKS_PER_SECOND, Ticker


async def test_nobody_is_woken_early_and_all_of_a_tick_together() -> None:
    loop, ticker = asyncio.get_running_loop(), Ticker()
    start = int(loop.time() * TICKS_PER_SECOND) / TICKS_PER_SECOND + 0.05
    woken: list[tuple[float, float]] = []

    async def wait(due: float) -> None:
        await ticker.wait_until(due)
        woken.append((due, loop.time()))

    dues = [start + offset for offset in (0.0101, 0.0001, 0.0102, 0.0, 0.0109)]
    waits = [asyncio.create_task(wait(due)) for due in dues]
    await asyncio.sleep(0)
    assert 2 <= len(ticker.waiting) <= 3  # for five who wait
    await asyncio.gather(*waits)
    assert not ticker.waiting
    assert all(at >= due for due, at in woken)
    assert max(due for due, _ in woken[:2]) == start + 0.0001


async def test_a_client_that_leaves_does_not_disturb_the_others() -> None:
    loop, ticker = asyncio.get_running_loop(), Ticker()
    due = loop.time() + 0.02
    gone, other = (asyncio.create_task(ticker.wait_until(due)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    await other
    assert gone.cancelled()


async def test_a_time_that_has_passed_wakes_at_once() -> None:
    loop = asyncio.get_running_loop()
    await asyncio.wait_for(Ticker().wait_until(loop.time() - 1), 5)
