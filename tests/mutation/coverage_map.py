"""Which tests reach a line: measured once, and again for tests that have changed."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import zip_longest
from typing import Any

from tests.mutation.imports import find_imports
from tests.mutation.measure import VARIABLE
from tests.mutation.mutants import ROOT, Mutant, read_module
from tests.mutation.running import Run

BUILD = ROOT / "build" / "mutation"
CACHE = BUILD / "coverage.json"
GOLDEN = "tests/golden/test_golden.py::test_answers_are_the_golden_ones"
DECLARATIONS = {
    "mockgem/dialects/": ("tests/dialects/test_endpoints.py::",),
    "mockgem/dialects/admin/": (f"{GOLDEN}[admin/",),
    "mockgem/dialects/gemini/": ("tests/dialects/test_unknown_fields.py::",),
    "mockgem/dialects/openai/": ("tests/dialects/test_unknown_fields.py::",),
}
"""Tests that compare what the modules of a folder define. They reach no line that only an import
runs, and are the most promising ones for the lines that they reach."""
SLOW_TESTS = ("tests/recording/test_canary.py", "tests/recording/test_with_vcrpy.py")
"""Slow tests that run mockgem in their own process; they count where no quick test reaches."""
OTHER_TESTS = frozenset(
    "abuse console docs frameworks genai go java mutation node schemas sdk".split()
)
"""Folders of tests that run mockgem in other processes, need other packages, or do not run it."""


SAME_LETTERS = 5
NEAR_TURNS = 5
EMPTY: dict[str, Any] = {"hashes": {}, "sources": {}, "tests": {}}


@dataclass
class ReachedLines:
    """One test: how long it takes, and a bit mask of the lines of each module that it reaches."""

    test: str
    seconds: float
    lines: dict[str, int]

    @cached_property
    def line_count(self) -> int:
        return sum(mask.bit_count() for mask in self.lines.values())

    @property
    def file(self) -> str:
        return file_of(self.test)

    @property
    def is_slow(self) -> bool:
        return self.file in SLOW_TESTS


class CoverageMap:
    """The tests with the lines that they reach."""

    def __init__(self, tests: Iterable[ReachedLines]) -> None:
        self.tests = list(tests)

    def find_run(self, mutant: Mutant, most_seconds: float) -> Run | None:
        """Return a mutant with its tests, or None if no test reaches it."""
        most_seconds = most_seconds if mutant.outer else most_seconds / 2
        reaching = self.find_tests(mutant)
        is_import = not mutant.outer or not reaching
        if is_import:
            reaching = reaching or self.find_module_tests(mutant.module)
            reaching += self.find_importing_tests(mutant.module)
        declared = self.find_declaration_tests(mutant.module, () if is_import else reaching)
        chosen: dict[str, ReachedLines] = {}
        total = 0.0
        for test in sort_tests(reaching, mutant.module, declared):
            if test.test not in chosen and (total + test.seconds <= most_seconds or not chosen):
                total += test.seconds
                chosen[test.test] = test
        if not chosen:
            return None
        tests = sort_for_fixtures([*chosen.values()])
        names = tuple(test.test for test in tests)
        seconds = tuple(test.seconds for test in tests)
        return Run(mutant, names, seconds, is_import=is_import)

    def find_tests(self, mutant: Mutant) -> list[ReachedLines]:
        """Return the tests of the line; of the statement, if the line has no code of its own."""
        masks = [1 << mutant.line, 1 << mutant.first_line]
        if not mutant.outer:
            masks = [find_uses(mutant.module, mutant.first_line)]
        for slow in (False, True):
            for mask in masks:
                found = [
                    test
                    for test in self.tests
                    if test.is_slow == slow and test.lines.get(mutant.module, 0) & mask
                ]
                if found:
                    return found
        return []

    def find_importing_tests(self, module: str) -> list[ReachedLines]:
        """Return the quick tests of files that import a module."""
        quick = [test for test in self.tests if not test.is_slow]
        return [test for test in quick if module in find_imports(test.file)]

    def find_declaration_tests(
        self, module: str, reaching: Sequence[ReachedLines]
    ) -> list[ReachedLines]:
        """Return the tests that compare what a module defines with a list, of some tests or all."""
        folders = [folder for folder in DECLARATIONS if module.startswith(folder)]
        names = tuple([name for folder in folders for name in DECLARATIONS[folder]])
        return [test for test in reaching or self.tests if test.test.startswith(names)]

    def find_module_tests(self, module: str) -> list[ReachedLines]:
        """Return the tests for what only an import runs: all of the module, or of its package.

        A package without tests of its own has those of the package around it.
        """
        quick = [test for test in self.tests if not test.is_slow]
        found = [test for test in quick if module in test.lines]
        folder = mirror(module)
        while not found and "/" in folder:
            found = [test for test in quick if test.file.startswith(f"{folder}/")]
            folder = folder.rpartition("/")[0]
        return found


def find_uses(module: str, line: int) -> int:
    """Return the lines of functions that use what a statement of a module defines, as a mask."""
    tree = read_module(module)
    defining = [one for one in tree.body if one.lineno <= line <= (one.end_lineno or one.lineno)]
    defined = {
        node.name if isinstance(node, ast.ClassDef) else node.id
        for statement in defining
        for node in ast.walk(statement)
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }
    lines = {
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id in defined and isinstance(node.ctx, ast.Load)
    }
    return sum(1 << number for number in lines)


def sort_tests(
    tests: Iterable[ReachedLines], module: str, declared: Sequence[ReachedLines] = ()
) -> list[ReachedLines]:
    """Return the most promising tests first: those of files that import the module, those that
    compare what it defines, and those of files with its name."""
    ranked = sorted(tests, key=lambda test: rank(test, module))
    in_turns = list(take_turns(ranked, module))
    importing = [test for test in in_turns if module in find_imports(test.file)]
    importing.sort(key=lambda test: not is_nearest(test, module))
    nearest = [test for test in ranked if is_nearest(test, module)]
    return [*importing, *declared, *nearest, *in_turns]


def is_nearest(test: ReachedLines, module: str) -> bool:
    """Return whether the name of a test's file begins like the name of a module."""
    name = module.rpartition("/")[2].removesuffix(".py")[:SAME_LETTERS]
    return test.file.startswith(f"{mirror(module)}/test_{name}")


