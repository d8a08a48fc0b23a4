"""The state of a scenario run: its counters, and the interface behind which they are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from mockgem.core.cache import BoundedCache
from mockgem.core.world import World
from mockgem.scenarios.budgets import Account
from mockgem.scenarios.decision import CounterKey
from mockgem.scenarios.meters import Meter, MeterKey
from mockgem.scenarios.schema import Expect, Rule, Scenario

MAX_TOKENS = 10_000
MAX_REQUESTS = 16_384
MAX_COUNTERS = 20_000
Result = TypeVar("Result")


def new_token_times() -> BoundedCache[str, float]:
    return BoundedCache(MAX_TOKENS)


@dataclass(slots=True)
class RunState:
    """Everything that a run remembers between calls.

    `rules` are the scenario's rules and then those added later; from `first_added_rule` on, rules
    count as added. An index names a rule as long as the run lasts: `order` has the indexes in the
    order in which the rules act, if a user changed it, without the deleted ones, and `disabled`
    those that do not act. `match_counts` counts calls that met a rule's conditions, `fire_counts`
    calls that the rule acted on, `request_counts` equal requests for rules with `repeat`.
    `token_first_seen` has the world's time when a client first showed a token. `started_monotonic`
    and `journal_start` are when the run began, on a monotonic clock, and the number of the last
    journal entry before that.
    """

    started_at: float
    rules: tuple[Rule, ...] = ()
    first_added_rule: int = 0
    expect: Expect | None = None
    call_count: int = 0
    open_calls: int = 0
    match_counts: Counter[CounterKey] = field(default_factory=Counter)
    fire_counts: Counter[CounterKey] = field(default_factory=Counter)
    request_counts: dict[int, BoundedCache[bytes, int]] = field(default_factory=dict)
    token_first_seen: BoundedCache[str, float] = field(default_factory=new_token_times)
    meters: dict[MeterKey, Meter] = field(default_factory=dict)
    accounts: dict[MeterKey, Account] = field(default_factory=dict)
    order: tuple[int, ...] | None = None
    disabled: frozenset[int] = frozenset()
    started_monotonic: float = 0.0
    journal_start: int = 0

    def list_indexes(self) -> tuple[int, ...]:
        """Return the rules' indexes in their order: added rules come before the scenario's."""
        if self.order is not None:
            return self.order
        first = self.first_added_rule
        return (*range(first, len(self.rules)), *range(first))

    def rule_name(self, index: int) -> str:
        return self.rules[index].name or f"rule-{index + 1}" if index >= 0 else ""

    def count_request(self, index: int, key: bytes) -> int:
        """Count a request for a rule; return how often the rule has now seen equal requests."""
        if index not in self.request_counts:
            self.request_counts[index] = BoundedCache(MAX_REQUESTS)
        return self.request_counts[index].count(key) + 1

    def limit_counters(self) -> None:
        """Drop the oldest counters, so that new keys and models do not fill the memory."""
        for counts in (self.match_counts, self.fire_counts):
            while len(counts) > MAX_COUNTERS:
                counts.pop(next(iter(counts)))


class RunStateStore(Protocol):
    """Keeps the state of one run."""

    async def read(self) -> RunState:
        """Return the state, for looking only."""
        ...

    async def update(self, change: Callable[[RunState], Result]) -> Result:
        """Change the state and return the result of `change`.

        No other update happens in between. A store may call `change` again, on a fresh state.
        """
        ...

    async def reset(self) -> None:
        """Begin again with a new state."""
        ...


NewState = Callable[[], RunState]
StateStoreFactory = Callable[[World, str, Scenario, NewState], RunStateStore]
"""Opens the store of a run, by its world, its name and its scenario."""


class MemoryRunStateStore:
    """A state in memory, which ends with the run."""

    def __init__(self, new_state: NewState) -> None:
        self.new_state = new_state
        self.state = new_state()

    async def read(self) -> RunState:
        return self.state

    async def update(self, change: Callable[[RunState], Result]) -> Result:
        return change(self.state)

    async def reset(self) -> None:
        self.state = self.new_state()


def keep_in_memory(
    world: World, name: str, scenario: Scenario, new_state: NewState
) -> RunStateStore:
    """Open a state that ends with its run."""
    return MemoryRunStateStore(new_state)
