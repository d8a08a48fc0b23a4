"""Recipes in data: a dish with its ingredients and its steps."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.knowledge_files import compile_head, read_sections
from mockgem.operations.forms.lazy_patterns import make_regex

RECIPE = make_regex(
    r"\b(?:recipes?|dish(?:es)?|cook\w*|bak(?:e|ing)|rezept\w*|recetas?|recettes?|ricett[ae]"
    r"|receitas?|ingredients)\b",
    re.I,
)
NAMES = frozenset("name title recipe_name recipe dish dish_name recipe_title nombre nom".split())
INGREDIENTS = frozenset("ingredients ingredient ingredient_list ingredientes zutaten".split())
STEPS = frozenset("steps instructions directions method preparation step instruction".split())


@frozen
class Dish:
    """A dish. Its ingredients are pairs of a name and an amount with its unit."""

    name: str
    cuisine: str
    minutes: int
    servings: int
    difficulty: str
    course: str
    calories: int
    ingredients: tuple[tuple[str, str, str], ...]
    steps: tuple[str, ...]


def list_dishes(text: str) -> list[Dish]:
    """Return the dishes that a text names, then all others."""
    sections = read_sections("dishes")
    named = [match for head, _ in sections if (match := compile_head(head).search(text))]
    word = named[0][0].lower().rstrip("s").split()[-1] if named else ""
    ranked = sorted(
        sections,
        key=lambda one: (
            compile_head(one[0]).search(text) is None or (len(named) > 1 and GENERIC in one[0]),
            word not in one[1][0].partition("|")[0].lower(),
            -count_named(one[1][1], text),
        ),
    )
    return [read_dish(rows) for _, rows in ranked]


GENERIC = "recipes?"
"""What the head of the dish has that any recipe may be of."""
GENERIC_NAMES = frozenset("vegetable mixed green classic the with and of".split())


def find_known(name: str) -> Dish | None:
    """Return the known dish of which a name is, such as "banana pancakes"; None for another."""
    lower = name.lower()
    found = [
        read_dish(rows)
        for head, rows in read_sections("dishes")[:-1]
        if compile_head(head).search(name)
    ]
    return min(found, key=lambda one: len(strange_words(one.name, lower)), default=None)


def strange_words(known: str, name: str) -> list[str]:
    """Return the words of a known dish's name that say something else than another name."""
    words = [word for word in known.lower().split() if word not in GENERIC_NAMES]
    return [word for word in words if word.rstrip("s") not in name]


def count_named(ingredients: str, text: str) -> int:
    """Return how many ingredients of a dish a text names, such as what is in the fridge."""
    lower = text.lower()
    parts = (one.partition(":")[0].strip().lower().rstrip("s") for one in ingredients.split(","))
    return sum(part in lower for part in parts)


def read_dish(rows: tuple[str, ...]) -> Dish:
    name, cuisine, minutes, servings, difficulty, course, calories = rows[0].split("|")
    ingredients = [tuple(part.strip() for part in one.split(":")) for one in rows[1].split(",")]
    return Dish(
        name,
        cuisine,
        int(minutes),
        int(servings),
        difficulty,
        course,
        int(calories),
        tuple((one[0], one[1], one[2]) for one in ingredients),
        tuple(rows[2].split("|")),
    )


def is_recipe(row: dict[str, Any], text: str) -> bool:
    """Return whether an object describes a recipe."""
    keys = {CAMEL.sub("_", key).lower() for key in row}
    if FOR_DISH.search(text) and keys & {"item", "ingredient", "name"} and keys & AMOUNTS:
        return True
    has_parts = bool(keys & INGREDIENTS) or bool(keys & STEPS and RECIPE.search(text))
    return has_parts or (bool(keys & {"recipe_name", "dish_name"}))


def is_cooked(row: dict[str, Any]) -> bool:
    """Return whether an object has the ingredients and the steps of a recipe."""
    keys = {CAMEL.sub("_", key).lower() for key in row}
    return bool(keys & INGREDIENTS) and bool(keys & STEPS)


DISH = make_regex(
    r"\b(?:receta|recette|ricetta|receita|rezept\w*|recept)\s(?:de|da|di|do|per|pour|para|für"
    r"|voor|della|del|d[eu]s?)\s(?:la |le |el |una? |eine?n? )?([^\W\d][\w' -]{2,40}?)"
    r"(?=\s(?:en|als|in|im|mit|con|avec|com|au|as|como)\b|[.,:;!?\n]|\s*\Z)",
    re.I,
)


