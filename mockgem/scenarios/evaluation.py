"""Evaluate a scenario's rules for one call: which match, which act, and what they do together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mockgem.scenarios.budgets import (
    Overdraft,
    find_account_key,
    is_spent,
    open_account,
    render_spending_cap,
)
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.decision import CounterKey, Decision, LateRandom
from mockgem.scenarios.errors import ErrorResponse, render_error
from mockgem.scenarios.meters import MeterKey
from mockgem.scenarios.quotas import Charge, apply_charges, compute_charge
from mockgem.scenarios.schema import Budget, Rule, When
from mockgem.scenarios.state import RunState

if TYPE_CHECKING:
    from mockgem.scenarios.run import ScenarioRun

ActingRule = tuple[Rule, int, int]
"""A rule that acts, its index, and the number of its matching call."""


class RuleEvaluation:
    """One call on its way through the rules of a run, with the run's state at hand."""

    def __init__(self, run: ScenarioRun, state: RunState, facts: CallFacts, now: float) -> None:
        self.run = run
        self.state = state
        self.facts = facts
        self.now = now
        count_by = run.scenario.count_by
        self.group = facts.key if count_by == "key" else facts.model if count_by == "model" else ""
        self.acting: list[ActingRule] = []
        self.charges: list[Charge] = []
        self.accounts: list[MeterKey] = []
        self.refusal: ErrorResponse | None = None
        self.overdraft: Overdraft | None = None

    def decide(self) -> Decision:
        """Count the call for every matching rule, and combine the rules that act.

        Rules act up to the first one that answers. Quotas are charged when it is known whether the
        call passes all of them.
        """
        state = self.state
        state.call_count += self.facts.call.endpoint is not None
        is_answered = False
        rules = self.run.index_rules(state.rules)
        possible = rules.find_possible(self.facts)
        for index in self.iter_rule_indexes():
            if index not in possible or not rules.is_match(index, self.facts):
                continue
            rule = state.rules[index]
            key = index, self.group
            state.match_counts[key] += 1
            number = state.match_counts[key]
            repeat = state.count_request(index, self.facts.call.key) if rule.when.repeat else 1
            if is_answered or not self.is_due(rule.when, key, number, repeat):
                continue
            self.check_limits(index, rule)
            is_limit = rule.quota or rule.budget
            if is_limit and self.refusal is None and not has_other_effects(rule):
                continue
            state.fire_counts[key] += 1
            self.acting.append((rule, index, number))
            is_answered = rule.has_answer or self.refusal is not None
        state.limit_counters()
        decision = self.build_decision()
        meters = apply_charges(self.charges, self.now, passed=self.refusal is None)
        state.open_calls += 1
        if self.overdraft is not None:
            return replace(decision, meters=meters, overdraft=self.overdraft)
        if meters or self.accounts:
            return replace(decision, meters=meters, accounts=tuple(self.accounts))
        return decision

    def iter_rule_indexes(self) -> Iterator[int]:
        """Added rules come before the scenario's rules, each group in its order."""
        state = self.state
        if state.order is None:
            yield from range(state.first_added_rule, len(state.rules))
            yield from range(state.first_added_rule)
        else:
            yield from [index for index in state.order if index not in state.disabled]

    def check_limits(self, index: int, rule: Rule) -> None:
        """Refuse a call that the rule's quota or budget does not allow."""
        if rule.quota is not None:
            charge = compute_charge(self.state.meters, index, rule.quota, self.facts, self.now)
            if charge is not None:
                self.charges.append(charge)
                self.refusal = charge.refusal
        if rule.budget is not None and self.refusal is None:
            self.check_budget(index, rule.budget)

    def check_budget(self, index: int, budget: Budget) -> None:
        key = find_account_key(index, budget, self.facts, self.now)
        if key is None:
            return
        account = open_account(self.state.accounts, key)
        if not is_spent(account, budget):
            self.accounts.append(key)
            return
        account.refused += 1
        self.overdraft = Overdraft(budget, account.picodollars)
        self.refusal = render_spending_cap(self.facts.call.surface.error_style, self.facts.model)

    def is_due(self, when: When, key: CounterKey, number: int, repeat: int) -> bool:
        """Return whether a rule acts on this one of its matching calls."""
        if when.calls is not None and not when.calls.contains(number):
            return False
        if when.every is not None and number % when.every:
            return False
        if when.times is not None and self.state.fire_counts[key] >= when.times:
            return False
        if when.repeat is not None and not when.repeat.contains(repeat):
            return False
        if when.concurrent_over is not None and self.state.open_calls + 1 <= when.concurrent_over:
            return False
        if when.elapsed is not None:
            begin, end = when.elapsed
            if not begin <= self.now - self.state.started_at < end:
                return False
        return when.probability is None or self.draw_chance(key, number) < when.probability

    def draw_chance(self, key: CounterKey, number: int) -> float:
        """Draw a number from 0 to 1 that depends on the rule and the number of its call alone."""
        return int.from_bytes(self.compute_digest(key, number, "chance")[:8], "big") / 2**64

    def compute_digest(self, key: CounterKey, number: int, purpose: str) -> bytes:
        index, group = key
        facts = (
            self.run.seed,
            self.run.scenario.seed,
            self.run.name,
            self.state.rule_name(index),
            group,
            number,
            purpose,
        )
        text = "\0".join(map(str, facts)).encode("utf-8", "replace")
        return hashlib.blake2b(text, digest_size=16).digest()

    def seeded_random(self, key: CounterKey, number: int) -> LateRandom:
        return LateRandom(partial(self.compute_digest, key, number, "draws"))

    def build_decision(self) -> Decision:
        """Combine the acting rules. The last of them gives its name and the answer."""
        if not self.acting:
            return Decision(
                random=self.seeded_random((-1, self.group), self.state.call_count),
                is_unscripted=self.is_unscripted(),
            )
        last, index, number = self.acting[-1]
        error = self.refusal
        if last.fail is not None and error is None:
            error = render_error(last.fail, self.facts.call.surface.error_style, self.facts.model)
        rules = [rule for rule, _, _ in self.acting]
        return Decision(
            self.state.rule_name(index),
            number,
            last.say if error is None else None,
            error,
            tuple([fault for rule in rules for fault in rule.faults]),
            tuple([rule.latency for rule in rules if rule.latency is not None]),
            tuple([header for rule in rules for header in rule.headers.items()]),
            random=self.seeded_random((index, self.group), number),
            counter_keys=tuple([(acting, self.group) for _, acting, _ in self.acting]),
        )

    def is_unscripted(self) -> bool:
        """Return whether a chat gets no reply of those that a user added to the scenario."""
        added = self.state.rules[self.state.first_added_rule :]
        return self.facts.endpoints[0] == "generate" and any(rule.say is not None for rule in added)


def has_other_effects(rule: Rule) -> bool:
    """Return whether a rule does something besides its quota and its budget."""
    return bool(rule.has_answer or rule.faults or rule.latency or rule.headers)
