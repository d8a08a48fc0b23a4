"""Rows of a table that compares things, with a criterion in the first column and a thing in each
other one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.compared_things import find_compared
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

COUNTED_CRITERIA = make_regex(
    rf"\b({NUMBER}) (?:[a-z]+ )?(?:criteria|aspects|features|points|factors|categories)\b", re.I
)
CRITERION_COLUMNS = frozenset(
    "feature features criterion criteria aspect aspects category attribute factor property"
    " characteristic".split()
)
EVERYDAY = {
    "Cost": ("Low", "Higher, but rarely", "Depends on where you buy"),
    "Time": ("A few minutes a day", "More at the weekend", "Hardly any"),
    "Effort": ("Little", "Some practice needed", "More at the beginning"),
    "Space": ("Fits into a small home", "Needs more room", "Works outdoors"),
    "Popularity": ("Very common", "Growing", "Loved by many families"),
    "Best for": ("Beginners", "People with more time", "Special occasions"),
}
TECHNICAL = make_regex(
    r"\b(?:sql|nosql|databases?|servers?|cloud|aws|azure|gcp|api|apis|rest|graphql|frameworks?"
    r"|react|vue|angular|svelte|django|flask|docker|kubernetes|linux|windows|mac(?:os)?|ios"
    r"|android|i?phones?|laptops?|apps?|software|tools?|saas|git\w*|models?|gpt\w*|gemini|claude"
    r"|mysql|postgres\w*|mongodb|redis|sqlite|slack|teams|notion|excel|sheets|chrome|firefox)\b",
    re.I,
)
CRITERIA = {
    "Price": ("Lower at the beginning", "Higher, with more included", "Depends on the version"),
    "Ease of use": ("Easy to learn", "Needs some practice", "Clear from the start"),
    "Performance": ("Fast in everyday use", "Fast under heavy load", "Steady"),
    "Support": ("Large community", "Official documentation", "Many guides"),
    "Flexibility": ("Many options", "Few, well chosen options", "Open to extensions"),
    "Security": ("Strict defaults", "Regular updates", "Needs careful settings"),
    "Maintenance": ("Needs little care", "Updates several times a year", "Easy to automate"),
    "Best for": ("Beginners and small projects", "Large teams", "Special needs"),
}
OTHER_CELLS = ("Strong", "Good, with some limits", "Average")
PROGRAMMING = {
    "Typing": ("Dynamic", "Static", "Gradual"),
    "Syntax": ("Short and readable", "More explicit", "Compact"),
    "Speed": ("Slower, quick to write", "Faster at run time", "Fast"),
    "Typical use": ("Data science and scripts", "Large applications", "Services"),
    "Ecosystem": ("Many packages", "Mature frameworks", "Growing"),
    "Learning curve": ("Gentle", "Steeper", "Moderate"),
}
PETS = {
    "Independence": {"cats": "Very independent", "dogs": "Want company most of the day"},
    "Exercise": {"cats": "Play indoors for a few minutes", "dogs": "Need a long walk every day"},
    "Grooming": {"cats": "Clean themselves", "dogs": "Need baths and brushing"},
    "Training": {"cats": "Hard to train", "dogs": "Learn commands quickly"},
    "Space": {"cats": "Happy in a small flat", "dogs": "Need room and a garden"},
    "Cost": {"cats": "Lower", "dogs": "Higher, with food and training"},
}
ANIMALS = make_regex(
    r"(?:crocodile|alligator|frog|toad|wolf|hare|rabbit|dolphin|shark|whale|lion|tiger|leopard|cheetah"
    r"|moth|butterfly|wasp|bee|eagle|hawk|turtle|tortoise|llama|alpaca|donkey|horse|seal|sea lion"
    r"|owl|mouse|rat|fox|coyote|monkey|ape|seahorse|lizard|snake|penguin|puffin)s?\Z",
    re.I,
)
ANIMAL_CRITERIA = {
    "Size": ("Larger and heavier", "Smaller and lighter", "Medium"),
    "Appearance": ("Narrow head, lighter colour", "Broad head, darker colour", "Even colour"),
    "Habitat": ("Warm regions, also near the coast", "Inland, often near fresh water", "Woods"),
    "Behaviour": ("More active and bolder", "Calmer and shyer", "Lives in groups"),
    "Food": ("Takes larger prey", "Takes smaller prey", "Plants and insects"),
}
LANGUAGES = frozenset("python java javascript typescript go rust c++ c# ruby kotlin swift".split())


def choose_criteria(things: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    if LANGUAGES.issuperset(map(str.lower, things)):
        return PROGRAMMING
    if all(map(ANIMALS.match, things)):
        return ANIMAL_CRITERIA
    return CRITERIA if any(map(TECHNICAL.search, things)) else EVERYDAY


def write_comparison(
    columns: Sequence[str], names: Sequence[str], count: int, question: Question
) -> list[list[str]]:
    """Return the rows of a comparison; nothing for other tables.

    Args:
        names: The criteria that the prompt names.
    """
    text = question.layout
    if len(columns) == 2 and {one.lower() for one in columns} == {
        one.lower() for one in find_compared(text)
    }:
        whole = write_comparison(["Aspect", *columns], names, count, question)
        return [[f"{row[0]}: {cell[:1].lower()}{cell[1:]}" for cell in row[1:]] for row in whole]
    things = columns[1:]
    compared = " ".join(find_compared(text)).lower()
    if (
        question.language != "en"
        or columns[0].lower() not in CRITERION_COLUMNS
        or not 1 < len(things) < 4
        or not all(thing.lower() in compared for thing in things)
    ):
        return []
    known = choose_criteria(things)
    counted = COUNTED_CRITERIA.search(text)
    count = parse_count(counted[1], len(known) + 3) if counted else count
    stated = [name for name in names if name.lower() in text.lower() and name not in things]
    criteria = stated or list(known)
    found = {name.lower(): cells for name, cells in (EVERYDAY | CRITERIA | known).items()}
    pets = [thing.lower().rstrip("s") + "s" for thing in things]
    if not stated and {"cats", "dogs"} == set(pets):
        return [[name, *(row[pet] for pet in pets)] for name, row in PETS.items()][: count or 4]
    return [
        [name[:1].upper() + name[1:], *found.get(name.lower(), OTHER_CELLS)[: len(things)]]
        for name in criteria[: count or len(stated) or 4]
    ]
