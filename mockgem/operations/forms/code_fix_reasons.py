"""What was wrong with a given program: the reason, and the line that is different."""

from __future__ import annotations

import difflib

from mockgem.operations.forms.lazy_patterns import make_regex

NAMES = make_regex(r"[A-Za-z_$][\w$]*")
REASONS = (
    (r"<= ?\w[\w.]*\.length", r"< ?\w[\w.]*\.length", "the loop went one step beyond the end"),
    (r"len\(\w+\) ?\+ ?1", r"range\(len\(\w+\)\)", "the loop went one step beyond the end"),
    (r"=\+ ", r"\+= ", "`=+` sets the value each time instead of adding to it"),
    (
        r"^\s*(?:if|elif|while) [^=]*[^=!<>]=[^=]",
        r"==",
        "`=` sets a value and `==` compares values",
    ),
    (r"^\s*(?:let|var) \w+;$", r"= 0;$", "the sum had no first value"),
    (r"^\s*print [^(]", r"print\(", "`print` is a function and needs brackets"),
)
COMPILED = [(make_regex(old), make_regex(new), why) for old, new, why in REASONS]
"""What is in the old line, what is in the new one, and what was wrong."""


def explain_fix(before: str, after: str) -> str:
    """Return what was wrong with the first line that a fix changes; empty if lines came or went."""
    old_lines, new_lines = before.strip().split("\n"), after.strip().split("\n")
    rows = [
        (at, old.strip(), new.strip())
        for at, (old, new) in enumerate(zip(old_lines, new_lines, strict=False), 1)
        if old.rstrip() != new.rstrip()
    ]
    if len(old_lines) != len(new_lines) or not rows or "`" in before:
        return ""
    at, old, new = rows[0]
    why = next((why for was, now, why in COMPILED if was.search(old) and now.search(new)), "")
    why = why or find_wrong_name(old, new) or find_missing(old, new) or "that line was not right"
    return f"The mistake was in line {at}: {why}. `{old}` is now `{new}`."


def find_wrong_name(old: str, new: str) -> str:
    """Return that a name is not defined, if lines differ only in a name."""
    was, now = NAMES.findall(old), NAMES.findall(new)
    differ = [pair for pair in zip(was, now, strict=False) if pair[0] != pair[1]]
    if len(was) != len(now) or len(set(differ)) != 1 or NAMES.sub("", old) != NAMES.sub("", new):
        return ""
    return f"there is no `{differ[0][0]}`, and the name is `{differ[0][1]}`"


def find_missing(old: str, new: str) -> str:
    """Return which sign was missing or wrong, if lines differ in one place."""
    parts = [
        row for row in difflib.SequenceMatcher(None, old, new).get_opcodes() if row[0] != "equal"
    ]
    if len(parts) != 1:
        return ""
    _, start, end, first, last = parts[0]
    was, now = old[start:end].strip(), new[first:last].strip()
    if not was and now:
        return f"`{now}` was missing"
    return f"`{was}` has to be `{now}`" if was and now else ""
