"""The scenarios of a server: which there are, and which a world plays. What plays them is loaded when one is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockgem.core.lifecycle import LIFECYCLES, NO_FATES, Lifecycles
from mockgem.core.world import World
from mockgem.settings import Settings

if TYPE_CHECKING:
    from mockgem.sources.stage import Stage


class Scenes:
    """`usual` is the scenario that every world begins with, `active` tells whether any world may have one."""

    def __init__(self, settings: Settings) -> None:
        """Raises ValueError for a scenario or a latency profile that can't be used."""
        self.settings = settings
        self.lifecycles: Lifecycles = LIFECYCLES
        self.active = bool(settings.scenario or settings.latency)
        self.made: Stage | None = None
        self.usual = ""
        if settings.scenario:
            from mockgem.scenarios.library import opened

            self.usual = opened(settings.scenario, self.stage().library)
        elif settings.latency:
            self.stage()

    def stage(self) -> Stage:
        if self.made is None:
            from mockgem.scenarios.library import Library
            from mockgem.sources.stage import Stage

            settings = self.settings
            library = Library(tuple([Path(folder) for folder in settings.scenarios]), watch=settings.watch)
            self.made = Stage(library, scale=settings.time_scale, told=settings.mockgem_headers, latency=settings.latency)
        return self.made

    def choose(self, world: World, name: str) -> None:
        """A world plays this scenario from now on, from its beginning; "" is none. Raises ValueError for an unknown one."""
        if name:
            self.stage().library.find(name)
            self.active = True
        world.plays.clear()
        world.scenario = name
        world.lifecycles, world.fates = self.lifecycles, NO_FATES
        if name:
            self.stage().play(world, name)

    def define(self, world: World, name: str, told: Any) -> None:
        """A scenario that is in no file, for a world to play. Raises ValueError."""
        from mockgem.scenarios.reading import checked

        self.stage().library.add(name, checked(told, name))
        self.choose(world, name)

    def names(self) -> dict[str, dict[str, Any]]:
        """All of them, with what they are for."""
        from mockgem.scenarios.reading import BadScenario

        library, found = self.stage().library, {}
        for name in library.names():
            try:
                one = library.find(name)
                found[name] = {"title": one.title, "tags": list(one.tags)}
            except BadScenario as error:
                found[name] = {"error": str(error)}
        return found

    def shown(self, name: str) -> dict[str, Any]:
        """A whole scenario. Raises ValueError."""
        found: dict[str, Any] = self.stage().library.find(name).model_dump(mode="json", by_alias=True, exclude_unset=True)
        return found

    def counted(self, world: World) -> dict[str, Any]:
        """How often each rule of a world's plays was met, and how often it acted."""
        return {name: play.counted() for name, play in world.plays.items()}

    def verdict(self, world: World, name: str = "") -> dict[str, Any]:
        """What the client did, and what it should have done. Raises ValueError where nothing was played."""
        from mockgem.scenarios.judging import verdict

        name = name or world.scenario or next(iter(world.plays), "")
        if not name:
            raise ValueError("no scenario was played in this world")
        return verdict(self.stage().play(world, name), world.journal)
