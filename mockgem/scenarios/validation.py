"""Looks over a scenario for mistakes that can be read: unknown names, and rules that get in each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mockgem.faults.registry import STREAM_ONLY
from mockgem.scenarios import errors, latency, quotas
from mockgem.scenarios.conditions import (
    CONDITIONS,
    METHOD_NAMES,
    OPERATIONS,
    SURFACE_GROUPS,
    SURFACES,
    is_on_surface,
)
from mockgem.scenarios.schema import Fail, Rule, Scenario, When
from mockgem.scenarios.suggestions import suggest_names
from mockgem.scenarios.types import NumberRanges, match_globs

KNOWN_SURFACES = (*SURFACES, *SURFACE_GROUPS)
KNOWN_ENDPOINTS = (*OPERATIONS, *METHOD_NAMES)


Mistake = tuple[tuple[Any, ...], str]
"""Where something is wrong, and what."""


def find_mistakes(scenario: Scenario) -> list[Mistake]:
    """What is wrong or can't be meant."""
    placed = [
        ((*place, "fail"), line)
        for rule, name, place in list_rules(scenario)
        if rule.fail
        for line in check_error_surface(rule.fail, rule.when, name)
    ]
    return [
        *find_unknown_names(scenario),
        *placed,
        *find_idle_faults(scenario),
        *find_overlaps(scenario),
    ]


def find_unknown_names(scenario: Scenario) -> list[Mistake]:
    """Names that there are none of: with such a scenario nothing can be played."""
    found = [
        ((*place, *where), line)
        for rule, name, place in list_rules(scenario)
        for where, line in check_rule(rule, name)
    ]
    if scenario.resources is not None:
        found += [
            (("resources", "batch_error"), line)
            for line in check_error(scenario.resources.batch_error, "batch_error", in_answer=True)
        ]
    return found


def describe_unknown_names(scenario: Scenario) -> list[str]:
    """Names in a scenario that there are none of."""
    return [words for _, words in find_unknown_names(scenario)]


def find_idle_faults(scenario: Scenario) -> Iterator[Mistake]:
    """Faults of streams where there are none."""
    for rule, name, place in list_rules(scenario):
        for number, fault in enumerate(rule.faults):
            if rule.when.stream is False and fault.fault in STREAM_ONLY:
                yield (
                    (*place, "faults", number),
                    f"{name}: {fault.fault} happens to streams alone, and the rule is for none",
                )


def list_rules(scenario: Scenario) -> list[tuple[Rule, str, tuple[Any, ...]]]:
    """Rules with their names and places."""
    return [
        (rule, name_of_rule(rule, number), ("rules", number))
        for number, rule in enumerate(scenario.rules)
    ]


def name_of_rule(rule: Rule, number: int) -> str:
    return rule.name or f"rule-{number + 1}"


def check_rule(rule: Rule, name: str) -> Iterator[Mistake]:
    for word, known in (("surface", KNOWN_SURFACES), ("endpoint", KNOWN_ENDPOINTS)):
        for line in check_patterns(getattr(rule.when, word), known, f"{name}: {word}"):
            yield ("when", word), line
    if rule.fail is not None:
        for line in check_error(rule.fail.error, f"{name}: fail"):
            yield ("fail",), line
    for number, fault in enumerate(rule.faults):
        for line in (
            check_error(fault.error, f"{name}: {fault.fault}", in_answer=True)
            if fault.error is not None
            else ()
        ):
            yield ("faults", number), line
    if rule.latency is not None and rule.latency.profile not in (
        None,
        "usual",
        *latency.load_profiles(),
    ):
        known_ = ", ".join(latency.load_profiles())
        yield (
            ("latency", "profile"),
            f"{name}: there is no latency profile {rule.latency.profile!r}; known are usual, {known_}",
        )
    if rule.quota is not None and rule.quota.tier not in (None, *quotas.load_tiers()):
        yield (
            ("quota", "tier"),
            f"{name}: there is no tier {rule.quota.tier!r}; known are {', '.join(quotas.load_tiers())}",
        )


