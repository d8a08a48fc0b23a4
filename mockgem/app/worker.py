"""What a worker does besides answering requests: it follows the others, and writes its journal."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from mockgem.app.condition import ServerCondition
from mockgem.app.shared_registry import SharedWorldRegistry
from mockgem.core.errors import ApiError
from mockgem.core.path_counts import PathCounts
from mockgem.core.scheduling import sleep
from mockgem.server.listening import SharedPort
from mockgem.server.peers import Peers
from mockgem.storage.worker_storage import WorkerStorage

ROUND_SECONDS = 0.05
"""How often a worker looks for changes of others, and writes its journal entries."""
SHARE = 50
"""A worker spends at most one part in so many of its time on writing the journal by itself."""
NOTE_SECONDS = 2.0
"""How often a worker tells the others which worlds it uses."""
log = logging.getLogger("mockgem")


class Worker:
    """The connection of one worker to the others.

    `port` is where this worker listens, so that a fault can refuse connections at all workers.
    """

    def __init__(
        self,
        storage: WorkerStorage,
        registry: SharedWorldRegistry,
        port: SharedPort,
        path_counts: PathCounts,
        condition: ServerCondition,
    ) -> None:
        seat = storage.seat
        self.storage = storage
        self.registry = registry
        self.port = port
        self.path_counts = path_counts
        self.condition = condition
        self.peers = Peers(seat.run_folder, seat.index, seat.count, self.answer)
        self.task: asyncio.Task[None] | None = None
        storage.ask_others = self.collect
        condition.ask_others = self.collect_metrics
        port.on_refuse = self.tell_refusal

    async def start(self) -> None:
        """Begin to answer the others and to look at what they change."""
        await self.peers.start()
        await self.registry.update()
        self.task = asyncio.create_task(self.run())

    async def run(self) -> None:
        """Follow the others until the server stops."""
        next_flush = next_note = 0.0
        while True:
            await sleep(ROUND_SECONDS)
            now = time.monotonic()
            try:
                if self.storage.worlds.has_changed:
                    await self.registry.update()
                if now >= next_flush:
                    await self.storage.flush()
                    next_flush = now + SHARE * (time.monotonic() - now)
                if now >= next_note:
                    await self.registry.note_use()
                    next_note = now + NOTE_SECONDS
            except ApiError as error:  # a full disk: a later round tries again
                log.warning("mockgem can't share its state: %s", error)
                next_flush = now + NOTE_SECONDS
            except Exception:
                log.exception("mockgem could not follow the other workers")
                next_flush = now + NOTE_SECONDS

    async def answer(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer another worker."""
        if message["do"] == "refuse":
            self.port.refuse(message["seconds"])
            return {}
        if message["do"] == "metrics":
            return {"text": self.condition.render_own()}
        await self.storage.flush()
        world = self.registry.find(message["world"])
        counts = self.path_counts
        is_open = world.open_responses if world is not None else 0
        return {"open": is_open, "fast": counts.fast, "slow": counts.slow}

    async def collect(self, world: str) -> int:
        """Let the others write their journals; return how many answers they have open."""
        answers = await self.peers.ask({"do": "flush", "world": world})
        self.path_counts.fast_elsewhere = sum([answer["fast"] for answer in answers])
        self.path_counts.slow_elsewhere = sum([answer["slow"] for answer in answers])
        return sum([answer["open"] for answer in answers])

    async def collect_metrics(self) -> list[str]:
        """Return the metrics of the others, each as a text."""
        return [str(answer["text"]) for answer in await self.peers.ask({"do": "metrics"})]

    async def tell_refusal(self, seconds: float) -> None:
        """Let the others refuse connections too."""
        self.storage.seat.table.note_refusal()
        await self.peers.ask({"do": "refuse", "seconds": seconds})

    async def stop(self) -> None:
        """Write the rest of the journal, after the last request."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
        with suppress(ApiError):
            await self.storage.flush()
        self.peers.close()
