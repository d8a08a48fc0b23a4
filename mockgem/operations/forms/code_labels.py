"""Labels that a prompt lists for links, tabs, buttons: "3 links on the right (Home, Pricing)"."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

LABEL = r"[A-Z][\w'-]{0,24}(?: (?!and\b|or\b)[a-z]{1,12}){0,2}(?: [A-Z]\w{0,16})?"
LABELS = make_regex(
    r"\b(?i:links?|items|entries|tabs|options|buttons|menu|sections|pages|nav|navbar|navigation)\b"
    r"[^.\n(:A-Z]{0,30}(?:\(|: ?)?"
    rf"[\"'`]?({LABEL}[\"'`]?"
    rf"(?:(?:, ?(?:and )?| and | & | ?/ ?| \| )[\"'`]?{LABEL}[\"'`]?){{1,10}})"
)
SPLIT = make_regex(r", ?(?:and )?| and | & | ?/ ?| \| ")


def find_labels(text: str) -> list[str]:
    """Return the labels that a text lists after what they are for; empty without a list."""
    match = LABELS.search(text[:1500])
    return [one.strip("\"'` ") for one in SPLIT.split(match[1])] if match else []
