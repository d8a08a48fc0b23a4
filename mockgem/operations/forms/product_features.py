"""Short features of a product: what the prompt says about it first, then usual ones."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

FACTS = make_regex(r"[(,]\s?([^(),.;\n]{2,30})(?=[,)])")
"""Facts in brackets or between commas: "(750 ml, steel, $29)"."""
SIZE = make_regex(r"^\d[\d.,]* ?(?:ml|l|cl|oz|kg|g|cm|mm|m|inch(?:es)?|gb|tb|mah|w)\b", re.I)
PRICE = make_regex(r"^[$€£]\d|^\d[\d.,]* ?(?:euros?|dollars?|eur|usd|gbp)\b", re.I)
SHIPS = make_regex(r"^(?:ships|available|in stores|delivered)\b", re.I)
MATERIALS = frozenset(
    "steel stainless wood wooden bamboo glass aluminium aluminum cotton leather wool ceramic"
    " plastic"
    " titanium silicone linen oak brass copper recycled".split()
)
USUAL = (
    "Durable materials that last for years",
    "Clear design that fits every room",
    "Easy to clean",
    "Light enough to take along",
    "Two-year warranty",
    "Ready to use in seconds",
    "Free returns within 30 days",
    "Packed without plastic",
)


def list_features(question: Question, count: int) -> list[str]:
    """Return features of the product that a prompt describes."""
    found = [name_fact(one.strip()) for one in FACTS.findall(question.instruction[:1500])]
    own = [one for one in found if one]
    topic = question.topic.lower().split()
    material = next((word for word in topic if word in MATERIALS), "")
    if material and not any("Made of" in one for one in own):
        joined = "stainless steel" if "stainless" in topic else material
        own.append(f"Made of {joined}")
    return list(dict.fromkeys([*own, *USUAL]))[:count]


def name_fact(fact: str) -> str:
    """Return a feature for a fact; empty for other words."""
    if SIZE.match(fact):
        return f"Holds or measures {fact}" if fact[-1:] not in "lL" else f"Holds {fact}"
    if PRICE.match(fact):
        return f"Costs only {fact}"
    if SHIPS.match(fact):
        return re.sub(r"^\w", lambda one: one[0].upper(), fact)
    words = fact.lower().split()
    return f"Made of {fact}" if words and words[-1] in MATERIALS else ""
