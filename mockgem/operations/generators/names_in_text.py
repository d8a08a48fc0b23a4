"""Find the names of people and places in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockgem.operations.generators.hint_patterns import (
    CAPITAL,
    NAME,
    NO_FIRST_WORDS,
    NOT_NAMES,
    NOT_PLACES,
    PLACE_PHRASE,
)


def starts_only_capital(text: str) -> bool:
    """Return quickly whether a text has no capital but its first letter; false if unsure."""
    return text.isascii() and text[1:].islower()


CAPITAL_AFTER_SPACE = re.compile(rf"\s{CAPITAL}")


def find_places(text: str) -> tuple[list[str], list[str]]:
    """Return the names after a preposition of place, and which of them hardly name people.

    "in Oslo" names a place; "for Bob" may name a person.
    """
    places: list[str] = []
    sure: list[str] = []
    if starts_only_capital(text) or CAPITAL_AFTER_SPACE.search(text) is None:
        return places, sure
    for word, names in PLACE_PHRASE.findall(text):
        for name in re.split(r",? (?:and|or|vs\.?) |,\s(?![A-Z]{2}\b)(?=.*\band\b)", names):
            if name.split()[0] not in NOT_NAMES and name not in NOT_PLACES:
                places.append(name)
                if word in ("in", "at", "near", "from", "around", "between"):
                    sure.append(name)
    return list(dict.fromkeys(places))[:40], sure[:40]


COUNT_AFTER = re.compile(
    r"\s+(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s"
    r"(?!\s*(?:years?|months?|days?|euros?|dollars?|points?|is|and|or)\b)[a-z]"
)
"""A number of things after a word, which is then an instruction: "Sketch 4 recipes"."""


def find_names(text: str) -> list[str]:
    """Return capitalised words that are names, not the first word of a sentence or a day."""
    known: list[str] = []
    for match in find_capitalised(text):
        words = match[0].split()
        while words and words[0] in NO_FIRST_WORDS:
            words = words[1:]
        name = " ".join(words)
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        if (
            name
            and not (len(words) == 1 and COUNT_AFTER.match(text, match.end()))
            and (name.isalpha() or not any(char.isdigit() for char in name))
            and name not in NOT_PLACES
            and name not in known
            and not (name.isupper() and len(name) < 3)
        ):
            known.append(name)
    return known


def find_capitalised(text: str) -> Iterable[re.Match[str]]:
    if not starts_only_capital(text):
        return NAME.finditer(text)
    first = NAME.match(text)
    return [first] if first else []
