"""Lets a scenario have its say before others answer, where one is chosen for the world or for the request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from mockgem.core.call import Answer, Call, Source


class CallRunner(Protocol):
    """Where scenarios are played."""

    async def answer(
        self, call: Call, name: str, asked: Callable[[Call], Awaitable[Answer | None]]
    ) -> Answer | None: ...


NO_SCENARIO_NAME = "none"
"""Chosen, it is no scenario at all: for a request that is to go well on a server that plays one."""


class ScenarioSource:
    """Stands before the others, and lets a call go on to them where no scenario is played.

    `stage` is made when the first scenario is chosen: most servers play none. `always`: also without a scenario there is
    something to do, as waits for all. `otherwise` are the others, whom a scenario asks itself.
    """

    def __init__(
        self,
        stage: Callable[[], CallRunner],
        otherwise: tuple[Source, ...],
        *,
        always_active: bool = False,
    ) -> None:
        self.get_runner = stage
        self.other_sources = otherwise
        self.always_active = always_active

    async def answer(self, call: Call) -> Answer | None:
        wire, world = call.wire, call.world
        if wire.is_internal:
            failure = wire.line_failure(0) if wire.line_failure is not None else None
            return None if failure is None else Answer(failure, "scenario")
        name = wire.scenario or world.scenario
        name = "" if name == NO_SCENARIO_NAME else name
        if not (name or self.always_active) or call.endpoint is None:
            return None
        return await self.get_runner().answer(call, name, self.ask_others)

    async def ask_others(self, call: Call) -> Answer | None:
        return await ask_sources(call, self.other_sources)


async def ask_sources(call: Call, others: tuple[Source, ...]) -> Answer | None:
    """What others answer. What is settled already is nothing for recordings, nor for the real service: the last of them,
    the engine, makes it."""
    for source in others[-1:] if call.scripted_reply is not None else others:
        if (answer := await source.answer(call)) is not None:
            return answer
    return None
