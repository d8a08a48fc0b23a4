"""Regular expressions that are compiled when a prompt first needs them.

The recognisers have 3,300 of them, and a prompt needs some dozens. To compile all would hold up the
first reply with a form for a third of a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from mockgem.operations.forms.required_literals import Literals, find_required

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "finditer", "findall")
SHORT = 200
"""Texts of up to this number of characters are put in small letters again for each pattern."""
MAX_LOWERED = 16
MAX_LENGTH = 20_000
"""Longer texts are searched at once, so that none of them is kept."""
UNGUARDED_USES = 20
lowered_texts: dict[str, str] = {}

Search = Callable[..., re.Match[str] | None]
ANYTHING: Literals = frozenset(("",))


class LazyPattern:
    """A pattern that compiles itself at its first use; from then on its methods are the real
    ones. A search that is used often looks for known literals first."""

    __slots__ = ("regex_flags", "source", *METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.regex_flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern: a method that is set is not looked up here again."""
        compiled = re.compile(self.source, self.regex_flags)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        self.search = self.count_searches(compiled.search)
        return getattr(self if name in METHODS else compiled, name)

    def count_searches(self, search: Search) -> Search:
        """Return a search that is guarded from a number of uses on: guards take time to find."""
        left = UNGUARDED_USES

        def find(text: str, *limits: int) -> re.Match[str] | None:
            nonlocal left
            left -= 1
            if left < 0:
                required = find_required(self.source, self.regex_flags)
                self.search = guard_search(search, *required) if required else search
            return search(text, *limits)

        return find


def guard_search(search: Search, first: Literals, second: Literals = ANYTHING) -> Search:
    """Return a search that looks for literals first: each match has one of each set."""

    def find(text: str, *limits: int) -> re.Match[str] | None:
        if len(text) > MAX_LENGTH or not text.isascii():
            return search(text, *limits)
        lowered = lower(text)
        for literal in first:
            if literal in lowered:
                break
        else:
            return None
        for literal in second:
            if literal in lowered:
                return search(text, *limits)
        return None

    return find


def lower(text: str) -> str:
    """Return a text in small letters; that of a long text is kept for the next pattern."""
    if len(text) <= SHORT:
        return text.lower()
    found = lowered_texts.get(text)
    if found is None:
        if len(lowered_texts) >= MAX_LOWERED:
            lowered_texts.clear()
        found = lowered_texts[text] = text.lower()
    return found


def make_regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", LazyPattern(source, int(flags)))
