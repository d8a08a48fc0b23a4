"""Measure which lines of mockgem each test reaches, as a plugin of pytest.

`python -m pytest -n 2 -p tests.mutation.measure` writes one JSON file for each process of
pytest-xdist into the directory that MOCKGEM_MUTATION names.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parent.parent.parent
VARIABLE = "MOCKGEM_MUTATION"
EXAMPLES = 15


def use_fixed_examples() -> None:
    """Let property tests try the same few examples in each process."""
    from hypothesis import settings

    settings.register_profile(
        "mutation", max_examples=EXAMPLES, derandomize=True, database=None, deadline=None
    )
    settings.load_profile("mutation")


def pytest_configure(config: pytest.Config) -> None:
    use_fixed_examples()
    if directory := os.environ.get(VARIABLE):
        config.pluginmanager.register(Measurement(Path(directory)))


class Measurement:
    """The lines, the duration and the result of each test of this process."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.coverage = coverage.Coverage(
            data_file=None, config_file=False, include=[f"{ROOT}/mockgem/*"]
        )
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def pytest_sessionstart(self) -> None:
        self.coverage.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        start = time.monotonic()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = round(time.monotonic() - start, 3)
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        if self.seconds:
            worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
            (self.directory / f"{worker}.json").write_text(json.dumps(self.collect()))

    def collect(self) -> dict[str, object]:
        """Return the seconds and the lines of the tests, and None for one that failed.

        Lines are a bit mask in hexadecimal.
        """
        data = self.coverage.get_data()
        tests: dict[str, dict[str, int]] = {}
        for file in data.measured_files():
            name = str(Path(file).relative_to(ROOT))
            for line, contexts in data.contexts_by_lineno(file).items():
                for test in contexts:
                    if test:
                        lines = tests.setdefault(test, {})
                        lines[name] = lines.get(name, 0) | 1 << line
        return {
            test: None
            if test in self.failed
            else {
                "seconds": seconds,
                "lines": {name: f"{mask:x}" for name, mask in tests.get(test, {}).items()},
            }
            for test, seconds in self.seconds.items()
        }
