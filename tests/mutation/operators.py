"""The small changes of code that the tests should notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
}
KEYWORDS_WITHOUT_EFFECT = {
    *("encoding", "flush", "frozen", "kw_only", "maxsize", "slots", "strict"),
}
"""Keyword arguments that no test should notice.

They are about speed, equal the default here, or check the code itself, as `assert` does.
"""
MARK = "mutant "


def find_variants(node: ast.AST) -> Iterator[ast.AST]:
    """Return the other versions of one node; a removed statement becomes `pass`."""
    match node:
        case ast.Compare(ops=[operator]) if replacement := COMPARISONS.get(type(operator)):
            yield change(node, ops=[replacement()])
        case ast.Constant():
            for value in find_values(node.value):
                yield change(node, value=value)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BoolOp(op=operator):
            yield change(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.BinOp(op=operator) if replacement := ARITHMETIC.get(type(operator)):
            yield change(node, op=replacement())
        case ast.Slice():
            if node.lower:
                yield change(node, lower=None)
            if node.upper:
                yield change(node, upper=None)
        case ast.Call():
            yield from find_calls(node)
        case ast.stmt():
            yield from find_statements(node)


def find_values(value: Any) -> list[Any]:
    """Return other values for a constant. Of texts only messages change: those with a space."""
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1, value - 1]
        case float():
            return [value + 1]
        case str() if " " in value.strip():
            return [MARK + value]
    return []


def find_calls(node: ast.Call) -> Iterator[ast.AST]:
    """Return the call without a keyword argument or a word, and with an opposite function."""
    for index, keyword in enumerate(node.keywords):
        if keyword.arg and keyword.arg not in KEYWORDS_WITHOUT_EFFECT:
            rest = node.keywords[:index] + node.keywords[index + 1 :]
            yield change(node, keywords=rest)
    match node.func:
        case ast.Attribute(value=ast.Constant(value=str(text))) if is_word_list(node.func):
            words = ast.Constant(" ".join(text.split()[1:]))
            yield change(node, func=change(node.func, value=words))
        case ast.Name(id=name) if name in NAMES:
            yield change(node, func=change(node.func, id=NAMES[name]))
        case ast.Attribute(attr=name) if name in NAMES:
            yield change(node, func=change(node.func, attr=NAMES[name]))


def is_word_list(node: ast.AST) -> bool:
    """Return whether a node is the function of `"some words".split()`."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "split"
        and isinstance(node.value, ast.Constant)
    )


def find_statements(node: ast.stmt) -> Iterator[ast.AST]:
    """Return the statement without its effect, and with an opposite one."""
    nothing = ast.copy_location(ast.Pass(), node)
    match node:
        case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()):
            yield nothing
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Raise() | ast.Delete():
            yield nothing
        case ast.AugAssign():
            yield nothing
            if replacement := ARITHMETIC.get(type(node.op)):
                yield change(node, op=replacement())
        case ast.Return(value=ast.expr() as value) if not is_constant(value):
            yield change(node, value=ast.copy_location(ast.Constant(None), value))
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)


def negate(node: ast.expr) -> ast.expr | None:
    """Return the opposite of a condition, unless another change is the same."""
    match node:
        case ast.UnaryOp(op=ast.Not()):
            return None
        case ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.Is() | ast.IsNot() | ast.In()]):
            return None
    return ast.copy_location(ast.UnaryOp(ast.Not(), node), node)


def is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def change(node: Any, **fields: Any) -> Any:
    """Return a copy of a node with some other fields."""
    values = {name: getattr(node, name, None) for name in node._fields}
    return ast.copy_location(type(node)(**values | fields), node)
