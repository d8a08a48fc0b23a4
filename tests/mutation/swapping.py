"""Put a mutant into modules that are already imported, by replacing the code of functions."""

from __future__ import annotations

import gc
from collections.abc import Hashable, Iterator
from pathlib import Path
from types import CodeType, FunctionType

from tests.mutation.mutants import ROOT, Mutant, compile_mutant, read_module

Functions = dict[Hashable, list[FunctionType]]


class CannotSwapError(Exception):
    """The change is not within a function that exists."""


def index_functions() -> Functions:
    """Return the functions of mockgem that exist in this process, by their code."""
    package = str(ROOT / "mockgem")
    functions: Functions = {}
    for found in gc.get_objects():
        if isinstance(found, FunctionType) and found.__code__.co_filename.startswith(package):
            functions.setdefault(identify(found.__code__), []).append(found)
    return functions


def identify(code: CodeType) -> Hashable:
    name = Path(code.co_filename).name
    return name, code.co_qualname, code.co_firstlineno, code.co_code, code.co_names


def swap(mutant: Mutant, functions: Functions) -> None:
    """Apply a mutant. Raises CannotSwapError if an import must do it."""
    original = compile(
        read_module(mutant.module), str(ROOT / mutant.module), "exec", dont_inherit=True
    )
    swapped = 0
    for old, new in pair(original, compile_mutant(mutant)):
        for function in functions.get(identify(old), ()):
            try:
                function.__code__ = new
            except ValueError as error:
                raise CannotSwapError(str(error)) from error
            swapped += 1
    if not swapped:
        raise CannotSwapError("no function has this code")


def pair(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield the code objects that differ, old and new."""
    if old == new:
        return
    yield old, new
    olds, news = nested(old), nested(new)
    if len(olds) == len(news):
        for inner_old, inner_new in zip(olds, news, strict=True):
            yield from pair(inner_old, inner_new)


def nested(code: CodeType) -> list[CodeType]:
    return [value for value in code.co_consts if isinstance(value, CodeType)]
