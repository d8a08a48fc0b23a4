"""Run the tests of a mutant in a forked process.

Most mutants change a function: their process is a fork of one that has imported everything and
collected the tests. The others change what an import does: their process imports mockgem with the
change, and then collects its tests.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from types import CodeType, ModuleType

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook

from tests.mutation import measure
from tests.mutation.mutants import ROOT, Mutant, compile_mutant
from tests.mutation.swapping import CannotSwapError, Functions, index_functions, swap

SURVIVED, KILLED, NOT_APPLIED = 0, 1, 9
"""The exit codes of the process of a mutant; a signal, such as that of a timer, also kills."""
LEAST_SECONDS = 10.0
"""How long each test may take at least, and how many times longer than without the change."""
FACTOR = 10
MOST_MEMORY = 6 << 30
ARGUMENTS = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal"]
PRELOADED = (
    "aiohttp",
    "faker",
    "httpx",
    "hypothesis",
    "openai",
    "orjson",
    "pydantic",
    "vcr",
    "yaml",
)


@dataclass(frozen=True)
class Run:
    """A mutant with its tests, the most promising first, and the seconds that each one takes."""

    mutant: Mutant
    tests: tuple[str, ...]
    seconds: tuple[float, ...]
    is_control: bool = False
    """Whether the tests run without the change, to see that they pass."""
    is_import: bool = False
    """Whether only an import runs the changed code."""


Report = Callable[[Run, int], None]
"""What is called with each result: a wait status of the process."""


def fork_all(
    runs: Iterable[Run], workers: int, child: Callable[[Run], int], report: Report
) -> None:
    """Call a function for each run in a process of its own, some at the same time."""
    running: dict[int, Run] = {}
    for run in runs:
        if len(running) == workers:
            wait_for_one(running, report)
        pid = os.fork()
        if pid == 0:
            run_in_child(run, child)
        running[pid] = run
    while running:
        wait_for_one(running, report)


def wait_for_one(running: dict[int, Run], report: Report) -> None:
    pid, status = os.waitpid(-1, 0)
    if pid in running:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        report(running.pop(pid), status)


def run_in_child(run: Run, child: Callable[[Run], int]) -> None:
    """Run a child to its end, in a group of processes that can be ended together."""
    code = KILLED
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        sink = os.open(os.devnull, os.O_RDWR)
        for descriptor in (1, 2):
            os.dup2(sink, descriptor)
        code = child(run)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class WarmLoop:
    """A plugin for pytest that runs mutants instead of the collected tests."""

    def __init__(self, runs: Sequence[Run], workers: int, report: Report) -> None:
        self.runs = runs
        self.workers = workers
        self.report = report
        self.items: dict[str, pytest.Item] = {}
        self.functions: Functions = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.functions = index_functions()
        fork_all(self.runs, self.workers, self.try_mutant, self.report)
        return True

    def try_mutant(self, run: Run) -> int:
        try:
            if not run.is_control:
                swap(run.mutant, self.functions)
        except CannotSwapError:
            return NOT_APPLIED
        items = [
            (self.items[test], seconds)
            for test, seconds in zip(run.tests, run.seconds, strict=True)
            if test in self.items
        ]
        return run_items(items) if items else NOT_APPLIED


def run_items(items: Sequence[tuple[pytest.Item, float]]) -> int:
    """Run tests until one fails."""
    first_failure = FirstFailure()
    items[0][0].config.pluginmanager.register(first_failure)
    for index, (item, seconds) in enumerate(items):
        following = items[index + 1][0] if index + 1 < len(items) else None
        first_failure.start_timer(seconds)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if first_failure.failed:
            return KILLED
    return SURVIVED


class FirstFailure:
    """A plugin that notices a failure, and ends the process if a test takes too long."""

    failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def start_timer(self, seconds: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, LEAST_SECONDS + FACTOR * seconds)


def run_warm(runs: Sequence[Run], workers: int, report: Report) -> None:
    """Run mutants that change functions."""
    if not runs:
        return
    files = sorted({test.partition("::")[0] for run in runs for test in run.tests})
    pytest.main([*ARGUMENTS, *files], plugins=[measure, WarmLoop(runs, workers, report)])


def run_cold(runs: Sequence[Run], workers: int, report: Report) -> None:
    """Run mutants that change what imports do. mockgem must not be imported yet."""
    for name in PRELOADED:
        importlib.import_module(name)
    allow_imported_modules()
    fork_all(runs, workers, try_import, report)


def allow_imported_modules() -> None:
    """Stop pytest's warnings about modules that were imported before it.

    In a pytest that a test runs in the same process they would be errors.
    """
    AssertionRewritingHook._warn_already_imported = void  # type: ignore[assignment]


def void(*_: object) -> None:
    """Do nothing."""


def try_import(run: Run) -> int:
    signal.setitimer(signal.ITIMER_REAL, 4 * LEAST_SECONDS + FACTOR * sum(run.seconds))
    plugins: list[object] = [measure]
    if not run.is_control:
        finder = MutantFinder(run.mutant)
        finder.go_first()
        importlib.import_module(finder.name)  # before pytest puts a finder of its own first
        plugins.append(finder)
    status = pytest.main([*ARGUMENTS, "-x", *run.tests], plugins=plugins)
    return SURVIVED if status == 0 else KILLED


class MutantFinder(MetaPathFinder):
    """Finds one module of mockgem, with its change."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = mutant.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def go_first(self) -> None:
        sys.meta_path[:] = [self, *[finder for finder in sys.meta_path if finder is not self]]

    def pytest_sessionstart(self) -> None:
        """Stay before pytest's finder: a test may import the module again."""
        self.go_first()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = MutantLoader(self.mutant, fullname)
        return spec_from_loader(fullname, loader)


class MutantLoader(SourceFileLoader):
    def __init__(self, mutant: Mutant, name: str) -> None:
        super().__init__(name, str(ROOT / mutant.module))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compile_mutant(self.mutant)
