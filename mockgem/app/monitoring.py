"""Put together what watches the requests of a server, as its options ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockgem.config.settings import Settings
from mockgem.core.state import Storage, WorldState
from mockgem.telemetry.metrics import Metrics
from mockgem.telemetry.observer import Charge, ServerObserver, Watcher

if TYPE_CHECKING:
    from mockgem.telemetry.traces import Traces


class Monitoring:
    """The metrics, the traces, the request ids and the costs of a server, or of one `worker` of it.

    Raises ValueError if a package is missing that an option needs.
    """

    def __init__(self, settings: Settings, storage: Storage, worker: str = "0") -> None:
        self.metrics = Metrics(worker) if settings.metrics else None
        watchers: list[Watcher] = [] if self.metrics is None else [self.metrics]
        self.traces: Traces | None = None
        if settings.traces:
            from mockgem.telemetry.traces import Traces

            self.traces = Traces()
            watchers.append(self.traces)
        add_headers = None
        if settings.request_ids or settings.traces:
            from mockgem.telemetry.request_ids import RequestIds

            add_headers = RequestIds(settings.seed, is_shared=storage.is_shared).add_headers
        charge: Charge | None = None
        if settings.costs or settings.budget:
            from mockgem.telemetry.costs import charge_world

            charge = charge_world
        self.observer = ServerObserver(watchers, add_headers, charge)

    def watch_state(self, state: WorldState) -> WorldState:
        """Return the state of a world, measured if there are metrics."""
        if self.metrics is None:
            return state
        from mockgem.telemetry.timed_store import time_state

        state.journal.on_forget = self.metrics.note_journal_drop
        return time_state(state, self.metrics.note_store)

    async def close(self) -> None:
        """Send what is left."""
        if self.traces is not None:
            await self.traces.close()
