"""A scenario being played in a world: who has come how often, and what its rules say to the next one."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import field, replace
from random import Random
from typing import Any

from mockgem.core.cache import BoundedCache
from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import CallFacts, is_match
from mockgem.scenarios.errors import ErrorResponse, render_error
from mockgem.scenarios.quotas import Charge, Meter, QuotaTracker
from mockgem.scenarios.schema import FaultSpec, Latency, Rule, Say, Scenario, When


@frozen
class Decision:
    """What is to be done with a call: the rule that decided, and which of its calls this was.

    At most one of `say` and `told` is there; without either the answer is the usual one. `places` are where the rules that
    act count their calls.
    """

    rule: str = ""
    call_number: int = 0
    say: Say | None = None
    error: ErrorResponse | None = None
    faults: tuple[FaultSpec, ...] = ()
    latencies: tuple[Latency, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    meters: tuple[Meter, ...] = ()
    random: Random = field(default_factory=Random)
    counter_keys: tuple[tuple[int, str], ...] = ()


MAX_COUNTERS = 20_000
MAX_RULES = 1000
ActingRule = tuple[Rule, int, int]
"""A rule that acts, its place, and which of its calls it acts on."""


class ScenarioRun:
    """One scenario in one world, from when it was chosen.

    `expect` is what its client is judged by; the first `own` rules are the scenario's, later ones were added; `first` is
    the number of the last call before it, `tokens` has when each was first shown, `scale` is what waits are multiplied
    with. A play with a clock of its own counts the real time on top of the world's.
    """

    def __init__(self, name: str, scenario: Scenario, world: World, scale: float = 1.0) -> None:
        self.name = name
        self.scenario = scenario
        self.expect = scenario.expect
        self.rules = tuple(map(expand_rule, scenario.rules))
        self.rule_order = tuple(range(len(self.rules)))
        self.builtin_rule_count = len(self.rules)
        self.seed = world.seed
        self.time_scale = scenario.time_scale * scale
        self.has_fixed_clock = not world.clock.real
        self.started_at = world.clock()
        self.started_monotonic = time.monotonic()
        self.journal_start = world.journal.count
        self.call_count = 0
        self.open_calls = 0
        self.match_counts: Counter[tuple[int, str]] = Counter()
        self.fire_counts: Counter[tuple[int, str]] = Counter()
        self.request_counts: dict[int, BoundedCache[bytes, int]] = {}
        self.quotas = QuotaTracker()
        self.token_first_seen: BoundedCache[str, float] = BoundedCache(10_000)

    def add_rule(self, rule: Rule) -> None:
        """One more rule, asked after those added before it and before the scenario's own. Raises ValueError."""
        if len(self.rules) >= MAX_RULES:
            raise ValueError(f"{len(self.rules)} rules are played already; play a scenario anew")
        if rule.name and rule.name in [one.name for one in self.rules]:
            raise ValueError(f"two rules are called {rule.name}")
        self.rules = (*self.rules, expand_rule(rule))
        self.rule_order = (
            *range(self.builtin_rule_count, len(self.rules)),
            *range(self.builtin_rule_count),
        )

    def now(self, world: World) -> float:
        """Seconds since 1970: the world's, or running on from where that stands."""
        if self.scenario.clock != "real" or world.clock.real:
            return world.clock()
        return world.clock() + time.monotonic() - self.started_monotonic

    def decide(self, seen: CallFacts, now: float) -> Decision:
        """Every rule that is for a call counts it; those that act are put together, up to the first that answers it.

        Quotas are charged once it is known whether the call passes all of them.
        """
        self.call_count += 1
        group = self.group_of(seen)
        acting: list[ActingRule] = []
        asked: list[Charge] = []
        refused: ErrorResponse | None = None
        ended = False
        for index in self.rule_order:
            rule = self.rules[index]
            if not is_match(rule.when, seen):
                continue
            place = index, group
            self.match_counts[place] += 1
            number = self.match_counts[place]
            again = self.count_request(index, seen.call.key) if rule.when.repeat else 1
            if ended or not self.is_due(rule.when, place, number, again, now):
                continue
            if (
                rule.quota is not None
                and (charge := self.quotas.compute_charge(index, rule.quota, seen, now)) is not None
            ):
                asked.append(charge)
                refused = charge.refusal
            if rule.quota and refused is None and not has_other_effects(rule):
                continue
            self.fire_counts[place] += 1
            acting.append((rule, index, number))
            ended = rule.has_answer or refused is not None
        self.limit_counters()
        direction = self.build_decision(acting, seen, refused)
        return replace(
            direction, meters=self.quotas.apply_charges(asked, now, passed=refused is None)
        )

    def limit_counters(self) -> None:
        """Keys and models that calls are counted apart for are no more than so many."""
        for counted in (self.match_counts, self.fire_counts):
            while len(counted) > MAX_COUNTERS:
                counted.pop(next(iter(counted)))

    def get_counters(self) -> dict[str, Any]:
        """For each rule how often it was met and how often it acted, and for one that was added how often it is to act."""
        rules = {
            self.name_of(index): self.new_counter_of(index) for index in range(len(self.rules))
        }
        for word, counts in (("met", self.match_counts), ("acted", self.fire_counts)):
            for (index, _), count in counts.items():
                rules[self.name_of(index)][word] += count
        return {"calls": self.call_count, "running": self.open_calls, "rules": rules}

    def new_counter_of(self, index: int) -> dict[str, int]:
        """Of a rule that was added, `wanted` is how often it is to act: as often as it may, or once."""
        wanted = (
            {"wanted": self.rules[index].when.times or 1}
            if index >= self.builtin_rule_count
            else {}
        )
        return {"met": 0, "acted": 0, **wanted}

    def group_of(self, seen: CallFacts) -> str:
        """What calls are counted apart for."""
        return {"key": seen.key, "model": seen.model}.get(self.scenario.count_by, "")

    def count_request(self, index: int, key: bytes) -> int:
        """How many times this very request has come to a rule, this time with it."""
        if index not in self.request_counts:
            self.request_counts[index] = BoundedCache(16_384)
        return self.request_counts[index].count(key) + 1

    def is_due(
        self, when: When, place: tuple[int, str], number: int, again: int, now: float
    ) -> bool:
        """Whether it is a rule's turn for its so-manieth call."""
        if when.calls is not None and not when.calls.contains(number):
            return False
        if when.every is not None and number % when.every:
            return False
        if when.times is not None and self.fire_counts[place] >= when.times:
            return False
        if when.repeat is not None and not when.repeat.contains(again):
            return False
        if when.concurrent_over is not None and self.open_calls + 1 <= when.concurrent_over:
            return False
        if (
            when.elapsed is not None
            and not when.elapsed[0] <= now - self.started_at < when.elapsed[1]
        ):
            return False
        return when.probability is None or self.draw_chance(place, number) < when.probability

    def draw_chance(self, place: tuple[int, str], number: int) -> float:
        """Between 0 and 1, the same for the same call of the same rule, whatever runs beside."""
        return int.from_bytes(self.compute_digest(place, number, "chance")[:8], "big") / 2**64

    def compute_digest(self, place: tuple[int, str], number: int, what: str) -> bytes:
        facts = (
            self.seed,
            self.scenario.seed,
            self.name,
            self.name_of(place[0]),
            place[1],
            number,
            what,
        )
        return hashlib.blake2b(
            "\0".join(map(str, facts)).encode("utf-8", "replace"), digest_size=16
        ).digest()

    def name_of(self, index: int) -> str:
        return self.rules[index].name or f"rule-{index + 1}" if index >= 0 else ""

    def build_decision(
        self, acting: list[ActingRule], seen: CallFacts, refused: ErrorResponse | None
    ) -> Decision:
        """What the rules that act say together; the last of them gives its name."""
        group = self.group_of(seen)
        if not acting:
            return Decision(
                random=Random(self.compute_digest((-1, group), self.call_count, "draws"))
            )
        last, index, number = acting[-1]
        failed = refused
        if last.fail is not None and refused is None:
            failed = render_error(last.fail, seen.call.surface.error_style, seen.model)
        return Decision(
            self.name_of(index),
            number,
            last.say if failed is None else None,
            failed,
            tuple([fault for rule, _, _ in acting for fault in rule.faults]),
            tuple([rule.latency for rule, _, _ in acting if rule.latency is not None]),
            tuple([pair for rule, _, _ in acting for pair in rule.headers.items()]),
            random=Random(self.compute_digest((index, group), number, "draws")),
            counter_keys=tuple([(each, group) for _, each, _ in acting]),
        )

    def rollback(self, direction: Decision) -> Decision:
        """What is left of a direction whose call was refused before anything could be said: its rules have not acted."""
        for place in direction.counter_keys:
            self.fire_counts[place] -= 1
        return Decision(meters=direction.meters, random=direction.random)


def expand_rule(rule: Rule) -> Rule:
    """A rule that fails with something of the catalogue that is no error response says and does that instead."""
    entry = errors.load_errors().get(str(rule.fail.error), {}) if rule.fail is not None else {}
    if "rule" not in entry:
        return rule
    meant = Rule.model_validate(entry["rule"])
    told = {
        "fail": None,
        "say": meant.say,
        "faults": (*meant.faults, *rule.faults),
        "latency": rule.latency or meant.latency,
    }
    return rule.model_copy(update=told)


def has_other_effects(rule: Rule) -> bool:
    """Whether a rule does something besides its quota."""
    return bool(rule.has_answer or rule.faults or rule.latency or rule.headers)
