"""Find all mutants of a module, choose some, and compile one."""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any

from tests.mutation.operators import (
    KEYWORDS_WITHOUT_EFFECT,
    find_variants,
    is_word_list,
    negate,
)

ROOT = Path(__file__).parent.parent.parent
Steps = tuple[tuple[str, int | None], ...]
"""The way from a tree to one of its nodes: fields, with the index in a list."""
LONGEST_TEXT = 150
AROUND = 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SKIPPED_FIELDS = {"annotation", "returns", "type_params"}
DOCUMENTATION = ("help", "description")
DECLARATIONS = ("Endpoint", "build_endpoint", "AdminRoute", "SecretKind", "fault")
"""Keyword arguments, and calls with texts, that tables in the documentation repeat; its tests
compare them."""
SKIPPED_KEYWORDS = {*DOCUMENTATION, *KEYWORDS_WITHOUT_EFFECT}
CONDITIONS = ("test", "ifs", "guard")
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


@dataclass(frozen=True)
class Mutant:
    """One change of one module: where it is, and what the code is before and after."""

    module: str
    function: str
    """The qualified name of the function that contains the change; empty for module level."""
    outer: str
    """The name of the outermost function; empty for code that only an import runs."""
    line: int
    first_line: int
    """The first line of the statement."""
    before: str
    after: str
    number: int
    """Which one it is of several mutants that look the same."""
    steps: Steps = field(repr=False)
    index: int = field(repr=False)
    """Which of the variants of the node."""

    @property
    def id(self) -> str:
        number = f" #{self.number}" if self.number else ""
        return f"{self.module}::{self.function}: {self.before} → {self.after}{number}"


@cache
def read_module(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text("utf-8"))


@cache
def find_mutants(module: str) -> tuple[Mutant, ...]:
    """Return all mutants of a file, given as its path from the root of the repository."""
    tree = read_module(module)
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for place in walk(tree):
        for index, variant in enumerate(place.variants()):
            before, after = shorten(place.describe(None), place.describe(variant))
            texts = (place.function, before, after)
            found.append(
                Mutant(
                    module,
                    place.function,
                    place.outer,
                    getattr(place.node, "lineno", place.statement.lineno),
                    place.statement.lineno,
                    before,
                    after,
                    seen[texts],
                    place.steps,
                    index,
                )
            )
            seen[texts] += 1
    return tuple(found)


def choose_mutants(mutants: tuple[Mutant, ...], count: int, seed: int) -> list[Mutant]:
    """Return a sample that stays nearly the same when other functions of the module change."""

    def rank(mutant: Mutant) -> str:
        return hashlib.sha256(f"{seed} {mutant.id}".encode()).hexdigest()

    return sorted(sorted(mutants, key=rank)[:count], key=mutants.index)


def shorten(before: str, after: str) -> tuple[str, str]:
    """Return the part of two long statements that differs, with some text around it."""
    if max(len(before), len(after)) <= LONGEST_TEXT:
        return before, after
    start = count_common(before, after)
    end = count_common(before[start:][::-1], after[start:][::-1])
    first = max(0, start - AROUND)
    return tuple(
        "…" * bool(first) + text[first : len(text) - max(0, end - AROUND)] + "…" * (end > AROUND)
        for text in (before, after)
    )


