"""Objects of known things by name: countries with their capitals, elements with their symbols."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_fields import to_plural, to_singular
from mockgem.operations.forms.question import Question

THINGS = (
    r"(?P<things>(?:[A-Za-z]{3,14} )?"
    r"(?!keys\b|objects\b|fields\b|items\b|strings\b|pairs\b|words\b)[a-z]{3,20}(?:s|ies))"
)
ABOUT = (
    r"(?:the |their |its |each one's )?(?:respective )?"
    r"(?P<about>(?:number of (?:their |its )?)?[a-z]{3,16}(?: [a-z]{3,12})?)"
)
COUNTED = make_regex(rf"\b(?P<count>{NUMBER}) (?:of the )?(?:biggest |largest |famous )?{THINGS}\b")
MAPPED = make_regex(
    r"\b(?:map(?:s|ping|ped)?|lookup|dictionary) (?:from |of )?(?:each |every |the |their )?"
    rf"(?P<kind>[a-z]{{3,16}})(?: names?)? (?:to|onto|with) {ABOUT}\b",
    re.I,
)
"""A map whose keys are a kind of thing: "mapping country to capital"."""
MAP_THINGS = make_regex(
    rf"\bmap(?:s|ping)? (?P<count>{NUMBER}) {THINGS} to {ABOUT}\b"
    rf"|\b(?:object|dict(?:ionary)?|map|hash) (?:of|with|containing) (?P<many>{NUMBER}) "
    r"(?P<others>(?:[A-Za-z]{3,14} )?[a-z]{3,20}s) (?:and|with|to) (?:their|its) "
    r"(?:respective )?(?P<what>[a-z]{3,16}(?: [a-z]{3,12})?)\b",
    re.I,
)
"""A map of counted things: "a JSON object of 5 countries and their currencies"."""


def map_known(question: Question) -> dict[str, Any] | None:
    """Return an object with the names of known things as keys; None for other prompts."""
    text = question.instruction[:1500]
    if question.material or not FORMAT.search(text):
        return None
    found = read_things(text)
    if found is None:
        return None
    count, things, about = found
    if not find_known_things(things):
        return None
    about = about if about.startswith("number of") else to_singular(about)
    wish = f"Give me a JSON list of {count} {things} with their {about}."
    inner = Question(wish, question.random)
    rows = generate_described(describe(inner), inner)
    pairs = [tuple(row.values()) for row in rows if len(row) == 2] if is_rows(rows) else []
    named = {name: value for name, value in pairs if isinstance(name, str)}
    return named if len(named) == count else None


FORMAT = make_regex(r"\bjson\b|\bobject\b|\bdict", re.I)


def is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def read_things(text: str) -> tuple[int, str, str] | None:
    """Return how many things of which kind are the keys, and what the values are."""
    if match := MAP_THINGS.search(text):
        count = match["count"] or match["many"]
        return (
            parse_count(count, 30),
            match["things"] or match["others"],
            trim(match["about"] or match["what"]),
        )
    match = MAPPED.search(text)
    if match is None:
        return None
    plural = to_plural(match["kind"].lower())
    for counted in COUNTED.finditer(text):
        if plural in (counted["things"].split()[-1], to_plural(counted["things"].split()[-1])):
            return parse_count(counted["count"], 30), counted["things"], trim(match["about"])
    return None


def trim(about: str) -> str:
    """Return what the values are, without the words after it: "capital as" → "capital"."""
    return re.sub(r" (?:as|in|and|for|with|using|like|only)\Z|\b(?:their|its) ", "", about)
