"""The ingredients that a text names with their amounts: "3 tablespoons of olive oil"."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:extract|list|name|find|give me|what are|which|get"
    r"|pull out)\b[^.\n]{0,40}\bingredients\b",
    re.I,
)
WITHOUT = make_regex(
    r"\b(?:without|no)\b[^.\n]{0,20}\b(?:amounts?|quantit|measure|numbers?)|\bnames? only\b"
    r"|\bonly the names?\b",
    re.I,
)
UNIT = (
    r"(?:tablespoons?|tbsps?|teaspoons?|tsps?|cups?|grams?|g|kg|ml|millilit(?:er|re)s?|lit(?:er"
    r"|re)s?|l|pinch(?:es)?|dash(?:es)?|cloves?|slices?|cans?|tins?|handfuls?|ounces?|oz|pounds?"
    r"|lbs?|sprigs?|sticks?|bunch(?:es)?|packets?|jars?|splash(?:es)?|knobs?|drops?)"
)
AMOUNT = r"(?:\d+(?:[./,]\d+)?(?:\s\d/\d)?|½|¼|¾|an?|one|two|three|four|five|six|half an?|some)"
INGREDIENT = make_regex(
    rf"(?<![\w.])(?P<amount>{AMOUNT} ?(?:(?:large|small|heaped"
    rf"|level) )?{UNIT})(?: of)? (?:the )?(?P<name>(?!of\b)[a-z][a-z-]*(?: (?!with\b|and\b|in\b"
    r"|into\b|to\b|over\b|for\b|until\b|on\b|then\b|or\b|plus\b|from\b)[a-z][a-z-]*){0,2})"
    r"|(?<![\w.])(?P<count>\d{1,2}|two|three|four) (?P<thing>(?:large |small |medium "
    r"|ripe )?(?:eggs?|onions?|tomatoes|potatoes|carrots?|apples?|bananas?|lemons?|limes?"
    r"|peppers?|shallots?))\b",
    re.I,
)
LEAST = 2


@form(
    "ingredients of a text",
    "List the ingredients, one per line, without amounts.\n\nWhisk 3 tablespoons of olive oil with"
    " a teaspoon of mustard and a pinch of salt.",
    words="ingredients",
    about="the ingredients that the given text names",
)
def list_ingredients(question: Question) -> str | None:
    text = question.material
    if not text or question.language != "en" or not WISH.search(question.instruction):
        return None
    if (
        "comma" in question.lower
        or wants("json", question)
        or wants("csv", question)
        or "table" in question.lower
    ):
        return None
    is_bare = WITHOUT.search(question.wish) is not None
    found = [read_ingredient(match, is_bare=is_bare) for match in INGREDIENT.finditer(text)]
    if len(found) < LEAST:
        return None
    lines = list(dict.fromkeys(found))
    if NUMBERED.search(question.layout):
        return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1))
    mark = "- " if BULLETS.search(question.layout) or "line" not in question.lower else ""
    return "\n".join(f"{mark}{line}" for line in lines)


def read_ingredient(match: re.Match[str], *, is_bare: bool) -> str:
    return (match["name"] or match["thing"]).strip() if is_bare else match[0].strip()
