"""Prepare regular expressions for the generation of matching strings."""

from __future__ import annotations

import re
import string

TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|[()]|\{\d*,?\d*\}|[*+?]|.", re.DOTALL)
NEGATED_CLASS = re.compile(r"\\.|\[\^(?:\\.|[^\]\\])+\]", re.DOTALL)
UNBOUNDED_REPEATS = 100
"""The number of repeats that rstr generates at most where a pattern sets no limit."""
ALPHABET = string.ascii_letters + string.digits + " -_.,:;!?/+*=#%&@$()<>{}~|^"


def estimate_length(pattern: str) -> int:
    """Estimate the length of the longest string for a pattern; nested repeats multiply."""
    sizes, last = [0], 0
    before = [0]
    for token in TOKEN.findall(pattern):
        if token == "(":
            before.append(last)
            sizes.append(0)
            last = 0
        elif token == ")" and len(sizes) > 1:
            last = sizes.pop()
            before.pop()
            sizes[-1] += last
        elif (times := max_repeats(token)) is not None:
            sizes[-1] += last * max(times - 1, 0)
            last *= max(times, 1)
        else:
            last = 1
            sizes[-1] += 1
    return sum(sizes)


def max_repeats(token: str) -> int | None:
    """Return how often a quantifier repeats at most; None for other tokens."""
    if token in ("*", "+"):
        return UNBOUNDED_REPEATS
    if token == "?":
        return 1
    if token.startswith("{") and len(token) > 1:
        low, comma, high = token[1:-1].partition(",")
        return int(high or (max(int(low or 0), UNBOUNDED_REPEATS) if comma else low or 0))
    return None


def expand_negations(pattern: str) -> str:
    """Replace the negated classes of a pattern by the characters that they allow.

    rstr picks from a negated class in an order that differs between processes.
    """
    return NEGATED_CLASS.sub(expand_class, pattern)


def expand_class(match: re.Match[str]) -> str:
    negated = match[0]
    if negated[0] == "\\" and negated != "\\W":
        return negated
    allowed = [char for char in ALPHABET if re.match(negated, char)]
    return "[" + "".join(re.escape(char) for char in allowed[:40]) + "]" if allowed else negated
