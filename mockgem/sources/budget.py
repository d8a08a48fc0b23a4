"""Refuse calls of a world that has spent its budget."""

from __future__ import annotations

from mockgem.core.call import Answer, Call
from mockgem.core.errors import Code, Failure
from mockgem.operations.costs.prices import PICODOLLARS
from mockgem.scenarios.budgets import render_spending_cap
from mockgem.telemetry.costs import read_spent


class WorldBudget:
    """Answers 429 instead of all other sources when a world's requests have cost too much.

    It refuses what models charge for; files and lists still work. Requests that run while the
    budget ends are still answered, as on the real service.
    """

    def __init__(self, dollars: float) -> None:
        self.picodollars = round(dollars * PICODOLLARS)

    async def answer(self, call: Call) -> Answer | None:
        endpoint = call.endpoint
        if endpoint is None or not endpoint.uses_quota or call.wire.is_internal:
            return None
        if await read_spent(call.world) < self.picodollars:
            return None
        return Answer(refuse(call), "budget")


def refuse(call: Call) -> Failure:
    """Return the failure with the service's message."""
    rendered = render_spending_cap(call.surface.error_style, call.model)
    return rendered.failure or Failure(Code.RESOURCE_EXHAUSTED, "Resource exhausted.")
