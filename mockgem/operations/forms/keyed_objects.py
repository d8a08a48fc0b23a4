"""Objects whose named keys hold objects: the days of a week, each with its meals."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.known_facts import CAPITALS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_values import OR
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.value_generation import generate_from

KEYED_OBJECTS = make_regex(
    r"\bkeys? (?:are|is|should be|must be|being) (?:the )?(?P<keys>[^.;\n]{3,100}?)[,;]? (?:and )?"
    r"(?:(?:each|every one|all) (?:of them |day |key |one )?(?:with|having|containing|has|holding"
    r"|holds"
    r"|is an object with|being an object with)|(?:whose |the |with |their |each )?values? (?:is|are"
    r"|being|should be|must be) (?:an? |each an? )?objects? (?:with|containing|having|holding"
    r"|that (?:have|has|contains?|hold))) (?:the )?(?:keys |fields )?",
    re.I,
)
"""Keys that hold objects: "Keys are the days monday to sunday, each with lunch and dinner"."""


INNER = make_regex(
    r"[,;]? (?:and |where )?(?:each|every) (?:of (?:them|these)|[a-z]+) (?:has|have|having|with"
    r"|holds"
    r"|contains) (?:an? |the )?",
    re.I,
)
"""What begins the fields of each part: "and each meal has name and kcal"."""
DAYS = make_regex(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:to|through|until|-|–)"
    r" (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.I,
)
SPAN = make_regex(r"\b(\w+) (?:to|through|-|–) (\w+)\Z", re.I)


WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()


def find_keyed_objects(question: Question) -> dict[str, Any] | None:
    """Return an object whose named keys hold objects with the same fields."""
    match = KEYED_OBJECTS.search(question.instruction)
    fields = read_items(question.instruction, match.end()) if match else []
    if match is None or not fields:
        return None
    keys = list_spelled(match["keys"].strip())
    if DAY_NAMES.search(match["keys"]) and (days := DAYS.search(question.instruction)):
        keys = list_spelled(days[0].lower() if "lower" in match["keys"] else days[0])
    inner = INNER.search(question.instruction, match.end())
    if inner and (parts := read_items(question.instruction, inner.end())):
        fields = [(name, build_object(parts)) for name, _ in fields if name not in inner[0].split()]
    schema = build_object(fields)
    return {key: generate_from(schema, question) for key in keys} if len(keys) > 1 else None


def list_spelled(text: str) -> list[str]:
    """Return the keys in "the days monday to friday", "a, b and c" or "weekdays"."""
    span = SPAN.search(text)
    if span and {span[1].lower(), span[2].lower()} <= set(WEEK):
        days = WEEK[WEEK.index(span[1].lower()) : WEEK.index(span[2].lower()) + 1]
        return days if span[1].islower() else [day.capitalize() for day in days]
    if DAY_NAMES.search(text):
        return WEEK if "lower" in text.lower() else [day.capitalize() for day in WEEK]
    items = re.split(rf",\s*(?:{OR}\s)?|\s{OR}\s", text)
    if len(items) > 1:
        return [item.strip(" \"'`").split()[-1] for item in items if item.strip()]
    return find_known_things(text)


DAY_NAMES = make_regex(r"\bweek ?days?\b|\bdays? of the week\b|\bday names\b", re.I)


def find_capital_of(key: str) -> str:
    """Return the capital of a country by its code or its name; empty for others."""
    return CAPITALS.get(key.lower(), "") or CODES_OF_COUNTRIES.get(key.upper(), "")


CODES_OF_COUNTRIES = dict(
    pair.split("=")
    for pair in (
        "DE=Berlin FR=Paris ES=Madrid IT=Rome GB=London UK=London US=Washington JP=Tokyo PT=Lisbon"
        " NL=Amsterdam PL=Warsaw AT=Vienna CH=Bern SE=Stockholm NO=Oslo DK=Copenhagen FI=Helsinki"
        " BE=Brussels CA=Ottawa CN=Beijing IN=Delhi BR=Brasília MX=Mexico-City AU=Canberra"
    ).split()
)
