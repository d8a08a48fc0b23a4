"""What a short given function returns for some values, for the tests of it."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
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
    " isdigit isalpha isalnum".split()
)
LIST_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sum": sum,
    "min": min,
    "max": max,
    "sorted": sorted,
    "abs": abs,
}
LARGEST = 10**6
"""Numbers and texts above this size are not worked out."""
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


def work_out(node: ast.AST, names: dict[str, Any]) -> Any:
    """Return the value of an expression with some names."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
            return limit(OPERATIONS[type(op)](work_out(left, names), work_out(right, names)))
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
        case ast.Call(func=ast.Name(id="len"), args=[value]):
            return len(work_out(value, names))
        case ast.Call(func=ast.Attribute(value=value, attr=part), args=args) if (
            part in TEXT_METHODS
        ):
            text = work_out(value, names)
            if not isinstance(text, str):
                raise NotKnown(part)
            return limit(getattr(text, part)(*(work_out(arg, names) for arg in args)))
        case ast.Call(func=ast.Name(id=name), args=[value]) if name in LIST_FUNCTIONS:
            return LIST_FUNCTIONS[name](work_out(value, names))
    raise NotKnown(type(node).__name__)


def limit(value: Any) -> Any:
    """Return a value that is not large."""
    size = len(value) if isinstance(value, (str, list)) else abs(value)
    if size > LARGEST:
        raise NotKnown("size")
    return value


def run_statements(rows: list[ast.stmt], names: dict[str, Any]) -> tuple[bool, Any]:
    """Return whether statements return, and what."""
    for row in rows:
        match row:
            case ast.Return(value=value) if value is not None:
                return True, work_out(value, names)
            case ast.If(test=test, body=body, orelse=other):
                done, value = run_statements(body if work_out(test, names) else other, names)
                if done:
                    return True, value
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = work_out(value, names)
            case ast.Expr(value=ast.Constant()):
                continue
            case _:
                raise NotKnown(type(row).__name__)
    return False, None


def list_outcomes(source: str, name: str, kinds: list[str]) -> list[tuple[tuple[Any, ...], Any]]:
    """Return the arguments of some calls of a function, each with its result; none if unknown."""
    tree = parse_python(source) or parse_python(rewrite_in_python(source))
    found = [row for row in (tree.body if tree else []) if isinstance(row, ast.FunctionDef)]
    function = next((row for row in found if flatten(row.name) == flatten(name)), None)
    if function is None or not kinds or any(kind not in SAMPLES for kind in kinds):
        return []
    parameters = [arg.arg for arg in function.args.args]
    samples = SAMPLES | {"str": PHRASES} if SPACES.search(source) else SAMPLES
    cases = []
    for at in range(MAX_CASES):
        values = tuple(samples[kind][(at + place) % 4] for place, kind in enumerate(kinds))
        try:
            done, value = run_statements(function.body, dict(zip(parameters, values, strict=False)))
        except (NotKnown, TypeError, ValueError, ArithmeticError):
            continue
        if done and isinstance(value, (bool, int, str, float)):
            cases.append((values, value))
    return cases


SPACES = make_regex(r"[\"'] [\"']|\bsplit\(|\btitle\(")


def flatten(name: str) -> str:
    """Return a name as one word, as both styles of names have it."""
    return name.replace("_", "").lower()
