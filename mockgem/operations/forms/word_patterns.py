"""Patterns for many words: their shared beginnings are tried once, not once for each word."""

from __future__ import annotations

import re
from collections.abc import Iterable


def join_words(words: Iterable[str]) -> str:
    """Return a pattern that matches one of some words, the longest that fits first.

    "four", "five" and "fifteen" become `f(?:i(?:fteen|ve)|our)`.
    """
    groups: dict[str, set[str]] = {}
    for word in words:
        groups.setdefault(word[:1], set()).add(word[1:])
    ends = groups.pop("", None)
    parts = [join_endings(first, rest) for first, rest in sorted(groups.items())]
    if ends is not None:
        parts.append("")
    return "|".join(parts)


def join_endings(first: str, endings: set[str]) -> str:
    """Return the pattern of words that begin with the same letter."""
    if len(endings) == 1:
        return re.escape(first + next(iter(endings)))
    return f"{re.escape(first)}(?:{join_words(endings)})"
