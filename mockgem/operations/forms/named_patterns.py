"""Patterns with a place for a name that only the prompt knows.

To compile a pattern for each name of a field would take longer than all searches of a prompt
together. Here the pattern stays the same: the name in the text is replaced by one letter.
"""

from __future__ import annotations

import re

NAME = "\U00013000"
"""The letter that stands for the name in a pattern; no prompt has this hieroglyph."""

Groups = tuple[str, ...]


def search_named(pattern: re.Pattern[str], name: str, text: str) -> Groups | None:
    """Return what a pattern finds around a name: the match and its groups, empty where unused.

    Args:
        pattern: One with `NAME` where the name stands.
        name: Large and small letters are the same.
    """
    marked = mark_name(name, text)
    match = pattern.search(marked) if marked else None
    if match is None:
        return None
    return tuple(group.replace(NAME, name) for group in (match[0], *match.groups("")))


def mark_name(name: str, text: str) -> str:
    """Return a text with `NAME` for each occurrence of a name; empty without any."""
    folded, wanted = text.lower(), name.lower()
    at = folded.find(wanted)
    if at < 0 or not wanted or len(folded) != len(text):
        return ""
    parts = []
    start = 0
    while at >= 0:
        parts += [text[start:at], NAME]
        start = at + len(wanted)
        at = folded.find(wanted, start)
    return "".join([*parts, text[start:]])
