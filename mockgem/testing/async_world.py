"""A world as an async test sees it: the same as `mockgem.testing.Mockgem`, to be awaited, so that nothing else in the
test's loop has to wait meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from mockgem.testing.world import Clock, Exchange, Mockgem

Result = TypeVar("Result")


async def run_in_thread(act: Callable[..., Result], *words: Any, **more: Any) -> Result:
    """Done in a thread, under asyncio or trio."""
    call = partial(act, *words, **more)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        import trio

        found: Result = await trio.to_thread.run_sync(call)
        return found
    return await asyncio.to_thread(call)


class AsyncClock:
    """The clock of a world, awaited."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    async def now(self) -> str:
        return await run_in_thread(self.clock.now)

    async def advance(self, duration: str | float) -> None:
        await run_in_thread(self.clock.advance, duration)

    async def set(self, moment: str) -> None:
        await run_in_thread(self.clock.set, moment)


class AsyncMockgem:
    """What `Mockgem` has, with everything that asks the server awaited: `await amockgem.say("Sunny")`,
    `await amockgem.journal(wait=5, count=2)`. `world` is the same one for tests that do not await."""

    def __init__(self, world: Mockgem) -> None:
        self.world = world
        self.clock = AsyncClock(world.clock)
        self.url = world.url
        self.openai_url = world.openai_url
        self.gemini_url = world.gemini_url
        self.vertex_url = world.vertex_url
        self.vertex_openai_url = world.vertex_openai_url
        self.gateway_url = world.gateway_url

    @property
    def env(self) -> dict[str, str]:
        return self.world.env

    def transport(self) -> Any:
        return self.world.transport()

    def connector(self) -> Any:
        return self.world.connector()

    async def say(
        self, *replies: str | Mapping[str, Any], times: int | None = 1, **when: Any
    ) -> None:
        await run_in_thread(self.world.say, *replies, times=times, **when)

    async def fail(
        self, error: str | int | Mapping[str, Any], *, times: int | None = 1, **when: Any
    ) -> None:
        await run_in_thread(self.world.fail, error, times=times, **when)

    async def scenario(
        self,
        scenario: str | Mapping[str, Any],
        name: str = "inline",
        *,
        time_scale: float | None = None,
    ) -> None:
        await run_in_thread(self.world.scenario, scenario, name, time_scale=time_scale)

    async def cassette(self, path: str | Path, **settings: Any) -> None:
        await run_in_thread(self.world.cassette, path, **settings)

    async def expect(self, **expectations: Any) -> None:
        await run_in_thread(self.world.expect, **expectations)

    async def verdict(self, scenario: str = "") -> dict[str, Any]:
        return await run_in_thread(self.world.verdict, scenario)

    async def assert_verdict(self, scenario: str = "") -> None:
        await run_in_thread(self.world.assert_verdict, scenario)

    async def journal(self, **filters: Any) -> list[Exchange]:
        return await run_in_thread(self.world.journal, **filters)

    async def requests(self, **filters: Any) -> list[Any]:
        return await run_in_thread(self.world.requests, **filters)

    async def problems(self) -> list[str]:
        return await run_in_thread(self.world.problems)

    async def reset(self) -> None:
        await run_in_thread(self.world.reset)
