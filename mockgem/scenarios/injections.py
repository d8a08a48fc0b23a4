"""Texts that try to take over an application: replies, and results that a tool could return."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from mockgem.core.frozen import frozen
from mockgem.core.suggestions import suggest_names


@frozen
class Injection:
    """A text with its kind ("reply" or "tool result") and the question that it answers."""

    kind: str
    tests: str
    text: str


@cache
def load_injections() -> Mapping[str, Injection]:
    """Return the library of injections by name."""
    data = files("mockgem").joinpath("data/injections.json").read_text("utf-8")
    return {name: Injection(**entry) for name, entry in json.loads(data).items()}


def find_injection(name: str) -> Injection:
    """Return an injection by its name. Raises ValueError for an unknown one."""
    known = load_injections()
    if name not in known:
        near = suggest_names(name, known) or list(known)
        raise ValueError(f"there is no injection {name!r}; did you mean {' or '.join(near[:3])}?")
    return known[name]
