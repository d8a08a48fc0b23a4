"""The scenarios of a server: which there are, and which a world plays. What plays them is loaded when one is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockgem.config.settings import Settings
from mockgem.core.world import World
from mockgem.scenarios.source import NO_SCENARIO_NAME

if TYPE_CHECKING:
    from mockgem.scenarios.runner import ScenarioRunner
    from mockgem.scenarios.schema import Scenario


ADDED_SCENARIO = "added"
"""The scenario of rules that are added where none is played."""
EXPECTED_SCENARIO = "expected"
MAX_WORLD_SCENARIOS, MAX_SCENARIO_LENGTH = 64, 256 * 1024
"""Scenarios in no file that a world may have, and letters of one."""


def build_scenario(told: Any, name: str) -> Scenario:
    """A scenario from values, with names that are known. Raises ValueError."""
    import json

    from mockgem.scenarios.loader import validate_scenario
    from mockgem.scenarios.validation import describe_unknown_names

    if len(json.dumps(told)) > MAX_SCENARIO_LENGTH:
        raise ValueError(f"a scenario has at most {MAX_SCENARIO_LENGTH} letters")
    scenario = validate_scenario({"title": name, **told} if isinstance(told, dict) else told, name)
    if problems := describe_unknown_names(scenario):
        raise ValueError("\n".join(problems))
    return scenario


class ScenarioManager:
    """`usual` is the scenario that every world begins with."""

    def __init__(self, settings: Settings) -> None:
        """Raises ValueError for a scenario or a latency profile that can't be used."""
        self.settings = settings
        self.always_active = bool(settings.scenario or settings.latency or settings.answers)
        self.active_worlds: set[str] = set()
        self.runner: ScenarioRunner | None = None
        self.default_scenario = ""
        if settings.scenario:
            from mockgem.scenarios.library import resolve_scenario

            self.default_scenario = resolve_scenario(settings.scenario, self.get_runner().library)
        elif settings.latency or settings.scenarios:
            self.get_runner()

    @property
    def is_active(self) -> bool:
        """Whether any world may have one."""
        return self.always_active or bool(self.active_worlds)

    def get_runner(self) -> ScenarioRunner:
        if self.runner is None:
            from mockgem.scenarios.library import ScenarioLibrary
            from mockgem.scenarios.runner import ScenarioRunner

            settings = self.settings
            library = ScenarioLibrary(
                tuple([Path(folder) for folder in settings.scenarios]), watch=settings.watch
            )
            self.runner = ScenarioRunner(
                library,
                scale=settings.time_scale,
                debug_headers=settings.mockgem_headers,
                latency=settings.latency,
            )
        return self.runner

    def has_scenario(self, name: str) -> bool:
        """Whether there is a scenario of that name."""
        from mockgem.scenarios.library import UnknownScenario

        try:
            return bool(self.get_runner().library.find_file(name))
        except UnknownScenario:
            return name == NO_SCENARIO_NAME

    def choose(self, world: World, name: str, scale: float | None = None) -> None:
        """A world plays this scenario from now on, from its beginning; its waits are multiplied with `scale`. `none` is no
        scenario. Raises ValueError for an unknown one."""
        if name == NO_SCENARIO_NAME:
            self.stop(world)
            return
        stage = self.get_runner()
        stage.find(world, name)
        world.scenario_runs.pop(name, None)
        world.scenario = name
        self.active_worlds.add(world.name)
        play = stage.get_run(world, name)
        if scale is not None:
            play.time_scale = play.scenario.time_scale * scale

    def stop(self, world: World) -> None:
        """A world plays none; what was played can still be judged."""
        world.scenario = ""
        self.active_worlds.discard(world.name)

    def define(self, world: World, name: str, definition: Any, scale: float | None = None) -> None:
        """A scenario that is in no file, for this world to play. Raises ValueError."""
        from mockgem.scenarios.library import SCENARIO_NAME

        if not SCENARIO_NAME.match(name):
            raise ValueError(f"{name[:64]!r} is no name; write small letters, digits and -")
        scenario = build_scenario(definition, name)
        while len(world.own_scenarios) >= MAX_WORLD_SCENARIOS:
            world.own_scenarios.pop(next(iter(world.own_scenarios)))
        world.own_scenarios[name] = scenario
        self.choose(world, name, scale)

    def add_rule(self, world: World, rule: Any) -> None:
        """One more rule in what a world plays, asked before the scenario's own. Raises ValueError."""
        whole = {"title": "Rules that were added one by one", "rules": [rule]}
        if world.scenario:
            play = self.get_runner().get_run(world, world.scenario)
            if play.scenario.count_by == "all":
                raise ValueError(
                    f"{play.name} is played by all worlds together; a rule can't be added for one of them"
                )
            play.add_rule(build_scenario(whole, ADDED_SCENARIO).rules[0])
        else:
            self.define(world, ADDED_SCENARIO, whole)
            self.get_runner().get_run(world, ADDED_SCENARIO).builtin_rule_count = 0

    def expect(self, world: World, expectations: Any) -> None:
        """What the client is judged by from now on, for as long as this scenario is played. Raises ValueError."""
        expected = build_scenario(
            {"title": "Expectations of a test", "expect": expectations}, EXPECTED_SCENARIO
        )
        if not world.scenario:
            self.define(
                world,
                ADDED_SCENARIO,
                {"title": "Rules that were added one by one", "expect": expectations},
            )
        self.get_runner().get_run(world, world.scenario).expect = expected.expect

    def list_scenarios(self) -> dict[str, dict[str, Any]]:
        """All of them, with what they are for."""
        from mockgem.scenarios.loader import BadScenario

        library, found = self.get_runner().library, {}
        for name in library.list_files():
            try:
                one = library.find(name)
                found[name] = {"title": one.title, "tags": list(one.tags)}
            except BadScenario as error:
                found[name] = {"error": str(error)}
        return found

    def dump(self, world: World, name: str) -> dict[str, Any]:
        """A whole scenario. Raises ValueError."""
        found: dict[str, Any] = (
            self.get_runner()
            .find(world, name)
            .model_dump(mode="json", by_alias=True, exclude_unset=True)
        )
        return found

    def get_counters(self, world: World) -> dict[str, Any]:
        """How often each rule of a world's plays was met, and how often it acted."""
        return {name: play.get_counters() for name, play in world.scenario_runs.items()}

    def build_verdict(self, world: World, name: str = "") -> dict[str, Any]:
        """What the client did, and what it should have done. Raises ValueError where nothing was played."""
        from mockgem.scenarios.verdict import build_verdict

        played = [one for one in world.scenario_runs if one]
        name = name or world.scenario or (played[-1] if played else "")
        if name and name == world.scenario:
            self.get_runner().get_run(world, name)  # chosen, and perhaps not called yet
        elif name not in played:
            what = f"{name} was not played" if name else "no scenario was played"
            raise ValueError(f"{what} in this world; played were: {', '.join(played) or 'none'}")
        found = build_verdict(world.scenario_runs[name], world.journal)
        others = [one for one in played if one != name]
        return found | ({"also_played": others} if others else {})
