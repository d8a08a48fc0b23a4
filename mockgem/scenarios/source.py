"""The source that answers calls by a scenario, if the request or the world has chosen one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from mockgem.core.call import Answer, Call, Source


class CallRunner(Protocol):
    """Runs scenarios."""

    async def answer(
        self, call: Call, name: str, ask_others: Callable[[Call], Awaitable[Answer | None]]
    ) -> Answer | None: ...

    async def answer_line(
        self, call: Call, name: str, ask_others: Callable[[Call], Awaitable[Answer | None]]
    ) -> Answer | None: ...


NO_SCENARIO_NAME = "none"
"""Chosen as a scenario, it means no scenario: for a request that should succeed on a server whose
other requests run one."""


class ScenarioSource:
    """Answers by the scenario of the request or the world, and asks the other sources if necessary.

    `get_runner` creates the runner when the first scenario is chosen, because most servers run
    none. With `always_active` the runner also answers without a scenario, for a default latency.
    """

    def __init__(
        self,
        get_runner: Callable[[], CallRunner],
        other_sources: tuple[Source, ...],
        engine: Source,
        *,
        always_active: bool,
    ) -> None:
        self.get_runner = get_runner
        self.other_sources = other_sources
        self.engine = engine
        self.always_active = always_active

    async def answer(self, call: Call) -> Answer | None:
        wire, world = call.wire, call.world
        if wire.is_internal:
            failure = wire.line_failure(0) if wire.line_failure is not None else None
            if failure is not None:
                return Answer(failure, "scenario")
            if world.scenario in ("", NO_SCENARIO_NAME):
                return None
            runner = self.get_runner()
            return await runner.answer_line(call, world.scenario, self.ask_others)
        name = wire.scenario or world.scenario
        name = "" if name == NO_SCENARIO_NAME else name
        if not (name or (self.always_active and call.endpoint is not None)):
            return None
        return await self.get_runner().answer(call, name, self.ask_others)

    async def ask_others(self, call: Call) -> Answer | None:
        return await ask_sources(call, self.other_sources, self.engine)


async def ask_sources(call: Call, sources: tuple[Source, ...], engine: Source) -> Answer | None:
    """Return the first answer of several sources.

    The engine alone answers a call with a scripted reply: recordings and upstreams cannot give it.
    """
    for source in (engine,) if call.scripted_reply is not None else sources:
        if (answer := await source.answer(call)) is not None:
            return answer
    return None
