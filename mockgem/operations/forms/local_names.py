"""Names of people and places as they are usual where people speak a language.

Own lists, because Faker needs tenths of a second to load each of its locales.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.faker_pool import call_faker

FILE = Path(__file__).parent.parent.parent / "data" / "local_names.json"
FAMILY_FIRST = frozenset(("ja", "zh", "zh-Hant", "ko"))
"""Languages in which the family name comes first, without a space."""


@frozen
class LocalNames:
    """Names of a language: `people` are whole names."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    people: tuple[str, ...]
    cities: tuple[str, ...]
    country: str


@cache
def load_names(language: str) -> LocalNames | None:
    """Return the names of a language by its code; None for English, which has Faker's."""
    found = json.loads(FILE.read_text(encoding="utf-8")).get(language)
    if found is None:
        return None
    first, last = found["first"], found["last"]
    people = [join_name(one, two, language) for one, two in zip(first, last, strict=True)]
    return LocalNames(
        tuple(first), tuple(last), tuple(people), tuple(found["cities"]), found["country"]
    )


def join_name(first: str, last: str, language: str) -> str:
    if language in FAMILY_FIRST:
        return f"{last}{first}"
    return f"{last} {first}" if language == "vi" else f"{first} {last}"


FIELDS = {
    "first_name": "first",
    "given_name": "first",
    "last_name": "last",
    "surname": "last",
    "family_name": "last",
    "name": "people",
    "names": "people",
    "full_name": "people",
    "author": "people",
    "person": "people",
    "people": "people",
    "customer": "people",
    "employee": "people",
    "director": "people",
    "participants": "people",
    "attendees": "people",
    "guests": "people",
    "city": "cities",
    "cities": "cities",
    "town": "cities",
    "place": "cities",
    "location": "cities",
    "country": "country",
}
"""Which names a field holds, by its name."""


def list_local_names(field: str, language: str) -> list[str]:
    """Return what a field such as "city" may hold in a language; empty if that is not known."""
    kind = FIELDS.get(field.lower().replace(" ", "_")) if language != "en" else None
    names = load_names(language) if kind else None
    if names is None or kind is None:
        return []
    found = getattr(names, kind)
    return [found] if isinstance(found, str) else list(found)


HONORS = make_regex(
    r"^(?:Mrs?|Ms|Miss|Dr|Mx)\.? |,? (?:DDS|DVM|MD|PhD|Jr\.|Sr\.|II|III|IV|V)(?=,? |$)"
)
"""Titles before and behind a name."""


def invent_person(question: Question) -> str:
    """Return the name of a person, as it is usual in the language of the reply."""
    names = load_names(question.language)
    if names is None:
        return HONORS.sub("", call_faker(question.random, "name"))
    first, last = question.random.pick(names.first), question.random.pick(names.last)
    return join_name(first, last, question.language)
