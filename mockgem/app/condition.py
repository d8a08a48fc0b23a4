"""What a server says about itself: whether it is ready, its metrics, and what a world cost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from mockgem.core.errors import ApiError
from mockgem.core.world import World

if TYPE_CHECKING:
    from mockgem.telemetry.metrics import Metrics

STORAGE_SECONDS = 2.0
"""Seconds in which the storage has to answer."""


async def find_no_problems() -> list[str]:
    return []


class ServerCondition:
    """The state of a server from its start to its end, for load balancers and operators.

    `read_state` reads something small from the storage: it fails if the storage does not work.
    `list_problems` asks the storage what is wrong.
    """

    def __init__(
        self,
        read_state: Callable[[], Awaitable[object]],
        metrics: Metrics | None = None,
        *,
        budget: float = 0.0,
        has_costs: bool = False,
        list_problems: Callable[[], Awaitable[list[str]]] = find_no_problems,
    ) -> None:
        self.list_storage_problems = list_problems
        self.read_state = read_state
        self.metrics = metrics
        self.budget = budget
        self.has_costs = has_costs
        self.state = "starting"
        self.ask_others: Callable[[], Awaitable[list[str]]] | None = None

    def note_ready(self) -> None:
        self.state = "ready"

    def note_draining(self) -> None:
        self.state = "draining"

    async def find_obstacle(self) -> str:
        """Return why the server should get no requests now, or nothing."""
        if self.state != "ready":
            return self.state
        try:
            async with asyncio.timeout(STORAGE_SECONDS):
                await self.read_state()
        except (ApiError, OSError) as error:  # a TimeoutError is an OSError
            return f"the storage does not answer: {type(error).__name__}"
        return ""

    async def list_problems(self) -> list[str]:
        """Return what does not work now, such as a server that keeps the state."""
        return await self.list_storage_problems()

    async def render_metrics(self, accept: str) -> tuple[str, bytes] | None:
        """Return the content type and the text of the metrics, with those of the other workers;
        None without --metrics."""
        if self.metrics is None or self.ask_others is None:
            return None if self.metrics is None else self.metrics.render(accept)
        from mockgem.telemetry.metrics_merge import merge_metrics

        content_type, own = self.metrics.render()
        return content_type, merge_metrics([own.decode(), *await self.ask_others()])

    def render_own(self) -> str:
        """Return the metrics of this process alone."""
        return "" if self.metrics is None else self.metrics.render()[1].decode()

    async def read_costs(self, world: World) -> dict[str, Any] | None:
        """Return what the requests of a world would have cost; None without --costs."""
        if not self.has_costs:
            return None
        from mockgem.telemetry.costs import read_costs

        costs = await read_costs(world)
        left = max(self.budget - costs["usd"], 0.0)
        return {**costs, "budget": self.budget or None, "left": left if self.budget else None}

    async def clear_costs(self, world: World) -> None:
        """Let a world spend its budget again."""
        from mockgem.telemetry.costs import clear_costs

        await clear_costs(world)
