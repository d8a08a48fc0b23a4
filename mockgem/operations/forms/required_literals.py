"""Find the letters that every match of a pattern contains, to skip searches that find nothing.

Most patterns of the recognisers look for words that a prompt does not have. `"word" in text` tells
this about fifty times as fast as a search.
"""

from __future__ import annotations

import importlib
import string
from collections.abc import Iterable, Sequence
from typing import Any

MAX_LITERALS = 40
MIN_LENGTH = 3
"""Shorter literals occur in nearly every text."""
MIN_EITHER = 2
"""The same where a text must have one of two sets each."""
ASCII_VARIANTS = frozenset("\u0131\u0130\u017f\u212a")
"""The letters that match i, s and k where upper and lower case are the same."""
GROUPS = frozenset(("SUBPATTERN", "ATOMIC_GROUP"))
REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
WIDTHLESS = frozenset(("AT", "ASSERT", "ASSERT_NOT"))

Literals = frozenset[str]
"""Literals in small letters, of which each match has one; with none, no ASCII text matches."""


def find_required(source: str, flags: int) -> tuple[Literals, ...]:
    """Return one or two sets of literals, of each of which each match in an ASCII text has one.

    An ASCII text, in small letters, that lacks all of a set cannot match. Without a result, no few
    literals are known.
    """
    try:
        parser = importlib.import_module("re._parser")
        tree = parser.parse(source, flags)
    except (ImportError, AttributeError):  # a Python with another parser
        return ()
    choices = read_sequence(tree)
    first = find_best(choices)
    if first is None or is_too_common(first, MIN_EITHER):
        return ()
    second = find_best([one for one in choices if one != first])
    if second is not None and not is_too_common(second, MIN_EITHER):
        return (first, second)
    return () if is_too_common(first, MIN_LENGTH) else (first,)


def is_too_common(literals: Literals, length: int) -> bool:
    """Return whether nearly every text has one of some literals, or to look for them takes long."""
    return len(literals) > MAX_LITERALS or any(len(one) < length for one in literals)


def read_sequence(nodes: Iterable[Any]) -> list[Literals]:
    """Return what each match of some nodes in a row contains: all of these hold."""
    found: list[Literals] = []
    run = ""
    for node in nodes:
        name = str(node[0])
        if name in WIDTHLESS:
            continue
        letter = chr(node[1]) if name == "LITERAL" else ""
        if letter.isascii() and letter:
            run += letter.lower()
            continue
        found.append(frozenset((run,)))
        run = ""
        if letter and letter not in ASCII_VARIANTS:
            found.append(frozenset())
        elif not letter:
            found += read_node(name, node[1])
    return [*found, frozenset((run,))]


def read_node(name: str, argument: Any) -> list[Literals]:
    if name in GROUPS:
        return read_sequence(argument[-1] if name == "SUBPATTERN" else argument)
    if name in REPEATS and argument[0] > 0:
        return read_sequence(argument[2])
    if name == "BRANCH":
        return read_branches(argument[1])
    return []


def read_branches(branches: Sequence[Any]) -> list[Literals]:
    """Return the literals of all alternatives together; nothing if one of them has none."""
    found = [find_best(read_sequence(branch)) for branch in branches]
    known = [literals for literals in found if literals is not None]
    return [frozenset().union(*known)] if len(known) == len(found) else []


def find_best(choices: Iterable[Literals]) -> Literals | None:
    """Return the literals that a text has least likely; None without a choice."""
    usable = [literals for literals in choices if "" not in literals]
    return min(usable, key=rate_likelihood) if usable else None


def rate_likelihood(literals: Literals) -> float:
    """Return a figure that grows with the number of literals, and falls with their lengths."""
    return sum(0.02 + 0.2 ** len(one.strip(string.whitespace)) for one in literals)
