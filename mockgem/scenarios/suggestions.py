"""Names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UnknownName(ValueError):
    """There is nothing of that name; the message says what may be meant."""


def suggest_names(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that a mistyped one may mean, the likeliest first."""
    names = list(known)
    word = word[:64].lower()
    close = get_close_matches(word, names, most, 0.6)
    return close or [name for name in names if word and (word in name or name in word)][:most]
