"""What a short given function returns for some values, for the tests of it."""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable
from itertools import islice, product
from typing import Any

from mockgem.operations.forms.code_from_braces import rewrite_in_python
from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

OPERATIONS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.FloorDiv: operator.floordiv,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
TEXT_METHODS = frozenset(
    "lower upper strip lstrip rstrip title capitalize replace split startswith endswith count find"
    " isdigit isalpha isalnum join".split()
)
LIST_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sum": sum,
    "min": min,
    "max": max,
    "sorted": sorted,
    "abs": abs,
}
LARGEST = 10**6
"""Numbers above this size are not worked out."""
LONGEST = 10_000
"""Characters and elements above which texts and lists are not worked out."""
MAX_CASES = 3
SAMPLES = {
    "int": (3, 4, 7, 0),
    "float": (2, 5, 10, 0),
    "str": ("level", "hello", "World", ""),
    "bool": (True, False, True, False),
    "list[float]": ([1, 2, 3], [5], [2, 2, 8], [4, 6]),
    "list[int]": ([1, 2, 3], [5], [2, 2, 8], [4, 6]),
    "list[str]": (["b", "a"], ["a"], ["x", "y"], []),
}
PHRASES = ("Hello World", "level", "Two more words", "")
"""Samples for functions that deal with spaces."""
"""Values of each kind for the first, the second and the third call."""


class NotKnown(ValueError):
    """A function has a part whose value is not worked out here."""


FAILURES = (NotKnown, TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
"""How the work ends for a program that is wrong, or too much for the limits here."""


def work_out(node: ast.AST, names: dict[str, Any]) -> Any:
    """Return the value of an expression with some names."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
            return apply(op, work_out(left, names), work_out(right, names))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATIONS:
            return OPERATIONS[type(op)](work_out(left, names), work_out(right, names))
        case ast.BoolOp(op=op, values=values):
            found = [work_out(value, names) for value in values]
            return all(found) if isinstance(op, ast.And) else any(found)
        case ast.UnaryOp(op=ast.Not(), operand=value):
            return not work_out(value, names)
        case ast.UnaryOp(op=ast.USub(), operand=value):
            return -work_out(value, names)
        case ast.IfExp(test=test, body=body, orelse=other):
            return work_out(body if work_out(test, names) else other, names)
        case ast.Subscript(value=value) if ast.unparse(node).endswith("[::-1]"):
            return work_out(value, names)[::-1]
        case ast.Subscript(value=value, slice=ast.Slice()):
            raise NotKnown("slice")
        case ast.Subscript(value=value, slice=index):
            return work_out(value, names)[work_out(index, names)]
        case ast.List(elts=elements):
            return [check_depth(work_out(element, names)) for element in elements]
        case ast.Call(func=ast.Name(id="len"), args=[value]):
            return len(work_out(value, names))
        case ast.Call(func=ast.Attribute(value=value, attr=part), args=args) if (
            part in TEXT_METHODS
        ):
            text = work_out(value, names)
            if not isinstance(text, str):
                raise NotKnown(part)
            return limit(getattr(text, part)(*(work_out(arg, names) for arg in args)))
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_, _, *_] as values):
            found = [work_out(value, names) for value in values]
            return min(found) if name == "min" else max(found)
        case ast.Call(func=ast.Name(id=name), args=[value]) if name in LIST_FUNCTIONS:
            return LIST_FUNCTIONS[name](work_out(value, names))
    raise NotKnown(type(node).__name__)


def apply(op: ast.operator, left: Any, right: Any) -> Any:
    """Return the value of an operation; texts and lists are not repeated many times."""
    if isinstance(op, ast.Mult) and isinstance(left, (str, list)) and right > MAX_STEPS:
        raise NotKnown("size")
    if isinstance(op, ast.Mult) and isinstance(right, (str, list)) and left > MAX_STEPS:
        raise NotKnown("size")
    return limit(OPERATIONS[type(op)](left, right))


def limit(value: Any) -> Any:
    """Return a value that is not large."""
    is_long = isinstance(value, (str, list))
    if (len(value) if is_long else abs(value)) > (LONGEST if is_long else LARGEST):
        raise NotKnown("size")
    return value


def check_depth(value: Any) -> Any:
    """Return an element for a list, which may have elements itself but no further lists.

    Deeper lists that share their parts would take exponential time to compare or to print.
    """
    if isinstance(value, list) and any(isinstance(one, list) for one in value):
        raise NotKnown("depth")
    return value


class Raised(Exception):
    """A function raises an error of some name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def name_error(node: ast.expr | None) -> str:
    """Return the name of the error in "raise ValueError(...)"."""
    called = node.func if isinstance(node, ast.Call) else node
    return called.id if isinstance(called, ast.Name) else "Exception"


MAX_STEPS = 2_000
"""Statements that are carried out for one call."""


class Run:
    """Carries out the statements of a function, up to a number of them."""

    def __init__(self, names: dict[str, Any], steps: int = MAX_STEPS) -> None:
        self.names = names
        self.left = steps

    def run(self, rows: list[ast.stmt]) -> tuple[bool, Any]:
        """Return whether statements return, and what."""
        for row in rows:
            self.left -= 1
            if self.left < 0:
                raise NotKnown("steps")
            done, value = self.run_one(row)
            if done:
                return True, value
        return False, None

    def run_one(self, row: ast.stmt) -> tuple[bool, Any]:
        names = self.names
        match row:
            case ast.Return(value=value) if value is not None:
                return True, work_out(value, names)
            case ast.If(test=test, body=body, orelse=other):
                return self.run(body if work_out(test, names) else other)
            case ast.For(target=ast.Name(id=name), iter=source, body=body, orelse=[]):
                return self.repeat(name, list_values(source, names), body)
            case ast.While(test=test, body=body, orelse=[]):
                return self.repeat_while(test, body)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = work_out(value, names)
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value) if (
                name in names and type(op) in OPERATIONS
            ):
                names[name] = apply(op, names[name], work_out(value, names))
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]
                )
            ) if isinstance(names.get(name), list):
                names[name].append(check_depth(work_out(value, names)))
            case ast.Raise(exc=error):
                raise Raised(name_error(error))
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                raise NotKnown(type(row).__name__)
        return False, None

    def repeat(self, name: str, values: list[Any], body: list[ast.stmt]) -> tuple[bool, Any]:
        for value in values:
            self.names[name] = value
            done, found = self.run(body)
            if done:
                return True, found
        return False, None

    def repeat_while(self, test: ast.expr, body: list[ast.stmt]) -> tuple[bool, Any]:
        while work_out(test, self.names):
            done, found = self.run(body)
            if done:
                return True, found
            self.left -= 1
            if self.left < 0:
                raise NotKnown("steps")
        return False, None


