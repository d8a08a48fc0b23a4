"""Read the package's source files: what their names mean, without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "mockgem"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """One source file: its functions, constants and imports by name."""

    path: str
    tree: ast.Module
    functions: dict[str, Function] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


@cache
def read_modules() -> dict[str, Module]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return {name_module(path): read_module(path) for path in paths}


def name_module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def read_module(path: Path) -> Module:
    module = Module(path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8")))
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            module.functions.setdefault(node.name, node)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                module.imports[alias.asname or alias.name] = (node.module, alias.name)
    module.constants = dict(find_assignments(module.tree.body))
    return module


def find_assignments(nodes: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.Assign):
            yield from pair_targets(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def pair_targets(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Yield names with their values, also of `a, b = 1, 2`."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from pair_targets(one, other)


def walk(node: ast.AST, function: Function | None) -> Iterator[tuple[ast.AST, Function | None]]:
    """Yield every node below this one, with the innermost function that it is in."""
    for child in ast.iter_child_nodes(node):
        inner = child if isinstance(child, Function) else function
        yield child, inner
        yield from walk(child, inner)


@cache
def find_locals(function: Function) -> list[tuple[str, ast.expr]]:
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    found = list(find_assignments(statements))
    for node in ast.walk(function):
        if isinstance(node, ast.NamedExpr):
            found.append((node.target.id, node.value))
        elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            choices = node.iter.elts if isinstance(node.iter, ast.Tuple) else []
            found += [(node.target.id, choice) for choice in choices]
    return found


def list_parameters(function: Function) -> list[str]:
    arguments = function.args
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def find_constant(name: str, owner: str) -> tuple[ast.expr | None, str]:
    """Return the value of a constant of a module, imported ones as well, and its module."""
    module = read_modules()[owner]
    if name in module.constants:
        return module.constants[name], owner
    source, original = module.imports.get(name, ("", ""))
    return find_constant(original, source) if source in read_modules() else (None, owner)


def find_function(name: str, owner: str) -> tuple[str, Function | None]:
    module = read_modules()[owner]
    if name in module.functions:
        return owner, module.functions[name]
    source, original = module.imports.get(name, ("", ""))
    return find_function(original, source) if source in read_modules() else (owner, None)
