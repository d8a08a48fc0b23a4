"""Compare the catalogue with the models that the newest SDKs know.

`python -m tests.tools.sdk_models FOLDER…`: each folder holds the installed sources of an SDK. The
names are the literals of its types; examples in its documentation do not count. The exit code is 1
if the catalogue lacks a model.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mockgem.config.model_catalog import load_packaged_models

MODEL = re.compile(r"(gemini|gemma|imagen|veo|lyria|nano-banana|deep-research|antigravity)-[\w.-]+")
UNION = re.compile(r"""(?:\|\s*["']([^"'\n]+)["'])|(?:["']([^"'\n]+)["'](?=\s*\|))""")
NOT_OFFERED: dict[str, str] = {}
"""Names that the catalogue leaves out on purpose, with the reason."""


def find_python_models(folder: Path) -> Iterator[str]:
    """Yield the names of models in the `Literal` types of Python sources, without their tests."""
    for path in sorted(folder.rglob("*.py")):
        if "tests" in path.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Subscript) and name_of(node.value) == "Literal":
                yield from select_models(iter_strings(node.slice))


def find_typescript_models(folder: Path) -> Iterator[str]:
    """Yield the names of models in the unions of TypeScript declarations."""
    for path in sorted(folder.rglob("*.d.ts")):
        text = path.read_text(encoding="utf-8")
        yield from select_models(one or other for one, other in UNION.findall(text))


def name_of(node: ast.expr) -> str:
    """Return the last part of a name, like `Literal` of `typing.Literal`."""
    return getattr(node, "attr", "") or getattr(node, "id", "")


def iter_strings(node: ast.AST) -> Iterator[str]:
    """Yield the strings inside a type."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def select_models(words: Iterator[str]) -> Iterator[str]:
    """Yield the words that are names of models."""
    return (word for word in words if MODEL.fullmatch(word))


def list_missing(names: set[str]) -> list[str]:
    """Return the names that the catalogue lacks."""
    return sorted(names - load_packaged_models().keys() - NOT_OFFERED.keys())


def main(folders: Sequence[str]) -> int:
    names = set[str]()
    for folder in map(Path, folders):
        found = {*find_python_models(folder), *find_typescript_models(folder)}
        print(f"{folder.name}: {len(found)} models")
        names |= found
    if not names:
        print("No model was found: are the SDKs installed, and do they still list models?")
        return 1
    missing = list_missing(names)
    for name in missing:
        print(f"missing in mockgem/data/models.json: {name}")
    print(f"{len(names)} models in SDKs, {len(missing)} missing in the catalogue")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
