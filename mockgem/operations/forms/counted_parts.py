"""Parts of counted things: "I have 2 dogs." "How many paws are in my house?" """

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

PARTS = {
    "paws": {4: "dog cat puppy kitten bear fox hamster rabbit"},
    "legs": {
        4: "dog cat horse cow chair table puppy kitten sheep pig rabbit lion elephant",
        2: "bird chicken duck person human man woman child hen parrot",
        6: "ant bee insect beetle butterfly",
        8: "spider octopus",
    },
    "wheels": {4: "car wagon", 2: "bicycle bike motorcycle scooter", 3: "tricycle", 6: "truck"},
    "eyes": {2: "dog cat horse cow bird person human fish rabbit child"},
    "ears": {2: "dog cat horse cow person human rabbit child"},
    "tails": {1: "dog cat horse cow"},
    "wings": {2: "bird chicken duck parrot", 4: "bee butterfly"},
}
"""The parts of things, and how many of them each has."""
ASKS = make_regex(rf"\bhow many ({'|'.join(PARTS)})\b", re.I)
COUNTED = make_regex(
    r"\b(\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten) ([a-z]{3,12})"
    r"(?: ([a-z]{3,12}))?\b",
    re.I,
)


@form(
    "parts of counted things",
    "I have 2 dogs and a cat. How many paws is that?",
    words="many",
    about="how many legs, paws or wheels the named things have together",
)
def count_parts(question: Question) -> str | None:
    total, parts = find_parts(question)
    if not total:
        return None
    return str(total) if question.is_terse else f"There are {total} {parts} in total."


def find_parts(question: Question) -> tuple[int, str]:
    """Return how many parts a question asks for, and what they are; 0 for other questions."""
    prompt = question.prompt[:400]
    match = ASKS.search(prompt)
    if match is None or len(question.material) > len(prompt) or question.language != "en":
        return 0, ""
    said = [text for role, text in question.earlier if role == "user"]
    rest = f"{prompt[: match.start()]} {prompt[match.end() :]}"
    totals = (add_parts(text, match[1].lower()) for text in (rest, *reversed(said)))
    return next(filter(None, totals), 0), match[1].lower()


def add_parts(text: str, parts: str) -> int:
    """Return how many parts the things in a text have; 0 if it counts none that have them."""
    total = 0
    for match in COUNTED.finditer(text):
        each = find_number(match[2].lower(), parts) or find_number((match[3] or "").lower(), parts)
        count = 1 if match[1].lower() in ("a", "an") else parse_count(match[1], 9999)
        total += each * count
    return total


def find_number(thing: str, parts: str) -> int:
    single = {"puppies": "puppy", "people": "person", "children": "child"}.get(thing, thing)
    single = single if single.endswith("ss") else single.removesuffix("s")
    table = PARTS[parts]
    return next((count for count, things in table.items() if single in things.split()), 0)
