"""Find mistakes in a scenario that its models cannot see: unknown names, and conflicting rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mockgem.dialects.surfaces import (
    build_api_surfaces,
    iter_endpoint_words,
    list_endpoint_words,
    list_surface_words,
)
from mockgem.faults.registry import get_fault
from mockgem.scenarios import errors, latency, quotas
from mockgem.scenarios.conditions import (
    CONDITIONS,
    is_on_surface,
)
from mockgem.scenarios.schema import Fail, Rule, Scenario, When
from mockgem.scenarios.suggestions import suggest_names
from mockgem.scenarios.types import NumberRanges, match_globs

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
Mistake = tuple[tuple[Any, ...], str]
"""The location of a mistake, and a message."""


def find_mistakes(scenario: Scenario) -> list[Mistake]:
    """Return everything in a scenario that is wrong or cannot be intended."""
    return [
        *find_unknown_names(scenario),
        *find_unseen_errors(scenario),
        *find_idle_faults(scenario),
        *find_overlaps(scenario),
    ]


def find_unknown_names(scenario: Scenario) -> list[Mistake]:
    """Return the names that do not exist. A scenario with such a name cannot run."""
    mistakes = [
        ((*location, *key), message)
        for rule, name, location in list_rules(scenario)
        for key, message in check_rule(rule, name)
    ]
    if scenario.resources is not None:
        error = scenario.resources.batch_error
        for message in check_error(error, "batch_error", in_reply=True):
            mistakes.append((("resources", "batch_error"), message))
    return mistakes


def describe_unknown_names(scenario: Scenario) -> list[str]:
    """Return a message for each name that does not exist."""
    return [message for _, message in find_unknown_names(scenario)]


def find_unseen_errors(scenario: Scenario) -> Iterator[Mistake]:
    """Find rules whose error was never seen on the surfaces that they are for."""
    for rule, name, location in list_rules(scenario):
        if rule.fail is not None:
            for message in check_error_surface(rule.fail, rule.when, name):
                yield (*location, "fail"), message


def find_idle_faults(scenario: Scenario) -> Iterator[Mistake]:
    """Find stream faults in rules that exclude streams."""
    for rule, name, location in list_rules(scenario):
        for number, fault in enumerate(rule.faults):
            if rule.when.stream is False and get_fault(fault.fault).is_for_streams:
                message = f"{name}: {fault.fault} needs a stream, but the rule excludes streams"
                yield (*location, "faults", number), message


def list_rules(scenario: Scenario) -> list[tuple[Rule, str, tuple[Any, ...]]]:
    """Return the rules with their names and locations."""
    return [
        (rule, rule.name or f"rule-{index + 1}", ("rules", index))
        for index, rule in enumerate(scenario.rules)
    ]


def check_rule(rule: Rule, name: str) -> Iterator[Mistake]:
    for key in ("surface", "endpoint"):
        if patterns := getattr(rule.when, key):
            for message in check_patterns(patterns, key, f"{name}: {key}"):
                yield ("when", key), message
    if rule.fail is not None:
        for message in check_error(rule.fail.error, f"{name}: fail"):
            yield ("fail",), message
    for number, fault in enumerate(rule.faults):
        if fault.error is not None:
            for message in check_error(fault.error, f"{name}: {fault.fault}", in_reply=True):
                yield ("faults", number), message
    if rule.latency is not None and rule.latency.profile is not None:
        profiles = ("usual", *latency.load_profiles())
        for message in check_name(rule.latency.profile, profiles, f"{name}: latency profile"):
            yield ("latency", "profile"), message
    if rule.quota is not None and rule.quota.tier is not None:
        tiers = tuple(quotas.load_tiers())
        for message in check_name(rule.quota.tier, tiers, f"{name}: tier"):
            yield ("quota", "tier"), message


def is_known(pattern: str, condition: str) -> bool:
    """Return whether a pattern fits a word that a condition on surface or endpoint can use."""
    words = list_surface_words() if condition == "surface" else iter_endpoint_words()
    return any(match_globs((pattern,), word) for word in words)


def check_name(value: str, known: tuple[str, ...], where: str) -> Iterator[str]:
    if value not in known:
        yield f"{where} {value!r} does not exist; known names: {', '.join(known)}"


def check_patterns(patterns: Any, condition: str, where: str) -> Iterator[str]:
    for pattern in patterns:
        if not is_known(pattern, condition):
            known = list_surface_words() if condition == "surface" else list_endpoint_words()
            near = suggest_names(pattern, known) or list(known)
            yield f"{where} {pattern!r} does not exist; did you mean {' or '.join(near[:3])}?"


def check_error(error: str | int, where: str, *, in_reply: bool = False) -> list[str]:
    """Return what is wrong with an error; `in_reply` is an error inside a stream or a batch."""
    try:
        entry = errors.find_entry(error)
    except ValueError as problem:
        return [f"{where}: {problem}"]
    if in_reply and "message" not in entry:
        return [f"{where}: {error} is not JSON, so it cannot be part of a reply"]
    if "usual" in entry:
        return [f"{where}: a rule cannot cause {error}: {entry['usual']}"]
    if "scenario" in entry:
        example = f"`mockgem scenario show {entry['scenario']}`"
        return [f"{where}: {error} needs the key resources instead of a rule; see {example}"]
    return []


def check_error_surface(fail: Fail, when: When, name: str) -> Iterator[str]:
    """Check that an error was seen on one of the surfaces that a rule names."""
    if when.surface is None or str(fail.error) not in errors.load_errors():
        return
    surfaces = build_api_surfaces()
    wanted = [surface.name for surface in surfaces if is_on_surface(when.surface, surface)]
    seen = errors.surfaces_of_error(str(fail.error))
    if wanted and not set(wanted) & set(seen):
        yield (
            f"{name}: {fail.error} was never seen on {', '.join(wanted)}, only on {', '.join(seen)}"
        )


def find_overlaps(scenario: Scenario) -> Iterator[Mistake]:
    """Find pairs of rules that answer the same calls, where neither is a fallback of the other.

    A later rule for more calls is a fallback; a later rule for the same calls never answers.
    """
    answering = [rule for rule in list_rules(scenario) if rule[0].has_answer]
    for (rule, name, _), (later, later_name, location) in combinations(answering, 2):
        if covers(rule.when, later.when):
            message = f"{later_name} never answers: {name} comes first and answers the same calls"
            yield location, message
        elif is_ambiguous(rule.when, later.when):
            message = (
                f"{name} and {later_name} could both answer a call, and neither is more specific; "
                "add a condition to one of them"
            )
            yield location, message


def request_conditions_of(when: When) -> dict[str, Any]:
    conditions = {name: getattr(when, name) for name in REQUEST_CONDITIONS}
    return {name: value for name, value in conditions.items() if value is not None}


def counts_calls(when: When) -> bool:
    return any(getattr(when, name) is not None for name in COUNTING_CONDITIONS)


def covers(first: When, second: When) -> bool:
    """Return whether the first rule acts on every call that the second one is for."""
    mine, yours = request_conditions_of(first), request_conditions_of(second)
    return not counts_calls(first) and all(
        name in yours and yours[name] == wanted for name, wanted in mine.items()
    )


def is_ambiguous(first: When, second: When) -> bool:
    """Return whether each rule has a condition that the other lacks, and one call can meet both."""
    mine, yours = request_conditions_of(first), request_conditions_of(second)
    if not (mine.keys() - yours.keys()) or not (yours.keys() - mine.keys()):
        return False
    if any(is_disjoint(mine[name], yours[name]) for name in mine.keys() & yours.keys()):
        return False
    calls, later_calls = first.calls, second.calls
    if calls is not None and later_calls is not None and not calls.overlaps(later_calls):
        return False
    return first.probability is None and second.probability is None


def is_disjoint(first: Any, second: Any) -> bool:
    """Return whether two values of one condition exclude each other."""
    if isinstance(first, bool):
        return bool(first != second)
    if isinstance(first, NumberRanges):
        return isinstance(second, NumberRanges) and not first.overlaps(second)
    if isinstance(first, tuple):
        patterns = (*first, *second)
        has_wildcard = any(set(pattern) & set("*?[") for pattern in patterns)
        return not has_wildcard and not set(first) & set(second)
    return False
