"""Find the letters that every match of a pattern contains, to skip searches that find nothing.

Most patterns of the recognisers look for words that a prompt does not have. To compare a text with
the letters that a pattern needs takes a small part of the time of a search.
"""

from __future__ import annotations

import importlib
import string
from collections.abc import Iterable, Sequence
from typing import Any

MAX_LITERALS = 600
MIN_LENGTH = 2
"""Shorter literals occur in nearly every text, if their letters are ASCII."""
MAX_SETS = 3
UNSURE_LETTERS = frozenset(
    "\u00b5\u1e9b\u1fbe\ufb05\ufb06"
    + "".join(map(chr, [*range(0x345, 0x400), *range(0x1C80, 0x1C90), *range(0x1F00, 0x2000)]))
)
"""Letters that may match others than their small and capital forms: old letters, and Greek."""
VARIANTS = str.maketrans({"\u0131": "i", "\u0130": "i", "\u017f": "s"})
"""The letters that match i and s where upper and lower case are the same."""
GROUPS = frozenset(("SUBPATTERN", "ATOMIC_GROUP"))
REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
DIGIT = "0"
"""The literal that stands for any digit."""
DIGITS = frozenset(range(ord("0"), ord("9") + 1))
WIDTHLESS = frozenset(("AT", "ASSERT", "ASSERT_NOT"))

Literals = frozenset[str]
"""Literals as `fold` writes them, of which each match has one."""


def fold(text: str) -> str:
    """Return a text in small letters, so that a part that matches a literal has its letters."""
    return text.lower() if text.isascii() else text.translate(VARIANTS).lower()


def find_required(source: str, flags: int) -> tuple[Literals, ...]:
    """Return up to three sets of literals: each match has one of each set.

    Without a result, no literals are known that are worth a look.
    """
    try:
        parser = importlib.import_module("re._parser")
        tree = parser.parse(source, flags)
    except (ImportError, AttributeError):  # a Python with another parser
        return ()
    usable = {one for one in read_sequence(tree) if "" not in one and not is_too_common(one)}
    return tuple(sorted(usable, key=rate_likelihood)[:MAX_SETS])


def is_too_common(literals: Literals) -> bool:
    """Return whether nearly every text has one of some literals, or to look for them takes long."""
    return len(literals) > MAX_LITERALS or any(
        len(one) < MIN_LENGTH and one.isascii() and one != DIGIT for one in literals
    )


def read_sequence(nodes: Iterable[Any]) -> list[Literals]:
    """Return what each match of some nodes in a row contains: all of these hold."""
    found: list[Literals] = []
    run = ""
    for node in nodes:
        name = str(node[0])
        if name in WIDTHLESS:
            continue
        letter = chr(node[1]) if name == "LITERAL" else ""
        if letter and letter not in UNSURE_LETTERS:
            run += fold(letter)
            continue
        found.append(frozenset((run,)))
        run = ""
        if not letter:
            found += read_node(name, node[1])
    return [*found, frozenset((run,))]


def read_node(name: str, argument: Any) -> list[Literals]:
    if name in GROUPS:
        return read_sequence(argument[-1] if name == "SUBPATTERN" else argument)
    if name in REPEATS and argument[0] > 0:
        return read_sequence(argument[2])
    if name == "BRANCH":
        return read_branches(argument[1])
    return [frozenset((DIGIT,))] if name == "IN" and is_digit(argument) else []


def is_digit(members: Iterable[Any]) -> bool:
    """Return whether a set of letters has digits alone."""
    return all(
        str(argument) == "CATEGORY_DIGIT"
        or (str(name) == "RANGE" and DIGITS.issuperset(argument))
        or (str(name) == "LITERAL" and argument in DIGITS)
        for name, argument in members
    )


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
    return sum(0.001 + 0.2 ** len(one.strip(string.whitespace)) for one in literals)
