"""Scenario runs that only count a request, because none of their rules can match it."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Call
from mockgem.core.world import World
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.runner import ScenarioRunner
from mockgem.scenarios.state import MemoryRunStateStore


class IdleRun:
    """A run in memory that lets other sources answer a request, however often it comes."""

    __slots__ = ("find", "name", "rules", "run", "store")

    def __init__(self, runner: ScenarioRunner, run: ScenarioRun, store: MemoryRunStateStore):
        self.find = runner.find
        self.name = run.name
        self.run = run
        self.store = store
        self.rules = store.state.rules

    def is_valid(self, world: World) -> bool:
        """Return whether the world still runs the same scenario with the same rules."""
        return (
            world.scenario == self.name
            and world.scenario_runs.get(self.name) is self.run
            and self.store.state.rules is self.rules
            and self.find(world, self.name) is self.run.scenario  # its file may have changed
        )

    def describe(self) -> dict[str, Any]:
        """Return what the journal says about a request that no rule matched."""
        return {"scenario": self.name}

    def count_call(self) -> None:
        self.store.state.call_count += 1


def find_idle_run(runner: ScenarioRunner, call: Call) -> IdleRun | None:
    """Return the run of a call's world, if none of its rules can match requests like this one."""
    run: ScenarioRun | None = call.world.scenario_runs.get(call.world.scenario)
    if run is None or run.scenario.resources is not None:
        return None
    if not isinstance(run.state, MemoryRunStateStore) or run.unfinished:
        return None
    if run.index_rules(run.state.state.rules).find_possible(CallFacts(call)):
        return None
    return IdleRun(runner, run, run.state)
