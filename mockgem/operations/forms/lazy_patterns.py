"""Regular expressions that are compiled when a prompt first needs them.

The recognisers have 1,600 of them, and a prompt needs some dozens. To compile all would hold up the
first reply with a form for a third of a second.
"""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "finditer", "findall")


class LazyPattern:
    """A pattern that compiles itself at its first use; from then on its methods are the real
    ones."""

    __slots__ = ("regex_flags", "source", *METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.regex_flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern: a method that is set is not looked up here again."""
        compiled = re.compile(self.source, self.regex_flags)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def make_regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", LazyPattern(source, int(flags)))
