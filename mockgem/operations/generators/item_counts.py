"""Find how many items of a list a text asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.prompt_analysis import WORDS_FOR_NUMBERS

MAX_MENTIONED_LENGTH = 20
"""A larger number in the user's text is hardly the length of a list."""
COUNT = r"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b"
NO_UNIT = r"(?!\s*(?:years?|months?|days?|hours?|minutes?|words?|sentences?|percent|%|[.:,/]\d))"
ASKED_COUNT = re.compile(
    r"(?:\A\W*|\b(?:list|lists|array|give|generate|create|write|return|suggest|name|make|provide"
    r"|show"
    r"|produce|tell|find|top|exactly|at least|only|invent|extract|get|need|want|with|of)\s+"
    rf"(?:me |us |a list of |exactly |the |top )*){COUNT}{NO_UNIT}",
    re.I,
)
"""A number that an instruction names: "list three ideas", "top 5"."""
FIRST_COUNT = re.compile(rf"\s*[A-Z][a-z]+\s+{COUNT}{NO_UNIT}\s+[a-z]")
"""A number after the first word, whatever the verb is: "Sketch 4 recipes"."""


HAS_NUMBER = re.compile(rf"\b{COUNT}", re.I)
COUNTED_THINGS = (
    "items",
    "people",
    "things",
    "entries",
    "results",
    "examples",
    "ideas",
    "options",
    "steps",
)
"""The things that a number may count, besides the list's own name."""


def find_count(hints: Hints, name: str) -> int:
    """Return the number of items that a text asks for, 0 if it asks for none.

    Other numbers in the text are data: "Jason is 12 years old" does not ask for 12 items.
    """
    found = find_asked_number(hints.text)
    if found is None:
        return 0
    found = found or find_number_of(to_singular(name), hints.text)
    if not found:
        return 0
    count = WORDS_FOR_NUMBERS.get(found.lower()) or int(found)
    if count in hints.numbers[1:2] or hints.numbers[:1] == [count]:
        hints.numbers.remove(count)
    return count if 1 < count <= MAX_MENTIONED_LENGTH else 0


@lru_cache(maxsize=16)
def find_asked_number(text: str) -> str | None:
    """Return the number that an instruction names, "" for none, None if there is no number at all.

    Each list of a schema asks for it again.
    """
    if HAS_NUMBER.search(text) is None:
        return None
    match = ASKED_COUNT.search(text) or FIRST_COUNT.match(text)
    return match[1] if match else ""


def find_number_of(item: str, text: str) -> str:
    """Return the number before a list's own name or a general one: "the 3 results"."""
    things = (item, *COUNTED_THINGS) if item else COUNTED_THINGS
    lower = text.lower()
    if f"{item}{text}".isascii() and not any(thing.lower() in lower for thing in things):
        return ""
    own = f"{re.escape(item)}s?|" if item else ""
    match = re.search(
        rf"\b{COUNT}{NO_UNIT}(?:\s+[a-z]+){{0,3}}?\s+(?:{own}{'|'.join(COUNTED_THINGS)})\b",
        text,
        re.I,
    )
    return match[1] if match else ""


def to_singular(name: str) -> str:
    """Return the name of one item of a list: "cities" → "city"."""
    if name.endswith("ies"):
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
