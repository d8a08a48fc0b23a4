"""Dishes from what a person has at home: "I have eggs, spinach and feta"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

HAVE = make_regex(
    r"\b(?:I|we)(?:['’]ve| have)(?: got)?(?: only| just| some| leftover)? "
    r"((?:[a-z][a-z -]{1,24}, ){1,8}(?:and )?[a-z][a-z -]{1,24}|[a-z]{3,16} and [a-z]{3,16})"
    r"(?=[.!?\n]|\s(?:at home|in my|in the|left|,)|\Z)",
    re.I,
)
COOKS = make_regex(
    r"\b(?:dish(?:es)?|recipes?|cook\w*|meals?|ingredients?|dinner|lunch|chef)\b", re.I
)
NAME = make_regex(r"^(?:dish|title|name|recipe|recipe_name|dish_name|meal)$")
USED = make_regex(r"^(?:uses|used|ingredients|ingredients_used|used_ingredients|uses_ingredients)$")
LACKING = make_regex(
    r"^(?:missing|missing_ingredients|extra_ingredients|to_buy|needed|shopping_list)$"
)
STEPS = make_regex(r"^(?:steps|instructions|directions|method|preparation)$")
MINUTES = make_regex(r"minutes?$|_min$|^time$|prep_time|cook_time")
KINDS = (
    ("egg", ("omelette", "frittata")),
    ("rice", ("rice bowl", "fried rice")),
    ("pasta", ("pasta", "pasta bake")),
    ("spaghetti", ("pasta", "pasta salad")),
    ("noodle", ("noodle stir-fry", "noodle soup")),
    ("bread", ("toast", "sandwich")),
    ("tortilla", ("wraps", "quesadillas")),
    ("potato", ("potato pan", "potato salad")),
)
OTHERS = ("stir-fry", "salad", "soup")
EXTRAS = (("olive oil", "onion"), ("butter", "black pepper"), ("lemon", "parsley"))


def cook_leftovers(value: Any, question: Question) -> Any:
    """Return dishes that use what the user has."""
    asked = question.prompt[:600]
    match = HAVE.search(asked) if COOKS.search(question.whole[:3000]) else None
    if match is None or question.language != "en" or not isinstance(value, (dict, list)):
        return value
    things = [one.strip() for one in re.split(r",\s*(?:and )?|\sand\s", match[1]) if one.strip()]
    return cook(value, things, 0)


def cook(value: Any, things: list[str], at: int) -> Any:
    match value:
        case [dict(), *_]:
            return [cook(row, things, number) for number, row in enumerate(value)]
        case dict():
            names = {read_name(key): key for key in value}
            if any(map(NAME.match, names)) and any(USED.match(n) or STEPS.match(n) for n in names):
                return {key: serve(read_name(key), item, things, at) for key, item in value.items()}
            return {
                key: cook(item, things, at) if isinstance(item, (dict, list)) else item
                for key, item in value.items()
            }
    return value


def serve(name: str, item: Any, things: list[str], at: int) -> Any:
    """Return the value of one field of a dish."""
    if NAME.match(name) and isinstance(item, str):
        return name_dish(things, at)
    if not isinstance(item, list):
        return 20 + 5 * at if MINUTES.search(name) and isinstance(item, int) else item
    if item and isinstance(item[0], dict):
        return item
    if USED.match(name):
        return things
    if LACKING.match(name):
        return list(EXTRAS[at % len(EXTRAS)])
    if STEPS.match(name):
        return list_steps(things)
    return item


def name_dish(things: list[str], at: int) -> str:
    """Return the name of a dish: "Spinach and feta omelette"."""
    base, kinds = next(
        ((thing, kinds) for word, kinds in KINDS for thing in things if word in thing),
        ("", OTHERS),
    )
    others = [one for one in things if one != base][:2] or things[:1]
    name = f"{' and '.join(others)} {kinds[at % len(kinds)]}"
    return f"{name[:1].upper()}{name[1:]}"


def list_steps(things: list[str]) -> list[str]:
    named = f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else things[0]
    return [
        f"Wash and prepare the {named}.",
        "Heat a little oil in a large pan.",
        f"Cook the {things[0]} first, then add the rest.",
        "Season with salt and pepper and serve hot.",
    ]
