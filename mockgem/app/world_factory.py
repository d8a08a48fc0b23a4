"""Makes worlds, in memory or in a directory, and lets go of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mockgem.config import model_catalog
from mockgem.config.settings import Settings
from mockgem.core.clock import WorldClock
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.journal import Journal, JournalEntry
from mockgem.core.lifecycle import LIFECYCLES, Lifecycles, State, with_durations
from mockgem.core.models import Catalogue
from mockgem.core.world import StorageLimits, World
from mockgem.scenarios.manager import ScenarioManager
from mockgem.server import media_fetch
from mockgem.storage.memory import MemoryBlobs, MemoryStore

if TYPE_CHECKING:
    from mockgem.storage.sqlite import DatabaseStore, DirectoryBlobs

Listener = Callable[[JournalEntry], None]


class WorldFactory:
    """Makes worlds that share what they may share: models, the journal's listener, the room for bytes, a directory.
    `gone` is told the names of those that are let go of."""

    def __init__(
        self,
        settings: Settings,
        listener: Listener | None,
        scenario_manager: ScenarioManager,
        on_release: Callable[[str], None] = lambda world: None,
    ) -> None:
        self.settings = settings
        self.listener = listener
        self.scenario_manager = scenario_manager
        self.on_release = on_release
        self.catalogue: Catalogue = model_catalog.load_catalogue(settings)
        self.lifecycles = lifecycles_of(settings)
        self.state_directory = open_directory(settings.state) if settings.state else None
        self.worlds: list[World] = []
        self.dispatch: Callable[[WireRequest, World], Awaitable[WireResponse]] | None = None

    def make(self, name: str) -> World:
        settings = self.settings
        world = World(
            catalogue=self.catalogue,
            store=self.state_directory.store(name) if self.state_directory else MemoryStore(),
            blobs=self.state_directory.blobs(name) if self.state_directory else MemoryBlobs(),
            name=name,
            seed=settings.seed,
            clock=WorldClock(real=settings.clock == "real"),
            journal=Journal(listener=self.listener),
            lenient=settings.lenient,
            fetch=media_fetch.fetch_media if settings.fetch_media else None,
            lifecycles=self.lifecycles,
            limits=StorageLimits(settings.max_file, settings.max_state),
            free_bytes=self.count_free_bytes,
            scenario=self.scenario_manager.default_scenario,
        )
        self.update_clock(world)
        world.dispatch = lambda wire: self.send(wire, world)
        self.worlds.append(world)
        return world

    def update_clock(self, world: World) -> None:
        """The clock as others who share the directory may have moved it."""
        kept = world.store.get("clock", "clock")
        world.clock.shift = float(kept["shift"]) if kept else 0.0

    def delete(self, world: World) -> None:
        """Everything a world holds; it is gone for good."""
        world.store.clear()
        world.blobs.clear()
        self.drop(world)

    def release(self, world: World) -> None:
        """In memory, the same; in a directory only the memory of it."""
        if self.state_directory:
            self.drop(world)
        else:
            self.delete(world)

    def drop(self, world: World) -> None:
        self.on_release(world.name)
        world.dispatch = None  # it knows the world, and would keep it until the collector comes
        self.worlds = [one for one in self.worlds if one is not world]

    def count_free_bytes(self) -> int:
        """Bytes that may still be kept, by all worlds together; in a directory those count that nobody has entered yet."""
        total = (
            self.state_directory.count_bytes()
            if self.state_directory
            else sum(
                [world.blobs.count_bytes() + world.store.count_bytes() for world in self.worlds]
            )
        )
        return self.settings.max_state - total

    def send(self, wire: WireRequest, world: World) -> Awaitable[WireResponse]:
        assert self.dispatch is not None, "the front door is there before anybody knocks"
        return self.dispatch(wire, world)


def open_directory(directory: str) -> StateDirectory:
    return StateDirectory(Path(directory))


class StateDirectory:
    """Homes in a directory; SQLite is loaded only for it."""

    def __init__(self, path: Path) -> None:
        from mockgem.storage import sqlite

        self.path = path
        self.storage = sqlite
        self.database = sqlite.Database(path)

    def store(self, world: str) -> DatabaseStore:
        return self.storage.DatabaseStore(self.database, world)

    def blobs(self, world: str) -> DirectoryBlobs:
        return self.storage.DirectoryBlobs(self.path / "blobs" / (world or "default world"))

    def count_bytes(self) -> int:
        blobs = sum(
            [
                self.storage.DirectoryBlobs(folder).count_bytes()
                for folder in (self.path / "blobs").glob("*")
            ]
        )
        return blobs + self.database.count_bytes()


def lifecycles_of(settings: Settings) -> Lifecycles:
    usual = (
        with_durations(LIFECYCLES, settings.step_seconds)
        if settings.clock == "real"
        else LIFECYCLES
    )
    own = {
        name: tuple([State(**step) for step in steps])
        for name, steps in settings.lifecycles.items()
    }
    return {**usual, **own}
