"""Explanations of how well-known things work: "Explain to me how AI works"."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.knowledge_files import compile_head, read_sections
from mockgem.operations.generators.seeded_random import SeededRandom

MOST = 200
ASKED = re.compile(
    r"\W*(?:(?:please|can you|could you|hi|hello)[,!]? )*(?:explain (?:to me )?(?:how |what )?"
    r"|how (?:do|does) |tell me how )(?:an? |the )?(?P<what>[\w .-]{2,40}?)"
    r"(?P<works> (?:actually |really )?(?:works?|is|are|means?))?"
    r"(?:,? (?:to|as if|like) (?:me |an? |i |i['’]m )[^.?!\n]{2,50}|,? in (?:simple|plain|easy)"
    r" (?:terms|words|language|english)|,? simply|,? and .{0,60}|,? please"
    r"|(?P<brief>,? in (?:a )?few words|,? briefly|,? in short))?[.?!]?\s*\Z",
    re.I,
)
"""A question how something works, with whom the explanation is for: "like I'm 10"."""
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
    rows = (rows for head, rows in read_sections("workings") if compile_head(head).fullmatch(term))
    return next(rows, ())


TOPIC = re.compile(
    r"(?:how )?(?:do |does )?(?:an? |the )?(?P<what>[\w .-]{2,40}?)(?P<works> works?)?\Z", re.I
)


def list_workings(topic: str) -> tuple[str, ...]:
    """Return sentences about how the thing of a topic works: of "how AI works", or of "AI"."""
    named = TOPIC.match(topic) if len(topic) <= MOST else None
    return find_working(named["what"]) if named else ()


def explain_working(prompt: str, random: SeededRandom) -> str:
    """Return how the thing in a question works; empty for other prompts and unknown things."""
    asked = ASKED.match(prompt) if len(prompt) <= MOST else None
    told = find_working(asked["what"].strip()) if asked else ()
    if not told:
        return ""
    if asked and asked["brief"]:
        return shorten(told[0])
    text = " ".join(told)
    return f"{random.pick(OPENERS)}{text} {random.pick(CLOSERS)}".strip()


FEWEST = 6
"""Words of the first part of a sentence that stands alone."""


def shorten(sentence: str) -> str:
    """Return the part of a sentence in front of its comma, if that says enough."""
    first = sentence.partition(",")[0]
    return f"{first.rstrip('.')}." if len(first.split()) >= FEWEST else sentence
