"""JSON-LD of schema.org, which needs a context, a type and the names of its vocabulary."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.key_values import spell_keys
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

JSON_LD = make_regex(r"\bjson-?ld\b", re.I)
TYPES = (
    ("Recipe", r"recipe"),
    ("Event", r"event|concert|festival"),
    ("Product", r"product"),
    ("FAQPage", r"faq"),
    ("Article", r"article|blog|post|news"),
    ("Person", r"person|author|people"),
    ("Book", r"book|novel"),
    ("JobPosting", r"job"),
    ("LocalBusiness", r"business|shop|store|caf[eé]|bakery|salon|clinic|hotel|restaurant"),
    ("Organization", r"company|organi[sz]ation|club|school"),
)
COMPILED = [(name, make_regex(rf"\b(?:{words})s?\b", re.I)) for name, words in TYPES]
QUOTED = make_regex(r"[\"“']([^\"”'\n]{2,60})[\"”']")
ADDRESS = {
    "@type": "PostalAddress",
    "streetAddress": "12 Market Street",
    "addressLocality": "Springfield",
    "postalCode": "12345",
}
HOURS = ["Mo-Fr 09:00-18:00", "Sa 10:00-14:00"]


def wants_linked_data(question: Question) -> bool:
    return JSON_LD.search(question.instruction) is not None


def write_linked_data(value: Any, question: Question) -> dict[str, Any]:
    """Return JSON-LD about the thing in a prompt with the values of a described object."""
    fields = spell_keys(value, "camel") if isinstance(value, dict) else {}
    kind = next(
        (name for name, pattern in COMPILED if pattern.search(question.instruction)), "Thing"
    )
    quoted = QUOTED.search(question.instruction)
    name = quoted[1] if quoted else question.topic.title()
    found = {"@context": "https://schema.org", "@type": kind, "name": name}
    usual = {"address": ADDRESS, "openingHours": HOURS}
    return found | {
        key: usual.get(key, item) for key, item in fields.items() if key not in ("name", "answer")
    }
