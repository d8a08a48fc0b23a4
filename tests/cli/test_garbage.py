"""Python's garbage collector does not run during the start of a usual server."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import gc
runs = []
gc.callbacks.append(lambda phase, info: runs.append(phase))
from mockgem.cli.garbage import limit_garbage_collection, postpone_garbage_collection
%s
import mockgem.cli.serve, mockgem.scenarios.library
before = len(runs)
limit_garbage_collection()
print(before > 0, len(runs) > before, gc.get_freeze_count() > 10_000, gc.get_threshold())
"""


@pytest.mark.parametrize(
    ("first", "printed"),
    [
        ("runs.clear(); postpone_garbage_collection()", "False False True (20000, 20, 50)"),
        ("", "True True True (20000, 20, 50)"),
    ],
)
def test_it_runs_in_a_start_only_if_nothing_postpones_it(first: str, printed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE % first],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.strip() == printed
