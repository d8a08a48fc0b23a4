"""A scenario being played in a world: who has come how often, and what its rules say to the next one."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import field, replace
from random import Random
from typing import Any

from mockgem.core.cache import Memo
from mockgem.core.frozen import value
from mockgem.core.world import World
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import Seen, meets
from mockgem.scenarios.errors import Told, told
from mockgem.scenarios.quotas import Charge, Meter, Quotas
from mockgem.scenarios.schema import Fault, Latency, Rule, Say, Scenario, When


@value
class Direction:
    """What is to be done with a call: the rule that decided, and which of its calls this was.

    At most one of `say` and `told` is there; without either the answer is the usual one. `places` are where the rules that
    act count their calls.
    """

    rule: str = ""
    call: int = 0
    say: Say | None = None
    told: Told | None = None
    faults: tuple[Fault, ...] = ()
    latencies: tuple[Latency, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    meters: tuple[Meter, ...] = ()
    dice: Random = field(default_factory=Random)
    places: tuple[tuple[int, str], ...] = ()


MOST_PLACES = 20_000
MOST_RULES = 1000
Acting = tuple[Rule, int, int]
"""A rule that acts, its place, and which of its calls it acts on."""


class Play:
    """One scenario in one world, from when it was chosen.

    `expect` is what its client is judged by; the first `own` rules are the scenario's, later ones were added; `first` is
    the number of the last call before it, `tokens` has when each was first shown, `scale` is what waits are multiplied
    with. A play with a clock of its own counts the real time on top of the world's.
    """

    def __init__(self, name: str, scenario: Scenario, world: World, scale: float = 1.0) -> None:
        self.name = name
        self.scenario = scenario
        self.expect = scenario.expect
        self.rules = tuple(map(spelled_out, scenario.rules))
        self.order = tuple(range(len(self.rules)))
        self.own = len(self.rules)
        self.seed = world.seed
        self.scale = scenario.time_scale * scale
        self.still = not world.clock.real
        self.began = world.clock()
        self.began_really = time.monotonic()
        self.first = world.journal.count
        self.calls = 0
        self.running = 0
        self.met: Counter[tuple[int, str]] = Counter()
        self.fired: Counter[tuple[int, str]] = Counter()
        self.heard: dict[int, Memo[bytes, int]] = {}
        self.quotas = Quotas()
        self.tokens: Memo[str, float] = Memo(10_000)

    def add(self, rule: Rule) -> None:
        """One more rule, asked after those added before it and before the scenario's own. Raises ValueError."""
        if len(self.rules) >= MOST_RULES:
            raise ValueError(f"{len(self.rules)} rules are played already; play a scenario anew")
        if rule.name and rule.name in [one.name for one in self.rules]:
            raise ValueError(f"two rules are called {rule.name}")
        self.rules = (*self.rules, spelled_out(rule))
        self.order = (*range(self.own, len(self.rules)), *range(self.own))

    def now(self, world: World) -> float:
        """Seconds since 1970: the world's, or running on from where that stands."""
        if self.scenario.clock != "real" or world.clock.real:
            return world.clock()
        return world.clock() + time.monotonic() - self.began_really

    def direct(self, seen: Seen, now: float) -> Direction:
        """Every rule that is for a call counts it; those that act are put together, up to the first that answers it.

        Quotas are charged once it is known whether the call passes all of them.
        """
        self.calls += 1
        group = self.group_of(seen)
        acting: list[Acting] = []
        asked: list[Charge] = []
        refused: Told | None = None
        ended = False
        for index in self.order:
            rule = self.rules[index]
            if not meets(rule.when, seen):
                continue
            place = index, group
            self.met[place] += 1
            number = self.met[place]
            again = self.asked_again(index, seen.call.key) if rule.when.repeat else 1
            if ended or not self.due(rule.when, place, number, again, now):
                continue
            if rule.quota is not None and (charge := self.quotas.asked(index, rule.quota, seen, now)) is not None:
                asked.append(charge)
                refused = charge.refused
            if rule.quota and refused is None and not acts_besides(rule):
                continue
            self.fired[place] += 1
            acting.append((rule, index, number))
            ended = rule.answers or refused is not None
        self.bound()
        direction = self.direction(acting, seen, refused)
        return replace(direction, meters=self.quotas.charge(asked, now, passed=refused is None))

    def bound(self) -> None:
        """Keys and models that calls are counted apart for are no more than so many."""
        for counted in (self.met, self.fired):
            while len(counted) > MOST_PLACES:
                counted.pop(next(iter(counted)))

    def counted(self) -> dict[str, Any]:
        """For each rule how often it was met and how often it acted, and for one that was added how often it is to act."""
        rules = {self.name_of(index): self.counter_of(index) for index in range(len(self.rules))}
        for word, counts in (("met", self.met), ("acted", self.fired)):
            for (index, _), count in counts.items():
                rules[self.name_of(index)][word] += count
        return {"calls": self.calls, "running": self.running, "rules": rules}

    def counter_of(self, index: int) -> dict[str, int]:
        """Of a rule that was added, `wanted` is how often it is to act: as often as it may, or once."""
        wanted = {"wanted": self.rules[index].when.times or 1} if index >= self.own else {}
        return {"met": 0, "acted": 0, **wanted}

    def group_of(self, seen: Seen) -> str:
        """What calls are counted apart for."""
        return {"key": seen.key, "model": seen.model}.get(self.scenario.count_by, "")

    def asked_again(self, index: int, key: bytes) -> int:
        """How many times this very request has come to a rule, this time with it."""
        if index not in self.heard:
            self.heard[index] = Memo(16_384)
        return self.heard[index].count(key) + 1

    def due(self, when: When, place: tuple[int, str], number: int, again: int, now: float) -> bool:
        """Whether it is a rule's turn for its so-manieth call."""
        if when.calls is not None and not when.calls.holds(number):
            return False
        if when.every is not None and number % when.every:
            return False
        if when.times is not None and self.fired[place] >= when.times:
            return False
        if when.repeat is not None and not when.repeat.holds(again):
            return False
        if when.concurrent_over is not None and self.running + 1 <= when.concurrent_over:
            return False
        if when.elapsed is not None and not when.elapsed[0] <= now - self.began < when.elapsed[1]:
            return False
        return when.probability is None or self.chance(place, number) < when.probability

    def chance(self, place: tuple[int, str], number: int) -> float:
        """Between 0 and 1, the same for the same call of the same rule, whatever runs beside."""
        return int.from_bytes(self.digest(place, number, "chance")[:8], "big") / 2**64

    def digest(self, place: tuple[int, str], number: int, what: str) -> bytes:
        facts = (self.seed, self.scenario.seed, self.name, self.name_of(place[0]), place[1], number, what)
        return hashlib.blake2b("\0".join(map(str, facts)).encode("utf-8", "replace"), digest_size=16).digest()

    def name_of(self, index: int) -> str:
        return self.rules[index].name or f"rule-{index + 1}" if index >= 0 else ""

    def direction(self, acting: list[Acting], seen: Seen, refused: Told | None) -> Direction:
        """What the rules that act say together; the last of them gives its name."""
        group = self.group_of(seen)
        if not acting:
            return Direction(dice=Random(self.digest((-1, group), self.calls, "draws")))
        last, index, number = acting[-1]
        failed = refused
        if last.fail is not None and refused is None:
            failed = told(last.fail, seen.surface, seen.model)
        return Direction(
            self.name_of(index),
            number,
            last.say if failed is None else None,
            failed,
            tuple([fault for rule, _, _ in acting for fault in rule.faults]),
            tuple([rule.latency for rule, _, _ in acting if rule.latency is not None]),
            tuple([pair for rule, _, _ in acting for pair in rule.headers.items()]),
            dice=Random(self.digest((index, group), number, "draws")),
            places=tuple([(each, group) for _, each, _ in acting]),
        )

    def unsaid(self, direction: Direction) -> Direction:
        """What is left of a direction whose call was refused before anything could be said: its rules have not acted."""
        for place in direction.places:
            self.fired[place] -= 1
        return Direction(meters=direction.meters, dice=direction.dice)


def spelled_out(rule: Rule) -> Rule:
    """A rule that fails with something of the catalogue that is no error response says and does that instead."""
    entry = errors.catalogue().get(str(rule.fail.error), {}) if rule.fail is not None else {}
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


def acts_besides(rule: Rule) -> bool:
    """Whether a rule does something besides its quota."""
    return bool(rule.answers or rule.faults or rule.latency or rule.headers)
