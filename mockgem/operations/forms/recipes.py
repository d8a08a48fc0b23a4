"""Recipes: ingredients in bullet points and numbered steps."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.diets import DAIRY, DIET, EGGS, GLUTEN, MEAT, list_replacements
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.known_dishes import Dish, find_known, write_part
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

RECIPE = make_regex(
    r"\brecipes? (?:for|of) (?!\d)(?:an? |some |the )?((?:[\w'-]+ ){0,4}?[\w'-]+)"
    r"(?=\s*(?:[.,;:?!\n(]|\Z)| (?:without|with|in|using|for|that|including|as|and)\b)",
    re.I,
)
NAMED_RECIPE = make_regex(r"\b((?:[a-z'-]+ ){0,2}[a-z'-]+) recipe\b", re.I)
MADE = make_regex(
    r"\bhow (?:do|can|to) (?:i |you |we )?(?:make|cook|bake) (?:an? "
    r"|some )?((?:[\w'-]+ ){0,3}?[\w'-]+)"
    r"(?=[?.,!][^\n]{0,40}\brecipe\b)",
    re.I,
)
"""A question that a wish for the recipe follows."""
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
    "give me share us a an the my your this easy quick simple good favorite favourite new i id"
    " i'd like"
    " want need would love please can could you get have some".split()
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
    parts = SECTIONS.search(text)
    marked = MARKED_SECTIONS.search(text)
    said = MARKED_LAYOUT.sub(" ", text) if marked else text
    if not dish or OTHER_LAYOUT.search(SECTION_WORD.sub(" ", said) if parts or marked else said):
        return None
    servings = SERVINGS.search(text)
    count = parse_count(servings[1], 50) if servings else 0
    known = find_known(dish)
    recipe = render_known(dish, known, count) if known else render_recipe(dish, count or 4)
    if parts:
        recipe = recipe.replace(
            "**Instructions**", f"**{(parts['steps'] or parts['steps2']).capitalize()}**"
        )
    if marked:
        recipe = mark_sections(recipe, marked, is_titled=TITLED.search(text) is not None)
    return avoid_food(recipe, text)


MARKED_SECTIONS = make_regex(
    r"(?P<mark>#{1,4}) ?(?P<first>ingredients)\b.{0,160}?(?P=mark) ?(?P<steps>instructions|steps"
    r"|directions|method|preparation)\b",
    re.I | re.S,
)
"""The headings of a recipe as Markdown: "## Ingredients" and "## Instructions"."""
MARKED_LAYOUT = make_regex(r"#+ ?\w+|\b(?:the )?(?:names?|titles?)\b(?= as)|\bh1\b", re.I)
TITLED = make_regex(r"\b(?:as|an?) (?:the )?h1\b|(?<!#)# (?:title|name|recipe|dish)\b", re.I)


def mark_sections(recipe: str, marked: re.Match[str], *, is_titled: bool) -> str:
    """Return a recipe whose parts have the headings that a prompt shows."""
    mark = marked["mark"]
    title, _, rest = recipe.partition("\n")
    title = f"# {title.lstrip('# ')}" if is_titled or mark == "##" else title
    rest = rest.replace("**Ingredients**", f"{mark} {marked['first']}")
    head = f"{mark} {marked['steps']}"
    return f"{title}\n{STEPS_HEAD.sub(head, rest)}"


STEPS_HEAD = make_regex(r"\*\*(?:Instructions|Steps|Directions|Method|Preparation)\*\*")


SECTIONS = make_regex(
    r"\b(?:sections?|headings?)\b[^.\n]{0,40}\bingredients\b[^.\n]{0,60}\b(?P<steps>instructions|steps"
    r"|directions|method|preparation)\b|\bingredients[\"'”]? (?:section|heading)\b[^.\n]{0,60}?"
    r"\b(?P<steps2>instructions|steps|directions|method|preparation)\b",
    re.I,
)
"""The two parts of a recipe, if a prompt names them as sections."""
SECTION_WORD = make_regex(r"\b(?:sections?|headings?)\b", re.I)


def find_dish(text: str) -> str:
    """Return the dish whose recipe a text asks for; empty if it asks for none."""
    found = RECIPE.search(text) or NAMED_RECIPE.search(text) or MADE.search(text)
    words = found[1].split() if found and WISH.search(text) else []
    return " ".join(word for word in words if word.lower() not in NO_NAME)


def render_known(name: str, dish: Dish, servings: int) -> str:
    """Return a known recipe, with what the name adds to it: the bananas of banana pancakes."""
    known = f"{dish.name} {dish.ingredients}".lower()
    added = [
        word
        for word in name.lower().split()[:-1]
        if word not in NO_INGREDIENT and word.rstrip("s") not in known
    ]
    parts = [write_part(*one) for one in dish.ingredients]
    parts = [f"200 g {' '.join(added)}", *parts] if added else parts
    return lay_out(name, servings or dish.servings, parts, list(dish.steps))


NO_INGREDIENT = frozenset(
    "vegan vegetarian veggie gluten-free dairy-free lactose-free classic homemade fluffy american"
    " italian french mexican thai indian spicy creamy healthy fresh warm cold light crispy soft"
    " traditional basic and with without no gluten dairy lactose free low carb fat keto".split()
)
"""Words of a dish's name that are not ingredients."""
WITHOUT = make_regex(r"\b(?:without|no|free of) (?:any )?([a-z]{3,20})s?\b", re.I)


