"""The tool that changes mockgem: its changes, their tests, and its report."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tests.mutation.coverage_map import (
    CoverageMap,
    ReachedLines,
    find_new_modules,
    map_lines,
    move_lines,
)
from tests.mutation.equivalents import find_outdated, is_listed, key_of, read_equivalents
from tests.mutation.groups import find_group, find_modules, names_groups
from tests.mutation.imports import find_imports, list_names
from tests.mutation.measure import ROOT
from tests.mutation.mutants import Mutant, choose_mutants, compile_mutant, find_mutants
from tests.mutation.operators import find_variants
from tests.mutation.report import (
    Result,
    count_results,
    format_survivors,
    format_table,
    update_page,
)
from tests.mutation.running import KILLED, SURVIVED, Run, fork_all
from tests.mutation.swapping import identify, swap

EXAMPLE = '''"""A module."""
from typing import TYPE_CHECKING

LIMIT = 10


def add(first: int, second: int = 2) -> int:
    """Add."""
    if first > LIMIT and not second:
        raise ValueError("too large a number")
    return first + second
'''


@pytest.fixture
def example(tmp_path: Path) -> str:
    path = tmp_path / "example.py"
    path.write_text(EXAMPLE)
    return str(path)


def make_mutant(module: str, function: str = "f", line: int = 3, after: str = "b") -> Mutant:
    return Mutant(module, function, function, line, line, "a", after, 0, (), 0)


@pytest.mark.parametrize(
    ("code", "variants"),
    [
        ("a < b", ["a <= b"]),
        ("a is not b", ["a is b"]),
        ("1", ["2", "0"]),
        ("0.5", ["1.5"]),
        ("True", ["False"]),
        ("'a message'", ["'mutant a message'"]),
        ("'word'", []),
        ("not a", ["a"]),
        ("a and b", ["a or b"]),
        ("a % b", ["a + b"]),
        ("a[b:c]", ["a[:c]", "a[b:]"]),
        ("f(a, b=c, encoding=d)", ["f(a, encoding=d)"]),
        ("min(a)", ["max(a)"]),
        ("a.startswith(b)", ["a.endswith(b)"]),
        ("'one two three'.split()", ["'two three'.split()"]),
    ],
)
def test_an_expression_has_variants(code: str, variants: list[str]) -> None:
    node = ast.parse(code, mode="eval").body
    node = node.slice if isinstance(node, ast.Subscript) else node
    found = [ast.unparse(ast.fix_missing_locations(variant)) for variant in find_variants(node)]
    assert [f"a[{text}]" if "[" in code else text for text in found] == variants


@pytest.mark.parametrize(
    ("code", "variants"),
    [
        ("f()", ["pass"]),
        ("a.b = c", ["pass"]),
        ("a = b", []),
        ("a += b", ["pass", "a -= b"]),
        ("return a", ["return None"]),
        ("return None", []),
        ("raise a", ["pass"]),
        ("continue", ["break"]),
        ("break", ["continue"]),
    ],
)
def test_a_statement_has_variants(code: str, variants: list[str]) -> None:
    (node,) = ast.parse(code).body
    assert [ast.unparse(variant) for variant in find_variants(node)] == variants


def test_a_mutant_shows_its_statement_before_and_after(example: str) -> None:
    shown = [
        (mutant.line, mutant.outer, mutant.before, mutant.after) for mutant in find_mutants(example)
    ]
    condition = "if first > LIMIT and (not second):"
    assert shown == [
        (4, "", "LIMIT = 10", "LIMIT = 11"),
        (4, "", "LIMIT = 10", "LIMIT = 9"),
        (7, "", *change_of("def add(first: int, second: int=2) -> int:", "=2", "=3")),
        (7, "", *change_of("def add(first: int, second: int=2) -> int:", "=2", "=1")),
        (9, "add", condition, "if first > LIMIT or not second:"),
        (9, "add", condition, "if not (first > LIMIT and (not second)):"),
        (9, "add", condition, "if first >= LIMIT and (not second):"),
        (9, "add", condition, "if first > LIMIT and second:"),
        (10, "add", "raise ValueError('too large a number')", "pass"),
        (10, "add", *change_of("raise ValueError('too large a number')", "'too", "'mutant too")),
        (11, "add", "return first + second", "return None"),
        (11, "add", "return first + second", "return first - second"),
    ]


def test_what_no_test_should_notice_does_not_change(tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text(
        "@cache(maxsize=4)\ndef f():\n    g(strict=True)\n    'a b'.split()\n"
        "    raise AssertionError('never here')\n"
    )
    shown = [mutant.after for mutant in find_mutants(str(path))]
    assert shown == ["pass", "pass", "'b'.split()"]


def change_of(text: str, old: str, new: str) -> tuple[str, str]:
    return text, text.replace(old, new)


def test_a_mutant_runs_with_its_change_alone(example: str) -> None:
    results = []
    for mutant in find_mutants(example):
        names: dict[str, object] = {}
        exec(compile_mutant(mutant), names)
        try:
            results.append(names["add"](1, 5))  # type: ignore[operator]
        except ValueError as error:
            results.append(str(error))
    message = "too large a number"
    changed = [6, 6, 6, 6, 6, message, 6, 6, 6, 6, None, -4]
    assert results == changed


def test_the_code_of_a_function_is_replaced_where_it_is(example: str) -> None:
    names: dict[str, object] = {}
    exec(compile(EXAMPLE, example, "exec"), names)
    add = names["add"]
    mutant = find_mutants(example)[-1]
    swap(mutant, {identify(add.__code__): [add]})  # type: ignore[attr-defined]
    assert add(5, 3) == 2  # type: ignore[operator]


def test_a_sample_depends_on_the_seed_and_changes_little_with_the_module(example: str) -> None:
    mutants = find_mutants(example)
    chosen = choose_mutants(mutants, 5, seed=1)
    assert chosen == choose_mutants(mutants, 5, seed=1)
    assert len(chosen) == 5
    assert [mutant.line for mutant in chosen] == sorted(mutant.line for mutant in chosen)
    assert chosen != choose_mutants(mutants, 5, seed=2)
    fewer = tuple(mutant for mutant in mutants if mutant != chosen[0])
    assert chosen[1:] == [one for one in choose_mutants(fewer, 5, seed=1) if one in chosen]
    assert choose_mutants(mutants, 1000, seed=1) == list(mutants)


# Tests of a mutant


def test_tests_of_the_same_package_come_first_then_quick_ones() -> None:
    module = "mockgem/storage/x.py"
    tests = CoverageMap(
        [
            ReachedLines("tests/app/test_a.py::slow", 2.0, {module: 1 << 3}),
            ReachedLines("tests/app/test_b.py::quick", 0.1, {module: 1 << 3}),
            ReachedLines("tests/storage/test_c.py::near", 1.0, {module: 1 << 3 | 1 << 4}),
            ReachedLines("tests/storage/test_c.py::another_line", 0.1, {module: 1 << 4}),
            ReachedLines("tests/recording/test_canary.py::slow_tier", 0.1, {module: 1 << 3}),
        ]
    )
    run = tests.find_run(make_mutant(module), most_seconds=100)
    assert run is not None
    names = ("near", "quick", "slow")
    assert tuple(test.partition("::")[2] for test in run.tests) == names
    assert run.seconds == (1.0, 0.1, 2.0)
    run = tests.find_run(make_mutant(module), most_seconds=1.5)
    assert run is not None
    assert [test.partition("::")[2] for test in run.tests] == ["near", "quick"]
    run = tests.find_run(make_mutant(module), most_seconds=3.0)
    assert run is not None
    assert [test.partition("::")[2] for test in run.tests] == ["near", "quick"]
    run = tests.find_run(make_mutant(module), most_seconds=0.5)
    assert run is not None
    assert [test.partition("::")[2] for test in run.tests] == ["near"]
    imported = tests.find_run(make_mutant(module, line=9), most_seconds=100)
    assert imported is not None
    assert (imported.is_import, run.is_import, len(imported.tests)) == (True, False, 4)
    assert tests.find_run(make_mutant("mockgem/cli/x.py", line=9), most_seconds=100) is None
    inner = tests.find_run(make_mutant("mockgem/storage/inner/y.py", line=9), most_seconds=100)
    assert inner is not None
    assert len(inner.tests) == 2


def test_a_constant_has_the_tests_of_the_lines_that_use_it(example: str) -> None:
    tests = CoverageMap(
        [
            ReachedLines("tests/a/test_a.py::uses", 1.0, {example: 1 << 9}),
            ReachedLines("tests/a/test_a.py::other", 0.1, {example: 1 << 11}),
        ]
    )
    run = tests.find_run(find_mutants(example)[0], most_seconds=100)
    assert run is not None
    assert run.tests == ("tests/a/test_a.py::uses",)


def test_only_a_line_that_no_quick_test_reaches_runs_slow_tests() -> None:
    lines = {"mockgem/x.py": 1 << 3}
    tests = CoverageMap([ReachedLines("tests/recording/test_canary.py::a", 9.0, lines)])
    run = tests.find_run(make_mutant("mockgem/x.py"), most_seconds=1)
    assert run is not None
    assert run.tests == ("tests/recording/test_canary.py::a",)


def test_the_tests_of_a_line_follow_it_when_the_module_changes() -> None:
    before, after = "a\nb\nc\nd\n", "new\na\nc\nother\nd\n"
    assert map_lines(before, after) == (0, 1, 3, 3, 4)
    lines = {"x.py": f"{1 << 2 | 1 << 3:x}", "gone.py": "2", "same.py": "6"}
    sources = {"gone.py": "a", "same.py": "a"}
    moved = move_lines(lines, sources | {"x.py": before}, {"x.py": after, "same.py": "a"})
    assert moved == {"x.py": f"{1 << 3 | 1 << 4:x}", "same.py": "6"}


def test_a_new_module_has_no_measured_tests() -> None:
    assert find_new_modules(["a.py", "gone.py"], ["a.py", "b.py", "c.py"]) == ["b.py", "c.py"]
    assert find_new_modules(["a.py", "gone.py"], ["a.py"]) == []
    assert find_new_modules([], ["a.py"]) == [], "all tests are measured anyway"


def test_what_an_import_defines_is_compared_with_lists() -> None:
    module = "mockgem/dialects/x.py"
    tests = CoverageMap(
        [
            ReachedLines("tests/dialects/test_a.py::a", 1.0, {module: 1 << 3}),
            ReachedLines("tests/dialects/test_endpoints.py::list", 1.0, {"mockgem/y.py": 1}),
        ]
    )
    run = tests.find_run(make_mutant(module, line=9), most_seconds=100)
    assert run is not None
    assert run.tests == ("tests/dialects/test_endpoints.py::list", "tests/dialects/test_a.py::a")
    run = tests.find_run(make_mutant(module), most_seconds=100)
    assert run is not None
    assert run.tests == ("tests/dialects/test_a.py::a",)


def test_tests_that_import_a_module_are_about_it() -> None:
    file = "tests/mutation/test_mutation.py"
    assert find_imports("tests/dialects/test_tool_output.py") == {
        "mockgem/dialects/common/tool_output.py"
    }
    assert "mockgem/dialects/admin/dialect.py" in find_imports("tests/dialects/test_endpoints.py")
    assert find_imports("tests/none.py") == frozenset()
    names = list_names(ast.parse("import os, mockgem.a\nfrom mockgem.b import c\nfrom x import y"))
    assert list(names) == ["mockgem/a", "mockgem/b", "mockgem/b/c"]
    module = "mockgem/dialects/common/tool_output.py"
    tests = CoverageMap(
        [
            ReachedLines("tests/dialects/common/test_near.py::a", 0.1, {module: 1 << 3}),
            ReachedLines("tests/dialects/test_tool_output.py::b", 2.0, {"mockgem/y.py": 1}),
            ReachedLines(f"{file}::c", 0.1, {"mockgem/y.py": 1}),
        ]
    )
    run = tests.find_run(make_mutant(module, line=9), most_seconds=100)
    assert run is not None
    assert [test.partition("::")[2] for test in run.tests] == ["b", "a"]


def test_each_run_has_a_process_and_a_crash_or_a_hang_kills() -> None:
    def child(run: Run) -> int:
        if run.mutant.line == 3:
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            time.sleep(60)
        if run.mutant.line == 2:
            raise RuntimeError
        return SURVIVED if run.mutant.line == 0 else KILLED

    codes: dict[int, int] = {}
    runs = [Run(make_mutant("mockgem/x.py", line=line), (), ()) for line in range(4)]
    fork_all(
        runs,
        2,
        child,
        lambda run, status: codes.update({run.mutant.line: os.waitstatus_to_exitcode(status)}),
    )
    assert codes == {0: SURVIVED, 1: KILLED, 2: KILLED, 3: -signal.SIGALRM}


PROBE = """
import json, os, sys
from tests.mutation.mutants import find_mutants
from tests.mutation.running import Run, run_cold, run_warm
kind, module, after, *tests = sys.argv[1:]
mutant = next(mutant for mutant in find_mutants(module) if mutant.after == after)
runs = [Run(mutant, tuple(tests), (1.0,) * len(tests), control) for control in (True, False)]
codes = []
work = run_cold if kind == "cold" else run_warm
work(runs, 1, lambda run, status: codes.append(os.waitstatus_to_exitcode(status)))
print(json.dumps(codes))
"""


DROPPED = "tests/storage/test_storage_edges.py::test_an_answer_of_a_dropped_entry_takes_no_space"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "module", "after", "test"),
    [
        ("warm", "mockgem/storage/memory_journal.py", "oldest.dropped = False",
         f"{DROPPED}[memory]"),
        ("cold", "mockgem/core/journal.py", "ENTRY_OVERHEAD = 1501", f"{DROPPED}[memory]"),
        ("cold", "mockgem/dialects/common/json_writer.py",
         "return json.dumps(value, indent=2).encode()",
         "tests/dialects/test_json_writer.py::test_each_layout[without]"),
    ],
)  # fmt: skip
def test_a_test_passes_without_the_change_and_fails_with_it(
    kind: str, module: str, after: str, test: str
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROBE, kind, module, after, test],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout.splitlines()[-1]) == [SURVIVED, KILLED]


# Report


def test_groups_have_modules_and_a_place_selects_some() -> None:
    assert find_group("mockgem/recording/redaction.py").name == "redaction"
    assert find_group("mockgem/recording/formats/har.py").name == "recording"
    assert find_group("mockgem/cli/serve.py").name == "other"
    assert find_modules(("quotas",)) == [
        "mockgem/operations/quota.py",
        "mockgem/scenarios/meters.py",
        "mockgem/scenarios/quotas.py",
    ]
    assert "mockgem/storage/sqlite.py" in find_modules(("mockgem/storage",))
    assert find_modules(("mockgem/storage/sqlite.py",)) == ["mockgem/storage/sqlite.py"]
    assert "mockgem/cli/serve.py" not in find_modules(())
    with pytest.raises(SystemExit, match=r'^mockgem/none names no module: use "redaction", '):
        find_modules(("mockgem/none",))


RESULTS = [
    Result(make_mutant("mockgem/storage/x.py"), "killed"),
    Result(make_mutant("mockgem/storage/y.py"), "survived"),
    Result(make_mutant("mockgem/faults/stream.py", line=7), "unreached"),
]


def test_a_report_has_the_survivors_and_a_table() -> None:
    assert format_survivors(RESULTS) == (
        "mockgem/storage/y.py:3 f (survived)\n  - a\n  + b\n"
        "mockgem/faults/stream.py:7 f (unreached)\n  - a\n  + b"
    )
    rows = count_results(RESULTS)
    assert [(row.group.name, row.killed, row.total) for row in rows] == [
        ("storage", 1, 2),
        ("stream faults", 0, 1),
    ]
    assert format_table(rows).splitlines()[1].split() == "storage 1 2 50.0 90 too few".split()


def test_the_page_keeps_the_figures_of_other_groups() -> None:
    page = "a\n<!-- mutants -->\nNot measured.\n<!-- /mutants -->\nb\n"
    page = update_page(page, count_results(RESULTS), date(2027, 1, 31))
    assert page == (
        "a\n<!-- mutants -->\n"
        "| part | mutants | killed | target | measured |\n|---|---|---|---|---|\n"
        "| storage | 2 | 50.0 % | 90 % | 2027-01-31 |\n"
        "| stream faults | 1 | 0.0 % | 85 % | 2027-01-31 |\n<!-- /mutants -->\nb\n"
    )
    page = update_page(page, count_results(RESULTS[:1]), date(2027, 2, 1))
    assert "| storage | 1 | 100.0 % | 90 % | 2027-02-01 |\n| stream faults | 1 | 0.0 %" in page
    update_page((ROOT / "CONTRIBUTING.md").read_text("utf-8"), [], date(2027, 2, 1))
    with pytest.raises(ValueError, match="needs one part between <!-- mutants -->"):
        update_page("no place", [], date(2027, 2, 1))
    assert names_groups(["storage", "quotas"])
    assert names_groups([])
    assert not names_groups(["mockgem/storage"])


def test_each_equivalent_mutant_has_a_reason_and_exists() -> None:
    keys = read_equivalents()
    modules = {module for module, *_ in keys}
    mutants = [mutant for module in modules for mutant in find_mutants(module)]
    assert find_outdated(keys, mutants, modules) == []


def test_an_entry_without_a_mutant_or_a_reason_is_reported(tmp_path: Path) -> None:
    mutant = make_mutant("mockgem/x.py")
    keys = {key_of(mutant), ("mockgem/x.py", "f", "old", "new"), ("mockgem/y.py", "", "a", "b")}
    assert find_outdated(keys, [mutant], ["mockgem/x.py"]) == [("mockgem/x.py", "f", "old", "new")]
    assert is_listed(mutant, keys)
    assert is_listed(mutant, {("mockgem/x.py", "f", "a", "")})
    assert find_outdated({("mockgem/x.py", "f", "a", "")}, [mutant], ["mockgem/x.py"]) == []
    assert not is_listed(mutant, {("mockgem/x.py", "f", "b", "")})
    file = tmp_path / "equivalent.toml"
    file.write_text('[[equivalent]]\nmodule = "m"\nfunction = ""\nbefore = "a"\nafter = "b"\n')
    with pytest.raises(ValueError, match="needs a reason"):
        read_equivalents(file)