def count_common(one: str, two: str) -> int:
    """Return how many characters are the same at the beginning of two texts."""
    pairs = zip(one, two, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


@dataclass
class Place:
    """A node with its surroundings."""

    node: ast.AST
    steps: Steps
    statement: ast.stmt
    """The statement that contains the node."""
    inside: Steps
    """The way from the statement to the node."""
    function: str
    outer: str
    is_condition: bool

    def variants(self) -> Iterator[ast.AST]:
        variants = find_variants(self.node)
        if self.steps and self.steps[-1][0] == "slice":
            # The last item of a list is often also the one before the first: [0] and [-1].
            variants = islice(variants, 1)
        yield from variants
        if self.is_condition and isinstance(self.node, ast.expr):
            opposite = negate(self.node)
            if opposite:
                yield opposite

    def describe(self, variant: ast.AST | None) -> str:
        """Return the statement as one line of text, with a variant of the node if one is given."""
        statement = without_body(self.statement)
        if variant is not None:
            statement = replace(statement, self.inside, variant)
        lines = [
            line.strip() for line in ast.unparse(ast.fix_missing_locations(statement)).split("\n")
        ]
        return " ".join(line for line in lines if line != "...")


def walk(tree: ast.Module) -> Iterator[Place]:
    for index, statement in enumerate(tree.body):
        yield from walk_statement(statement, (("body", index),), (), "")


def walk_statement(
    statement: ast.stmt, steps: Steps, names: tuple[str, ...], outer: str
) -> Iterator[Place]:
    """Yield the nodes of a statement: of its header first, then of the statements in it."""
    if is_skipped(statement):
        return
    yield Place(statement, steps, statement, (), ".".join(names), outer, False)
    inner, inner_outer = names, outer
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        inner = (*names, statement.name)
        inner_outer = outer or (".".join(inner) if isinstance(statement, FUNCTIONS) else "")
    for name, index, child in find_children(statement):
        way = (*steps, (name, index))
        if isinstance(child, ast.stmt):
            yield from walk_statement(child, way, inner, inner_outer)
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from walk_block(child, way, inner, inner_outer)
        else:
            inside: Steps = ((name, index),)
            condition = name in CONDITIONS
            yield from walk_expression(
                child, way, statement, inside, ".".join(names), outer, condition
            )


def walk_block(block: ast.AST, steps: Steps, names: tuple[str, ...], outer: str) -> Iterator[Place]:
    """Yield the nodes of an `except` or `case`: of its guard and its statements."""
    for name, index, child in find_children(block):
        if name == "guard" and isinstance(child, ast.expr):
            guard = ast.copy_location(ast.If(child, [], []), child)
            way = (*steps, (name, index))
            inside: Steps = (("test", None),)
            yield from walk_expression(child, way, guard, inside, ".".join(names), outer, True)
        if isinstance(child, ast.stmt):
            yield from walk_statement(child, (*steps, (name, index)), names, outer)


def walk_expression(
    node: ast.AST,
    steps: Steps,
    statement: ast.stmt,
    inside: Steps,
    function: str,
    outer: str,
    condition: bool,
) -> Iterator[Place]:
    yield Place(node, steps, statement, inside, function, outer, condition)
    if isinstance(node, ast.Lambda):
        outer = outer or "<lambda>"
    for name, index, child in find_children(node):
        step = (name, index)
        is_condition = name in CONDITIONS
        yield from walk_expression(
            child, (*steps, step), statement, (*inside, step), function, outer, is_condition
        )


def find_children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    """Yield the nodes within a node, except types and texts for the documentation."""
    if isinstance(node, ast.keyword) and node.arg in SKIPPED_KEYWORDS:
        return
    if is_word_list(node):
        return
    declares = isinstance(node, ast.Call) and ast.unparse(node.func) in DECLARATIONS
    for name, value in ast.iter_fields(node):
        if name in SKIPPED_FIELDS:
            continue
        if isinstance(value, ast.AST):
            yield name, None, value
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.AST) and not (declares and isinstance(item, ast.Constant)):
                    yield name, index, item


def is_skipped(statement: ast.stmt) -> bool:
    """Return whether code has no effect that a test could see: docstrings, types, checks of the
    code itself, other systems."""
    match statement:
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.If(test=test) if "platform" in ast.unparse(test):
            return True
        case ast.ClassDef():
            return any("Protocol" in ast.unparse(base) for base in statement.bases)
    return False


def without_body(statement: ast.stmt) -> ast.stmt:
    """Return the header of a statement."""
    header = copy.copy(statement)
    for name in BLOCKS:
        if isinstance(getattr(header, name, None), list):
            setattr(header, name, [ast.Expr(ast.Constant(...))] if name == "body" else [])
    return header


def replace(tree: Any, steps: Steps, node: ast.AST) -> Any:
    """Return a copy of a tree with another node at one place."""
    if not steps:
        return node
    (name, index), *rest = steps
    tree = copy.copy(tree)
    value = getattr(tree, name)
    if index is None:
        setattr(tree, name, replace(value, tuple(rest), node))
    else:
        changed = replace(value[index], tuple(rest), node)
        setattr(tree, name, [*value[:index], changed, *value[index + 1 :]])
    return tree


def find_node(tree: Any, steps: Steps) -> Any:
    for name, index in steps:
        tree = getattr(tree, name)
        if index is not None:
            tree = tree[index]
    return tree


def compile_mutant(mutant: Mutant) -> CodeType:
    """Return the code of the module with the change."""
    tree = read_module(mutant.module)
    node = find_node(tree, mutant.steps)
    condition = mutant.steps[-1][0] in CONDITIONS
    place = Place(node, mutant.steps, ast.Pass(), (), "", "", condition)
    variant = list(place.variants())[mutant.index]
    changed = ast.fix_missing_locations(replace(tree, mutant.steps, variant))
    return compile(changed, str(ROOT / mutant.module), "exec", dont_inherit=True)
