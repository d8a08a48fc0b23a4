"""Tests for a given program."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from typing import Any

from mockgem.operations.forms.code_case_tests import write_case_tests
from mockgem.operations.forms.code_from_braces import rewrite_in_python
from mockgem.operations.forms.code_names import to_pascal, to_snake
from mockgem.operations.forms.code_outcomes import flatten, list_failures, list_outcomes
from mockgem.operations.forms.code_plain_tests import PLAIN_TESTS, make_plain_writer
from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.code_types import find_kind, parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

VALUES = {
    "int": "3",
    "float": "2.5",
    "str": '"Hello World"',
    "bool": "True",
    "list[float]": "[1, 2, 3]",
    "list[str]": '["a", "b"]',
}
EMPTY = {
    "int": "0",
    "float": "0.0",
    "str": '""',
    "bool": "False",
    "list[float]": "[]",
    "list[str]": "[]",
}
HEADS = make_regex(
    r"(?:function|func|fn|fun|def)\s+(\w+)\s*\(([^()\n]*)\)|(?:const"
    r"|let)\s+(\w+)\s*=\s*(?:async\s*)?\(?([^()\n=]{0,160})\)?(?:\s*:\s*[\w<>\[\] |]{1,40})?\s*=>"
    r"|(?:public|static|private)\s[\w<>\[\] ]{0,60}?(\w{1,60})\s*\(([^()\n]*)\)\s*\{"
)


def write_tests_for(source: str, language: str, wish: str) -> str:
    """Return tests for the functions of a program; empty for languages without a test runner."""
    functions = find_functions(source, language)
    if not functions:
        return ""
    name, names = functions[0]
    cases = list_outcomes(source, name, find_kinds(source, name, names))
    if cases and not CLASS.search(source) and (written := write_case_tests(language, name, cases)):
        return written
    if language == "java" and (named := CLASS.search(source)):
        return write_junit_for(named[1], tuple(name for name, _ in functions))
    match language:
        case "python" if "unittest" in wish.lower():
            return write_unittest(functions, source)
        case "python":
            return write_pytest(functions, source)
        case "javascript" | "typescript" | "jsx" | "tsx":
            return write_jest(functions, source)
        case "java":
            return write_junit(functions)
        case "go":
            return write_go_tests(functions)
        case "rust":
            return write_rust_tests(functions)
    return ""


def find_functions(source: str, language: str) -> list[tuple[str, list[str]]]:
    """Return the names of the functions in a program, each with its parameters."""
    if language == "python":
        tree = parse_python(source) or ast.Module([], [])
        found = [
            (row.name, [arg.arg for arg in row.args.args])
            for row in tree.body
            if isinstance(row, (ast.FunctionDef, ast.AsyncFunctionDef))
        ]
        if found:
            return found[:4]
    rows = []
    for match in HEADS.finditer(source):
        name = match[1] or match[3] or match[5]
        words = [
            re.findall(r"\w+", part) for part in (match[2] or match[4] or match[6] or "").split(",")
        ]
        last = -1 if match[5] else 0
        rows.append((name, [part[last] for part in words if part]))
    return rows[:4]


def list_values(names: list[str], values: dict[str, str]) -> str:
    return list_samples([guess_kind(name) for name in names], values)


def list_samples(kinds: list[str], values: dict[str, str]) -> str:
    return ", ".join(values.get(kind, values["str"]) for kind in kinds)


def write_pytest(functions: list[tuple[str, list[str]]], source: str = "") -> str:
    imports = ", ".join(name for name, _ in functions)
    tests = [f"import pytest\n\nfrom module import {imports}"]
    for name, names in functions:
        kinds = find_kinds(source, name, names)
        usual, empty = list_samples(kinds, VALUES), list_samples(kinds, EMPTY)
        cases = list_outcomes(source, name, kinds)
        tests += [
            f"def test_{to_snake(name)}_returns_the_expected_value"
            f"{'' if at == 1 else f'_{at}'}():\n    assert {write_case(name, values, value)}"
            for at, (values, value) in enumerate(cases, 1)
        ]
        failures = list_failures(source, name, find_kinds(source, name, names))
        tests += [
            f"def test_{to_snake(name)}_raises_{to_snake(error)}():\n"
            f"    with pytest.raises({error}):\n"
            f"        {name}({', '.join(map(repr, values))})"
            for values, error in failures
        ]
        if not cases:
            tests.append(
                f"def test_{to_snake(name)}_returns_a_value():\n"
                f"    assert {name}({usual}) is not None"
            )
            tests.append(
                f"def test_{to_snake(name)}_gives_the_same_result_twice():\n"
                f"    assert {name}({usual}) == {name}({usual})"
            )
        if names and not cases:
            tests.append(
                f"def test_{to_snake(name)}_accepts_empty_values():\n"
                f"    assert {name}({empty}) == {name}({empty})"
            )
        if names and not failures:
            tests.append(
                f"def test_{to_snake(name)}_needs_its_arguments():\n"
                f"    with pytest.raises(TypeError):\n        {name}()"
            )
    return "\n\n\n".join(tests)


MOST_PARAMETERS = 12
"""Parameters of a function that is read as a whole."""


def find_kinds(source: str, name: str, names: list[str]) -> list[str]:
    """Return the kinds of the parameters: those of a Python function, else by their names."""
    tree = parse_python(source) or parse_python(rewrite_in_python(source))
    tree = tree if len(names) <= MOST_PARAMETERS else None
    rows = [row for row in (tree.body if tree else []) if isinstance(row, ast.FunctionDef)]
    function = next((row for row in rows if flatten(row.name) == flatten(name)), None)
    if function is None or len(function.args.args) != len(names):
        return [guess_kind(one) for one in names]
    return [
        ast.unparse(arg.annotation) if arg.annotation else find_kind(arg.arg, function)
        for arg in function.args.args
    ]


def write_case(name: str, values: tuple[Any, ...], value: Any) -> str:
    """Return the comparison of a call with its result in Python."""
    call = f"{name}({', '.join(map(repr, values))})"
    if isinstance(value, bool):
        return f"{call} is {value}"
    if isinstance(value, float) and value != int(value):
        return f"{call} == pytest.approx({value:.6g})"
    return f"{call} == {value!r}"


def write_unittest_cases(source: str, name: str, names: list[str]) -> str:
    """Return the tests of the calls whose outcome is known; empty if none is."""
    kinds = find_kinds(source, name, names)
    tests = [
        f"    def test_returns_the_expected_value{'' if at == 1 else f'_{at}'}(self):\n"
        f"        self.assertEqual({name}({', '.join(map(repr, values))}), {value!r})"
        for at, (values, value) in enumerate(list_outcomes(source, name, kinds), 1)
        if not isinstance(value, float) or value == int(value)
    ]
    tests += [
        f"    def test_raises_{to_snake(error)}(self):\n"
        f"        with self.assertRaises({error}):\n"
        f"            {name}({', '.join(map(repr, values))})"
        for values, error in list_failures(source, name, kinds)
    ]
    return "\n\n".join(tests)


def write_unittest(functions: list[tuple[str, list[str]]], source: str = "") -> str:
    imports = ", ".join(name for name, _ in functions)
    rows = [f"import unittest\n\nfrom module import {imports}"]
    for name, names in functions:
        usual = list_values(names, VALUES)
        if tests := write_unittest_cases(source, name, names):
            rows.append(f"class {to_pascal(name)}Test(unittest.TestCase):\n{tests}")
            continue
        rows.append(
            f"class {to_pascal(name)}Test(unittest.TestCase):\n"
            f"    def test_returns_a_value(self):\n"
            f"        self.assertIsNotNone({name}({usual}))\n\n"
            f"    def test_gives_the_same_result_twice(self):\n"
            f"        self.assertEqual({name}({usual}), {name}({usual}))"
        )
    return "\n\n\n".join(rows) + '\n\n\nif __name__ == "__main__":\n    unittest.main()'


def write_jest(functions: list[tuple[str, list[str]]], source: str = "") -> str:
    names = ", ".join(name for name, _ in functions)
    rows = [f"import {{ {names} }} from './module';"]
    for name, parameters in functions:
        usual = list_values(parameters, VALUES).replace("True", "true")
        empty = list_values(parameters, EMPTY).replace("False", "false")
        cases = list_outcomes(source, name, find_kinds(source, name, parameters))
        if cases:
            failures = list_failures(source, name, find_kinds(source, name, parameters))
            tests = "\n\n".join(
                [write_jest_case(name, *case) for case in cases]
                + [write_jest_failure(name, values) for values, _ in failures]
            )
            rows.append(f"describe('{name}', () => {{\n{tests}\n}});")
            continue
        rows.append(
            f"describe('{name}', () => {{\n"
            f"  test('returns a value', () => {{\n    "
            f"expect({name}({usual})).toBeDefined();\n  }});\n\n"
            f"  test('gives the same result twice', () => {{\n"
            f"    expect({name}({usual})).toEqual({name}({usual}));\n  }});\n\n"
            f"  test('accepts empty values', () => {{\n"
            f"    expect(() => {name}({empty})).not.toThrow();\n  }});\n}});"
        )
    return "\n\n".join(rows)


def write_jest_case(name: str, values: tuple[Any, ...], value: Any) -> str:
    """Return a test of one call in Jest."""
    given = ", ".join(map(json.dumps, values))
    is_float = isinstance(value, float) and value != int(value)
    shown = f"{value:.6g}" if isinstance(value, float) else json.dumps(value)
    check = f"toBeCloseTo({shown})" if is_float else f"toBe({shown})"
    said = re.sub(r"[\"'\\\\]", "", f"returns {shown} for {given}")
    return f"  test('{said}', () => {{\n    expect({name}({given})).{check};\n  }});"


def write_jest_failure(name: str, values: tuple[Any, ...]) -> str:
    """Return a test of a call that throws an error in Jest."""
    given = ", ".join(map(json.dumps, values))
    said = re.sub(r"[\"'\\\\]", "", f"throws for {given}")
    return f"  test('{said}', () => {{\n    expect(() => {name}({given})).toThrow();\n  }});"


CLASS = make_regex(r"\bclass (\w+)")


def write_junit(functions: list[tuple[str, list[str]]]) -> str:
    name, names = functions[0]
    usual = (
        list_values(names, VALUES)
        .replace("True", "true")
        .replace("[", "List.of(")
        .replace("]", ")")
    )
    return (
        "import static org.junit.jupiter.api.Assertions.*;\n\nimport java.util.List;\n"
        "import org.junit.jupiter.api.Test;\n\n"
        f"class {to_pascal(name)}Test {{\n    @Test\n    void "
        f"{name}ReturnsTheSameResultTwice() {{\n"
        f"        assertEquals({name}({usual}), {name}({usual}));\n    }}\n}}"
    )


TEST_WRITERS: dict[str, Callable[[list[tuple[str, list[str]]]], str]] = {}
"""The writers of tests for named functions, by language. The module fills it at its end."""


def write_junit_for(name: str, methods: tuple[str, ...]) -> str:
    """Return tests for the methods of a class that a prompt names."""
    variable = name[:1].lower() + name[1:]
    rows = [
        f"    @Test\n    void {method}ReturnsTheExpectedValue() {{\n"
        f"        {name} {variable} = new {name}();\n\n"
        f"        assertEquals({variable}.{method}(6, 2), {variable}.{method}(6, 2));\n    }}"
        for method in methods or ("run",)
    ]
    body = "\n\n".join(rows)
    return (
        "import static org.junit.jupiter.api.Assertions.assertEquals;\n\n"
        f"import org.junit.jupiter.api.Test;\n\nclass {name}Test {{\n{body}\n}}"
    )


def write_go_tests(functions: list[tuple[str, list[str]]]) -> str:
    rows = ['package main\n\nimport "testing"']
    for name, names in functions:
        usual = (
            list_values(names, VALUES)
            .replace("True", "true")
            .replace("[1, 2, 3]", "[]int{1, 2, 3}")
        )
        rows.append(
            f"func Test{to_pascal(name)[:1].upper()}{to_pascal(name)[1:]}(t *testing.T) "
            f"{{\n\tgot := {name}({usual})\n"
            f"\twant := {name}({usual})\n\tif got != want {{\n"
            '\t\tt.Errorf("got %v, want %v", got, want)\n\t}\n}'
        )
    return "\n\n".join(rows)


def write_rust_tests(functions: list[tuple[str, list[str]]]) -> str:
    rows = []
    for name, names in functions:
        usual = (
            list_values(names, VALUES).replace("True", "true").replace("[1, 2, 3]", "&[1, 2, 3]")
        )
        rows.append(
            f"    #[test]\n    fn {name}_is_stable() {{\n"
            f"        assert_eq!({name}({usual}), {name}({usual}));\n    }}"
        )
    return "#[cfg(test)]\nmod tests {\n    use super::*;\n\n" + "\n\n".join(rows) + "\n}"


TEST_WRITERS.update({"go": write_go_tests, "rust": write_rust_tests})
TEST_WRITERS.update(
    (language, make_plain_writer(source)) for language, source in PLAIN_TESTS.items()
)
