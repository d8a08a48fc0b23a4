"""Looks over a scenario for mistakes that can be read: unknown names, and rules that get in each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mockgem.faults.registry import STREAM_ONLY
from mockgem.scenarios import errors, latency, quotas
from mockgem.scenarios.conditions import CONDITIONS, GROUPS, METHODS, OPERATIONS, SURFACES, on_surface
from mockgem.scenarios.schema import Fail, Rule, Scenario, When
from mockgem.scenarios.suggestions import nearest
from mockgem.scenarios.types import Numbers, fits

KNOWN_SURFACES = (*SURFACES, *GROUPS)
KNOWN_ENDPOINTS = (*OPERATIONS, *METHODS)


Mistake = tuple[tuple[Any, ...], str]
"""Where something is wrong, and what."""


def mistakes(scenario: Scenario) -> list[Mistake]:
    """What is wrong or can't be meant."""
    placed = [
        ((*place, "fail"), line)
        for rule, name, place in by_name(scenario)
        if rule.fail
        for line in elsewhere(rule.fail, rule.when, name)
    ]
    return [*unknown_names(scenario), *placed, *idle(scenario), *overlaps(scenario)]


def unknown_names(scenario: Scenario) -> list[Mistake]:
    """Names that there are none of: with such a scenario nothing can be played."""
    found = [((*place, *where), line) for rule, name, place in by_name(scenario) for where, line in in_rule(rule, name)]
    if scenario.resources is not None:
        found += [
            (("resources", "batch_error"), line)
            for line in unknown_error(scenario.resources.batch_error, "batch_error", inside=True)
        ]
    return found


def idle(scenario: Scenario) -> Iterator[Mistake]:
    """Faults of streams where there are none."""
    for rule, name, place in by_name(scenario):
        for number, fault in enumerate(rule.faults):
            if rule.when.stream is False and fault.fault in STREAM_ONLY:
                yield (
                    (*place, "faults", number),
                    f"{name}: {fault.fault} happens to streams alone, and the rule is for none",
                )


def by_name(scenario: Scenario) -> list[tuple[Rule, str, tuple[Any, ...]]]:
    """Rules with their names and places."""
    return [(rule, named(rule, number), ("rules", number)) for number, rule in enumerate(scenario.rules)]


def named(rule: Rule, number: int) -> str:
    return rule.name or f"rule-{number + 1}"


def in_rule(rule: Rule, name: str) -> Iterator[Mistake]:
    for word, known in (("surface", KNOWN_SURFACES), ("endpoint", KNOWN_ENDPOINTS)):
        for line in unknown(getattr(rule.when, word), known, f"{name}: {word}"):
            yield ("when", word), line
    if rule.fail is not None:
        for line in unknown_error(rule.fail.error, f"{name}: fail"):
            yield ("fail",), line
    for number, fault in enumerate(rule.faults):
        for line in unknown_error(fault.error, f"{name}: {fault.fault}", inside=True) if fault.error is not None else ():
            yield ("faults", number), line
    if rule.latency is not None and rule.latency.profile not in (None, "usual", *latency.profiles()):
        known_ = ", ".join(latency.profiles())
        yield (
            ("latency", "profile"),
            f"{name}: there is no latency profile {rule.latency.profile!r}; known are usual, {known_}",
        )
    if rule.quota is not None and rule.quota.tier not in (None, *quotas.tiers()):
        yield ("quota", "tier"), f"{name}: there is no tier {rule.quota.tier!r}; known are {', '.join(quotas.tiers())}"


def unknown(patterns: Any, known: tuple[str, ...], where: str) -> Iterator[str]:
    for pattern in patterns or ():
        if not any(fits((pattern,), one) for one in known):
            near = nearest(pattern, known) or list(known)
            yield f"{where} {pattern!r} is none that there is; did you mean {' or '.join(near[:3])}?"


def unknown_error(error: str | int, where: str, *, inside: bool = False) -> list[str]:
    try:
        entry = errors.catalogue()[errors.named(error)]
    except ValueError as problem:
        return [f"{where}: {problem}"]
    if inside and "message" not in entry:
        return [f"{where}: {error} is no error in JSON, and can't stand inside an answer"]
    if "usual" in entry:
        return [f"{where}: {error} can't be made by a rule: {entry['usual']}"]
    if "scenario" in entry:
        return [f"{where}: {error} is a matter of resources; see `mockgem scenario show {entry['scenario']}`"]
    return []


def elsewhere(fail: Fail, when: When, name: str) -> Iterator[str]:
    """An error on surfaces alone where it never was seen."""
    if when.surface is None or str(fail.error) not in errors.catalogue():
        return
    wanted = [one for one in SURFACES if on_surface(when.surface, one)]
    seen = errors.seen_on(str(fail.error))
    if wanted and not set(wanted) & set(seen):
        yield f"{name}: {fail.error} was never seen on {', '.join(wanted)}, but on {', '.join(seen)}"


def overlaps(scenario: Scenario) -> Iterator[Mistake]:
    """Rules of which both would answer the same call, though neither is meant to stand behind the other.

    A later rule that is for more calls is a fallback; one that is for exactly the same calls never gets a turn.
    """
    answering = [(name, rule, place) for rule, name, place in by_name(scenario) if rule.answers]
    for (first, one, _), (second, other, place) in combinations(answering, 2):
        if covers(one.when, other.when):
            yield place, f"{second} never answers: {first} is before it and answers all the same calls"
        elif crossed(one.when, other.when):
            yield (
                place,
                f"{first} and {second} could both answer a call, and neither is more exact; say in one which it is for",
            )


FACTS = tuple(CONDITIONS)
COUNTS = ("calls", "every", "times", "probability", "elapsed", "concurrent_over", "repeat")


def facts_of(when: When) -> dict[str, Any]:
    return {name: getattr(when, name) for name in FACTS if getattr(when, name) is not None}


def counts_of(when: When) -> dict[str, Any]:
    return {name: getattr(when, name) for name in COUNTS if getattr(when, name) is not None}


def covers(one: When, other: When) -> bool:
    """Whether a rule without counting is for every call that the other is for."""
    mine, yours = facts_of(one), facts_of(other)
    return not counts_of(one) and all(name in yours and yours[name] == wanted for name, wanted in mine.items())


def crossed(one: When, other: When) -> bool:
    """Whether two rules are each for something the other is not for, and can meet in one call."""
    mine, yours = facts_of(one), facts_of(other)
    if not (mine.keys() - yours.keys()) or not (yours.keys() - mine.keys()):
        return False
    if any(apart(name, mine[name], yours[name]) for name in mine.keys() & yours.keys()):
        return False
    calls, others = one.calls, other.calls
    if isinstance(calls, Numbers) and isinstance(others, Numbers) and not calls.overlaps(others):
        return False
    return not (one.probability is not None or other.probability is not None)


def apart(name: str, one: Any, other: Any) -> bool:
    """Whether two conditions on the same thing can't both hold."""
    if isinstance(one, bool):
        return bool(one != other)
    if isinstance(one, Numbers):
        return isinstance(other, Numbers) and not one.overlaps(other)
    if isinstance(one, tuple):
        plain = [pattern for pattern in (*one, *other) if not set(pattern) & set("*?[")]
        return len(plain) == len(one) + len(other) and not set(one) & set(other)
    return False
