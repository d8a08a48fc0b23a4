"""The scenarios of a server: which exist, and which one each world runs.

The modules that run scenarios are imported when the first scenario is chosen.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockgem.config.settings import Settings
from mockgem.core.journal import JournalEntry
from mockgem.core.scheduling import IS_INTERLEAVED, run_aside, sleep
from mockgem.core.world import World
from mockgem.scenarios.source import NO_SCENARIO_NAME

if TYPE_CHECKING:
    from mockgem.scenarios.run import ScenarioRun
    from mockgem.scenarios.runner import ScenarioRunner
    from mockgem.scenarios.schema import Scenario
    from mockgem.scenarios.shared_choices import SharedChoices
    from mockgem.scenarios.state import StateStoreFactory


ADDED_SCENARIO = "added"
"""The scenario that holds rules and expectations added to a world without a scenario."""
ADDED_TITLE = "Rules that were added one by one"
EXPECTED_SCENARIO = "expected"
LOCK_NAME = "scenario"
"""The lock of a world that processes hold while they change what it runs."""
SETTLE_SECONDS = 0.3
"""How long a verdict waits for open answers."""
MAX_WORLD_SCENARIOS, MAX_SCENARIO_LENGTH = 64, 256 * 1024
"""The number of scenarios that a world can define itself, and the characters of one as JSON."""


def build_scenario(values: Any, name: str) -> Scenario:
    """Validate a scenario given as values. Raises ValueError for mistakes and unknown names."""
    import json

    from mockgem.scenarios.audio_files import find_bad_audio
    from mockgem.scenarios.loader import validate_scenario
    from mockgem.scenarios.validation import describe_unknown_names

    if (length := len(json.dumps(values))) > MAX_SCENARIO_LENGTH:
        raise ValueError(
            f"the scenario has {length} characters; at most {MAX_SCENARIO_LENGTH} are allowed"
        )
    values = {"title": name, **values} if isinstance(values, dict) else values
    scenario = validate_scenario(values, name)
    audio = [message for _, message in find_bad_audio(scenario, None)]
    if problems := [*describe_unknown_names(scenario), *audio]:
        raise ValueError("\n".join(problems))
    return scenario


NOTHING_RAN = (
    "no scenario has run in this world: choose one (scenario(NAME) in a test, or PUT "
    "/_mockgem/scenario), or say what the client should do (expect)"
)


class ScenarioManager:
    """Chooses, changes and judges the scenarios of worlds.

    Every world begins with `default_scenario`. `open_state` opens the state of a run; without it,
    states are in memory.
    """

    def __init__(self, settings: Settings, open_state: StateStoreFactory | None = None) -> None:
        """Raises ValueError for a scenario or a latency profile that cannot be used."""
        self.settings = settings
        self.open_state = open_state
        self.shared: SharedChoices | None = None
        self.runner: ScenarioRunner | None = None
        self.default_scenario = ""
        if settings.scenario:
            from mockgem.scenarios.library import resolve_scenario

            self.default_scenario = resolve_scenario(settings.scenario, self.get_runner().library)
        elif settings.latency:
            self.get_runner()
        if settings.scenarios:
            self.get_runner().library.check_files()

    def share(self, choices: SharedChoices) -> None:
        """Run scenarios together with other processes, from before the first request on."""
        self.shared = choices
        if self.runner is not None:
            self.runner.share_states(choices.open_states())

    def get_runner(self) -> ScenarioRunner:
        if self.runner is None:
            from mockgem.scenarios.library import ScenarioLibrary
            from mockgem.scenarios.runner import ScenarioRunner
            from mockgem.scenarios.state import keep_in_memory

            settings = self.settings
            library = ScenarioLibrary(
                tuple([Path(folder) for folder in settings.scenarios]), watch=settings.watch
            )
            self.runner = ScenarioRunner(
                library,
                scale=settings.time_scale,
                debug_headers=settings.mockgem_headers,
                latency=settings.latency,
                open_state=self.open_state or keep_in_memory,
            )
            if self.shared is not None:
                self.runner.share_states(self.shared.open_states())
        return self.runner

    def get_run(self, world: World, name: str) -> ScenarioRun:
        return self.get_runner().get_run(world, name)

    def has_scenario(self, name: str) -> bool:
        """Return whether a scenario of this name exists."""
        from mockgem.scenarios.library import UnknownScenario

        try:
            return bool(self.get_runner().library.find_file(name))
        except UnknownScenario:
            return name == NO_SCENARIO_NAME

    @asynccontextmanager
    async def changing(self, world: World) -> AsyncIterator[None]:
        """Change what a world runs, while no other process does so."""
        if self.shared is None:
            yield
            return
        async with world.locks.hold(LOCK_NAME):
            await self.shared.update()
            yield

    async def choose(self, world: World, name: str, scale: float | None = None) -> None:
        """Run a scenario in a world from its beginning. `none` stops the current one.

        `scale` multiplies the scenario's waits instead of the server's scale. Raises ValueError for
        an unknown scenario.
        """
        async with self.changing(world):
            await self.begin(world, name, scale)

    async def begin(self, world: World, name: str, scale: float | None) -> None:
        """Run a scenario in a world from its beginning, as `choose` does."""
        if name == NO_SCENARIO_NAME:
            self.stop(world)
            if self.shared is not None:
                await self.shared.stop(world)
            return
        self.get_runner().find(world, name)
        if self.shared is not None:
            await self.shared.choose(world, name, scale)
        world.scenario_runs.pop(name, None)
        world.scenario = name
        run = self.get_run(world, name)
        if run.scenario.count_by != "all":
            await run.state.reset()
        if scale is not None:
            run.time_scale = run.scenario.time_scale * scale

    def stop(self, world: World) -> None:
        """Stop a world's scenario. Its verdict remains available."""
        world.scenario = ""

    async def define(
        self, world: World, name: str, definition: Any, scale: float | None = None
    ) -> None:
        """Define a scenario for one world, without a file, and run it. Raises ValueError."""
        async with self.changing(world):
            await self.define_now(world, name, definition, scale)

    async def define_now(
        self, world: World, name: str, definition: Any, scale: float | None = None
    ) -> None:
        from mockgem.scenarios.library import SCENARIO_NAME

        if not SCENARIO_NAME.match(name):
            raise ValueError(
                f"{name[:64]!r} is not a valid name: use up to 64 lower-case letters, digits and -"
            )
        scenario = build_scenario(definition, name)
        while len(world.own_scenarios) >= MAX_WORLD_SCENARIOS:
            world.own_scenarios.pop(next(iter(world.own_scenarios)))
        world.own_scenarios[name] = scenario
        if self.shared is not None:
            await self.shared.define(world, name, definition)
        await self.begin(world, name, scale)

    async def add_rule(self, world: World, rule: Any) -> None:
        """Add a rule to a world's scenario, before the scenario's rules. Raises ValueError."""
        async with self.changing(world):
            await self.add_rule_now(world, rule)

    async def add_rule_now(self, world: World, rule: Any) -> None:
        definition = {"title": ADDED_TITLE, "rules": [rule]}
        if not world.scenario:
            await self.define_now(world, ADDED_SCENARIO, definition)
            await self.get_run(world, ADDED_SCENARIO).treat_rules_as_added()
            return
        run = self.get_run(world, world.scenario)
        if run.scenario.count_by == "all":
            raise ValueError(
                f"all worlds share the run of {run.name} (count_by: all), "
                "so a rule cannot be added for one of them"
            )
        await run.add_rule(build_scenario(definition, ADDED_SCENARIO).rules[0])

    async def list_rules(self, world: World) -> list[dict[str, Any]]:
        """Return the rules of a world's scenario in the order in which they act."""
        if not world.scenario:
            return []
        return await self.get_run(world, world.scenario).list_rules()

    async def insert_rule(self, world: World, rule: Any, place: Mapping[str, Any]) -> None:
        """Insert a rule into a world's scenario; without one, a scenario begins with the rule.

        `place` has `before` or `after` with the id of a rule, or `position`. Raises ValueError.
        """
        async with self.changing(world):
            if not world.scenario:
                await self.add_rule_now(world, rule)
                return
            await self.change_rules_now(world, rule=rule, **place)

    async def change_rules(self, world: World, **changes: Any) -> None:
        """Change the rules of a world's scenario; see `RuleChange`. Raises ValueError."""
        async with self.changing(world):
            await self.change_rules_now(world, **changes)

    async def change_rules_now(self, world: World, **changes: Any) -> None:
        from mockgem.scenarios.rule_list import RuleChange, UnknownRule
        from mockgem.scenarios.run import expand_rule

        if not world.scenario:
            raise UnknownRule("this world runs no scenario, so it has no rules")
        run = self.get_run(world, world.scenario)
        if run.scenario.count_by == "all":
            raise ValueError(
                f"all worlds share the run of {run.name} (count_by: all), "
                "so its rules cannot be changed for one of them"
            )
        if "rule" in changes:
            definition = {"title": ADDED_TITLE, "rules": [changes["rule"]]}
            changes["rule"] = expand_rule(build_scenario(definition, ADDED_SCENARIO).rules[0])
        await run.change_rules(RuleChange(**changes))

    async def expect(self, world: World, expectations: Any) -> None:
        """Replace the expectations of a world's scenario while it runs. Raises ValueError."""
        values = {"title": "Expectations of a test", "expect": expectations}
        expected = build_scenario(values, EXPECTED_SCENARIO)
        async with self.changing(world):
            if not world.scenario:
                definition = {"title": ADDED_TITLE, "expect": expectations}
                await self.define_now(world, ADDED_SCENARIO, definition)
            await self.get_run(world, world.scenario).replace_expectations(expected.expect)

    def list_scenarios(self) -> dict[str, dict[str, Any]]:
        """Return the titles and tags of all scenarios in files, or what is wrong with a file."""
        from mockgem.scenarios.loader import BadScenario

        library = self.get_runner().library
        scenarios: dict[str, dict[str, Any]] = {}
        for name in library.list_files():
            try:
                scenario = library.find(name)
                scenarios[name] = {"title": scenario.title, "tags": list(scenario.tags)}
            except BadScenario as error:
                scenarios[name] = {"error": str(error)}
        return scenarios

    def list_failures(self) -> dict[str, list[dict[str, Any]]]:
        """Return the errors, faults and latency profiles that rules can use."""
        from mockgem.scenarios.failure_list import list_failures

        return list_failures()

    def dump(self, world: World, name: str) -> dict[str, Any]:
        """Return a scenario as JSON values. Raises ValueError for an unknown one."""
        scenario = self.get_runner().find(world, name)
        values: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return values

    async def get_counters(self, world: World) -> dict[str, Any]:
        """Return, for each run of a world, how often its rules matched and acted."""
        if self.shared is not None:
            await self.shared.load_runs(world)
        runs: dict[str, ScenarioRun] = dict(world.scenario_runs)
        return {name: await run.get_counters() for name, run in runs.items()}

    async def build_verdict(self, world: World, name: str = "") -> dict[str, Any]:
        """Judge the client by a scenario: the named one, the world's, or the last one that ran.

        Raises ValueError if it has not run in this world.
        """
        from mockgem.scenarios.verdict import build_verdict

        if self.shared is not None:
            await self.shared.load_runs(world)
        names = [known for known in world.scenario_runs if known]
        name = name or world.scenario or (names[-1] if names else "")
        if name and name == world.scenario:
            self.get_run(world, name)  # chosen, but perhaps without a call yet
        elif name not in names:
            raise ValueError(
                f"{name} has not run in this world; {', '.join(names) or 'none'} ran"
                if name
                else NOTHING_RAN
            )
        run: ScenarioRun = world.scenario_runs[name]
        await run.prepare()
        entries = await list_settled_entries(world)
        verdict = await run_aside(build_verdict, run, await run.state.read(), entries)
        others = [known for known in names if known != name]
        return verdict | ({"also_played": others} if others else {})


async def list_settled_entries(world: World) -> list[JournalEntry]:
    """Return the journal when no answer is open, or after a short time.

    A client that has read its answer may ask for the verdict before mockgem knows that it has.
    Where nothing can wait, as in a test that runs in the server's loop, the verdict counts the
    answers that are open.
    """
    for _ in range(round(SETTLE_SECONDS / 0.01)):
        await world.journal.refresh()
        is_settled = not (world.open_responses or world.journal.open_elsewhere)
        if is_settled or IS_INTERLEAVED.get():
            break
        await sleep(0.01)
    return await world.journal.list_entries()
