"""One thing of a kind that everybody knows: "Name a colour.", "Pick a random animal"."""

from __future__ import annotations

import re

from mockgem.operations.forms.brand_names import FIRST, SECOND
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.generators.faker_pool import WORD_LISTS

KINDS = {
    "fruit": WORD_LISTS["fruit"],
    "colour": WORD_LISTS["colo"],
    "color": WORD_LISTS["colo"],
    "animal": WORD_LISTS["animal"],
    "language": WORD_LISTS["language"],
    "genre": WORD_LISTS["genre"],
    "country": ["Portugal", "Japan", "Kenya", "Chile", "Norway", "Vietnam"],
    "city": ["Lisbon", "Kyoto", "Nairobi", "Oslo", "Montreal", "Hanoi"],
    "capital": ["Lisbon", "Tokyo", "Nairobi", "Oslo", "Ottawa", "Hanoi"],
    "planet": ["Mercury", "Venus", "Mars", "Jupiter", "Saturn", "Neptune"],
    "vegetable": ["carrot", "spinach", "leek", "pumpkin", "cabbage", "beetroot"],
    "flower": ["tulip", "lavender", "sunflower", "daisy", "iris", "poppy"],
    "tree": ["oak", "birch", "maple", "pine", "willow", "beech"],
    "bird": ["heron", "owl", "sparrow", "robin", "stork", "swift"],
    "sport": ["rowing", "tennis", "climbing", "handball", "fencing", "judo"],
    "instrument": ["violin", "flute", "piano", "cello", "trumpet", "harp"],
    "musical instrument": ["violin", "flute", "piano", "cello", "trumpet", "harp"],
    "drink": ["green tea", "lemonade", "coffee", "ginger ale", "oat milk", "water"],
    "metal": ["iron", "copper", "silver", "zinc", "nickel", "titanium"],
    "season": ["spring", "summer", "autumn", "winter"],
    "day of the week": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "month": ["January", "March", "May", "July", "September", "November"],
    "continent": ["Africa", "Asia", "Europe", "South America", "Antarctica"],
    "programming language": ["Python", "Go", "Rust", "Kotlin", "TypeScript", "Elixir"],
}
"""What the kinds are called, and some of each."""
ASKED = make_regex(
    r"\W*(?:please )?(?:name|pick|choose|tell me|give me|think of|say|suggest)(?: me)?"
    r" (?:a|an|one|any|some|the name of an?)(?: random| single| famous| nice)?"
    rf" ({'|'.join(KINDS)})\W*(?:please)?\W*\Z",
    re.I,
)


NAME_FOR = make_regex(
    r"\W*(?:please |can you |could you )?(?:suggest|give me|come up with|think of|propose|find"
    r"|create"
    r"|i need)(?: us)? (?:a|one|the perfect|a good)(?: [a-z]+){0,2} name for"
    r" (?:an?|my|our|the|this|his|her|their) ",
    re.I,
)


@form(
    "name for a thing",
    "Suggest a name for a coffee shop. Max 3 words.",
    words="name",
    about="an invented name",
)
def name_thing(question: Question) -> str | None:
    match = NAME_FOR.match(question.prompt) if len(question.prompt) < 200 else None
    if match is None or question.language != "en" or wants("json", question):
        return None
    if question.is_terse:
        return None
    return f"{question.random.pick(FIRST)} {question.random.pick(SECOND)}"


@form(
    "one of a kind",
    "Name a colour.",
    "Pick a random animal",
    "Tell me a programming language please",
    words="name pick choose tell give think say suggest",
    about="one thing of a kind that everybody knows",
)
def name_one(question: Question) -> str | None:
    match = ASKED.match(question.prompt) if len(question.prompt) < 80 else None
    if match is None or question.stated_system:
        return None
    name = question.random.pick(KINDS[match[1].lower()])
    return name[0].upper() + name[1:]
