"""The parts of mockgem whose tests are measured, and the share of mutants that they must kill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.mutation.mutants import ROOT


@dataclass(frozen=True)
class Group:
    """Some modules with one target, in percent."""

    name: str
    target: int
    patterns: tuple[str, ...]

    def contains(self, module: str) -> bool:
        return any(fnmatchcase(module, f"mockgem/{pattern}.py") for pattern in self.patterns)


def group(name: str, target: int, patterns: str) -> Group:
    return Group(name, target, tuple(patterns.split()))


GROUPS = (
    group(
        "redaction",
        90,
        "redaction/* recording/redaction recording/redacted_requests recording/unknown_keys",
    ),
    group("matching", 90, "recording/matching recording/index recording/diff"),
    group("recording", 90, "recording/*"),
    group("server", 90, "server/*"),
    group("storage", 90, "storage/*"),
    group("batches", 90, "operations/batch* operations/long_running"),
    group("validation", 90, "operations/validation/*"),
    group("dialects", 90, "dialects/*"),
    group("quotas", 85, "scenarios/quotas scenarios/meters operations/quota"),
    group(
        "rules",
        85,
        "scenarios/conditions scenarios/evaluation scenarios/selection scenarios/rule_faults "
        "scenarios/scripted_replies scenarios/latency scenarios/resource_overrides",
    ),
    group(
        "scenario runs",
        85,
        "scenarios/run scenarios/runner scenarios/state scenarios/stored_state "
        "scenarios/call_history scenarios/manager scenarios/source scenarios/decision",
    ),
    group(
        "stream faults",
        85,
        "faults/stream faults/frames faults/events faults/position faults/pacing",
    ),
)
"""A module belongs to the first group that contains it."""
OTHER = Group("other", 0, ("*",))


def find_group(module: str) -> Group:
    return next((group for group in GROUPS if group.contains(module)), OTHER)


def names_groups(places: Sequence[str]) -> bool:
    """Return whether all modules of some groups are meant: without a place, those of all."""
    return {group.name for group in GROUPS}.issuperset(places)


def find_modules(places: tuple[str, ...]) -> list[str]:
    """Return the modules of groups, folders or files; without a place, those of all groups."""
    modules = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("mockgem/**/*.py"))
    if not places:
        return [module for module in modules if find_group(module) is not OTHER]
    found = [
        module
        for module in modules
        if any(
            find_group(module).name == place or f"{module}/".startswith(f"{place.rstrip('/')}/")
            for place in places
        )
    ]
    if not found:
        names = ", ".join(f'"{group.name}"' for group in GROUPS)
        raise SystemExit(
            f"{' '.join(places)} names no module: use {names}, or a path such as mockgem/storage."
        )
    return found
