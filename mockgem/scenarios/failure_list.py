"""What can go wrong, for people who choose a failure: errors, faults and latency profiles."""

from __future__ import annotations

from functools import cache
from typing import Any

from mockgem.faults.registry import all_faults
from mockgem.scenarios.errors import load_errors
from mockgem.scenarios.latency import load_profiles

MAX_MESSAGE = 300
"""Characters of an error's message in the list."""


@cache
def list_failures() -> dict[str, list[dict[str, Any]]]:
    """Return the errors of the catalogue, the faults, and the names of the latency profiles."""
    return {
        "errors": [describe_error(name, entry) for name, entry in load_errors().items()],
        "faults": [
            {
                "name": fault.name,
                "help": fault.help,
                "applies_to": fault.applies_to,
                "keys": list(fault.keys),
            }
            for fault in all_faults().values()
        ],
        "latencies": [{"name": name} for name in load_profiles()],
    }


def describe_error(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an error's name, status, meaning, and the beginning of its message."""
    return {
        "name": name,
        "status": entry.get("status"),
        "code": entry.get("code", ""),
        "why": entry.get("why", ""),
        "message": str(entry.get("message", ""))[:MAX_MESSAGE],
        "surfaces": list(entry.get("surfaces", ())),
        "retryable": bool(entry.get("retryable")),
    }
