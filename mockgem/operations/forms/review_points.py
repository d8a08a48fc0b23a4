"""What a review praises and what it complains about, for lists such as "pros" and "cons"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

GOOD_KEYS = frozenset("pros positives likes strengths positive_points praises liked".split())
BAD_KEYS = frozenset(
    "cons negatives dislikes weaknesses complaints issues negative_points disliked".split()
)
TURN = make_regex(
    r"[,;.]?\s(?:but|however|although|unfortunately|on the other hand|except)\b,?\s", re.I
)
PART = make_regex(r",\s(?:and\s)?|\sand\s|[.;!]\s*")


def list_points(text: str) -> list[str]:
    return [part.strip(" .!") for part in PART.split(text) if len(part.strip(" .!")) > 2]


def sort_points(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object with the points of a review in its lists for good and bad ones."""
    good = next((key for key in value if key.lower() in GOOD_KEYS), None)
    bad = next((key for key in value if key.lower() in BAD_KEYS), None)
    parts = TURN.split(text, maxsplit=1)
    if good is None or bad is None or len(parts) < 2:
        return value
    if not isinstance(value[good], list) or not isinstance(value[bad], list):
        return value
    first, second = re.sub(r"\A[^:\n]{0,30}:\s", "", parts[0]), parts[1]
    return {**value, good: list_points(first), bad: list_points(second)}
