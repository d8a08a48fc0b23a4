"""Regular expressions that are compiled when a prompt first needs them.

The recognisers have 4,900 of them, and a prompt needs some dozens. To compile all would hold up the
first reply with a form for more than a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from mockgem.operations.forms.required_literals import find_required
from mockgem.operations.forms.search_guards import SHORT, Guard, known_texts, may_match

PLAIN = ("match", "fullmatch", "subn", "split")
GUARDED = ("search", "sub", "finditer", "findall")
METHODS = (*PLAIN, *GUARDED)
UNGUARDED_LETTERS = 7_000
"""Searching so many letters takes as long as preparing a guard, about 0.3 ms."""

Method = Callable[..., Any]


class LazyPattern:
    """A pattern that compiles itself at its first use; from then on its methods are the real
    ones. When it is used often, those that search look for known literals first."""

    __slots__ = ("left", "regex_flags", "source", *METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.regex_flags = flags
        self.left = UNGUARDED_LETTERS

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern: a method that is set is not looked up here again."""
        compiled = re.compile(self.source, self.regex_flags)
        for method in PLAIN:
            setattr(self, method, getattr(compiled, method))
        for method in GUARDED:
            setattr(self, method, self.count_uses(compiled, method))
        return getattr(self if name in METHODS else compiled, name)

    def count_uses(self, compiled: re.Pattern[str], name: str) -> Method:
        """Return a method that guards the pattern when that is worth the time that it takes."""
        method: Method = getattr(compiled, name)

        def use(text: str, *limits: int) -> Any:
            self.left -= len(text)
            if self.left < 0:
                self.guard(compiled)
            return method(text, *limits)

        def replace(new: Any, text: str, count: int = 0) -> Any:
            self.left -= len(text)
            if self.left < 0:
                self.guard(compiled)
            return method(new, text, count)

        return replace if name == "sub" else use

    def guard(self, compiled: re.Pattern[str]) -> None:
        """Set the methods that look for literals first; without known ones, the real methods."""
        guards = [Guard(one) for one in find_required(self.source, self.regex_flags)]
        guards.sort(key=lambda guard: bool(guard.short))
        for name in GUARDED:
            method = getattr(compiled, name)
            setattr(self, name, GUARDS[name](method, guards) if guards else method)


def guard_search(search: Method, guards: list[Guard]) -> Method:
    """Return a search that does not look at texts which cannot have a match."""
    grams = frozenset[int]() if guards[0].short else guards[0].grams
    quick = guards[0].quick

    def find(text: str, *limits: int) -> re.Match[str] | None:
        if len(text) <= SHORT and text.isascii():
            lowered = text.lower()
            for literal in quick:
                if literal in lowered:
                    return search(text, *limits)  # type: ignore[no-any-return]
            return None
        known = known_texts.get(text)
        if known is not None and known.grams and grams and grams.isdisjoint(known.grams):
            return None
        return search(text, *limits) if may_match(text, guards) else None

    return find


def guard_sub(sub: Method, guards: list[Guard]) -> Method:
    def replace(new: Any, text: str, count: int = 0) -> str:
        return sub(new, text, count) if may_match(text, guards) else text

    return replace


def guard_findall(findall: Method, guards: list[Guard]) -> Method:
    def find(text: str, *limits: int) -> list[Any]:
        return findall(text, *limits) if may_match(text, guards) else []

    return find


def guard_finditer(finditer: Method, guards: list[Guard]) -> Method:
    def find(text: str, *limits: int) -> Iterator[re.Match[str]]:
        return finditer(text, *limits) if may_match(text, guards) else iter(())

    return find


GUARDS = {
    "search": guard_search,
    "sub": guard_sub,
    "findall": guard_findall,
    "finditer": guard_finditer,
}


def make_regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", LazyPattern(source, int(flags)))
