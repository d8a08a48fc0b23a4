"""What a diff changes, in a few words: the names and the values that are new in its lines."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

LINE = make_regex(r"^([+-])(?![+-]{2})[ \t]*(\S[^\n]{0,200})$", re.M)
NAME = make_regex(r"\b[A-Za-z_]\w*\b|\b\d[\w.]*\b")
ASSIGNED = make_regex(r"(?:(?:const|let|var|self\.|export) ?)*([A-Za-z_][\w.]*) ?[:=](?!=) ?(.+)")
DEFINED = make_regex(r"\b(?:def|function|func|fn|class|interface|struct) ([A-Za-z_]\w*)")
KEYWORDS = frozenset(
    "if else elif return for while in not and or is none null true false def function const let"
    " var import from new class self this int str string print console log raise throw".split()
)


def list_changed(diff: str) -> tuple[list[str], list[str]]:
    """Return the removed and the added lines of a diff."""
    found = LINE.findall(diff[:8000])
    removed, added = ([line for mark, line in found if mark == sign] for sign in "-+")
    return removed, added


def describe_diff(diff: str) -> str:
    """Return what a diff does in words that begin with a verb; empty if it shows too little."""
    removed, added = list_changed(diff)
    old, new = (list(map(str, NAME.findall(" ".join(lines)))) for lines in (removed, added))
    fresh = [name for name in new if name not in old and name.lower() not in KEYWORDS]
    gone = [name for name in old if name not in new and name.lower() not in KEYWORDS]
    defined = DEFINED.search(" ".join(added))
    if defined and not DEFINED.search(" ".join(removed)):
        return f"add {defined[1]}"
    if added and removed and len(fresh) == len(gone) == 1:
        target = ASSIGNED.match(added[0])
        is_value = target is not None and target[1] not in (fresh[0], gone[0])
        if target is not None and is_value:
            return f"change {target[1]} from {gone[0]} to {fresh[0]}"
        return f"replace {gone[0]} with {fresh[0]}"
    target = ASSIGNED.match(added[0]) if added else None
    if fresh and target and target[1] != fresh[0]:
        return f"use {fresh[0]} in {target[1]}"
    if fresh:
        return f"add {fresh[0]}" if not removed else f"use {fresh[0]}"
    if gone:
        return f"remove {gone[0]}"
    return ""


def explain_diff(diff: str) -> str:
    """Return a sentence with the first line that a diff changes; empty without one."""
    removed, added = list_changed(diff)
    if removed and added:
        return f"The line `{removed[0]}` becomes `{added[0]}`."
    if added:
        return f"The new line is `{added[0]}`."
    return f"The line `{removed[0]}` is not needed any more." if removed else ""
