"""Suggest known names for a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable


def suggest_names(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return known names that are similar to a word, the most similar first."""
    from difflib import get_close_matches

    names = list(known)
    word = word[:64].lower()
    close = get_close_matches(word, names, most, 0.6)
    return close or [name for name in names if word and (word in name or name in word)][:most]


def describe_unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return "there is no KIND 'NAME'", with the nearest known name or with all of them."""
    names = list(known)
    message = f"there is no {kind} {name[:64]!r}"
    if near := suggest_names(name, names, 1):
        return f"{message}; did you mean {near[0]}?"
    return f"{message}; known: {', '.join(names)}" if names else message
