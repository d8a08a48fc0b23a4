"""A name in Python that nothing defines, although a similar one is there: "x" for "xs"."""

from __future__ import annotations

import ast
import builtins
from difflib import get_close_matches

from mockgem.operations.forms.code_types import parse_python

KNOWN = frozenset(dir(builtins))


def check_misspelled(source: str) -> tuple[str, str] | None:
    """Return a program with the similar name, and what was wrong; None if all names are known."""
    tree = parse_python(source)
    if tree is None:
        return None
    nodes = list(ast.walk(tree))
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes):
        return None
    defined = list_defined(nodes)
    used = [one for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)]
    for node in sorted(used, key=lambda one: (one.lineno, one.col_offset)):
        if node.id in defined or node.id in KNOWN:
            continue
        near = get_close_matches(node.id, sorted(defined), n=1, cutoff=0.6)
        if near and is_at(source, node):
            message = f"`{node.id}` is not defined (`NameError`); the name is `{near[0]}`."
            return replace_name(source, node, near[0]), message
    return None


def list_defined(nodes: list[ast.AST]) -> set[str]:
    """Return the names that a program defines: its variables, parameters, functions, imports."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
    return found


def is_at(source: str, node: ast.Name) -> bool:
    """Return whether a name stands where its node says, which is not so in formatted texts."""
    row = source.split("\n")[node.lineno - 1].encode()
    return row[node.col_offset :].startswith(node.id.encode())


def replace_name(source: str, node: ast.Name, name: str) -> str:
    lines = source.split("\n")
    row = lines[node.lineno - 1].encode()
    start, end = node.col_offset, node.col_offset + len(node.id.encode())
    lines[node.lineno - 1] = (row[:start] + name.encode() + row[end:]).decode()
    return "\n".join(lines)
