"""Mutants that behave like the original: a list with a reason for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant

LIST = Path(__file__).with_name("equivalent.toml")
Key = tuple[str, str, str, str]


def read_equivalents(path: Path = LIST) -> set[Key]:
    """Return the listed mutants. Raises ValueError for an entry without a reason."""
    keys = set()
    for entry in tomllib.loads(path.read_text("utf-8")).get("equivalent", []):
        if not entry.get("reason"):
            raise ValueError(f"{path.name}: the entry {entry} needs a reason.")
        keys.add((entry["module"], entry["function"], entry["before"], entry["after"]))
    return keys


def key_of(mutant: Mutant) -> Key:
    return mutant.module, mutant.function, mutant.before, mutant.after


def find_outdated(keys: set[Key], mutants: Iterable[Mutant], modules: Iterable[str]) -> list[Key]:
    """Return the entries about some modules that match none of the modules' mutants."""
    known = {key_of(mutant) for mutant in mutants}
    chosen = set(modules)
    return sorted(key for key in keys if key[0] in chosen and key not in known)
