"""Run states that the workers of one server share, and that survive the end of any worker.

A state is a record, as in `stored_state`. It also says which worker has how many open calls, so
that those of a killed worker do not count for ever.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, TypeVar

from mockgem.core.shared import SharedWorlds
from mockgem.core.store import Record, Store
from mockgem.core.world import World
from mockgem.scenarios.meters import Meter, MeterKey
from mockgem.scenarios.schema import Rule, Scenario
from mockgem.scenarios.state import NewState, RunState, RunStateStore
from mockgem.scenarios.stored_state import COLLECTION, decode_state, encode_state, state_key_of

NAMES = "scenario-run-names"
"""The collection with the names of the runs of a world."""
ALL_WORLDS = "*"
"""Where the runs are that all worlds share. No world has this name."""
START_FIELDS = ("started_monotonic", "journal_start")
Result = TypeVar("Result")
OpenCalls = dict[str, dict[str, Any]]
"""The open calls of each worker: in `calls` their number, in `meters` pairs of meter and number."""


class SharedRunStates:
    """Opens the states of runs in the database that all workers share."""

    def __init__(self, shared: SharedWorlds) -> None:
        self.shared = shared

    def __call__(
        self, world: World, name: str, scenario: Scenario, new_state: NewState
    ) -> RunStateStore:
        """Open the state of a run, which begins again when its world chooses the scenario again."""
        key = state_key_of(name, scenario)
        if scenario.count_by == "all":
            return SharedRunState(self.shared, ALL_WORLDS, name, key, new_state)
        chosen = world.shared_settings.get("runs", {}).get(name, {})
        key = f"{world.epoch}-{chosen.get('token', '')}-{key}"
        return SharedRunState(self.shared, world.name, name, key, new_state, world)


class SharedRunState:
    """A state that is one record, which all workers change."""

    def __init__(
        self,
        shared: SharedWorlds,
        place: str,
        name: str,
        key: str,
        new_state: NewState,
        world: World | None = None,
    ) -> None:
        self.store: Store = shared.open_runs(place)
        self.shared = shared
        self.name = name
        self.key = key
        self.new_state = new_state
        self.world = world
        self.rules: tuple[Rule, ...] = ()

    async def read(self) -> RunState:
        """Return the state, for looking only. The first reader begins the run."""
        while (record := await self.store.get(COLLECTION, self.key)) is None:
            await self.begin()
        return self.decode(record, self.new_state(), self.shared.list_owners())

    def decode(self, record: Record, initial: RunState, owners: frozenset[int]) -> RunState:
        """Return the state of a record. Equal rules stay the same tuple: their index is known."""
        state = decode_shared(record, initial, owners)
        known, found = self.rules, state.rules
        if len(known) == len(found) and all(map(operator.is_, known, found)):
            state.rules = known
        self.rules = state.rules
        return state

    async def begin(self) -> None:
        """Create the record, unless another worker has done so."""
        initial = self.new_state()
        if self.world is not None:
            initial.journal_start = await self.world.journal.estimate_count()
        await self.store.put(NAMES, self.name, {"name": self.name})
        await self.store.insert(COLLECTION, self.key, encode_shared(initial, initial, {}))

    async def update(self, change: Callable[[RunState], Result]) -> Result:
        results: list[Result] = []
        owner, owners = str(self.shared.owner), self.shared.list_owners()

        def change_record(record: Record) -> Record:
            initial = self.new_state()
            state = self.decode(record, initial, owners)
            rules, calls = state.rules, keep_running(record["open"], owners)
            others = {key: value for key, value in calls.items() if key != owner}
            results[:] = [change(state)]
            own = subtract_open_calls(state, others)
            calls = others | own_calls(owner, own)
            return encode_shared(state, initial, calls, record if rules is state.rules else None)

        while not results:
            await self.store.update(COLLECTION, self.key, change_record)
            if not results:
                await self.begin()
        return results[0]

    async def reset(self) -> None:
        """Do nothing: a run that begins again has another key."""


def keep_running(calls: OpenCalls, owners: frozenset[int]) -> OpenCalls:
    """Return the open calls of the workers that run."""
    return {owner: value for owner, value in calls.items() if int(owner) in owners}


def own_calls(owner: str, calls: dict[str, Any]) -> OpenCalls:
    return {owner: calls} if calls["calls"] or calls["meters"] else {}


def subtract_open_calls(state: RunState, others: OpenCalls) -> dict[str, Any]:
    """Return the open calls of this worker: those of a state without those of the others."""
    calls = state.open_calls - sum([one["calls"] for one in others.values()])
    counts: dict[MeterKey, int] = {
        key: meter.open_requests for key, meter in state.meters.items() if meter.open_requests
    }
    for one in others.values():
        for rule, subject, model, count in one["meters"]:
            key = rule, subject, model
            counts[key] = counts.get(key, 0) - count
    return {"calls": calls, "meters": [[*key, count] for key, count in counts.items() if count]}


def encode_shared(
    state: RunState, initial: RunState, calls: OpenCalls, before: Record | None = None
) -> Record:
    """Return a state as JSON values. `before` is its record from before, if its rules have not
    changed."""
    record = encode_state(state, initial, before)
    return record | {"open": calls} | {name: getattr(state, name) for name in START_FIELDS}


def decode_shared(record: Record, initial: RunState, owners: frozenset[int]) -> RunState:
    """Fill an initial state with the values of a record, and the open calls of running workers."""
    state = decode_state(record, initial)
    for name in START_FIELDS:
        setattr(state, name, record[name])
    calls = keep_running(record["open"], owners)
    state.open_calls = sum([one["calls"] for one in calls.values()])
    for meter in state.meters.values():
        meter.open_requests = 0
    for one in calls.values():
        for rule, subject, model, count in one["meters"]:
            meter = state.meters.setdefault((rule, subject, model), Meter())
            meter.open_requests += count
    return state
