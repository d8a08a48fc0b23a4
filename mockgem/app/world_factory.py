"""Create worlds in a storage, and delete them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockgem.config import model_catalog
from mockgem.config.options import PLAIN_ANSWERS
from mockgem.config.settings import Settings
from mockgem.core.cache import BoundedCache
from mockgem.core.clock import WorldClock
from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.journal import Listener
from mockgem.core.lifecycle import LIFECYCLES, Lifecycles, State, with_durations
from mockgem.core.models import Catalogue
from mockgem.core.path_counts import PathCounts
from mockgem.core.state import Storage
from mockgem.core.world import StorageLimits, World
from mockgem.scenarios.manager import ScenarioManager
from mockgem.server import media_fetch, message_sender, webhook_sender
from mockgem.storage.redis_url import is_server_url, parse_address

if TYPE_CHECKING:
    from mockgem.app.monitoring import Monitoring
    from mockgem.storage.worker_storage import WorkerSeat


class WorldFactory:
    """Creates worlds that share the models, the storage, its limit, drafts of replies, and the
    journal's listener.

    It calls `on_release` with the name of each world that it deletes or releases.
    """

    def __init__(
        self,
        settings: Settings,
        listener: Listener | None,
        scenario_manager: ScenarioManager,
        on_release: Callable[[str], None] = lambda world: None,
        seat: WorkerSeat | None = None,
    ) -> None:
        self.settings = settings
        self.listener = listener
        self.scenario_manager = scenario_manager
        self.on_release = on_release
        self.monitoring: Monitoring | None = None
        self.catalogue: Catalogue = model_catalog.load_catalogue(settings)
        self.lifecycles = lifecycles_of(settings)
        self.storage = open_storage(settings) if seat is None else open_seat(settings, seat)
        self.id_seed = settings.seed
        shared = self.storage.shared_worlds
        if shared is not None and settings.ids == "unique":
            self.id_seed += shared.owner << 64
        self.reply_cache: BoundedCache[Any, Any] = BoundedCache()
        self.path_counts = PathCounts()
        self.dispatch: Callable[[WireRequest, World], Awaitable[WireResponse]] | None = None

    def make(self, name: str) -> World:
        """Return a world with the state that the storage has for it."""
        settings = self.settings
        state = self.storage.open(name)
        if self.monitoring is not None:
            state = self.monitoring.watch_state(state)
        state.journal.listener = self.listener
        world = World(
            catalogue=self.catalogue,
            store=state.store,
            blobs=state.blobs,
            request_counts=state.request_counts,
            locks=state.locks,
            journal=state.journal,
            name=name,
            seed=settings.seed,
            id_seed=self.id_seed,
            clock=WorldClock(real=settings.clock == "real"),
            lenient=settings.lenient,
            has_plain_answers=settings.answers == PLAIN_ANSWERS,
            stream_words=settings.stream_words,
            fetch=media_fetch.fetch_media if settings.fetch_media else None,
            send_webhook=webhook_sender.send_webhook,
            send_message=message_sender.send_message,
            webhook_hosts=settings.webhook_host,
            lifecycles=self.lifecycles,
            limits=StorageLimits(settings.max_file, settings.max_state),
            free_bytes=self.count_free_bytes,
            reply_cache=self.reply_cache,
            scenario=self.scenario_manager.default_scenario,
            plays_in_real_time=settings.live_pace == "real",
            observer=None if self.monitoring is None else self.monitoring.observer,
            path_counts=self.path_counts,
        )
        if self.storage.shared_worlds is not None:
            world.epoch = state.journal.identity
            world.changing_clock = partial(self.change_clock, world)
        world.dispatch = lambda wire: self.send(wire, world)
        return world

    async def update_clock(self, world: World) -> None:
        """Set the clock to where another process that shares the storage may have moved it.

        If the storage can't be read, the clock stays: requests that need no state still work.
        """
        try:
            record = await world.store.get("clock", "clock")
        except ApiError:
            return
        world.clock.shift = float(record["shift"]) if record else 0.0

    @asynccontextmanager
    async def change_clock(self, world: World) -> AsyncIterator[None]:
        """Move a clock while no other process does, and let them know."""
        shared = self.storage.shared_worlds
        assert shared is not None, "only worlds of several processes need this"
        async with world.locks.hold("clock"):
            await self.update_clock(world)
            yield
            await shared.announce(world.name)

    async def delete(self, world: World) -> None:
        """Delete a world with all its state."""
        await self.storage.delete(world.name)
        self.detach(world)

    async def release(self, world: World) -> None:
        """Forget a world that is not used any more. What is in a directory stays there."""
        await self.storage.release(world.name)
        self.detach(world)

    def detach(self, world: World) -> None:
        self.on_release(world.name)
        world.journal.close()
        world.dispatch = None  # breaks the reference cycle, and ends batches that still run

    async def count_free_bytes(self) -> int:
        """Return how many more bytes all worlds together may keep."""
        return self.settings.max_state - await self.storage.count_bytes()

    def send(self, wire: WireRequest, world: World) -> Awaitable[WireResponse]:
        """Handle a request as if a client had sent it to a world."""
        assert self.dispatch is not None, "create_app sets it before the first request"
        return self.dispatch(wire, world)


def open_storage(settings: Settings) -> Storage:
    """Return the storage in the state folder or on a server, or in memory if none is given.

    SQLite and the client of a server are imported when they are needed. Raises BadStateFolder and
    BadStateServer for what can't be used.
    """
    if is_server_url(settings.state):
        return open_server(settings)
    if settings.state:
        from mockgem.app.state_folder import open_state_folder

        return open_state_folder(Path(settings.state))
    from mockgem.storage.memory import MemoryStorage

    return MemoryStorage()


def open_server(settings: Settings, *, warns: bool = True) -> Storage:
    """Return the storage on a Valkey or Redis server. Raises BadStateServer."""
    from mockgem.storage.redis_storage import RedisStorage

    address = parse_address(settings.state)
    return RedisStorage(address, counts_together=settings.ids == "repeatable", warns=warns)


def open_seat(settings: Settings, seat: WorkerSeat) -> Storage:
    """Return the storage of a worker. Raises BadStateFolder and BadStateServer."""
    if is_server_url(settings.state):  # each worker is one more server that shares it
        return open_server(settings, warns=seat.is_of_supervisor)
    from mockgem.app.state_folder import open_state_folder
    from mockgem.storage.worker_storage import WorkerStorage

    folder = Path(settings.state) if settings.state else seat.run_folder / "state"
    return WorkerStorage(
        open_state_folder(folder, is_durable=bool(settings.state)),
        seat,
        is_temporary=not settings.state,
        counts_together=settings.ids == "repeatable",
    )


def lifecycles_of(settings: Settings) -> Lifecycles:
    """Return the lifecycles of all worlds.

    With a real clock, states last some seconds. The settings may replace any lifecycle.
    """
    defaults = LIFECYCLES
    if settings.clock == "real":
        defaults = with_durations(LIFECYCLES, settings.step_seconds)
    configured = {
        name: tuple([State(**state) for state in states])
        for name, states in settings.lifecycles.items()
    }
    return {**defaults, **configured}
