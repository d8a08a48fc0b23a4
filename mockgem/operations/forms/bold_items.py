"""Items that begin with words in bold: a place, a title, the first words of the item."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

BOLD_NAMES = make_regex(
    r"\b(?:start|begin|open)\w* with (?:an? |the |its |their )?(?:\w+ )?(?:in )?bold"
    r"|\b(?:names?|titles?|terms?|keywords?|headings?|labels?|places?) in bold\b"
    r"|\bbold(?:ed)? (?:\w+ )?(?:name|title|label|heading|keyword|term|lead-in|header|place)s?\b",
    re.I,
)
"""A wish for items that begin with a name in bold."""
PLACES = make_regex(r"\b(?:places?|sights?|attractions?|landmarks?|locations?)\b", re.I)
SIGHTS = (
    ("Old Town", "narrow streets, small shops and cafés"),
    ("Castle Hill", "the best view of the whole city, above all at sunset"),
    ("Central Market", "fresh food and a good place for lunch"),
    ("City Museum", "the history of the city in two hours"),
    ("Botanical Garden", "a quiet walk away from the crowds"),
    ("Riverside Promenade", "a long walk with many places to sit"),
    ("Cathedral", "a tower that is worth the steps"),
    ("Harbour", "boat trips and fish restaurants"),
)
HEAD = make_regex(
    r"([^\s*:,]\S*(?: [^\s*:,]+){0,4}?)(?:(?=, )|(?= (?:in|of|for|with|instead|before|after|and|or"
    r"|to|at|on|as|from|when|if|that|which|is|are|was|needs?|helps?|makes?|gives?|can|may|by|a|an"
    r"|the|your|more|less|than|into|about|because|until|so)\b))"
)
"""The first words of an item, up to a small word."""


def start_bold(items: list[str], wish: str, topic: str) -> list[str]:
    """Return items whose first words are in bold; places if the wish is for them."""
    if PLACES.search(wish) and len(items) <= len(SIGHTS):
        at = topic.rpartition(" to ")[2]
        where = f" of {at}" if at[:1].isupper() else ""
        return [f"**{name}{where}:** {text}" for name, text in SIGHTS[: len(items)]]
    return [item if item.startswith("**") else mark_head(item) for item in items]


def mark_head(item: str) -> str:
    """Return an item with its first words in bold."""
    text = item.replace("**", "")
    label, colon, rest = text.partition(": ")
    if colon and len(label) < MAX_LABEL:
        return f"**{label}:** {rest}"
    head = HEAD.match(text)
    if head is None:
        return f"**{text}**" if len(text) < MAX_LABEL else text
    return f"**{head[1]}**{text[head.end(1) :]}"


MAX_LABEL = 40
