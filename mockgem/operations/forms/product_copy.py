"""Titles and texts of invented objects that fit what the object is: a quiz, a product."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.prose_templates import ABOUT_ANYTHING

GUIDE = make_regex(
    r"\A(?:Getting Started with |Why )?(.{3,60}?)(?:: A Practical Guide| Matters)?\Z"
)
MARKED_GUIDE = make_regex(r"\AGetting Started with |: A Practical Guide\Z| Matters\Z")
PRODUCT = frozenset("bullet_points bullets seo_keywords price features selling_points cta".split())
COPY = make_regex(
    r"\b(?:product (?:copy|description|page|listing)|listing for|shop|e-?commerce)\b", re.I
)
FACTS = make_regex(r"\(([^()\n]{4,120}\d[^()\n]{0,80})\)")
DESCRIPTION = make_regex(r"^(?:short_|long_|product_)?(?:description|intro|copy|text)$")
BULLETS = make_regex(r"^(?:bullet_points|bullets|features|key_features|selling_points)$")
SHORT_GUIDE = "A short guide to "
"""The beginning of a description that tells nothing of a product."""


def fit_titles(value: Any, question: Question) -> Any:
    """Return an object whose title says what the object is."""
    if not isinstance(value, dict):
        return value
    names = {read_name(key): key for key in value}
    value = name_product(value, names, question)
    title = names.get("title") or names.get("name")
    if title is None and PAGE_PARTS & names.keys():
        title = names.get("headline")
    if title is None or not isinstance(value[title], str) or not MARKED_GUIDE.search(value[title]):
        return value
    topic = str(GUIDE.sub(r"\1", value[title]))
    if title == names.get("headline"):
        return advertise(value, names, topic)
    if any(is_quiz(item) for item in value.values()):
        return {**value, title: f"{topic} Quiz"}
    if PRODUCT & names.keys() and COPY.search(question.prompt[:600]):
        return sell({**value, title: topic}, names, topic, question)
    return value


SELLS = make_regex(r"\bproducts?\b", re.I)
SHORT_NAME = 4
"""Words of a message that is only the name of a product."""


def name_product(
    value: dict[str, Any], names: dict[str, str], question: Question
) -> dict[str, Any]:
    """Return an object whose name is the product that a message names: "bamboo toothbrush"."""
    message = question.prompt.strip(" .")
    key = names.get("name") or names.get("product_name") or names.get("title")
    if key is None or len(message.split()) > SHORT_NAME or not message.replace(" ", "").isalpha():
        return value
    is_known = str(value[key]).lower() in message.lower() or MARKED_GUIDE.search(str(value[key]))
    if is_known or SELLS.search(question.stated_system) is None:
        return value
    return {**value, key: message[:1].upper() + message[1:]}


PAGE_PARTS = frozenset(
    "subheadline subheading sub_headline tagline cta cta_text button_text".split()
)
PAGE_OF = make_regex(
    r"\A(?:the )?(?:landing|home|start|hero|sales|web)?[ -]?(?:page|section|site|hero) (?:of|for)"
    r" (?:an? |the |my |our )?"
    r"| (?:startup|company|business|app|service|shop|store|brand|website|agency)\Z",
    re.I,
)
"""What stands around the thing that a page sells: "landing page of a dog walking startup"."""


def advertise(value: dict[str, Any], names: dict[str, str], topic: str) -> dict[str, Any]:
    """Return the texts of a page that sells something: its headline and the line below it."""
    thing = PAGE_OF.sub("", PAGE_OF.sub("", topic))
    below = next((names[one] for one in names if one.startswith("sub")), None)
    texts = {names["headline"]: f"{thing}, Made Easy"}
    if below is not None:
        texts[below] = f"Everything you need for {thing.lower()}, in one place."
    return {**value, **texts}


def is_quiz(item: Any) -> bool:
    first = item[0] if isinstance(item, list) and item else None
    return isinstance(first, dict) and bool(first.keys() & {"question", "q", "statement"})


def sell(
    value: dict[str, Any], names: dict[str, str], topic: str, question: Question
) -> dict[str, Any]:
    """Return the text for a product with the facts that the prompt gives in parentheses."""
    given = next((match[1] for match in FACTS.finditer(question.prompt[:600])), "")
    facts = [one.strip() for one in given.split(",") if one.strip()]
    sold = dict(value)
    for name, key in names.items():
        item = value[key]
        if DESCRIPTION.match(name) and isinstance(item, str) and is_general(item):
            told = f" ({', '.join(facts)})" if facts else ""
            sold[key] = f"This {topic.lower()}{told} is made for everyday use and built to last."
        elif BULLETS.match(name) and isinstance(item, list) and all(map(is_string, item)):
            own = [f"{one[:1].upper()}{one[1:]}" for one in facts]
            rest = [one for one in item if not one.startswith("Order today")]
            spare = ["Easy to clean and to carry", "Made of long-lasting material"]
            sold[key] = [*own, *rest, *spare][: len(item)]
    return sold


def is_string(item: Any) -> bool:
    return isinstance(item, str)


def is_general(text: str) -> bool:
    return text.startswith(SHORT_GUIDE) or ABOUT_ANYTHING.match(text) is not None


QUOTES = {
    "en": "The text says: '{}'",
    "fr": "Le texte dit : « {} »",
    "de": "Im Text steht: „{}“",
    "es": "El texto dice: «{}»",
    "it": "Il testo dice: «{}»",
    "pt": "O texto diz: “{}”",
    "nl": "In de tekst staat: '{}'",
    "pl": "W tekście jest: „{}”",
}
ENGLISH = make_regex(r"\b(?:the|is|it|with|and|of|you|because|than)\b")
LEAST_ENGLISH = 3


TOLD = make_regex(
    r"reason|justifi|expla|expli|comment|begründ|motiv|raison|grund|summary|note|remark", re.I
)
"""Fields for what the reply says about a text."""


def is_english(text: str, given: str, language: str) -> bool:
    """Return whether a remark about a text in another language is in English."""
    is_long = text.count(" ") > LEAST_ENGLISH and text not in given
    return language != "en" and is_long and len(set(ENGLISH.findall(text))) >= LEAST_ENGLISH


LONGEST_QUOTE = 200


def replace_filler(value: Any, given: str, language: str, key: str = "") -> Any:
    """Return a value that quotes the given text in place of general remarks."""
    match value:
        case dict():
            return {own: replace_filler(item, given, language, own) for own, item in value.items()}
        case list():
            return [replace_filler(item, given, language, key) for item in value]
        case str() if language in QUOTES and (
            ABOUT_ANYTHING.match(value) or (TOLD.search(key) and is_english(value, given, language))
        ):
            first = re.split(r"(?<=[.!?])\s", given.strip(' «»"“”'), maxsplit=1)[0]
            return QUOTES[language].format(first[:LONGEST_QUOTE].strip(" ."))
    return value
