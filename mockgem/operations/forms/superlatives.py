"""The least and the greatest of the things in a text: "Which plan is the cheapest?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

LEAST = make_regex(
    r"\b(?:cheapest|lowest|smallest|least expensive|shortest|fewest|youngest|lightest)\b",
    re.I,
)
MOST = make_regex(
    r"\b(?:most expensive|highest|largest|biggest|longest|oldest|heaviest|greatest)\b", re.I
)
PRICED = make_regex(r"([A-Z][\w'-]*(?: [\w'-]+){0,5}? [$€£]?(\d[\d,]*(?:\.\d+)?)[^,.;\n]{0,40})")


def find_extreme(asked: str, text: str) -> str:
    """Return the clause with the least or the greatest number, if a question asks for it."""
    chooses = min if LEAST.search(asked) else max if MOST.search(asked) else None
    rows = PRICED.findall(text[:4000]) if chooses else []
    if chooses is None or len(rows) < 2:
        return ""
    best = chooses(rows, key=lambda row: float(row[1].replace(",", "")))
    return str(best[0]).strip()
