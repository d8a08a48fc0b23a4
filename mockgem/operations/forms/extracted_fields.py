"""Several values of a text, each in a line with its name: "Extract the name and the date"."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import BULLETS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_lookup import find_all_by_kind, find_in_text
from mockgem.operations.forms.value_generation import generate_from

ITEM = (
    r"(?:the |an? |its |his |her |their )?[a-z][\w'’-]{1,20}"
    r"(?: (?!and\b|from\b|in\b|of\b)[\w'’-]{2,20}){0,2}"
)
NAMED = make_regex(
    rf"\b(?:extract|pull(?: out)?|identify|find|get(?: me)?|give me|list|what (?:is"
    rf"|are)) ({ITEM}(?:, {ITEM}){{0,8}},? and"
    rf" {ITEM})(?=,? (?:each|one) (?:on|per|to)\b| (?:from|in|of|mentioned|out of"
    rf"|and (?:return|give|output|write|put|format|list|show))\b|[:.]|\s*\n)",
    re.I,
)
FORMATTED = make_regex(
    rf"\b(?:key|field|name|label): ?value\b[\"'”`]?\s?[-–—:(]\s?"
    rf"({ITEM}(?:, {ITEM}){{1,8}}(?:,? and {ITEM})?)",
    re.I,
)
"""The names behind the form of the lines: "key: value - sender, amount, due date"."""
ORDER = make_regex(
    r"\b(\d{1,5}) (?:(?:boxes|packs|bottles|pieces|units|bags|cans|pairs|copies|crates|kg"
    r"|kilos) of )?((?!days?|hours?|years?|weeks?|minutes?)[a-z][\w-]+(?: [a-z][\w-]+)?)",
    re.I,
)
"""How many of which thing: "12 boxes of green tea"."""
OTHER_FORM = make_regex(
    r"\b(?:json|csv|xml|yaml|table|comma|list of|code|only the|difference|pros|similarit\w+"
    r"|sentences?|words|summary|explain)\b",
    re.I,
)


@form(
    "extracted values",
    'Extract the name and the date from this text: "Ms Adler will visit us on 4 May 2025."',
    words="extract pull identify find get give list what",
    about="the values of the given text that the prompt names, each in a line with its name",
)
def extract_values(question: Question) -> str | None:
    text = question.instruction
    if len(text) >= MAX_INSTRUCTION or not question.material:
        return None
    if OTHER_FORM.search(text) or OTHER_FORM.search(question.prompt[-40:]):
        return None
    if question.language != "en":
        return None
    if FINDS_ALL.search(text):
        return None
    lines = extract_pairs(question)
    if not lines:
        return None
    if EQUALS.search(text):
        return "\n".join(f"{name.replace(' ', '_')}={found}" for name, found in lines)
    mark = "- " if BULLETS.search(question.layout) else ""
    return "\n".join(f"{mark}{name[:1].upper()}{name[1:]}: {found}" for name, found in lines)


FINDS_ALL = make_regex(r"\b(?:identify|extract|find|list|detect) all\b(?! the following)", re.I)
"""A wish for several things of a kind, which are a list."""
MAX_INSTRUCTION = 600
"""Characters of an instruction that names the values."""


def extract_pairs(question: Question) -> list[tuple[str, str]]:
    """Return the things that a prompt wants from its text, each with its value; or nothing."""
    text = question.instruction
    has_room = question.material and len(text) < MAX_INSTRUCTION
    match = (FORMATTED.search(text) or NAMED.search(text)) if has_room else None
    if match is None:
        return []
    items = re.split(r",? and |, ", match[1])
    names = [
        re.sub(r"^(?:the|an?|its|his|her|their) | out$", "", item.strip(), flags=re.I)
        for item in items
    ]
    properties = {name.lower().replace(" ", "_"): {"type": "string"} for name in names}
    value = generate_from({"type": "object", "properties": properties}, question, "")
    from mockgem.operations.forms.marked_fields import read_elements

    read = read_elements(list(properties), question)
    for name in value:
        several = list_values(name, question)
        value[name] = (
            several or find_in_text(name, question.material) or read.get(name, value[name])
        )
    if order := ORDER.search(question.material):
        found = {"quantity": order[1], "product": order[2], "item": order[2]}
        value |= {name: found[name] for name in value if name in found}
    if any(VERB_FIRST.match(name) for name in names):
        return []
    values = [add_unit(str(one), question.material) for one in value.values()]
    return list(zip(names, values, strict=False))


UNIT = (
    r"(?:\s?(?:%|€|kg|km/h|[kcm]?m|[km]?g|[mc]?l|lbs?|oz|ft|MB|GB|TB|kWh|W)\b"
    r"|\s(?:(?:kilo|milli|centi)?(?:grams?|met(?:re|er)s?)|inch(?:es)?|feet|pounds?|ounces?"
    r"|lit(?:re|er)s?|euros?|dollars?|hours?|minutes?|seconds?|days?|weeks?|months?|years?"
    r"|percent)\b)"
)


def add_unit(value: str, text: str) -> str:
    """Return a number with its unit in a text: "310 grams"."""
    if not value.replace(".", "").replace(",", "").isdecimal():
        return value
    match = re.search(rf"(?<![\d.,]){re.escape(value)}{UNIT}", text)
    return match[0] if match else value


LISTS = (
    (make_regex(r"^(?:names|people|persons|characters|attendees|participants)$"), "people"),
    (make_regex(r"^(?:places|locations|cities)$"), "places"),
    (make_regex(r"^(?:dates|days)$"), "dates"),
    (make_regex(r"^e-?mails?(?:_addresses)?$"), "emails"),
    (make_regex(r"^times$"), "times"),
)


def list_values(name: str, question: Question) -> str:
    """Return all values of the text for a plural such as "dates", between commas."""
    kind = next((kind for pattern, kind in LISTS if pattern.match(name)), "")
    found = (
        list(getattr(question.hints, kind)) if kind else find_all_by_kind(name, question.material)
    )
    return ", ".join(sorted(dict.fromkeys(found), key=question.material.find))


VERB_FIRST = make_regex(
    r"(?:nothing|no|only|return|give|output|write|put|format|list|show|send|print|save)\b", re.I
)
EQUALS = make_regex(r"\bkey ?= ?value\b|\bname ?= ?value\b|\bfield ?= ?value\b", re.I)
"""A wish for pairs with an equals sign."""
