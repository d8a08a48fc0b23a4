"""The observer of a server: passes each request to metrics, traces and costs."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from mockgem.core.call import Answer, Call
from mockgem.core.http import WireResponse
from mockgem.core.journal import JournalEntry
from mockgem.core.token_counts import read_usage
from mockgem.operations.costs.consumption import (
    consumption_of_body,
    find_consumption,
    is_charged,
    usage_of_content,
)
from mockgem.operations.costs.prices import Consumption
from mockgem.telemetry.observation import Observation, add_usage, label_endpoint, label_model

log = logging.getLogger("mockgem")
USAGE_SIGN = b"sage"
"""Is in every message that counts tokens: as usageMetadata, or as usage."""
MAX_OPEN = 100_000
"""Open streams and sockets that are followed; more would be answers whose clients do not read."""


class Watcher(Protocol):
    """What sees requests: metrics, traces."""

    def note_start(self, observation: Observation) -> None:
        """Note a stream or a socket that begins."""
        ...

    def note_end(self, observation: Observation) -> None:
        """Note a request whose answer has ended. It comes once for each request."""
        ...


AddHeaders = Callable[[Call, WireResponse], WireResponse]
Charge = Callable[[Observation], Awaitable[None]]


class ServerObserver:
    """Builds an observation of each request, and gives it to the watchers.

    `charge` adds the cost of a request to its world, before the watchers see it.
    """

    def __init__(
        self,
        watchers: Sequence[Watcher] = (),
        add_headers: AddHeaders | None = None,
        charge: Charge | None = None,
    ) -> None:
        self.watchers = watchers
        self.header_maker = add_headers
        self.charge = charge
        self.open: dict[int, Observation] = {}

    def add_headers(self, call: Call, response: WireResponse) -> WireResponse:
        return response if self.header_maker is None else self.header_maker(call, response)

    async def note_answer(
        self, call: Call, answer: Answer, response: WireResponse, entry: JournalEntry
    ) -> None:
        """Note an answer. A mistake here is in the log, and not in the answer."""
        try:
            await self.observe(call, answer, response, entry)
        except Exception:
            log.exception("a request could not be observed")

    async def observe(
        self, call: Call, answer: Answer, response: WireResponse, entry: JournalEntry
    ) -> None:
        model = label_model(call.model, call.world.catalogue)
        observation = Observation(call, answer, entry, label_endpoint(call), model)
        observation.used = find_consumption(call, answer.content, response)
        if entry.outcome != "open":
            await self.end(observation)
            return
        if len(self.open) >= MAX_OPEN:
            self.open.pop(next(iter(self.open)))
        self.open[id(entry)] = observation
        observation.was_open = True
        for watcher in self.watchers:
            watcher.note_start(observation)

    async def note_turn(self, entry: JournalEntry, model: str, answer: Answer) -> None:
        observation = self.open.get(id(entry))
        if observation is None:
            return
        observation.turns += 1
        observation.model = label_model(model, observation.call.world.catalogue)
        usage = add_usage(observation.usage, usage_of_content(answer.content))
        observation.used = None if usage is None else Consumption(usage, songs=1)

    def note_message(self, entry: JournalEntry, data: bytes) -> None:
        observation = self.open.get(id(entry))
        if observation is not None and USAGE_SIGN in data:
            observation.reported = add_usage(observation.reported, read_usage(data))

    async def note_end(self, entry: JournalEntry, body: bytes) -> None:
        observation = self.open.pop(id(entry), None)
        if observation is None:
            return
        try:
            await self.complete(observation, body)
        except Exception:
            log.exception("the end of an answer could not be observed")

    async def complete(self, observation: Observation, body: bytes) -> None:
        """Add what the end of a body says, or the messages of a socket: these count speech."""
        if observation.reported is not None:
            observation.used = Consumption(observation.reported)
        elif observation.used is None and is_charged(observation.call):
            observation.used = consumption_of_body(body)
        await self.end(observation)

    async def end(self, observation: Observation) -> None:
        if self.charge is not None:
            await self.charge(observation)
        for watcher in self.watchers:
            watcher.note_end(observation)
