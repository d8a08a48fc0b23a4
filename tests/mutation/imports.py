"""Which modules of mockgem a file of tests imports: its tests are about them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.mutation.mutants import ROOT


@cache
def find_imports(file: str) -> frozenset[str]:
    """Return the modules that a file imports, as paths from the root of the repository."""
    path = ROOT / file
    if not path.exists():
        return frozenset()
    return frozenset(
        [
            place
            for name in list_names(ast.parse(path.read_text("utf-8")))
            for place in (f"{name}.py", f"{name}/__init__.py")
            if (ROOT / place).exists()
        ]
    )


def list_names(tree: ast.Module) -> Iterator[str]:
    """Yield what may be a module: `from a.b import c` names a/b, and perhaps a/b/c."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *[f"{node.module}.{alias.name}" for alias in node.names]]
        yield from [name.replace(".", "/") for name in names if name.startswith("mockgem.")]
