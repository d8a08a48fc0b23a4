"""What worlds run, for the workers of one server: chosen in one of them, in force in all.

The settings of a shared world (`mockgem.core.shared`) are `scenario`, the name of what it runs;
`runs`, for each chosen scenario a token of its latest choice and the scale of its waits; and
`own`, for each scenario that the world defined a digest of its definition.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from mockgem.core.shared import SharedWorlds
from mockgem.core.store import LIST_BATCH, Record
from mockgem.core.world import World
from mockgem.scenarios.state import StateStoreFactory

if TYPE_CHECKING:
    from mockgem.scenarios.manager import ScenarioManager

DEFINITIONS = "scenario-definitions"
MAX_CHOSEN, MAX_OWN = 64, 64
"""Choices and definitions of one world that are kept: the newest."""


class SharedChoices:
    """The choices of worlds, as one worker makes and follows them.

    Args:
        shared: What all workers know.
        manager: The scenarios of this worker.
        update: Reads what other workers have changed.
    """

    def __init__(
        self,
        shared: SharedWorlds,
        manager: ScenarioManager,
        update: Callable[[], Awaitable[None]],
    ) -> None:
        self.shared = shared
        self.manager = manager
        self.update = update

    def open_states(self) -> StateStoreFactory:
        from mockgem.scenarios.shared_state import SharedRunStates

        return SharedRunStates(self.shared)

    # Changes by this worker

    async def choose(self, world: World, name: str, scale: float | None) -> None:
        """Let a world run a scenario from its beginning in all workers."""
        await world.journal.refresh()  # the run begins after the entries of all workers
        run = {"token": secrets.token_hex(4), "scale": scale}

        def note(settings: Record) -> Record:
            runs = {key: one for key, one in settings.get("runs", {}).items() if key != name}
            kept = dict([*runs.items()][1 - MAX_CHOSEN :])
            return settings | {"scenario": name, "runs": kept | {name: run}}

        await self.change(world, note)

    async def stop(self, world: World) -> None:
        await self.change(world, lambda settings: settings | {"scenario": ""})

    async def define(self, world: World, name: str, definition: Any) -> None:
        """Keep the definition of a scenario for all workers. It is not chosen yet."""
        text = json.dumps(definition)
        digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        runs = self.shared.open_runs(world.name)
        await runs.put(DEFINITIONS, name, {"definition": text})

        def note(settings: Record) -> Record:
            own = {key: one for key, one in settings.get("own", {}).items() if key != name}
            kept = dict([*own.items()][1 - MAX_OWN :])
            return settings | {"own": kept | {name: digest}}

        await self.change(world, note)

    async def change(self, world: World, change: Callable[[Record], Record]) -> None:
        row = await self.shared.change(world.name, change)
        await self.adopt(world, row.settings)

    # Changes by other workers

    async def adopt(self, world: World, settings: Record) -> None:
        """Let a world run what the settings say."""
        before, world.shared_settings = world.shared_settings, settings
        known = before.get("runs", {})
        for name, run in settings.get("runs", {}).items():
            if known.get(name) != run:
                world.scenario_runs.pop(name, None)
        await self.load_definitions(world, before.get("own", {}), settings.get("own", {}))
        world.scenario = settings.get("scenario", self.manager.default_scenario)

    async def load_definitions(self, world: World, known: Record, wanted: Record) -> None:
        """Load the scenarios that a world has defined in other workers, or again."""
        from mockgem.scenarios.manager import build_scenario

        for name in [name for name in world.own_scenarios if name not in wanted]:
            del world.own_scenarios[name]
        for name, digest in wanted.items():
            if known.get(name) == digest and name in world.own_scenarios:
                continue
            record = await self.shared.open_runs(world.name).get(DEFINITIONS, name)
            if record is not None:
                definition = json.loads(record["definition"])
                world.own_scenarios[name] = build_scenario(definition, name)

    async def load_runs(self, world: World) -> None:
        """Open the runs that have begun in this world, in whatever worker."""
        from mockgem.scenarios.shared_state import NAMES

        names = [*world.shared_settings.get("runs", {})]
        rows = await self.shared.open_runs(world.name).list_records(NAMES, 0, LIST_BATCH)
        names += [record["name"] for _, record in reversed(rows)]
        for name in dict.fromkeys(names):
            if name in world.scenario_runs:
                continue
            try:
                self.manager.get_run(world, name)
            except ValueError:  # its file has gone
                continue