def list_values(source: ast.expr, names: dict[str, Any]) -> list[Any]:
    """Return what a loop goes through: a short range, a list, the letters of a text."""
    match source:
        case ast.Call(func=ast.Name(id="range"), args=args):
            numbers = [work_out(arg, names) for arg in args]
            if not all(isinstance(number, int) for number in numbers):
                raise NotKnown("range")
            return list(islice(range(*numbers), MAX_STEPS))
    found = work_out(source, names)
    if not isinstance(found, (list, str)):
        raise NotKnown("loop")
    return list(found)


def list_outcomes(source: str, name: str, kinds: list[str]) -> list[tuple[tuple[Any, ...], Any]]:
    """Return the arguments of some calls of a function, each with its result; none if unknown."""
    tree = parse_python(source) or parse_python(rewrite_in_python(source))
    found = [row for row in (tree.body if tree else []) if isinstance(row, ast.FunctionDef)]
    function = next((row for row in found if flatten(row.name) == flatten(name)), None)
    if function is None or not kinds or any(kind not in SAMPLES for kind in kinds):
        return []
    parameters = [arg.arg for arg in function.args.args]
    samples = SAMPLES | {"str": PHRASES} if SPACES.search(source) else SAMPLES
    cases: list[tuple[tuple[Any, ...], Any]] = []
    calls = [
        tuple(samples[kind][(at + place) % 4] for place, kind in enumerate(kinds))
        for at in range(MAX_CASES)
    ]
    if FAILS.search(source):
        calls += list(islice(product(*(PROBES.get(kind, samples[kind]) for kind in kinds)), 8))
    for values in calls:
        if len(cases) == MAX_CASES:
            break
        try:
            done, value = Run(dict(zip(parameters, values, strict=False))).run(function.body)
        except (Raised, *FAILURES):
            continue
        if done and isinstance(value, (bool, int, str, float, list)):
            cases.append((values, value))
    return cases


def list_failures(source: str, name: str, kinds: list[str]) -> list[tuple[tuple[Any, ...], str]]:
    """Return arguments with which a function raises an error, each with the error's name."""
    tree = parse_python(source) or parse_python(rewrite_in_python(source))
    found = [row for row in (tree.body if tree else []) if isinstance(row, ast.FunctionDef)]
    function = next((row for row in found if flatten(row.name) == flatten(name)), None)
    if function is None or not FAILS.search(source) or set(kinds) - set(SAMPLES):
        return []
    names = [arg.arg for arg in function.args.args]
    rows: dict[str, tuple[Any, ...]] = {}
    for values in product(*(PROBES.get(kind, SAMPLES[kind]) for kind in kinds[:MAX_PROBED])):
        run = Run(dict(zip(names, values, strict=False)), MOST_PROBED_STEPS)
        try:
            run.run(function.body)
        except Raised as error:
            if hasattr(builtins, error.name):
                rows.setdefault(error.name, values)
        except FAILURES:
            continue
    return [(values, error) for error, values in rows.items()]


FAILS = make_regex(r"\braise \w|\bthrow \w")
PROBES: dict[str, tuple[Any, ...]] = {
    "int": (3, 0, -1, 1000),
    "float": (2.5, 0, -1, 1000),
    "str": ("hello", "", "a"),
    "list[float]": ([1, 2, 3], []),
    "list[int]": ([1, 2, 3], []),
    "list[str]": (["a", "b"], []),
}
"""Values of each kind that functions often refuse."""
MAX_PROBED = 3
MOST_PROBED_STEPS = 100
SPACES = make_regex(r"[\"'] [\"']|\bsplit\(|\btitle\(")


def flatten(name: str) -> str:
    """Return a name as one word, as both styles of names have it."""
    return name.replace("_", "").lower()
