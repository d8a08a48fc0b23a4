"""Search with patterns that most texts rule out by lacking a word or a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

DIGITS = tuple("0123456789")


class CluedPattern:
    """A regular expression, and clues: a text in which it matches contains at least one of them.

    To look for the clues takes a tenth of the time of a search. Where the expression ignores case,
    the clues are in lower case.
    """

    __slots__ = ("clues", "ignores_case", "pattern")

    def __init__(
        self, pattern: str, clues: tuple[str, ...], flags: re.RegexFlag = re.NOFLAG
    ) -> None:
        self.pattern = re.compile(pattern, flags)
        self.clues = clues
        self.ignores_case = bool(flags & re.IGNORECASE)

    def may_match(self, text: str) -> bool:
        """Return whether a text has a clue.

        Other letters than those of ASCII can equal the letters of a clue if case is ignored.
        """
        if not text.isascii():
            return True
        searched = text.lower() if self.ignores_case else text
        for clue in self.clues:  # noqa: SIM110 - a generator takes longer than the clues do
            if clue in searched:
                return True
        return False

    def findall(self, text: str) -> list[Any]:
        return self.pattern.findall(text) if self.may_match(text) else []

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None

    def remove(self, text: str) -> str:
        """Return a text with a space in place of each match."""
        return self.pattern.sub(" ", text) if self.may_match(text) else text
