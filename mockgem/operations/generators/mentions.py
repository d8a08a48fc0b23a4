"""Find which of some values a text mentions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

MAX_MEMBERS = 5_000
MAX_SPOKEN = 200
"""Characters of a member that are looked for first."""

Mentions = tuple[tuple[Any, str], ...]
"""Values, each with its form in a text."""


def find_mentioned(members: Sequence[Any], text: str) -> Any:
    """Return the longest member that occurs in the text as whole words; None if none does."""
    return find_mention(list_mentions(members), text)


def list_mentions(members: Sequence[Any]) -> Mentions:
    """Return the members that a text can mention. Other values than texts and numbers can't be."""
    return tuple(
        [
            (member, write_plainly(str(member)[:MAX_SPOKEN]).strip())
            for member in members[:MAX_MEMBERS]
            if isinstance(member, (str, int, float))
        ]
    )


def find_mention(mentions: Mentions, text: str) -> Any:
    """Return the longest value that occurs in the text as whole words; None if none does."""
    words = normalize_text(text)
    candidates = [member for member, spoken in mentions if spoken in words]
    for member in sorted(candidates, key=lambda member: -len(str(member))):
        plain = write_plainly(str(member)).strip()
        if plain and not isinstance(member, bool) and has_whole_words(words, plain):
            return member
    return None


def has_whole_words(text: str, words: str) -> bool:
    """Return whether words occur in a text, not as a part of longer words."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (is_part_of_word(text[start - 1 : start]) or is_part_of_word(text[end : end + 1])):
            return True
        start = text.find(words, start + 1)
    return False


def has_word_start(text: str, start: str) -> bool:
    """Return whether a word of a text begins with some letters."""
    place = text.find(start)
    while place >= 0:
        if not is_part_of_word(text[place - 1 : place]):
            return True
        place = text.find(start, place + 1)
    return False


def is_part_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def write_plainly(text: str) -> str:
    """Return a text in lower case, with "_" and "-" as spaces: "very_high" → "very high"."""
    return text[:4000].lower().replace("_", " ").replace("-", " ")


normalize_text = lru_cache(maxsize=16)(write_plainly)
"""The same for the user's text, which each field of a schema asks for again."""
