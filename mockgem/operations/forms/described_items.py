"""Known things with a sentence about each: "List the planets with one sentence about each"."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_lists import find_known
from mockgem.operations.forms.known_records import describe_thing
from mockgem.operations.forms.layout_words import NUMBERED, find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:with|and|plus|add|give|write|include)\b[^.\n]{0,24}\b(?:one|a|1|short"
    r"|brief)[- ](?:short |brief"
    r" |one[- ])?(?:sentences?|lines?|descriptions?|explanations?|facts?"
    r"|notes?)\b[^.\n]{0,24}\b(?:each|every"
    r"|them)\b|\b(?:explain|describe|characteri[sz]e)\b[^.\n]{0,60}\b(?:bullets?|bullet points?"
    r"|list"
    r"|numbered|points)\b",
    re.I,
)
TOP = make_regex(r"\btop (?:\d|ten|five|three)", re.I)
SEASONS = {
    "spring": "Days get longer, trees turn green and many animals have their young.",
    "summer": "The warmest months have long days and are the time for holidays outdoors.",
    "autumn": "Leaves turn red and yellow, and farmers bring in the harvest.",
    "fall": "Leaves turn red and yellow, and farmers bring in the harvest.",
    "winter": "The days are short and cold, and in many places snow falls.",
}


@form(
    "things with a sentence each",
    "List the planets with one sentence about each.",
    words="with and explain describe each every",
    about="known things, each with a sentence about it",
)
def describe_items(question: Question) -> str | None:
    text = question.instruction
    if question.language != "en" or question.material or not WISH.search(text):
        return None
    things = find_known(question) or list_seasons(text)
    count = find_count(question, 0)
    told = [(thing, SEASONS.get(thing.lower()) or describe_thing(thing)) for thing in things]
    told = [(thing, said) for thing, said in told if said][: count or None]
    if len(told) < max(2, count):
        return None
    marks = [
        f"{at}." if NUMBERED.search(question.layout) or TOP.search(text) else "-"
        for at in range(1, len(told) + 1)
    ]
    return "\n".join(
        f"{mark} **{thing[:1].upper()}{thing[1:]}:** {said}"
        for mark, (thing, said) in zip(marks, told, strict=True)
    )


def list_seasons(text: str) -> list[str]:
    return ["spring", "summer", "autumn", "winter"] if "seasons" in text.lower() else []
