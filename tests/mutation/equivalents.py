"""Mutants that behave like the original: a list with a reason for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant

LIST = Path(__file__).with_name("equivalent.toml")
Key = tuple[str, str, str, str]
ANY = ""
"""Stands for each change of a statement."""


def read_equivalents(path: Path = LIST) -> set[Key]:
    """Return the listed mutants; an entry without `after` is about all changes of a statement.

    Raises ValueError for an entry without a reason.
    """
    keys = set()
    for entry in tomllib.loads(path.read_text("utf-8")).get("equivalent", []):
        if not entry.get("reason"):
            raise ValueError(f"{path.name}: the entry {entry} needs a reason.")
        keys.add((entry["module"], entry["function"], entry["before"], entry.get("after", ANY)))
    return keys


def key_of(mutant: Mutant) -> Key:
    return mutant.module, mutant.function, mutant.before, mutant.after


def is_listed(mutant: Mutant, keys: set[Key]) -> bool:
    key = key_of(mutant)
    return key in keys or (*key[:3], ANY) in keys


def find_outdated(keys: set[Key], mutants: Iterable[Mutant], modules: Iterable[str]) -> list[Key]:
    """Return the entries about some modules that match none of the modules' mutants."""
    known = {key for mutant in mutants for key in (key_of(mutant), (*key_of(mutant)[:3], ANY))}
    chosen = set(modules)
    return sorted(key for key in keys if key[0] in chosen and key not in known)
