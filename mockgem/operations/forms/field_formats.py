"""What a prompt says about the value of a field: a format, a length, a range."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex

NUMERIC_RANGE = make_regex(
    r"(?<![\w.-])(-?\d+(?:\.\d+)?)\s?(?:-|–|to|\.\.|and|bis)\s?(-?\d+(?:\.\d+)?)(?![\w-])"
)


def describe_format(about: str) -> dict[str, Any] | None:
    """Return the schema of "(uuid)", "(email)", "index of the right option"; None for others."""
    if INDEX_OF.search(about) or INDEX.fullmatch(about.strip(" ()")):
        return {"type": "integer", "minimum": 0, "maximum": 3}
    if HEX.search(about):
        return {"type": "string", "pattern": "^#[0-9A-F]{6}$"}
    if CLOCK.fullmatch(about.strip(" .,()\"'")):
        return dict(CLOCK_TIME)
    if WEBSITE.search(about):
        return {"type": "string", "format": "uri"}
    match = FORMAT.fullmatch(about.strip(" .,()"))
    if match is None:
        return None
    words = match[1].lower().replace("-", " ").replace("iso 8601 ", "").strip()
    return {"type": "string", "format": FORMATS[words]}


INDEX = make_regex(r"(?:0-based |zero-based )?index", re.I)
INDEX_OF = make_regex(
    r"\b(?:index|position) (?:of|in)\b(?![^.\n]{0,30}\b(?:text|string|sentence|characters?)\b)",
    re.I,
)


HEX = make_regex(r"^(?:as )?(?:an? )?hex(?:adecimal)?(?: (?:codes?|colou?rs?|values?))*$", re.I)


CLOCK = make_regex(
    r"(?:(?:as|in|an?|the|string|time|start|end|24[- ]?h\w*|format|formatted),? ){0,4}HH:MM"
    r"(?: format)?(?:,? \(?24[- ]?h\w*\)?)?",
    re.I,
)
"""A time of the day: "(HH:MM)", "string in 24-hour format HH:MM"."""
CLOCK_TIME = {"type": "string", "pattern": r"^(0[89]|1[0-8]):(00|15|30|45)$"}


WEBSITE = make_regex(r"\b(?:be|is|as) an? (?:website|url|link|web address)\b", re.I)


FORMATS = {
    "uuid": "uuid",
    "guid": "uuid",
    "uuid v4": "uuid",
    "uuidv4": "uuid",
    "email": "email",
    "e mail": "email",
    "email address": "email",
    "url": "uri",
    "uri": "uri",
    "datetime": "date-time",
    "date time": "date-time",
    "ts": "date-time",
    "timestamp": "date-time",
    "iso timestamp": "date-time",
    "iso datetime": "date-time",
    "date": "date",
    "iso date": "date",
    "yyyy mm dd": "date",
}
"""Formats of texts, as prompts name them."""


FORMAT = make_regex(
    r"(?:an? )?(?:valid )?(?:string,? )?((?:iso[ -]8601 )?"
    r"(?:uuid(?: ?v4)?|guid|e-?mail(?: address)?|url|uri|(?:iso )?date-?time"
    r"|(?:iso )?timestamp|(?:iso )?date|yyyy-mm-dd))(?: string| format)?",
    re.I,
)


ONLY_COUNT = make_regex(
    rf"(?:exactly |list of |array of |the )?(?!an?\b|one\b|1\b)({NUMBER})"
    r"(?: (?:short |key |bullet |relevant |different )?"
    r"(?:strings|items|elements|entries|options|words|sentences|bullets|points|tags|keywords)"
    r"| of (?:them|these|those)| in total)?",
    re.I,
)


def find_length(about: str) -> str:
    """Return the number in "(4)" or "(3 strings)", which says how long a list is; else nothing."""
    match = ONLY_COUNT.fullmatch(about.strip(" ()[]"))
    return match[1] if match else ""


OUT_OF = make_regex(r"\bout of (\d{1,3})\b", re.I)


ITEM_COUNT = make_regex(
    rf"\b(?:of |with |exactly )?(?!(?:an?|one)\b)({NUMBER}) (?:\w+ )?"
    r"(?:strings?|items?|elements?|entries|options?|numbers|integers|words|texts?|sentences)\b"
    r"|\b(?:array|list) of (\d{1,2})(?=\s*(?:[,).;]|\Z))"
    rf"|\b(?:array|list) of (?:exactly )?(?!(?:an?|one)\b)({NUMBER}) (?:[a-z-]+ )?[a-z]{{3,20}}s\b"
    rf"|\b(?:array|list) of [a-z]{{3,20}}s?,? (?:exactly |with |of |always |length ){{1,2}}"
    rf"({NUMBER})\b",
    re.I,
)
"""How long the list of a field is: "array of 4 strings"."""


MAX_LENGTH = make_regex(
    r"\b(?:max(?:imum)?\.?(?: of)?|up to|at most|under|no more than|<=?|≤) ?(\d{1,4}) (?:chars?"
    r"|characters)|\b(\d{1,4}) (?:chars?|characters) (?:max\w*|or (?:less|fewer)|at most)",
    re.I,
)


def describe_range(low: str, high: str, kind: str) -> dict[str, Any]:
    if kind != "number" and "." not in low + high and (float(low), float(high)) != (0, 1):
        return {"type": "integer", "minimum": int(low), "maximum": int(high)}
    if kind == "integer":
        return {"type": "integer", "minimum": int(float(low)), "maximum": int(float(high))}
    return {"type": "number", "minimum": float(low), "maximum": float(high)}


def find_fixed(schema: Any) -> frozenset[str]:
    """Return the names of fields whose values the prompt restricts, at any depth."""
    if not isinstance(schema, dict):
        return frozenset()
    fields = schema.get("properties") or {}
    own = {
        name
        for name, sub in fields.items()
        if isinstance(sub, dict)
        and (sub.keys() & {"enum", "const", "format", "pattern"} or "enum" in sub.get("items", {}))
    }
    return frozenset(own).union(*map(find_fixed, [*fields.values(), schema.get("items")]))