def check_patterns(patterns: Any, known: tuple[str, ...], where: str) -> Iterator[str]:
    for pattern in patterns or ():
        if not any(match_globs((pattern,), one) for one in known):
            near = suggest_names(pattern, known) or list(known)
            yield f"{where} {pattern!r} is none that there is; did you mean {' or '.join(near[:3])}?"


def check_error(error: str | int, where: str, *, in_answer: bool = False) -> list[str]:
    try:
        entry = errors.load_errors()[errors.resolve_error_name(error)]
    except ValueError as problem:
        return [f"{where}: {problem}"]
    if in_answer and "message" not in entry:
        return [f"{where}: {error} is no error in JSON, and can't stand inside an answer"]
    if "usual" in entry:
        return [f"{where}: {error} can't be made by a rule: {entry['usual']}"]
    if "scenario" in entry:
        return [
            f"{where}: {error} is a matter of resources; see `mockgem scenario show {entry['scenario']}`"
        ]
    return []


def check_error_surface(fail: Fail, when: When, name: str) -> Iterator[str]:
    """An error on surfaces alone where it never was seen."""
    if when.surface is None or str(fail.error) not in errors.load_errors():
        return
    wanted = [one for one in SURFACES if is_on_surface(when.surface, one)]
    seen = errors.surfaces_of_error(str(fail.error))
    if wanted and not set(wanted) & set(seen):
        yield f"{name}: {fail.error} was never seen on {', '.join(wanted)}, but on {', '.join(seen)}"


def find_overlaps(scenario: Scenario) -> Iterator[Mistake]:
    """Rules of which both would answer the same call, though neither is meant to stand behind the other.

    A later rule that is for more calls is a fallback; one that is for exactly the same calls never gets a turn.
    """
    answering = [
        (name, rule, place) for rule, name, place in list_rules(scenario) if rule.has_answer
    ]
    for (first, one, _), (second, other, place) in combinations(answering, 2):
        if covers(one.when, other.when):
            yield (
                place,
                f"{second} never answers: {first} is before it and answers all the same calls",
            )
        elif is_ambiguous(one.when, other.when):
            yield (
                place,
                f"{first} and {second} could both answer a call, and neither is more exact; say in one which it is for",
            )


REQUEST_CONDITIONS = tuple(CONDITIONS)
COUNTING_CONDITIONS = (
    "calls",
    "every",
    "times",
    "probability",
    "elapsed",
    "concurrent_over",
    "repeat",
)


def request_conditions_of(when: When) -> dict[str, Any]:
    return {
        name: getattr(when, name) for name in REQUEST_CONDITIONS if getattr(when, name) is not None
    }


def counting_conditions_of(when: When) -> dict[str, Any]:
    return {
        name: getattr(when, name) for name in COUNTING_CONDITIONS if getattr(when, name) is not None
    }


def covers(one: When, other: When) -> bool:
    """Whether a rule without counting is for every call that the other is for."""
    mine, yours = request_conditions_of(one), request_conditions_of(other)
    return not counting_conditions_of(one) and all(
        name in yours and yours[name] == wanted for name, wanted in mine.items()
    )


def is_ambiguous(one: When, other: When) -> bool:
    """Whether two rules are each for something the other is not for, and can meet in one call."""
    mine, yours = request_conditions_of(one), request_conditions_of(other)
    if not (mine.keys() - yours.keys()) or not (yours.keys() - mine.keys()):
        return False
    if any(is_disjoint(name, mine[name], yours[name]) for name in mine.keys() & yours.keys()):
        return False
    calls, others = one.calls, other.calls
    if (
        isinstance(calls, NumberRanges)
        and isinstance(others, NumberRanges)
        and not calls.overlaps(others)
    ):
        return False
    return not (one.probability is not None or other.probability is not None)


def is_disjoint(name: str, one: Any, other: Any) -> bool:
    """Whether two conditions on the same thing can't both hold."""
    if isinstance(one, bool):
        return bool(one != other)
    if isinstance(one, NumberRanges):
        return isinstance(other, NumberRanges) and not one.overlaps(other)
    if isinstance(one, tuple):
        plain = [pattern for pattern in (*one, *other) if not set(pattern) & set("*?[")]
        return len(plain) == len(one) + len(other) and not set(one) & set(other)
    return False
