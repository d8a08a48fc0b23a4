"""A list of food for another diet: "I'm vegetarian, change that"."""

from __future__ import annotations

import re
from functools import partial

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

MAX_PROMPT = 120
DIET = make_regex(
    r"\b(vegetarian|vegan|veggie|gluten[- ]free|dairy[- ]free|lactose[- ](?:free|intolerant)"
    r"|vegetarisch|vegetariano|végétarien(?:ne)?|without meat|no meat|don['’]?t eat meat)\b"
    r"|\b(?:i (?:have|got|['’]?ve got)|there (?:are|is)|without|i (?:don['’]?t"
    r"|do not) have(?: any)?|i['’]?m out of|allergic to|instead of|replace(?: the)?|no) (?:no "
    r"|the |any )?(eggs?|milk|butter|cream|cheese|flour|yogh?urt|honey|sugar|onions?|garlic|wine"
    r"|nuts|peanuts)\b",
    re.I,
)
MEAT = (
    (r"(?:minced|ground) (?:beef|meat|pork|turkey)|hackfleisch|carne picada", "lentils"),
    (r"bacon|ham|salami|chorizo|speck|schinken", "smoked tofu"),
    (r"chicken(?: breasts?)?|turkey|beef|pork|lamb|steak|sausages?|hähnchen\w*|pollo", "tofu"),
    (r"fish|salmon|tuna|cod|shrimps?|prawns?|anchov(?:y|ies)", "chickpeas"),
    (r"(?:beef|chicken) (?:stock|broth)", "vegetable stock"),
)
DAIRY = (
    (r"milk|milch|leche", "oat milk"),
    (r"butter", "margarine"),
    (r"cream|sour cream", "oat cream"),
    (r"cheddar|cheese|parmesan|mozzarella|feta|käse|queso", "vegan cheese"),
    (r"yogh?urt", "soy yoghurt"),
)
EGGS = ((r"\d eggs?", "1 mashed banana"), (r"eggs?", "banana"), (r"honey", "maple syrup"))
GLUTEN = (
    (r"(?:wheat )?flour", "rice flour"),
    (r"pasta|spaghetti|noodles", "rice noodles"),
    (r"bread|buns?|tortillas?", "corn tortillas"),
    (r"soy sauce", "tamari"),
    (r"couscous|bulgur", "quinoa"),
)


LACKING: dict[str, tuple[tuple[str, str], ...]] = {
    "egg": ((r"(\d) eggs?", r"\1 small mashed bananas"), (r"eggs?", "mashed banana")),
    "milk": ((r"milk", "oat milk"),),
    "butter": ((r"butter", "oil"),),
    "cream": ((r"(?:heavy |sour |double )?cream", "yoghurt"),),
    "cheese": ((r"cheddar|cheese|parmesan|mozzarella|feta", "nutritional yeast"),),
    "flour": ((r"(?:wheat |plain )?flour", "ground oats"),),
    "yogurt": ((r"yogh?urt", "sour cream"),),
    "yoghurt": ((r"yogh?urt", "sour cream"),),
    "honey": ((r"honey", "maple syrup"),),
    "sugar": ((r"sugar", "honey"),),
    "onion": ((r"onions?", "leek"),),
    "garlic": ((r"garlic(?: cloves?)?|cloves? of garlic", "chives"),),
    "wine": ((r"(?:red |white )?wine", "stock with a dash of vinegar"),),
    "nut": ((r"(?:wal|hazel|pea|cashew )?nuts|almonds", "sunflower seeds"),),
    "peanut": ((r"peanuts?", "sunflower seeds"),),
}
"""What replaces food that a cook does not have or does not want."""


@form(
    "other diet",
    needs="earlier",
    about='the food of the last reply for a diet: "I\'m vegetarian, change that"',
)
def change_diet(question: Question) -> str | None:
    """Replace what the user does not eat in the list of the last reply."""
    match = DIET.search(question.prompt) if question.earlier else None
    replies = question.list_said("model")
    if match is None or len(question.prompt) > MAX_PROMPT or not replies:
        return None
    if not list_marked(replies[-1]):
        return None
    text = replies[-1]
    for food, other in list_replacements((match[1] or match[2]).lower()):
        text = re.sub(rf"\b(?<!vegan )(?:{food})\b", other, text, flags=re.I)
    return text if text != replies[-1] else None


OWN_DIET = make_regex(
    r"\b(vegetarian|vegan|veggie|gluten[- ]free|dairy[- ]free|lactose[- ]free|meat[- ]free"
    r"|without meat|no meat)\b",
    re.I,
)


def keep_diet(text: str, wish: str) -> str:
    """Return a text about food without what the diet that a prompt names leaves out."""
    match = OWN_DIET.search(wish)
    if match is None:
        return text
    for food, other in list_replacements(match[1].lower()):
        name = rf"\b(?<!vegan )(?<!tofu )({food})\b"
        text = re.sub(name, partial(replace_food, other), text, flags=re.I)
    return text


def replace_food(other: str, found: re.Match[str]) -> str:
    """Return another food, with a capital where the one that it replaces has one."""
    return other[:1].upper() + other[1:] if found[0][:1].isupper() else other


def list_replacements(diet: str) -> tuple[tuple[str, str], ...]:
    """Return what a diet, or the lack of something, replaces with what."""
    if lacking := LACKING.get(diet.rstrip("s")):
        return lacking
    if diet.startswith("gluten"):
        return GLUTEN
    if diet.startswith(("dairy", "lactose")):
        return DAIRY
    return (*MEAT, *DAIRY, *EGGS) if diet == "vegan" else MEAT
