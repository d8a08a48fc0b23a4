"""Dishes from what somebody has: "I have rice, eggs and spinach. What can I cook?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

HAS = make_regex(
    r"\b(?:i|we)(?:['’]ve got| (?:only |just |still )?(?:have|got)(?: got)?) (?:only |just "
    r"|some )?(?P<things>[a-z][^.?!\n:]{5,160}?)"
    r"(?: (?:in|at) (?:(?:my|the|our) )?(?:fridge|kitchen|home|pantry"
    r"|house))?(?: left)?[.!;,\n]? (?:so )?"
    r"(?:what|which|any|can you|could you|suggest|give)\b[^\n]{0,80}"
    r"\b(?:cook|make|prepare|dish|dishes|meal|dinner|lunch|recipe|eat|bake)\b"
    r"|\bwhat (?:(?:can|could|should) (?:i|we)|to) (?:cook|make|prepare|bake"
    r"|eat)\b[^.?\n]{0,30}\b(?:with|from|using|out of)"
    r" (?P<named>[a-z][^.?!\n]{5,160})",
    re.I,
)
SPLIT = make_regex(r",? and |, | & ")
ARTICLE = make_regex(r"^(?:some|a few|a bit of|an?|the|leftover|half an?|two|three|\d+)\s+", re.I)
SEASONINGS = frozenset(
    "soy sauce|salt|pepper|oil|olive oil|garlic|butter|herbs|vinegar|sugar|spices|lemon|chili"
    "|ginger|honey".split("|")
)
BASES = (
    (r"\brice\b", "fried rice", "Cook the rice and let it cool."),
    (
        r"\b(?:pasta|spaghetti|noodles|penne|macaroni)\b",
        "pasta",
        "Cook the pasta until it is firm to the bite.",
    ),
    (r"\b(?:potato(?:es)?)\b", "potato pan", "Boil the potatoes and cut them into slices."),
    (r"\b(?:tortillas?|wraps?)\b", "wraps", "Warm the wraps in a dry pan."),
    (r"\b(?:bread|toast)\b", "toasted sandwiches", "Toast the bread lightly."),
    (r"\beggs?\b", "omelette", "Whisk the eggs with a pinch of salt."),
    (r"\b(?:lentils|beans|chickpeas)\b", "stew", "Rinse the beans or lentils."),
    (r"\b(?:flour)\b", "pancakes", "Stir the flour with milk or water into a smooth batter."),
)
"""What a dish is made of, its name and the first step."""


@form(
    "dish from what there is",
    "I have eggs, spinach and cheese. What can I make for dinner?",
    words="cook make prepare dish dishes meal recipe eat bake dinner lunch",
    about="a dish with the ingredients that the prompt names, and how to cook it",
)
def suggest_dish(question: Question) -> str | None:
    match = HAS.search(question.prompt[:800]) if question.language == "en" else None
    if match is None or question.material:
        return None
    things = [
        ARTICLE.sub("", one.strip()) for one in SPLIT.split(match["things"] or match["named"])
    ]
    things = [one for one in things if 0 < len(one.split()) <= MAX_WORDS]
    if len(things) < 2:
        return None
    return write_dish(things)


MAX_WORDS = 3
BASE_FOOD = make_regex(r"\b(?:rice|pasta|spaghetti|noodles|eggs?|bread|tortillas?|flour)\b", re.I)
"""What the name of the dish has already."""


def write_dish(things: list[str]) -> str:
    """Return the name, the ingredients and the steps of a dish with some things."""
    listed = ", ".join(things)
    base, first = next(
        ((name, step) for pattern, name, step in BASES if re.search(pattern, listed, re.I)),
        ("pan", "Cut everything into pieces of the same size."),
    )
    main = [one for one in things if one.lower() not in SEASONINGS and one.lower() not in base]
    main = [one for one in main if not BASE_FOOD.search(one)] or main
    season = [one for one in things if one.lower() in SEASONINGS]
    named = " and ".join(main[:2]) or things[0]
    last = f"Season with {' and '.join(season)}" if season else "Season with salt and pepper"
    items = "\n".join(f"- {one[:1].upper()}{one[1:]}" for one in things)
    rest = " and ".join(main) or things[0]
    return (
        f"You could make **{base} with {named}**.\n\n{items}\n\n1. {first}\n2. Fry the {rest} in a"
        f" little oil for five to eight minutes.\n3. Mix everything in the pan.\n4. {last}, and"
        " serve it hot."
    )