def rank(test: ReachedLines, module: str) -> tuple[bool, float, int]:
    """Order tests: those of the same package first, then quick ones that reach little."""
    return not test.file.startswith(mirror(module)), round(test.seconds, 1), test.line_count


def take_turns(tests: Iterable[ReachedLines], module: str) -> Iterator[ReachedLines]:
    """Yield the first test of each file, then the second: different tests find more.

    The files of the package of a module have more than one turn.
    """
    near = mirror(module)
    files: dict[tuple[str, int], list[ReachedLines]] = {}
    for number, test in enumerate(tests):
        turn = number % NEAR_TURNS if test.file.startswith(near) else 0
        files.setdefault((test.file, turn), []).append(test)
    for round_ in zip_longest(*files.values()):
        yield from [test for test in round_ if test is not None]


def mirror(module: str) -> str:
    """Return the folder of the tests of a module."""
    return "tests/" + "/".join(module.split("/")[1:-1])


def sort_for_fixtures(tests: list[ReachedLines]) -> list[ReachedLines]:
    """Return the tests with those of one file together, so that they share fixtures."""
    order = {file: index for index, file in reversed(list(enumerate(test.file for test in tests)))}
    return sorted(tests, key=lambda test: order[test.file])


def load_coverage(workers: int, *, anew: bool = False) -> CoverageMap:
    """Return the coverage of the tests. Only new and changed tests are measured, unless `anew`.

    When a module changes, the tests of a line stay those of the line, wherever it moves; a new line
    has those of the line before it. A new module has no tests yet, so all are measured again.
    Files with a test that failed are measured again the next time.
    """
    cached = json.loads(CACHE.read_text("utf-8")) if CACHE.exists() and not anew else EMPTY
    hashes, sources = hash_tests(), read_sources()
    if new := find_new_modules(cached["sources"], sources):
        print(f"No test was measured with {', '.join(new)}.")
        cached = EMPTY
    tests = {
        test: {**values, "lines": move_lines(values["lines"], cached["sources"], sources)}
        for test, values in cached["tests"].items()
        if hashes.get(file := file_of(test)) == cached["hashes"].get(file)
    }
    if changed := sorted(
        file for file, value in hashes.items() if cached["hashes"].get(file) != value
    ):
        tests |= measure(changed, workers)
    failed = {file_of(test) for test, values in tests.items() if values is None}
    tests = {test: values for test, values in tests.items() if values is not None}
    hashes = {file: value for file, value in hashes.items() if file not in failed}
    cached = {"hashes": hashes, "sources": sources, "tests": tests}
    CACHE.write_text(json.dumps(cached))
    return CoverageMap(read_test(name, values) for name, values in tests.items())


