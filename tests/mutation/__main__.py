"""Run mutants: `python -m tests.mutation [GROUP, FOLDER OR FILE …] [--sample 10]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from tests.mutation.coverage_map import BUILD, CoverageMap, load_coverage
from tests.mutation.equivalents import Key, find_outdated, is_listed, read_equivalents
from tests.mutation.groups import find_modules, names_groups
from tests.mutation.mutants import Mutant, choose_mutants, find_mutants
from tests.mutation.report import (
    PAGE,
    Result,
    count_results,
    format_survivors,
    format_table,
    update_page,
)
from tests.mutation.running import NOT_APPLIED, Run, run_cold, run_warm

OUTCOMES = BUILD / "outcomes.json"
SAMPLE = 10
SEED = 2
CONTROL_EVERY = 10
"""Of how many modules one has a run without a change."""


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("places", nargs="*", help="groups, folders or files; all groups if none")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=SEED, help="chooses the sample")
    parser.add_argument("--workers", type=int, default=2, help="processes at the same time")
    parser.add_argument("--seconds", type=float, default=30, help="most time of tests per mutant")
    parser.add_argument(
        "--again", action="store_true", help="without those that the last run killed"
    )
    parser.add_argument(
        "--measure", action="store_true", help="first measure again which tests reach which lines"
    )
    return parser.parse_args(arguments)


def main() -> int:
    options = read_arguments(sys.argv[1:])
    BUILD.mkdir(parents=True, exist_ok=True)
    modules = find_modules(tuple(options.places))
    found = {module: find_mutants(module) for module in modules}
    equivalents = read_equivalents()
    outdated = find_outdated(equivalents, sum(found.values(), ()), modules)
    chosen = choose(found, equivalents, options)
    last = read_outcomes() if options.again else {}
    killed = [mutant for mutant in chosen if last.get(mutant.id) == "killed"]
    remaining = [mutant for mutant in chosen if last.get(mutant.id) != "killed"]
    results = run_mutants(remaining, load_coverage(options.workers, anew=options.measure), options)
    results += [Result(mutant, "killed") for mutant in killed]
    print_report(results, outdated)
    save_outcomes(results)
    rows = count_results(results)
    if names_groups(options.places):
        page = update_page(PAGE.read_text("utf-8"), rows, date.today())
        PAGE.write_text(page, encoding="utf-8")
    return 0 if all(row.is_enough for row in rows) and not outdated else 1


def choose(
    found: dict[str, tuple[Mutant, ...]],
    equivalents: set[Key],
    options: argparse.Namespace,
) -> list[Mutant]:
    """Return the mutants to run."""
    countable = {
        module: tuple(mutant for mutant in mutants if not is_listed(mutant, equivalents))
        for module, mutants in found.items()
    }
    return [
        mutant
        for mutants in countable.values()
        for mutant in choose_mutants(mutants, options.sample, options.seed)
    ]


def read_outcomes() -> dict[str, str]:
    """Return what became of each mutant in its last run, by its id."""
    return json.loads(OUTCOMES.read_text("utf-8")) if OUTCOMES.exists() else {}


def save_outcomes(results: Sequence[Result]) -> None:
    outcomes = {result.mutant.id: result.outcome for result in results}
    OUTCOMES.write_text(json.dumps(read_outcomes() | outcomes, indent=1))


def run_mutants(
    mutants: Sequence[Mutant], coverage: CoverageMap, options: argparse.Namespace
) -> list[Result]:
    """Run the tests of each mutant."""
    outcomes: dict[str, str] = {}
    runs = []
    for mutant in mutants:
        if run := coverage.find_run(mutant, options.seconds):
            runs.append(run)
        else:
            outcomes[mutant.id] = "unreached"
    progress = Progress(len(runs), outcomes)
    warm = add_controls([run for run in runs if not run.is_import])
    run_apart(lambda report: run_warm(warm, options.workers, report), warm, progress)
    cold = add_controls([run for run in runs if run.mutant.id not in outcomes])
    run_apart(lambda report: run_cold(cold, options.workers, report), cold, progress)
    if progress.failed_controls:
        raise SystemExit(
            "These tests fail without any change, so the figures mean nothing. Try again:\n"
            + "\n".join(sorted(progress.failed_controls))
        )
    return [Result(mutant, outcomes.get(mutant.id, "survived")) for mutant in mutants]


def add_controls(runs: Sequence[Run]) -> list[Run]:
    """Return the runs, with a run without a change for a mutant of some of the modules."""
    first = {run.mutant.module: run for run in reversed(runs)}
    controls = list(first.values())[::CONTROL_EVERY]
    return [*(replace(run, is_control=True) for run in controls), *runs]


class Progress:
    """Collects the outcomes and shows how far the work is."""

    def __init__(self, total: int, outcomes: dict[str, str]) -> None:
        self.total = total
        self.outcomes = outcomes
        self.failed_controls: set[str] = set()
        self.done = 0
        self.start = time.monotonic()

    def add(self, run: Run, status: int) -> None:
        code = os.waitstatus_to_exitcode(status)
        if run.is_control:
            if code:
                self.failed_controls |= {test.partition("::")[0] for test in run.tests}
            return
        if code == NOT_APPLIED:
            return
        self.outcomes[run.mutant.id] = "survived" if code == 0 else "killed"
        self.done += 1
        if code == 0:
            print(f"survived: {run.mutant.id}", flush=True)
        if self.done % 50 == 0 or self.done == self.total:
            seconds = time.monotonic() - self.start
            print(f"{self.done} of {self.total} mutants in {seconds:.0f} s", flush=True)


def run_apart(
    work: Callable[[Callable[[Run, int], None]], None], runs: Sequence[Run], progress: Progress
) -> None:
    """Run mutants in a process whose imports do not stay here, and read the results."""
    reader, writer = os.pipe()
    places = {id(run): index for index, run in enumerate(runs)}
    pid = os.fork()
    if pid == 0:
        try:
            work(
                lambda run, status: void(os.write(writer, f"{places[id(run)]} {status}\n".encode()))
            )
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="ascii") as lines:
        for line in lines:
            index, status = map(int, line.split())
            progress.add(runs[index], status)
    os.waitpid(pid, 0)


def void(value: object) -> None:
    """Ignore a value."""


def print_report(results: Sequence[Result], outdated: Sequence[tuple[str, ...]]) -> None:
    print(format_survivors(results))
    for entry in outdated:
        print(f"equivalent.toml: no mutant is {' | '.join(entry)}: correct or remove the entry.")
    print(format_table(count_results(results)))


if __name__ == "__main__":
    sys.exit(main())
