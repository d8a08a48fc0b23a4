"""Recipes in other languages than English: ingredients in bullet points and numbered steps."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import find_answer_key, load_answers
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.recipes import OTHER_LAYOUT, SERVINGS, find_dish
from mockgem.operations.forms.registry import form

FILE = Path(__file__).parent.parent.parent / "data" / "recipes.json"
MAX_PROMPT = 300
USUAL = 4
UNSPACED = ("ja", "zh", "zh-Hant", "ko", "th")
WORD = r"[^\W\d_][\w'’-]*"
PREPOSITION = r"(?:mit|für|with|con|com|avec|pour|para|per|met|voor)\b"
WORDS = rf"(?P<dish>{WORD}(?: (?!{PREPOSITION}){WORD}){{0,3}})"
LETTERS = r"(?P<dish>[^\s、。，！？「」,.!?]{1,12}?)"
SHORT_FOOD = 3
"""Letters of a food that is also a word: "pan", "riz"."""
COMPOUND = r"(?P<dish>\w{3,20}?)"
PEOPLE = make_regex(
    rf"({NUMBER})\s?(?:personen|person|personnes|personas|pessoas|persone|osób|osoby|kişi|человек"
    r"|персон|порц|людей|осіб|أشخاص|אנשים|लोगों|人|명|người|orang|คน)",
    re.I,
)
POLITE = make_regex(
    r"^(?:bitte|请|請|あなたの|美味しい|おいしい|告诉我|告訴我|给我|給我|教我|我想知道|我想学|저에게|나에게|맛있는)+"
)


@form(
    "recipe in another language",
    "Gib mir ein Rezept für Pfannkuchen.",
    "Donne-moi une recette de ratatouille.",
    "カレーの作り方を教えてください。",
    needs="foreign",
    about="a heading, the ingredients in bullet points, and numbered steps",
)
def write_local_recipe(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if (question.language == "en" and question.written_language == "en") or question.material:
        return None
    if len(prompt) > MAX_PROMPT or OTHER_LAYOUT.search(prompt) or wants("json", question):
        return None
    if not LAYOUTS.fullmatch(question.gloss):
        return None
    prompt = IN_STEPS.sub("", prompt)
    is_coffee = find_answer_key(prompt, question.written_language) == "coffee"
    if is_coffee or GIVEN.search(prompt):
        return None
    english = translate_dish(find_dish(prompt) or find_cooked(prompt), question.language)
    title, dish = find_local_dish(prompt, question.written_language) or (english,) * 2
    if not dish or question.language not in load_recipes():
        return None
    people = PEOPLE.search(prompt) or SERVINGS.search(prompt)
    servings = parse_count(people[1], 50) if people else USUAL
    return render_local_recipe(title, dish, servings, question.language)


LAYOUTS = make_regex(r"(?:(?:Use a numbered list|Use bullet points)\. ?){0,2}")
"""What a recipe has anyway."""
IN_STEPS = make_regex(
    r"(?:\s|(?<=[.?!])\s*)(?:[^\W\d_]+ )?(?:(?:der |le |la |il |o )?(?:recipe|rezept|recette"
    r"|receta|ricetta|receita"
    r"|recept|przepis|tarif\w*|рецепт))? ?(?:по кроках|покроково|по шагам|пошагово|step by step"
    r"|schritt für schritt|paso a paso|étape par étape|passo (?:dopo|a) passo|krok po kroku"
    r"|stap voor stap|adım adım)\b\.?",
    re.I,
)
"""A wish for steps, which every recipe has: "Напиши рецепт по кроках"."""
COOKED = make_regex(
    r"\bhow (?:do|can|to|should) (?:i |you |we )?(?:make|cook|bake|prepare) (?:an? |some |the )?"
    r"(?P<dish>[a-z'-]+(?: [a-z'-]+){0,2}?)(?=[?.,!\n]|\s*\Z)",
    re.I,
)
DISHES = {
    "pancakes": "de Pfannkuchen fr crêpes es panqueques pt panquecas it pancake nl pannenkoeken",
    "omelette": "de Omelett fr omelette es tortilla pt omelete it frittata nl omelet",
    "soup": "de Suppe fr soupe es sopa pt sopa it zuppa nl soep",
    "lasagna": "de Lasagne fr lasagne es lasaña pt lasanha it lasagne nl lasagne",
    "bread": "de Brot fr pain es pan pt pão it pane nl brood",
    "pizza": "de Pizza fr pizza es pizza pt pizza it pizza nl pizza",
    "salad": "de Salat fr salade es ensalada pt salada it insalata nl salade",
    "rice": "de Reis fr riz es arroz pt arroz it riso nl rijst",
    "cake": "de Kuchen fr gâteau es pastel pt bolo it torta nl taart",
    "pasta": "de Nudeln fr pâtes es pasta pt massa it pasta nl pasta",
    "guacamole": "de Guacamole fr guacamole es guacamole pt guacamole it guacamole nl guacamole",
}
"""Dishes by their English names, each language before its word."""


def find_cooked(prompt: str) -> str:
    """Return the known dish that an English question wants to cook; empty for other things."""
    match = COOKED.search(prompt)
    words = match["dish"].lower().split() if match else []
    return next((one for one in DISHES if words and words[-1].rstrip("s") == one.rstrip("s")), "")


def translate_dish(name: str, code: str) -> str:
    """Return an English name of a dish in another language; as it is if it is unknown."""
    words = DISHES.get(name.lower(), "").split()
    return words[words.index(code) + 1] if code in words[::2] else name


GIVEN = make_regex(
    r"\b(?:rezept|recette|receta|ricetta|receita|recept|przepis|tarif|рецепт|resep)\w{0,3}:\s?\S"
    r"|(?:食谱|食譜|レシピ|레시피|وصفة|מתכון)[:：]\s?\S[^\n]{30}",
    re.I,
)
"""A recipe in the prompt, about which it asks."""
QUESTION_WORDS = make_regex(
    r"^(?:wie|como|cómo|comment|come|hoe|jak|как|як|cara|bagaimana|làm|nấu|כיצד|איך|كيف|怎么|怎麼"
    r"|如何)(?!\w{3})|어떻게|कैसे|nasıl|ยังไง|อย่างไร",
    re.I,
)
"""Words of a question, which is not the title of a recipe."""
TASTE = make_regex(r"^(?:para|de) \w+ (?=\S)| yang (?:enak|lezat|mudah|simpel|sederhana)$", re.I)
"""Words around the name of a dish."""


@cache
def load_recipes() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def compile_wishes(code: str, kind: str) -> list[re.Pattern[str]]:
    """Return the patterns of what asks for a recipe in a language, with the dish in them.

    Args:
        kind: "wish" for words that recipes alone have, "make" for those of other things as well.
    """
    slot = LETTERS if code in UNSPACED else WORDS
    end = r"(?=$|หน่อย|[\s、。，！？,.!?])" if code == "th" else ""
    return [
        re.compile(wish.replace("{dish}", slot).replace("{word}", COMPOUND) + end, re.I)
        for wish in load_recipes()[code][kind]
    ]


def find_local_dish(prompt: str, code: str) -> tuple[str, str] | None:
    """Return what a prompt calls a recipe, and the dish; None if it asks for none."""
    if code not in load_recipes():
        return None
    for wish in compile_wishes(code, "wish"):
        if match := wish.search(prompt):
            return read_dish(match)
    for wish in compile_wishes(code, "make"):
        if (match := wish.search(prompt)) and is_food(match["dish"], code):
            return read_dish(match)
    return None


def read_dish(match: re.Match[str]) -> tuple[str, str]:
    title, dish = POLITE.sub("", match[0]), TASTE.sub("", POLITE.sub("", match["dish"]))
    return (dish if QUESTION_WORDS.search(title) else title), dish


def is_food(dish: str, code: str) -> bool:
    """Return whether people eat the thing that a prompt wants to make."""
    known = load_recipes()[code]["foods"].split()
    if code in UNSPACED:
        return any(food in dish for food in known)
    words = dish.lower().split()
    long_names = tuple(food for food in known if len(food) > SHORT_FOOD)
    is_long = any(word.startswith(long_names) or word.endswith(long_names) for word in words)
    return is_long or not set(words).isdisjoint(known)


RICE = frozenset("reis riz arroz riso rijst ryż pirinç рис أرز אורז चावल".split())
"""Rice, which needs only oil and salt."""


def find_main(dish: str, code: str) -> str:
    """Return the line with the ingredient that the name of a dish has; empty without one."""
    texts = load_answers(code).texts
    plain = dish.lower() if code in UNSPACED else f" {dish.lower()} "
    foods = texts.get("foods", "").split("|")
    named = (one for one in foods if one and (one if code in UNSPACED else f" {one} ") in plain)
    food = next(named, "")
    start = dish.lower().find(food)
    return texts["main"].replace("{}", dish[start : start + len(food)]) if food else ""


def is_dough(dish: str, code: str) -> bool:
    """Return whether a dish consists of flour: pancakes, a cake, a pizza."""
    return any(word in dish.lower() for word in load_recipes()[code]["doughs"].split())


def find_usual_main(dish: str, code: str) -> str:
    """Return what a well-known dish is made of; empty for another dish."""
    mains = load_recipes()[code]["mains"].items()
    return next((main for name, main in mains if name in dish.lower()), "")


def list_ingredients(dish: str, code: str) -> list[str]:
    """Return the main ingredient of a dish, or sugar for a dough, and what goes with it."""
    texts = load_recipes()[code]
    usual, named = find_usual_main(dish, code), find_main(dish, code)
    if not usual and is_dough(dish, code):
        return [*texts["batter"], texts["sugar"], *filter(None, (named,))]
    main = usual or named
    if main.endswith(WHOLE):
        return [main.removesuffix(WHOLE)]
    is_rice = not RICE.isdisjoint(dish.lower().split()) and code != "id"
    parts = texts["parts"][-2:] if is_rice else texts["parts"]
    return [main or texts["main"], *parts]


def list_steps(dish: str, code: str) -> list[str]:
    """Return the steps: those of a dough, or those of a dish with vegetables or other things."""
    texts = load_recipes()[code]
    first, cut, put, *others = texts["steps"]
    ingredients = list_ingredients(dish, code)
    if texts["sugar"] in ingredients:
        return [first, texts["mix"], texts["rest"], *others]
    return [first, cut if texts["main"] in ingredients else texts["pieces"], put, *others]


WHOLE = "!"
"""The end of a main ingredient that needs no others."""


def render_local_recipe(title: str, dish: str, servings: int, code: str) -> str:
    texts = load_recipes()[code]
    ingredients = "\n".join(f"- {one}" for one in list_ingredients(dish, code))
    said = list_steps(dish, code)
    steps = "\n".join(f"{at}. {step}" for at, step in enumerate(said, 1))
    steps = steps.replace("{dish}", dish)
    title = title[:1].upper() + title[1:]
    serves = texts["serves"].replace("{n}", str(servings))
    return f"## {title}\n\n**{serves}**\n\n{ingredients}\n\n**{texts['method']}**\n\n{steps}"
