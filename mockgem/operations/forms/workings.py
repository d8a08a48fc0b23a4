"""Explanations of how well-known things work: "Explain to me how AI works"."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.defined_terms import define_term
from mockgem.operations.forms.knowledge_files import HEAD_START, compile_head, index_heads
from mockgem.operations.generators.seeded_random import SeededRandom

MAX_PROMPT = 200
ASKED = re.compile(
    r"\W*(?:(?:please|can you|could you|hi|hello)[,!]? )*(?:explain (?:to me )?(?:how |what )?"
    r"|how (?:do|does) |tell me how )(?:an? |the )?(?P<what>[\w .-]{2,40}?)"
    r"(?P<works> (?:actually |really )?(?:works?|is|are|means?))?"
    r"(?:,? (?:to|as if|like) (?:me |an? |i |i['’]m )[^.?!\n]{2,50}|,? in (?:simple|plain|easy)"
    r" (?:terms|words|language|english)|,? simply|,? and .{0,60}|,? please"
    r"|(?P<brief>,? in (?:a )?few words|,? briefly|,? in short))?[.?!]?\s*\Z",
    re.I,
)
"""A question about how something works, perhaps for a reader: "like I'm 10"."""
OPENERS = ("", "", "In short: ", "Here is the idea: ", "Put simply: ")
CLOSERS = (
    "",
    "Would you like an example?",
    "Tell me if you want more detail on one of these steps.",
    "I can go deeper into any part of this.",
)


@lru_cache(maxsize=256)
def find_working(term: str) -> tuple[str, ...]:
    """Return sentences about how a thing works; nothing for unknown things."""
    heads = index_heads("workings").get(term[:HEAD_START].lower(), ())
    return next((rows for head, rows in heads if compile_head(head).fullmatch(term)), ())


TOPIC = re.compile(
    r"(?:how )?(?:do |does )?(?:an? |the )?(?P<what>[\w .-]{2,40}?)(?: works?)?\Z", re.I
)


def list_workings(topic: str) -> tuple[str, ...]:
    """Return sentences about how the thing of a topic works: of "how AI works", or of "AI"."""
    named = TOPIC.match(topic) if len(topic) <= MAX_PROMPT else None
    return find_working(named["what"]) if named else ()


def explain_working(prompt: str, random: SeededRandom) -> str:
    """Return how the thing in a question works, or what it is; empty for unknown things."""
    asked = ASKED.match(prompt) if len(prompt) <= MAX_PROMPT else None
    if asked is None:
        return ""
    term = asked["what"].strip()
    told = find_working(term) or (define_term(term) if asked["works"] else ())
    if not told:
        return ""
    if asked["brief"]:
        return shorten(told[0])
    text = " ".join(told)
    return f"{random.pick(OPENERS)}{text} {random.pick(CLOSERS)}".strip()


FEWEST = 6
"""Words of the first part of a sentence that stands alone."""


def shorten(sentence: str) -> str:
    """Return the part of a sentence in front of its comma, if that says enough."""
    first = sentence.partition(",")[0]
    return f"{first.rstrip('.')}." if len(first.split()) >= FEWEST else sentence
