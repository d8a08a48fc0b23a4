"""What a worker does besides answering requests: it follows the others, and writes its journal.

If the state is on a Valkey or Redis server, its storage does both, as for a server on another
machine; the workers still tell each other what only they know.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mockgem.app.shared_registry import SharedWorldRegistry
from mockgem.core.errors import ApiError
from mockgem.core.scheduling import sleep
from mockgem.server.listening import SharedPort
from mockgem.server.peers import Peers
from mockgem.storage.worker_storage import WorkerSeat, WorkerStorage

if TYPE_CHECKING:
    from mockgem.app.factory import App
    from mockgem.storage.redis_storage import RedisStorage

ROUND_SECONDS = 0.05
"""How often a worker looks for changes of others, and writes its journal entries."""
SHARE = 50
"""A worker spends at most a fiftieth of its time on writing the journal by itself."""
NOTE_SECONDS = 2.0
"""How often a worker tells the others which worlds it uses."""
Message = Mapping[str, Any]
log = logging.getLogger("mockgem")


def connect_worker(app: App, seat: WorkerSeat, port: SharedPort) -> Worker:
    """Return what connects a worker to the others, as its storage needs it."""
    if isinstance(app.storage, WorkerStorage):
        return FollowingWorker(app, app.storage, port)
    from mockgem.storage.redis_storage import RedisStorage

    assert isinstance(app.storage, RedisStorage)
    return FleetWorker(app, app.storage, seat, port)


class Worker:
    """The connection of one worker to the others: metrics, counts of paths, refused connections.

    `port` is where this worker listens, so that a fault can refuse connections at all workers.
    """

    def __init__(self, app: App, seat: WorkerSeat, port: SharedPort) -> None:
        self.app = app
        self.seat = seat
        self.port = port
        self.path_counts = app.path_counts
        self.peers = Peers(seat.run_folder, seat.index, seat.count, self.answer)
        app.condition.ask_others = self.collect_metrics
        port.on_refuse = self.tell_refusal

    async def start(self) -> None:
        """Begin to answer the others."""
        await self.peers.start()
        await self.app.start()

    async def answer(self, message: Message) -> Message:
        """Answer another worker."""
        if message["do"] == "refuse":
            self.port.refuse(message["seconds"])
            return {}
        if message["do"] == "metrics":
            return {"text": self.app.condition.render_own()}
        return {"fast": self.path_counts.fast, "slow": self.path_counts.slow}

    async def count_paths(self) -> None:
        """Learn how many requests the others have answered on each path."""
        self.note_paths(await self.peers.ask({"do": "paths"}))

    def note_paths(self, answers: Sequence[Message]) -> None:
        self.path_counts.fast_elsewhere = sum([answer["fast"] for answer in answers])
        self.path_counts.slow_elsewhere = sum([answer["slow"] for answer in answers])

    async def collect_metrics(self) -> list[str]:
        """Return the metrics of the others, each as a text."""
        return [str(answer["text"]) for answer in await self.peers.ask({"do": "metrics"})]

    async def tell_refusal(self, seconds: float) -> None:
        """Let the others refuse connections too."""
        self.seat.table.note_refusal()
        await self.peers.ask({"do": "refuse", "seconds": seconds})

    async def stop(self) -> None:
        """Leave the others, after the last request."""
        self.peers.close()
        await self.app.close()


class FleetWorker(Worker):
    """A worker whose state is on a Valkey or Redis server: to others it is one more server."""

    def __init__(self, app: App, storage: RedisStorage, seat: WorkerSeat, port: SharedPort) -> None:
        super().__init__(app, seat, port)
        storage.before_read = self.count_paths


class FollowingWorker(Worker):
    """A worker whose state is on this machine."""

    def __init__(self, app: App, storage: WorkerStorage, port: SharedPort) -> None:
        super().__init__(app, storage.seat, port)
        assert isinstance(app.worlds, SharedWorldRegistry)
        self.storage = storage
        self.registry = app.worlds
        self.task: asyncio.Task[None] | None = None
        storage.ask_others = self.collect

    async def start(self) -> None:
        """Begin to answer the others and to look at what they change."""
        await super().start()
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

    async def answer(self, message: Message) -> Message:
        """Answer another worker. Before it reads a journal, this one writes its entries."""
        if message["do"] != "flush":
            return await super().answer(message)
        await self.storage.flush()
        world = self.registry.find(message["world"])
        is_open = world.open_responses if world is not None else 0
        return {"open": is_open, **await super().answer({"do": "paths"})}

    async def collect(self, world: str) -> int:
        """Let the others write their journals; return how many answers they have open."""
        answers = await self.peers.ask({"do": "flush", "world": world})
        self.note_paths(answers)
        return sum([answer["open"] for answer in answers])

    async def stop(self) -> None:
        """Write the rest of the journal, after the last request."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
        with suppress(ApiError):
            await self.storage.flush()
        await super().stop()
