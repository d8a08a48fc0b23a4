"""A world for async tests: `Mockgem` with awaited methods, which do not block the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from mockgem.core.suggestions import suggest_names
from mockgem.testing.clock import Clock
from mockgem.testing.exchange import Exchange
from mockgem.testing.urls import WorldUrls
from mockgem.testing.world import Mockgem

Result = TypeVar("Result")


async def run_in_thread(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Call a function in a thread, under asyncio or trio."""
    call = partial(function, *args, **kwargs)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        import trio

        result: Result = await trio.to_thread.run_sync(call)
        return result
    return await asyncio.to_thread(call)


class AsyncClock:
    """The clock of a world with awaited methods. See `Clock`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    async def now(self) -> str:
        return await run_in_thread(self.clock.now)

    async def advance(self, duration: str | float) -> None:
        await run_in_thread(self.clock.advance, duration)

    async def set(self, moment: str) -> None:
        await run_in_thread(self.clock.set, moment)


class AsyncMockgem(WorldUrls):
    """A world with awaited methods, for asyncio and trio. The methods are those of `Mockgem`.

    The fixture `amockgem` creates it. `world` is the same world with methods that block.

    Example:
        ```python
        async def test_weather(amockgem):
            await amockgem.say("Sunny.")
            client = AsyncOpenAI(base_url=amockgem.openai_url, api_key="any-key")
            assert await ask_weather(client) == "Sunny."
            (call,) = await amockgem.journal(wait=5)
        ```
    """

    def __init__(self, world: Mockgem) -> None:
        self.world = world
        self.url = world.url
        self.clock = AsyncClock(world.clock)

    def transport(self) -> Any:
        return self.world.transport()

    def connector(self) -> Any:
        return self.world.connector()

    def _list_ca_files(self) -> tuple[str, str]:
        return self.world._list_ca_files()

    def __getattr__(self, name: str) -> Any:
        """Raise AttributeError with the method that was probably meant."""
        if name.startswith("_"):
            raise AttributeError(name)
        words = {"calls": "journal()", "history": "journal()", "last_request": "journal()"}
        near = words.get(name) or next(
            iter(suggest_names(name, [one for one in dir(type(self)) if one[0] != "_"], 1)), ""
        )
        hint = f": use `await {near}`" if name in words else f"; did you mean {near}?"
        raise AttributeError(f"a world of mockgem has no {name!r}{hint if near else ''}")

    async def say(self, *replies: Any, times: int | None = 1, **when: Any) -> None:
        await run_in_thread(self.world.say, *replies, times=times, **when)

    async def fail(
        self,
        error: str | int | Mapping[str, Any] | BaseException | type[BaseException],
        *,
        times: int | None = 1,
        **when: Any,
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

    async def cassette(self, path: str | Path | None = None, **settings: Any) -> None:
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

    async def differences(self) -> list[str]:
        return await run_in_thread(self.world.differences)

    async def reset(self) -> None:
        await run_in_thread(self.world.reset)
