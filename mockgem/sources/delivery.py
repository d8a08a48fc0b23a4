"""Lets another source answer, and adds faults to how the answer is delivered."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.call import Answer, Call, Fault, Source


class Delivery:
    """Every answer of the source arrives with these faults."""

    def __init__(self, source: Source, faults: tuple[Fault, ...]) -> None:
        self.source = source
        self.faults = faults

    async def answer(self, call: Call) -> Answer | None:
        answer = await self.source.answer(call)
        return answer and replace(answer, faults=answer.faults + self.faults)
