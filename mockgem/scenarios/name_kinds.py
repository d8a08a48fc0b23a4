"""Recognize a name of the wrong kind: scenarios, errors and faults are easily confused."""

from __future__ import annotations

USAGE_HINTS = {
    "error": "{name!r} is an error: fail: {name} in a rule, mockgem.fail({name!r}) in a test",
    "fault": (
        "{name!r} is a fault: faults: [{name}] in a rule, "
        "mockgem.say(…, faults=[{name!r}]) in a test"
    ),
    "scenario": "{name!r} is a scenario: --scenario {name}, mockgem.scenario({name!r}) in a test",
}


def find_kind(name: str) -> str:
    """Return what a name is: error, fault, scenario, or an empty text."""
    from mockgem.faults.registry import all_faults
    from mockgem.scenarios.errors import load_errors
    from mockgem.scenarios.library import ScenarioLibrary

    known = {
        "error": load_errors(),
        "fault": all_faults(),
        "scenario": ScenarioLibrary().list_files(),
    }
    return next((kind for kind, names in known.items() if name in names), "")


def suggest_usage(name: str, wanted: str) -> str:
    """Return how to use a name of another kind than the wanted one; or an empty text."""
    kind = find_kind(name)
    return USAGE_HINTS[kind].format(name=name) if kind and kind != wanted else ""
