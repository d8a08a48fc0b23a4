"""Docstrings have no quotation marks of a string that was split over two lines."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import mockgem

SPLIT = re.compile(r'"\n\s*[rf]{0,2}"')
PACKAGE = Path(mockgem.__file__).parent


def find_split_docstrings(source: str) -> list[int]:
    """Return the lines of the texts beside code that contain the marks of a split string."""
    found = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr)]
    texts = [one for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [one.lineno for one in texts if SPLIT.search(str(one.value))]


def test_a_split_docstring_is_found() -> None:
    assert find_split_docstrings('"""One line and"\n" the next."""\n') == [1]
    assert find_split_docstrings('"""A "word" and\n"another"."""\n') == []


def test_no_docstring_is_split() -> None:
    paths = sorted(PACKAGE.rglob("*.py"))
    assert len(paths) > 1_000
    broken = {
        str(path.relative_to(PACKAGE)): lines
        for path in paths
        if (lines := find_split_docstrings(path.read_text(encoding="utf-8")))
    }
    assert broken == {}
