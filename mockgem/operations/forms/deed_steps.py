"""Steps for a deed about which nothing else is known: "How do I repot an orchid?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

DEED = make_regex(
    r"\bhow (?:(?:do|can|should|would|could|must) (?:i|you|we|one|someone)|to) "
    r"(?P<verb>(?!be\b|get\b|know\b|have\b|feel\b|say\b|call\b|pronounce\b)[a-z]{3,16}) "
    r"(?P<thing>(?:an?|the|my|our|your|some|this|these|two|old|new|[a-z]+) ?[^?.,:;!\n()]{0,50}?)"
    r"(?= (?:in|with|as|using|by) (?:\d|exactly|at most|numbered|steps|bullet|a list|short)"
    r"|[?.,:;!\n(]|\s*\Z)",
    re.I,
)
LAYOUT = make_regex(r"\b(?:steps?|numbered|instructions?|guide|list|points?)\b", re.I)
STEPS = (
    "Get everything ready that you need to {verb} {thing}",
    "Set aside enough time and clear some space",
    "Check the condition of {the} before you begin",
    "{Verb} {the} slowly, one part at a time",
    "Check the result and correct what is not right yet",
    "Clean up and keep what you can use again",
    "Look at {the} again after a few days",
    "Note what worked well for the next time",
    "Ask somebody with experience if something is unclear",
    "Repeat this when it is needed again",
)
ORDERS = {3: (0, 3, 4), 4: (0, 2, 3, 4), 5: (0, 2, 3, 4, 5), 6: (0, 1, 2, 3, 4, 5)}
"""Which steps make a short list, by its length."""
MOST = len(STEPS)


def list_deed_steps(question: Question, count: int) -> list[str]:
    """Return as many steps for a deed as are wanted; empty for other wishes or longer lists."""
    text = question.instruction[:400]
    match = DEED.search(text) if question.language == "en" and count <= MOST else None
    if match is None or not LAYOUT.search(text):
        return []
    verb, thing = match["verb"].lower(), match["thing"].strip()
    if not thing:
        return []
    places = ORDERS.get(count, range(count))
    the = re.sub(r"^an? ", "the ", thing)
    words = {"verb": verb, "Verb": verb.capitalize(), "thing": thing, "the": the}
    return [STEPS[at].format(**words) for at in places]
