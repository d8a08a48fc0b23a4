"""Makes worlds, in memory or in a directory, and lets go of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mockgem.config import model_catalog
from mockgem.config.settings import Settings
from mockgem.core.clock import Clock
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.journal import Entry, Journal
from mockgem.core.lifecycle import LIFECYCLES, Lifecycles, Step, timed
from mockgem.core.models import Catalogue
from mockgem.core.world import Limits, World
from mockgem.scenarios.manager import Scenes
from mockgem.server import media_fetch
from mockgem.storage.memory import MemoryBlobs, MemoryStore

if TYPE_CHECKING:
    from mockgem.storage.sqlite import DatabaseStore, DirectoryBlobs

Listener = Callable[[Entry], None]


class Makers:
    """Makes worlds that share what they may share: models, the journal's listener, the room for bytes, a directory.
    `gone` is told the names of those that are let go of."""

    def __init__(
        self,
        settings: Settings,
        listener: Listener | None,
        scenes: Scenes,
        gone: Callable[[str], None] = lambda world: None,
    ) -> None:
        self.settings = settings
        self.listener = listener
        self.scenes = scenes
        self.gone = gone
        self.catalogue: Catalogue = model_catalog.catalogue(settings)
        self.lifecycles = lifecycles_of(settings)
        self.database = database_in(settings.state) if settings.state else None
        self.held: list[World] = []
        self.dispatch: Callable[[WireRequest, World], Awaitable[WireResponse]] | None = None

    def make(self, name: str) -> World:
        settings = self.settings
        world = World(
            catalogue=self.catalogue,
            store=self.database.store(name) if self.database else MemoryStore(),
            blobs=self.database.blobs(name) if self.database else MemoryBlobs(),
            name=name,
            seed=settings.seed,
            clock=Clock(real=settings.clock == "real"),
            journal=Journal(listener=self.listener),
            lenient=settings.lenient,
            fetch=media_fetch.fetch if settings.fetch_media else None,
            lifecycles=self.lifecycles,
            limits=Limits(settings.max_file, settings.max_state),
            room=self.room,
            scenario=self.scenes.usual,
        )
        self.synchronise(world)
        world.dispatch = lambda wire: self.sent(wire, world)
        self.held.append(world)
        return world

    def synchronise(self, world: World) -> None:
        """The clock as others who share the directory may have moved it."""
        kept = world.store.get("clock", "clock")
        world.clock.shift = float(kept["shift"]) if kept else 0.0

    def forget(self, world: World) -> None:
        """Everything a world holds; it is gone for good."""
        world.store.clear()
        world.blobs.clear()
        self.let_go(world)

    def release(self, world: World) -> None:
        """In memory, the same; in a directory only the memory of it."""
        if self.database:
            self.let_go(world)
        else:
            self.forget(world)

    def let_go(self, world: World) -> None:
        self.gone(world.name)
        world.dispatch = None  # it knows the world, and would keep it until the collector comes
        self.held = [one for one in self.held if one is not world]

    def room(self) -> int:
        """Bytes that may still be kept, by all worlds together; in a directory those count that nobody has entered yet."""
        total = (
            self.database.total()
            if self.database
            else sum([world.blobs.total() + world.store.total() for world in self.held])
        )
        return self.settings.max_state - total

    def sent(self, wire: WireRequest, world: World) -> Awaitable[WireResponse]:
        assert self.dispatch is not None, "the front door is there before anybody knocks"
        return self.dispatch(wire, world)


def database_in(directory: str) -> Directory:
    return Directory(Path(directory))


class Directory:
    """Homes in a directory; SQLite is loaded only for it."""

    def __init__(self, path: Path) -> None:
        from mockgem.storage import sqlite

        self.path = path
        self.homes = sqlite
        self.database = sqlite.Database(path)

    def store(self, world: str) -> DatabaseStore:
        return self.homes.DatabaseStore(self.database, world)

    def blobs(self, world: str) -> DirectoryBlobs:
        return self.homes.DirectoryBlobs(self.path / "blobs" / (world or "default world"))

    def total(self) -> int:
        blobs = sum([self.homes.DirectoryBlobs(folder).total() for folder in (self.path / "blobs").glob("*")])
        return blobs + self.database.total()


def lifecycles_of(settings: Settings) -> Lifecycles:
    usual = timed(LIFECYCLES, settings.step_seconds) if settings.clock == "real" else LIFECYCLES
    own = {name: tuple([Step(**step) for step in steps]) for name, steps in settings.lifecycles.items()}
    return {**usual, **own}
