"""A scenario being played in a world: who has come how often, and what its rules say to the next one."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import field
from random import Random
from typing import Any

from mockgem.core.memo import Memo
from mockgem.core.values import value
from mockgem.scenarios import failures
from mockgem.scenarios.failures import Told, told
from mockgem.scenarios.form import Fault, Latency, Rule, Say, Scenario, When
from mockgem.scenarios.matching import Seen, meets
from mockgem.scenarios.quotas import Meter, Quotas


@value
class Direction:
    """What is to be done with a call: the rule that decided, and which of its calls this was.

    At most one of `say` and `told` is there; without either the answer is the usual one.
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


Acting = tuple[Rule, int, int]
"""A rule that acts, its place, and which of its calls it acts on."""


class Play:
    """One scenario in one world, from when it was chosen. `first` is the number of the last call before it, `lines` counts
    the lines of batches, and `tokens` has when each was first shown."""

    def __init__(self, name: str, scenario: Scenario, seed: int, began: float) -> None:
        self.name = name
        self.scenario = scenario
        self.rules = tuple(map(spelled_out, scenario.rules))
        self.seed = seed
        self.began = began
        self.calls = 0
        self.running = 0
        self.met: Counter[tuple[int, str]] = Counter()
        self.fired: Counter[tuple[int, str]] = Counter()
        self.heard: dict[int, Memo[bytes, int]] = {}
        self.quotas = Quotas()
        self.first = 0
        self.lines = 0
        self.tokens: Memo[str, float] = Memo(10_000)

    def direct(self, seen: Seen, now: float) -> Direction:
        """Every rule that is for a call counts it; those that act are put together, up to the first that answers it."""
        self.calls += 1
        group = self.group_of(seen)
        acting: list[Acting] = []
        meters: list[Meter] = []
        ended: Direction | None = None
        for index, rule in enumerate(self.rules):
            if not meets(rule.when, seen):
                continue
            place = index, group
            self.met[place] += 1
            number = self.met[place]
            again = self.asked_again(index, seen.call.key) if rule.when.repeat else 1
            if ended is not None or not self.due(rule.when, place, number, again, now):
                continue
            limit = self.quotas.asked(index, rule.quota, seen, now) if rule.quota else None
            refused = limit if isinstance(limit, Told) else None
            meters += [limit] if isinstance(limit, Meter) else []
            if rule.quota and refused is None and not acts_besides(rule):
                continue
            self.fired[place] += 1
            acting.append((rule, index, number))
            if rule.answers or refused is not None:
                ended = self.direction(acting, meters, seen, now, refused)
        return ended or self.direction(acting, meters, seen, now, None)

    def counted(self) -> dict[str, Any]:
        """For each rule how often it was met and how often it acted."""
        rules = {}
        for index in range(len(self.scenario.rules)):
            met = sum(count for (place, _), count in self.met.items() if place == index)
            acted = sum(count for (place, _), count in self.fired.items() if place == index)
            rules[self.name_of(index)] = {"met": met, "acted": acted}
        return {"calls": self.calls, "running": self.running, "rules": rules}

    def group_of(self, seen: Seen) -> str:
        """What calls are counted apart for."""
        return {"world": "", "key": seen.key, "model": seen.model}[self.scenario.count_by]

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
        return self.scenario.rules[index].name or f"rule-{index + 1}"

    def direction(
        self, acting: list[Acting], meters: list[Meter], seen: Seen, now: float, refused: Told | None
    ) -> Direction:
        """What the rules that act say together; the last of them gives its name."""
        if not acting:
            return Direction(meters=tuple(meters))
        last, index, number = acting[-1]
        failed = refused
        if last.fail is not None and refused is None:
            failed = told(last.fail, seen.surface, seen.model, now)
        return Direction(
            self.name_of(index),
            number,
            last.say,
            failed,
            tuple([fault for rule, _, _ in acting for fault in rule.faults]),
            tuple([rule.latency for rule, _, _ in acting if rule.latency is not None]),
            tuple([pair for rule, _, _ in acting for pair in rule.headers.items()]),
            tuple(meters),
            Random(self.digest((index, self.group_of(seen)), number, "draws")),
        )


def spelled_out(rule: Rule) -> Rule:
    """A rule that fails with something of the catalogue that is no error response says and does that instead."""
    entry = failures.catalogue().get(str(rule.fail.error), {}) if rule.fail is not None else {}
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
