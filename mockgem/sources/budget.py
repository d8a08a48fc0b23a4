"""Refuse calls of a world that has spent its budget."""

from __future__ import annotations

from mockgem.core.call import Answer, Call
from mockgem.core.errors import Code, Failure
from mockgem.operations.costs.prices import PICODOLLARS
from mockgem.scenarios.errors import render_error
from mockgem.scenarios.schema import Fail
from mockgem.telemetry.costs import read_spent

SPENDING_CAP = "spending-cap-exceeded"
"""The error of the catalogue that a project with a spending cap gets.

Evidence: openai-err-429-spend-cap.
"""


class Budget:
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
    """Return the failure in the words of the service. Vertex AI has no spending cap: it says what
    it says of an exhausted quota."""
    style = call.surface.error_style
    rendered = render_error(Fail(error=style.quota_exceeded or SPENDING_CAP), style, call.model)
    return rendered.failure or Failure(Code.RESOURCE_EXHAUSTED, "Resource exhausted.")
