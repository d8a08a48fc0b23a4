"""The scenarios of a server: which there are, and which a world plays. What plays them is loaded when one is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockgem.config.settings import Settings
from mockgem.core.world import World
from mockgem.scenarios.source import NONE

if TYPE_CHECKING:
    from mockgem.scenarios.runner import Stage
    from mockgem.scenarios.schema import Scenario


ADDED = "added"
"""The scenario of rules that are added where none is played."""
EXPECTED = "expected"
MOST_OWN, LARGEST_OWN = 64, 256 * 1024
"""Scenarios in no file that a world may have, and letters of one."""


def playable(told: Any, name: str) -> Scenario:
    """A scenario from values, with names that are known. Raises ValueError."""
    import json

    from mockgem.scenarios.loader import checked
    from mockgem.scenarios.runner import checked_names

    if len(json.dumps(told)) > LARGEST_OWN:
        raise ValueError(f"a scenario has at most {LARGEST_OWN} letters")
    scenario = checked({"title": name, **told} if isinstance(told, dict) else told, name)
    if problems := checked_names(scenario):
        raise ValueError("\n".join(problems))
    return scenario


class Scenes:
    """`usual` is the scenario that every world begins with."""

    def __init__(self, settings: Settings) -> None:
        """Raises ValueError for a scenario or a latency profile that can't be used."""
        self.settings = settings
        self.always = bool(settings.scenario or settings.latency or settings.answers)
        self.playing: set[str] = set()
        self.made: Stage | None = None
        self.usual = ""
        if settings.scenario:
            from mockgem.scenarios.library import opened

            self.usual = opened(settings.scenario, self.stage().library)
        elif settings.latency or settings.scenarios:
            self.stage()

    @property
    def active(self) -> bool:
        """Whether any world may have one."""
        return self.always or bool(self.playing)

    def stage(self) -> Stage:
        if self.made is None:
            from mockgem.scenarios.library import Library
            from mockgem.scenarios.runner import Stage

            settings = self.settings
            library = Library(tuple([Path(folder) for folder in settings.scenarios]), watch=settings.watch)
            self.made = Stage(library, scale=settings.time_scale, told=settings.mockgem_headers, latency=settings.latency)
        return self.made

    def known(self, name: str) -> bool:
        """Whether there is a scenario of that name."""
        from mockgem.scenarios.library import UnknownScenario

        try:
            return bool(self.stage().library.path_of(name))
        except UnknownScenario:
            return name == NONE

    def choose(self, world: World, name: str, scale: float | None = None) -> None:
        """A world plays this scenario from now on, from its beginning; its waits are multiplied with `scale`. `none` is no
        scenario. Raises ValueError for an unknown one."""
        if name == NONE:
            self.stop(world)
            return
        stage = self.stage()
        stage.find(world, name)
        world.plays.pop(name, None)
        world.scenario = name
        self.playing.add(world.name)
        play = stage.play(world, name)
        if scale is not None:
            play.scale = play.scenario.time_scale * scale

    def stop(self, world: World) -> None:
        """A world plays none; what was played can still be judged."""
        world.scenario = ""
        self.playing.discard(world.name)

    def define(self, world: World, name: str, told: Any, scale: float | None = None) -> None:
        """A scenario that is in no file, for this world to play. Raises ValueError."""
        from mockgem.scenarios.library import NAME

        if not NAME.match(name):
            raise ValueError(f"{name[:64]!r} is no name; write small letters, digits and -")
        scenario = playable(told, name)
        while len(world.scenarios) >= MOST_OWN:
            world.scenarios.pop(next(iter(world.scenarios)))
        world.scenarios[name] = scenario
        self.choose(world, name, scale)

    def add(self, world: World, told: Any) -> None:
        """One more rule in what a world plays, asked before the scenario's own. Raises ValueError."""
        whole = {"title": "Rules that were added one by one", "rules": [told]}
        if world.scenario:
            play = self.stage().play(world, world.scenario)
            if play.scenario.count_by == "all":
                raise ValueError(f"{play.name} is played by all worlds together; a rule can't be added for one of them")
            play.add(playable(whole, ADDED).rules[0])
        else:
            self.define(world, ADDED, whole)
            self.stage().play(world, ADDED).own = 0

    def expect(self, world: World, told: Any) -> None:
        """What the client is judged by from now on, for as long as this scenario is played. Raises ValueError."""
        expected = playable({"title": "Expectations of a test", "expect": told}, EXPECTED)
        if not world.scenario:
            self.define(world, ADDED, {"title": "Rules that were added one by one", "expect": told})
        self.stage().play(world, world.scenario).expect = expected.expect

    def names(self) -> dict[str, dict[str, Any]]:
        """All of them, with what they are for."""
        from mockgem.scenarios.loader import BadScenario

        library, found = self.stage().library, {}
        for name in library.names():
            try:
                one = library.find(name)
                found[name] = {"title": one.title, "tags": list(one.tags)}
            except BadScenario as error:
                found[name] = {"error": str(error)}
        return found

    def shown(self, world: World, name: str) -> dict[str, Any]:
        """A whole scenario. Raises ValueError."""
        found: dict[str, Any] = self.stage().find(world, name).model_dump(mode="json", by_alias=True, exclude_unset=True)
        return found

    def counted(self, world: World) -> dict[str, Any]:
        """How often each rule of a world's plays was met, and how often it acted."""
        return {name: play.counted() for name, play in world.plays.items()}

    def verdict(self, world: World, name: str = "") -> dict[str, Any]:
        """What the client did, and what it should have done. Raises ValueError where nothing was played."""
        from mockgem.scenarios.verdict import verdict

        played = [one for one in world.plays if one]
        name = name or world.scenario or (played[-1] if played else "")
        if name and name == world.scenario:
            self.stage().play(world, name)  # chosen, and perhaps not called yet
        elif name not in played:
            what = f"{name} was not played" if name else "no scenario was played"
            raise ValueError(f"{what} in this world; played were: {', '.join(played) or 'none'}")
        found = verdict(world.plays[name], world.journal)
        others = [one for one in played if one != name]
        return found | ({"also_played": others} if others else {})
