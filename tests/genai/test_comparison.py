"""mockgem does the tasks of docs/comparison.md.

The tasks of other providers are not mockgem's purpose, and a session with TLS needs a certificate
that this suite's clients do not trust.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "comparison"
sys.path.insert(0, str(FOLDER))

import tasks  # noqa: E402

from clients import Clients  # noqa: E402

OTHERS = {"responses", "claude", "talk_sdk"}


@pytest.mark.parametrize(
    "task", [task for task in tasks.TASKS if task.__name__ not in OTHERS], ids=lambda t: t.__name__
)
def test_mockgem_does_the_task(task: tasks.Task, url: str) -> None:
    play(url, FOLDER / "rules" / "mockgem.json")
    assert task(Clients(url))


@pytest.mark.parametrize("name", ["retry", "cut"])
def test_a_failure_needs_its_rule(name: str, url: str) -> None:
    with pytest.raises(AssertionError):
        getattr(tasks, name)(Clients(url))


def play(url: str, scenario: Path) -> None:
    body = json.dumps({"scenario": json.loads(scenario.read_text())}).encode()
    kind = {"content-type": "application/json"}
    request = urllib.request.Request(f"{url}/_mockgem/scenario", body, kind, method="PUT")
    urllib.request.urlopen(request, timeout=60).close()
