"""Search for the patterns of schemas, within limits: a search may take exponential time."""

from __future__ import annotations

import re
from functools import lru_cache


def matches_pattern(pattern: str, text: str) -> bool:
    """Return whether a pattern matches a part of a text.

    True without a search if the pattern is invalid, or if the search could take too long.
    """
    if len(text) > 2000 or is_runaway_pattern(pattern, len(text)):
        return True
    compiled = compile_pattern(pattern)
    return compiled is None or compiled.search(text) is not None


@lru_cache(maxsize=2048)
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """Return a compiled pattern, None for an invalid one.

    A schema may have more patterns than Python's own cache, which is searched once per field.
    """
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def is_runaway_pattern(pattern: str, length: int) -> bool:
    """Return whether a search in a text of some length could take too long."""
    return len(pattern) > MAX_PATTERN or count_ways(pattern, length) > MAX_BACKTRACKING


def count_search_steps(pattern: str, text: str) -> int:
    """Return what a search takes, in comparisons of values."""
    if len(pattern) > MAX_PATTERN or len(text) > 2000:
        return 0
    ways = count_ways(pattern, len(text))
    return 0 if ways > MAX_BACKTRACKING else ways // WAYS_PER_STEP


@lru_cache(maxsize=4096)
def count_ways(pattern: str, length: int) -> int:
    """Return about how many ways a search in a text of some length may try.

    They are too many if the pattern repeats a group. An optional item doubles the ways; an item of
    any length multiplies them by the text's length.
    """
    if re.search(r"\)[*+{]", pattern):
        return MAX_BACKTRACKING + 1
    ways = length + 1
    for sign in QUANTIFIER.findall(pattern):
        ways *= 2 if sign in "?|" else length + 1 if sign in "*+" or sign.endswith(",}") else 20
        if ways > MAX_BACKTRACKING:
            break
    return ways


QUANTIFIER = re.compile(r"(?<!\\)(?:[*+?|]|\{\d*,\d*\})")
MAX_BACKTRACKING = 3_000_000
MAX_PATTERN = 2_000
"""Characters of the longest pattern that is searched for."""
WAYS_PER_STEP = 64
