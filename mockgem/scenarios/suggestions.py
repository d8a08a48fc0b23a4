"""Suggest known names for a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UnknownName(ValueError):
    """A name that does not exist. The message suggests known names."""


def suggest_names(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return known names that are similar to a word, the most similar first."""
    names = list(known)
    word = word[:64].lower()
    close = get_close_matches(word, names, most, 0.6)
    return close or [name for name in names if word and (word in name or name in word)][:most]
