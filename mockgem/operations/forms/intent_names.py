"""Names of intents from what a user says: "book_table" for "Book a table for two"."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_reasons import is_term


def name_intent(text: str) -> str:
    """Return the first verb and the next noun of a wish: "book_table"."""
    words = [word.lower() for word in re.findall(r"[A-Za-z]{3,}", text[:300])]
    verb = next((at for at, word in enumerate(words) if word in INTENTS), None)
    if verb is None:
        return ""
    noun = next((word for word in words[verb + 1 :] if is_term(word)), "")
    return f"{words[verb]}_{noun}" if noun else words[verb]


INTENTS = frozenset(
    "book cancel order buy play set turn show find check get change reset track return reserve"
    " call send create add remove delete update schedule remind open close translate pay".split()
)
