"""What has to be known of a pattern before a string is made from it."""

from __future__ import annotations

import re
import string

TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|[()]|\{\d*,?\d*\}|[*+?]|.", re.DOTALL)
NEGATED = re.compile(r"\\.|\[\^(?:\\.|[^\]\\])+\]", re.DOTALL)
OPEN = 100
"""Repeats that the maker of strings allows where a pattern sets no limit."""
LETTERS = string.ascii_letters + string.digits + " -_.,:;!?/+*=#%&@$()<>{}~|^"


def longest(pattern: str) -> int:
    """About how long a string made from a pattern can become: repeats of repeats multiply."""
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
        elif (times := repeats(token)) is not None:
            sizes[-1] += last * max(times - 1, 0)
            last *= max(times, 1)
        else:
            last = 1
            sizes[-1] += 1
    return sum(sizes)


def repeats(token: str) -> int | None:
    """How often a quantifier repeats at most; None for what is no quantifier."""
    if token in ("*", "+"):
        return OPEN
    if token == "?":
        return 1
    if token.startswith("{") and len(token) > 1:
        low, comma, high = token[1:-1].partition(",")
        return int(high or (max(int(low or 0), OPEN) if comma else low or 0))
    return None


def without_negations(pattern: str) -> str:
    """The pattern with classes of what may not be written as classes of what may.

    The maker of strings picks from a negated class in an order that changes with every process.
    """
    return NEGATED.sub(spelled_out, pattern)


def spelled_out(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "\\" and found != "\\W":
        return found
    fitting = [char for char in LETTERS if re.match(found, char)]
    return "[" + "".join(re.escape(char) for char in fitting[:40]) + "]" if fitting else found