def avoid_food(recipe: str, wish: str) -> str:
    """Return a recipe with something else for what a diet or the wish excludes."""
    pairs: list[tuple[str, str]] = []
    if diet := DIET.search(wish):
        pairs.extend(list_replacements(diet[1].lower()))
    lines = recipe.split("\n")
    for match in WITHOUT.finditer(wish):
        food = match[1].lower().rstrip("s")
        others = list_others(food)
        pairs.extend(others)
        if not others:
            lines = [one for one in lines if not (one.startswith("- ") and food in one.lower())]
    title, rest = lines[0], "\n".join(lines[1:])
    for food, other in pairs:
        rest = re.sub(rf"\b(?<!vegan )(?:{food})\b", other, rest, flags=re.I)
    return f"{title}\n{rest}"


def list_others(food: str) -> list[tuple[str, str]]:
    """Return what can take the place of a food; nothing if it is not known."""
    forms = (food, f"{food}s", f"1 {food}")
    rows = (*EGGS, *DAIRY, *MEAT, *GLUTEN)
    return [row for row in rows if any(re.fullmatch(row[0], form, re.I) for form in forms)]


def render_recipe(dish: str, servings: int) -> str:
    words = [word for word in dish.lower().split() if word not in NO_INGREDIENT]
    thing = words[0] if words else dish.split()[0].lower()
    parts = [f"200 g {thing}", *(BASE if BAKED.search(dish) else PAN)]
    return lay_out(dish, servings, parts, [step.format(thing=thing, dish=dish) for step in STEPS])


BAKED = make_regex(
    r"\b(?:cakes?|bread|muffins?|cookies?|biscuits?|pancakes?|waffles?|pies?|tarts?|dough|scones?"
    r"|buns?|rolls?|cr[êe]pes?|dumplings?|brownies?|pastr\w+|crumble|loaf)\b",
    re.I,
)
PAN = (
    "1 onion",
    "2 cloves of garlic",
    "400 g tomatoes",
    "300 ml vegetable stock",
    "2 tablespoons oil",
    "salt and pepper",
)


def lay_out(dish: str, servings: int, ingredients: list[str], steps: list[str]) -> str:
    listed = "\n".join(f"- {one}" for one in ingredients)
    numbered = "\n".join(f"{at}. {step}" for at, step in enumerate(steps, 1))
    return (
        f"## {dish[:1].upper()}{dish[1:]}\n\nServes {servings}.\n\n**Ingredients**\n\n{listed}"
        f"\n\n**Instructions**\n\n{numbered}"
    )