def name_dish(row: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object in another language that is named after the dish in the prompt."""
    match = DISH.search(text)
    names = {key for key in row if ENGLISH_NAMES.get(key.lower(), key.lower()) in NAMES}
    if match is None:
        return row
    title = match[1][:1].upper() + match[1][1:]
    return {key: title if key in names else item for key, item in row.items()}


FOR_DISH = make_regex(r"\b(?:ingredients|shopping list|groceries) (?:for|of|in|to make)\b", re.I)
AMOUNTS = frozenset("amount quantity qty".split())


def list_parts(like: dict[str, Any], dish: Dish) -> list[dict[str, Any]] | None:
    """Return a row for each ingredient, unless the rows are recipes themselves."""
    keys = {CAMEL.sub("_", key).lower() for key in like}
    if keys & INGREDIENTS or keys & STEPS or not keys & AMOUNTS:
        return None
    return [fill_part(like, *one, False) for one in dish.ingredients]


def fill_dish(row: dict[str, Any], dish: Dish, text: str = "") -> dict[str, Any]:
    """Return an object with the name, the ingredients and the steps of a dish."""
    is_numeric = NUMERIC.search(text) is not None
    if MEATLESS.search(text):
        dish = leave_out_meat(dish)
    return {key: fill_field(key, item, dish, is_numeric) for key, item in row.items()}


MEATLESS = make_regex(r"\b(?:vegetarian|vegan|meat-?free|meatless|veggie|without meat)\b", re.I)
MEAT = make_regex(
    r"\b(?:ground |minced )?(?:beef|pork|meat|chicken|bacon|ham|lamb|turkey|sausages?|mince)"
    r"(?: breasts?| thighs?| mince)?\b",
    re.I,
)


def leave_out_meat(dish: Dish) -> Dish:
    """Return a dish with lentils in place of meat."""
    parts = tuple((MEAT.sub("lentils", one[0]), one[1], one[2]) for one in dish.ingredients)
    steps = tuple(MEAT.sub("lentils", step) for step in dish.steps)
    name = dish.name if MEAT.search(dish.name) is None else MEAT.sub("Lentil", dish.name)
    return replace(dish, name=f"Vegetarian {name}", ingredients=parts, steps=steps)


NUMERIC = make_regex(
    r"\b(?:amount|quantity|qty)[\"']?\s?[:(]?\s?(?:an? )?(?:number|int|float|integer|\d|numeric)\b",
    re.I,
)


def fill_field(key: str, item: Any, dish: Dish, is_numeric: bool) -> Any:
    name = CAMEL.sub("_", key).lower()
    if name in NAMES and isinstance(item, str):
        return dish.name
    if name in INGREDIENTS:
        return fill_parts(item, dish, is_numeric)
    if name in STEPS:
        return fill_steps(item, dish)
    if "serving" in name or name in ("portions", "serves", "yield"):
        return shape(dish.servings, item, "")
    if "calor" in name:
        return shape(dish.calories, item, "")
    if "time" in name or "minutes" in name or name == "duration":
        share = 0.3 if "prep" in name else 0.7 if "cook" in name or "bak" in name else 1
        return shape(max(5, round(dish.minutes * share / 5) * 5), item, " minutes")
    known = {
        "difficulty": dish.difficulty,
        "cuisine": dish.cuisine,
        "course": dish.course,
        "category": dish.course,
        "meal_type": dish.course,
        "description": f"{dish.name} for {dish.servings} people, ready in {dish.minutes} minutes.",
        "summary": f"{dish.name} for {dish.servings} people, ready in {dish.minutes} minutes.",
    }
    return known[name] if name in known and isinstance(item, str) else item


def shape(number: int, like: Any, unit: str) -> Any:
    return f"{number}{unit}" if isinstance(like, str) else number


def fill_parts(item: Any, dish: Dish, is_numeric: bool) -> Any:
    """Return the ingredients as one text, as a list of texts, or as objects."""
    texts = [write_part(*one) for one in dish.ingredients]
    match item:
        case [dict() as first, *_]:
            return [fill_part(first, *one, is_numeric) for one in dish.ingredients]
        case list():
            return texts
        case str():
            return dish.ingredients[0][0] if item and "," not in item else ", ".join(texts)
    return item


def write_part(name: str, amount: str, unit: str) -> str:
    """Return an ingredient with its amount: "250 g flour", "1 egg"."""
    single = name.removesuffix("s") if amount == "1" and not unit else name
    return " ".join(filter(None, (amount, unit, single)))


def fill_part(
    like: dict[str, Any], name: str, amount: str, unit: str, is_numeric: bool
) -> dict[str, Any]:
    keys = [CAMEL.sub("_", key).lower() for key in like]
    has_unit = any("unit" in key for key in keys)
    filled: dict[str, Any] = {}
    for key, item in like.items():
        plain = CAMEL.sub("_", key).lower()
        if plain in ("name", "ingredient", "item", "ingredient_name"):
            filled[key] = name
        elif "unit" in plain:
            filled[key] = unit or "piece"
        elif plain in ("amount", "quantity", "qty"):
            is_text = (isinstance(item, str) or bool(unit)) and not has_unit and not is_numeric
            filled[key] = f"{amount} {unit}".strip() if is_text else read_amount(amount, item)
        else:
            filled[key] = item
    return filled


def read_amount(amount: str, like: Any) -> Any:
    return amount if isinstance(like, str) else int(amount)


def fill_steps(item: Any, dish: Dish) -> Any:
    match item:
        case [dict() as first, *_]:
            return [fill_step(first, text, at) for at, text in enumerate(dish.steps, 1)]
        case list():
            return list(dish.steps)
        case str():
            return " ".join(dish.steps)
    return item


def fill_step(like: dict[str, Any], text: str, at: int) -> dict[str, Any]:
    key = next((key for key, item in like.items() if isinstance(item, str)), None)
    filled = {
        key: at if isinstance(item, int) and not isinstance(item, bool) else item
        for key, item in like.items()
    }
    return {**filled, key: text} if key else filled
