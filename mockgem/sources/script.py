"""Lets a scenario have its say before others answer, where one is chosen for the world or for the request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from mockgem.core.call import Answer, Call, Source


class Stage(Protocol):
    """Where scenarios are played."""

    async def answer(self, call: Call, name: str, asked: Callable[[Call], Awaitable[Answer | None]]) -> Answer | None: ...


class Script:
    """`stage` is made when the first scenario is chosen: most servers play none. `always`: also without a scenario there
    is something to do, as waits for all."""

    def __init__(self, stage: Callable[[], Stage], otherwise: tuple[Source, ...], *, always: bool = False) -> None:
        self.stage = stage
        self.otherwise = otherwise
        self.always = always

    async def answer(self, call: Call) -> Answer | None:
        if call.wire.inner:
            line = call.world.fates.line
            failure = line() if line is not None else None
            return await self.asked(call) if failure is None else Answer(failure, "scenario")
        name = call.wire.scenario or call.world.scenario
        if not (name or self.always) or call.endpoint is None or call.surface.name == "admin":
            return await self.asked(call)
        return await self.stage().answer(call, name, self.asked)

    async def asked(self, call: Call) -> Answer | None:
        for source in self.otherwise:
            if (answer := await source.answer(call)) is not None:
                return answer
        return None
