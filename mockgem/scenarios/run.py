"""A scenario that runs in a world: its definition, and decisions that count in its state."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.core.world import World
from mockgem.scenarios import errors
from mockgem.scenarios.budgets import list_accounts, open_account
from mockgem.scenarios.conditions import CallFacts, names_unknown_paths
from mockgem.scenarios.decision import Decision
from mockgem.scenarios.evaluation import RuleEvaluation
from mockgem.scenarios.meters import MeterKey
from mockgem.scenarios.rule_index import RuleIndex
from mockgem.scenarios.rule_list import RuleChange, apply_change, insert_rule, list_rules
from mockgem.scenarios.schema import Expect, Rule, Scenario
from mockgem.scenarios.state import RunState, StateStoreFactory, keep_in_memory


class ScenarioRun:
    """One scenario in one world, from the moment when it was chosen.

    The definition does not change; everything that does is in the run's state. `journal_start` is
    the number of the last journal entry before the run, and `time_scale` multiplies all waits. A
    scenario with `clock: real` adds the real time to the world's time.
    """

    def __init__(
        self,
        name: str,
        scenario: Scenario,
        world: World,
        scale: float = 1.0,
        open_state: StateStoreFactory = keep_in_memory,
    ) -> None:
        self.name = name
        self.scenario = scenario
        self.rules = tuple(map(expand_rule, scenario.rules))
        self.seed = world.seed
        self.time_scale = scenario.time_scale * scale
        self.has_fixed_clock = not world.clock.real
        self.started_monotonic = time.monotonic()
        self.started_at = world.clock()
        self.journal_start = world.journal.count
        self.is_prepared = open_state is keep_in_memory
        self.unfinished: tuple[Decision, ...] = ()
        self.state = open_state(world, name, scenario, self.new_state)
        self.rule_index = RuleIndex(())

    def new_state(self) -> RunState:
        """Return the state of a run that begins. It remembers when the run object was made."""
        state = RunState(self.started_at, self.rules, len(self.rules), self.scenario.expect)
        state.started_monotonic, state.journal_start = self.started_monotonic, self.journal_start
        return state

    async def prepare(self) -> None:
        """Learn when the run began, perhaps in another process."""
        if not self.is_prepared:
            state = await self.state.read()
            self.started_at, self.started_monotonic = state.started_at, state.started_monotonic
            self.journal_start = state.journal_start
            self.is_prepared = True

    def index_rules(self, rules: tuple[Rule, ...]) -> RuleIndex:
        """Return the index of the rules that a state has; most states have those of the last."""
        if self.rule_index.rules is not rules:
            self.rule_index = RuleIndex(rules)
        return self.rule_index

    def now(self, world: World) -> float:
        """Return seconds since 1970 on the clock that this scenario uses."""
        if self.scenario.clock != "real" or world.clock.real:
            return world.clock()
        return world.clock() + time.monotonic() - self.started_monotonic

    async def names_paths(self) -> bool:
        """Return whether a rule may act on paths that the API does not have."""
        return any(names_unknown_paths(rule.when) for rule in (await self.state.read()).rules)

    async def has_budgets(self) -> bool:
        """Return whether a rule has a budget."""
        return any(rule.budget is not None for rule in (await self.state.read()).rules)

    async def decide(self, facts: CallFacts, now: float) -> Decision:
        """Decide what happens to a call. It stays open until `finish_call`.

        Raises UnknownName for names in a rule that do not exist.
        """
        late, self.unfinished = self.unfinished, ()

        def decide_now(state: RunState) -> Decision:
            for decision in late:
                close_call(state, decision)
            return RuleEvaluation(self, state, facts, now).decide()

        try:
            return await self.state.update(decide_now)
        except BaseException:
            self.unfinished += late
            raise

    async def refuse_old_token(self, facts: CallFacts, now: float, max_age: float) -> bool:
        """Return whether a token was first seen too long ago. A refused call is open, as above."""

        def check_age(state: RunState) -> bool:
            first_seen = state.token_first_seen.get(facts.key)
            if first_seen is None:
                state.token_first_seen.put(facts.key, now)
                return False
            is_old = now - first_seen >= max_age
            state.open_calls += is_old
            return is_old

        return await self.state.update(check_age)

    async def rollback(self, decision: Decision) -> Decision:
        """Undo a decision whose call the engine refused: its rules have not acted."""

        def uncount(state: RunState) -> None:
            for key in decision.counter_keys:
                state.fire_counts[key] -= 1

        await self.state.update(uncount)
        return Decision(meters=decision.meters, random=decision.random)

    async def finish_call(self, decision: Decision) -> None:
        """Count a call as over, for the run and for the meters where it was open.

        If the state can't be written now, the call is over with the next decision: its answer may
        be sent already.
        """
        try:
            await self.state.update(lambda state: close_call(state, decision))
        except ApiError:
            self.unfinished = (*self.unfinished, decision)

    async def charge(self, accounts: Sequence[MeterKey], picodollars: int | None) -> None:
        """Add the cost of a call to its accounts; None is a cost that is not known.

        Raises ApiError if the state can't be written.
        """

        def add(state: RunState) -> None:
            for key in accounts:
                open_account(state.accounts, key).add(picodollars)

        await self.state.update(add)

    async def add_rule(self, rule: Rule) -> None:
        """Add a rule after the rules added earlier and before the scenario's rules.

        Raises ValueError for a second rule of the same name, and for more than MAX_RULES rules.
        """

        def add(state: RunState) -> None:
            insert_rule(state, expand_rule(rule))

        await self.state.update(add)

    async def change_rules(self, change: RuleChange) -> None:
        """Insert, replace, move, disable or delete a rule. Raises ValueError."""
        await self.state.update(lambda state: apply_change(state, change))

    async def list_rules(self) -> list[dict[str, Any]]:
        """Return the rules in the order in which they act, with their counts."""
        return list_rules(await self.state.read())

    async def treat_rules_as_added(self) -> None:
        """Count all rules as added rules: the scenario began with the first of them."""

        def mark(state: RunState) -> None:
            state.first_added_rule = 0

        await self.state.update(mark)

    async def replace_expectations(self, expect: Expect | None) -> None:
        """Judge the client by other expectations than the scenario's."""

        def replace(state: RunState) -> None:
            state.expect = expect

        await self.state.update(replace)

    async def get_counters(self) -> dict[str, Any]:
        """Return how many calls there were, and how often each rule matched and acted.

        For an added rule, `wanted` is how often it should act: its `times`, or once. `budgets` are
        the accounts of rules with a budget, if there are any.
        """
        state = await self.state.read()
        kept = sorted(state.list_indexes())
        names = {index: state.rule_name(index) for index in kept}
        rules: dict[str, dict[str, int]] = {names[one]: {"met": 0, "acted": 0} for one in kept}
        for index in kept:
            if index >= state.first_added_rule:
                rules[names[index]]["wanted"] = state.rules[index].when.times or 1
        for key, counts in (("met", state.match_counts), ("acted", state.fire_counts)):
            for (index, _), count in counts.items():
                if index in names:
                    rules[names[index]][key] += count
        counters = {"calls": state.call_count, "running": state.open_calls, "rules": rules}
        accounts = list_accounts(state)
        return {**counters, "budgets": accounts} if accounts else counters


def close_call(state: RunState, decision: Decision) -> None:
    """Count a call as over in a state."""
    state.open_calls -= 1
    for key in decision.meters:
        if (meter := state.meters.get(key)) is not None:
            meter.finish_request()


def expand_rule(rule: Rule) -> Rule:
    """Replace errors of the catalogue that are not responses by the reply and faults they mean."""
    entry = errors.load_errors().get(str(rule.fail.error), {}) if rule.fail is not None else {}
    if "rule" not in entry:
        return rule
    meant = Rule.model_validate(entry["rule"])
    changes = {
        "fail": None,
        "say": meant.say,
        "faults": (*meant.faults, *rule.faults),
        "latency": rule.latency or meant.latency,
    }
    return rule.model_copy(update=changes)
