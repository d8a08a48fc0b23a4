"""Objects with the items of a prompt as keys: their labels, or their words in another language."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.keyed_objects import find_capital_of
from mockgem.operations.forms.known_records import is_kind, load_kinds
from mockgem.operations.forms.labelled_ids import label_ids
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.numbered_options import find_numbered
from mockgem.operations.forms.option_values import OR
from mockgem.operations.forms.options import find_options
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.vocabulary import translate_word
from mockgem.operations.forms.writing import Writer

MAPS = make_regex(
    r"\bmap(?:s|ping|ped)?\b|\bdictionary\b|\bkey(?:s|ed)?\b|\{ ?\"?(?:item|word|text|id|name"
    r"|number"
    r"|review|sentence)\"? ?:|\w ?(?:->|→|=>) ?\w",
    re.I,
)
ARRAY = make_regex(r"\b(?:array|list) (?:of|with)\b|\bkeep\b[^.\n]{0,20}\bkeys?\b", re.I)
TRANSLATES = make_regex(r"\btranslat(?:e|ions?)\b", re.I)
LABELS = make_regex(
    r"\b(?:classify|categori[sz]e|label|tag|sort|mark)\b (?:each|every|all|these|the following"
    r"|them|the)\b[^.\n]{0,60}?\b(?:as|into|by)\b",
    re.I,
)
LISTED = make_regex(
    rf"[:：]\s{{0,3}}(?=[^\n:.;{{\"]{{1,60}}(?:,|\s{OR}\s))([^\n:.;{{\"]{{3,900}})\.?\s*\Z"
)
QUOTED = make_regex(r"(?<!\w)['\"“]([^'\"“”\n{}:]{1,40})['\"”](?!\w)")
BY_NUMBER = make_regex(r"\b(?:number|index|id)\b", re.I)


def map_items(question: Question) -> dict[str, Any] | None:
    """Return what a prompt wants for each of its items, by item; None for other prompts."""
    if labelled := label_ids(question):
        return labelled
    text = question.prompt[:4000]
    if not MAPS.search(text) or ARRAY.search(text):
        return None
    if found := map_capitals(text):
        return found
    if TRANSLATES.search(text) and question.requested_language not in ("", "en"):
        return translate_items(list_items(text), question)
    return label_items(text, question) if LABELS.search(text) else None


COUNTRY = r"[A-Z][\w'-]{2,20}(?: [A-Z][\w'-]{1,20}){0,2}"
CAPITALS_OF = make_regex(
    rf"\b(?:countries|nations|of|for):? ((?:{COUNTRY}(?:, and |, | and )){{1,12}}{COUNTRY})"
    r"[^\n]{0,40}?\bcapitals?\b"
)


def map_capitals(text: str) -> dict[str, str]:
    """Return the capitals of the countries that a prompt names; nothing if one is unknown."""
    match = CAPITALS_OF.search(text)
    names = re.split(r", (?:and )?| and ", match[1]) if match else []
    found = {name.strip(): find_capital_of(name.strip()) for name in names if name.strip()}
    return found if found and all(found.values()) else {}


def list_items(text: str) -> list[str]:
    """Return the items in "apple, carrot, banana" at the end of a text, or those in quotes."""
    if listed := LISTED.search(text):
        parts = re.split(rf",\s*(?:{OR}\s)?|\s{OR}\s", listed[1])
        return list(dict.fromkeys(part.strip(" .'\"") for part in parts if part.strip(" .'\"")))
    quoted = QUOTED.findall(text)
    return list(dict.fromkeys(quoted)) if len(quoted) > 1 else []


def translate_items(items: list[str], question: Question) -> dict[str, str] | None:
    code = question.requested_language
    if len(items) < 2 or any(len(item.split()) > 3 for item in items):
        return None
    writer = Writer(question, code)
    return {item: translate_word(item, code) or writer.take_word() for item in items}


INTO = make_regex(
    r"\b(?:into|as) ([a-z]{3,16}(?:, [a-z]{3,16}){0,4},? (?:and|or) [a-z]{3,16})\b", re.I
)


def label_items(text: str, question: Question) -> dict[str, str] | None:
    """Return the label of each numbered line, or of each listed item."""
    numbered = find_numbered(text)
    start = numbered[0].start() if numbered else len(text)
    listed = LISTED.search(text)
    head = text[: listed.start() if listed and not numbered else start]
    options = find_options(head)
    named = INTO.search(head)
    labels = (
        list(options.values) if options else re.split(r", | and | or ", named[1]) if named else []
    )
    if len(labels) < 2:
        return None
    if numbered:
        by_number = BY_NUMBER.search(text[:start]) is not None
        rows = [(line[1] if by_number else line[2].strip(), line[2]) for line in numbered]
    else:
        rows = [(item, item) for item in list_items(text)]
    return {key: label_thing(labels, item, question) for key, item in rows} if rows else None


KINDS = tuple(
    (make_regex(rf"(?:{label})(?:s|es)?\Z", re.I), make_regex(rf"\b(?:{things})\b", re.I))
    for label, things in (
        (
            "sweet",
            "cakes?|cookies?|chocolate|ice cream|candy|honey|pie|donuts?|sugar|brownies?|jam",
        ),
        ("savou?ry|salty", "pizza|soup|chips|burgers?|pretzels?|steak|cheese|sausages?|fries"),
        ("warm|hot", "scarf|sauna|summer|fire|oven|desert|coffee|tea|sun|soup|volcano|stove|coat"),
        ("cold", "ice|ice cream|glacier|winter|snow|fridge|freezer|arctic|penguin"),
        ("plant", "rose|oak|tulip|fern|grass|cactus|moss|tree|daisy|sunflower|pine|ivy"),
        ("mineral|rock", "quartz|granite|marble|salt|diamond|iron|gold|basalt|amethyst"),
        ("animal", "dog|cat|horse|eagle|whale|lion|cow|fox|snake|frog|salmon|shark|elephant|bird"),
        ("mammal", "dog|cat|horse|whale|dolphin|bat|lion|cow|elephant|mouse|bear|human|fox|pig"),
        ("bird", "eagle|sparrow|owl|penguin|parrot|chicken|duck|crow|robin|swan|ostrich"),
        ("fish", "salmon|shark|tuna|trout|cod|goldfish|carp"),
        ("reptile", "snake|lizard|crocodile|turtle|iguana|gecko"),
        ("insect", "ant|bee|butterfly|fly|beetle|mosquito|wasp"),
        ("verb", "run|eat|sleep|write|jump|go|read|swim|think|sing"),
        ("noun", "table|house|dog|book|tree|car|city|river|chair"),
        ("adjective", "happy|big|small|red|beautiful|quick|tall|old|sad|bright"),
        ("adverb", r"\w+ly|often|soon|never"),
        ("odd", r"\d*[13579]"),
        ("even", r"\d*[02468]"),
        ("drink|beverage", "water|coffee|tea|juice|milk|wine|beer|lemonade|cola"),
        ("food", "bread|rice|pizza|cheese|pasta|apple|soup|cake"),
    )
)
"""Labels, and things that have them."""


def label_thing(labels: list[str], item: str, question: Question) -> str:
    """Return the label of what a thing is known to be, else of what a text supports."""
    name = item.strip().lower()
    for sign, things in KINDS:
        named = next((label for label in labels if sign.match(label)), "")
        if named and things.search(name):
            return named
    for kind in load_kinds():
        named = next((label for label in labels if is_kind(kind.head, label.lower())), "")
        if named and any(record["name"].lower() == name for record in kind.records):
            return named
    return choose(labels, [""] * len(labels), item, question)