def find_new_modules(before: Collection[str], now: Collection[str]) -> list[str]:
    """Return the modules that did not exist when the tests were measured; none if none were."""
    return sorted({*now} - {*before}) if before else []


def file_of(test: str) -> str:
    return test.partition("::")[0]


def move_lines(
    lines: dict[str, str], before: dict[str, str], after: dict[str, str]
) -> dict[str, str]:
    """Return the lines that a test reaches in modules that may have changed."""
    return {
        module: mask
        if before[module] == after[module]
        else move_mask(mask, before[module], after[module])
        for module, mask in lines.items()
        if module in after
    }


@cache
def move_mask(mask: str, before: str, after: str) -> str:
    old = int(mask, 16)
    lines = enumerate(map_lines(before, after), 1)
    return f"{sum(1 << line for line, earlier in lines if old >> earlier & 1):x}"


@cache
def map_lines(before: str, after: str) -> tuple[int, ...]:
    """Return the earlier number of each line; of a new line, that of the line before it."""
    earlier, now = before.splitlines(), after.splitlines()
    numbers = [0] * len(now)
    matcher = SequenceMatcher(None, earlier, now, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        for offset in range(size):
            numbers[new + offset] = old + offset + 1
    last = 0
    for index, number in enumerate(numbers):
        last = numbers[index] = number or last
    return tuple(numbers)


def read_test(name: str, values: dict[str, Any]) -> ReachedLines:
    lines = {module: int(mask, 16) for module, mask in values["lines"].items()}
    return ReachedLines(name, values["seconds"], lines)


def hash_tests() -> dict[str, str]:
    """Return a hash of each file of tests."""
    return {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(ROOT.glob("tests/**/test_*.py"))
        if path.relative_to(ROOT).parts[1] not in OTHER_TESTS
    }


def read_sources() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for path in ROOT.glob("mockgem/**/*.py")
    }


def measure(files: list[str], workers: int) -> dict[str, Any]:
    """Run tests and return the lines that each one reaches."""
    print(f"Measuring the coverage of {len(files)} test files …", flush=True)
    tests: dict[str, Any] = {}
    quick = [file for file in files if file not in SLOW_TESTS]
    for chosen, only in (
        (quick, ["-m", "not slow and not valkey"]),
        (sorted({*files} - {*quick}), []),
    ):
        if chosen:
            tests |= measure_once([*only, *chosen], workers)
    return tests


def measure_once(arguments: list[str], workers: int) -> dict[str, Any]:
    directory = BUILD / "measured"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    command = [sys.executable, "-m", "pytest", "-n", str(workers), "-p", "no:cacheprovider"]
    result = subprocess.run(
        [*command, "-p", "tests.mutation.measure", *arguments],
        cwd=ROOT,
        env=os.environ | {VARIABLE: str(directory), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    if result.returncode:
        print(result.stdout[-4000:])
    parts = [json.loads(file.read_text("utf-8")) for file in directory.glob("*.json")]
    return {test: values for part in parts for test, values in part.items()}
