"""Recipes: ingredients in bullet points and numbered steps."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

RECIPE = make_regex(
    r"\brecipes? (?:for|of) (?:an? |some |the )?((?:[\w'-]+ ){0,4}?[\w'-]+)"
    r"(?=\s*(?:[.,;:?!\n(]|\Z)| (?:with|in|using|for|that|including|as|and)\b)",
    re.I,
)
NAMED_RECIPE = make_regex(r"\b((?:[a-z'-]+ ){0,2}[a-z'-]+) recipe\b", re.I)
WISH = make_regex(
    r"\b(?:give|write|share|show|create|suggest|need|want|provide|generate|make|got|have|tell"
    r"|recipe (?:for|of))\b",
    re.I,
)
OTHER_LAYOUT = make_regex(
    r"##|\b(?:sections?|headings?|table|csv|app|website|html|code|function|script|class|names?"
    r"|titles?|ideas|sentences?"
    r"|words|step[- ]by[- ]step only|list of recipes)\b|\brecipes\b",
    re.I,
)
NO_NAME = frozenset(
    "give me share us a an the my your this easy quick simple good favorite favourite new".split()
)
SERVINGS = make_regex(rf"\b(?:for|serves) ({NUMBER}) (?:people|persons|servings?)?\b", re.I)
BASE = (
    "250 g flour",
    "2 eggs",
    "300 ml milk",
    "2 tablespoons oil",
    "1 teaspoon sugar",
    "a pinch of salt",
)
STEPS = (
    "Put all ingredients on the table and measure them.",
    "Prepare the {thing} and set a few pieces aside.",
    "Mix the dry ingredients in a large bowl, then stir in the rest.",
    "Cook everything over medium heat for about 15 minutes.",
    "Taste, season with salt, and let it rest for five minutes.",
    "Serve the {dish} while it is warm.",
)


@form(
    "recipe",
    "Give me a recipe for banana pancakes.",
    words="recipe recipes",
    about="a heading, the ingredients in bullet points, and numbered steps",
)
def write_recipe(question: Question) -> str | None:
    text = question.instruction
    if question.language != "en" or question.material or wants("json", question):
        return None
    dish = find_dish(text)
    if not dish or OTHER_LAYOUT.search(text):
        return None
    servings = SERVINGS.search(text)
    count = parse_count(servings[1], 50) if servings else 4
    return render_recipe(dish, count)


def find_dish(text: str) -> str:
    """Return the dish whose recipe a text asks for; empty if it asks for none."""
    match = (RECIPE.search(text) or NAMED_RECIPE.search(text)) if WISH.search(text) else None
    words = match[1].split() if match else []
    return " ".join(word for word in words if word.lower() not in NO_NAME)


def render_recipe(dish: str, servings: int) -> str:
    thing = dish.split()[0].lower()
    ingredients = "\n".join(f"- {one}" for one in (f"200 g {thing}", *BASE))
    steps = "\n".join(
        f"{at}. {step.format(thing=thing, dish=dish)}" for at, step in enumerate(STEPS, 1)
    )
    title = dish[:1].upper() + dish[1:]
    return (
        f"## {title}\n\nServes {servings}.\n\n**Ingredients**\n\n{ingredients}"
        f"\n\n**Instructions**\n\n{steps}"
    )
