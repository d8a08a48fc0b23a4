"""Add faults to the delivery of another source's answers."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.call import Answer, Call, Fault, Source


class Delivery:
    """Adds the same faults to every answer of a source."""

    def __init__(self, source: Source, faults: tuple[Fault, ...]) -> None:
        self.source = source
        self.faults = faults

    async def answer(self, call: Call) -> Answer | None:
        answer = await self.source.answer(call)
        return answer and replace(answer, faults=answer.faults + self.faults)
