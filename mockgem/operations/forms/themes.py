"""What replies say about topics that people often ask about, from a data file."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "themes.md"
LINE = make_regex(r"^(tip|fact|thing|step|pro|con|task): (\S[^\n]*)$", re.M)
MAX_TOPIC = 90


@frozen
class Theme:
    """What a topic has to offer: advice, facts, things for a list, steps in their order.

    Attributes:
        pros: What speaks for it; `cons` what speaks against it.
        tasks: What is to be done, for a checklist.
    """

    tips: tuple[str, ...]
    facts: tuple[str, ...]
    things: tuple[str, ...]
    steps: tuple[str, ...]
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


@cache
def load_themes() -> tuple[tuple[re.Pattern[str], Theme], ...]:
    """Return the patterns of the data file, each with what it says."""
    _, *sections = FILE.read_text(encoding="utf-8").split("\n## ")
    rows = []
    for section in sections:
        pattern, _, lines = section.partition("\n")
        found = LINE.findall(lines)
        kinds = [tuple(text for name, text in found if name == kind) for kind in KINDS]
        rows.append((re.compile(pattern, re.I), Theme(*kinds)))
    return tuple(rows)


KINDS = ("tip", "fact", "thing", "step", "pro", "con", "task")


@lru_cache(maxsize=256)
def find_theme(topic: str) -> Theme | None:
    """Return the theme of a topic; None for one that the data file does not know."""
    text = topic[:MAX_TOPIC]
    index, themes = index_starts(), load_themes()
    starts = {word[:START] for word in re.findall(r"[a-z0-9]+", text.lower())}
    places = sorted({place for start in starts for place in index.get(start, ())})
    return next((themes[at][1] for at in places if themes[at][0].search(text)), None)


START = 3
"""The letters of a word by which a theme is looked up."""


@cache
def index_starts() -> dict[str, list[int]]:
    """Return the places of the themes whose pattern has a word with certain first letters."""
    index: dict[str, list[int]] = {}
    for place, (pattern, _) in enumerate(load_themes()):
        words = re.findall(r"[a-z0-9]{2,}", re.sub(r"\\[a-z]", " ", pattern.pattern))
        starts = {part[:START] for word in words for part in (word, word[:-1])}
        for start in starts:
            index.setdefault(start, []).append(place)
    return index


PRODUCT = make_regex(
    r"\b(?:product|listing|item) (?:description|copy|text)s?\b|\b(?:ad|sales) copy\b"
    r"|\bdescribe (?:the|this|our|my) (?:following )?(?:product|item)\b",
    re.I,
)
PRODUCT_THEME = Theme(
    tips=(),
    facts=(
        "It is made of durable materials that are easy to clean",
        "The clear design looks good at home, at work and on the road",
        "It is light, reliable and ready to use in seconds",
        "Thoughtful details make every day a little easier",
        "It comes with a two-year warranty and free returns",
        "Order today and find out why our customers love it",
    ),
    things=(),
    steps=(),
)


def choose_theme(topic: str, instruction: str) -> Theme | None:
    """Return what there is to say about a topic: the words of a shop for a product."""
    return PRODUCT_THEME if PRODUCT.search(instruction) else find_theme(topic)


STEPS = make_regex(
    r"\b(?:steps?|step-by-step|instructions?|guide|tutorial|procedure|how to|recipe"
    r"|how (?:do|can|should|would) (?:i|we|you|one))\b",
    re.I,
)
THINGS = make_regex(
    r"\b(?:packing|shopping|grocery|ingredients?|equipment|supplies|things|items)\b"
    r"|\bcheck ?list\b|\bto-?do\b",
    re.I,
)
FACTS = make_regex(
    r"\b(?:benefits?|reasons?|advantages?|facts?|why|effects?|importance|important|causes?"
    r"|consequences|summar\w+|explain|what (?:is|are)|features?|key points|key takeaways"
    r"|challenges|describe|points)\b",
    re.I,
)


TIPS = make_regex(r"\b(?:tips?|advice|ways|tricks|suggestions|recommendations)\b", re.I)


def list_theme_items(theme: Theme, instruction: str, topic: str, start: int) -> tuple[str, ...]:
    """Return the items of a list about a theme, those first that the wish names.

    Args:
        topic: What the first item names, if no item does.
        start: Where the facts or the tips begin.
    """
    if STEPS.search(instruction) and (theme.steps or theme.tasks):
        return theme.steps or theme.tasks
    if THINGS.search(instruction) and theme.things:
        return theme.things
    wants_tips = TIPS.search(instruction) is not None
    is_about = (FACTS.search(instruction) is not None and not wants_tips) or not theme.tips
    chosen = theme.facts if is_about and theme.facts else theme.tips or theme.steps
    rest = theme.tips if chosen is theme.facts else theme.facts
    at = start % len(chosen)
    first, *others = (*chosen[at:], *chosen[:at], *rest)
    if not names_topic(topic, (first, *others)) and len(topic.split()) <= MOST_NAMED:
        first = f"{topic[:1].upper()}{topic[1:]}: {first[:1].lower()}{first[1:]}"
    return (first, *others)


MOST_NAMED = 2
"""Words of a topic that may stand before an item."""


def names_topic(topic: str, items: tuple[str, ...]) -> bool:
    """Return whether one of the first items has a word of a topic."""
    text = " ".join(items[:3]).lower()
    words = [word for word in re.findall(r"\w{3,}", topic.lower()) if word not in SMALL]
    return any(word.rstrip("s") in text for word in words)


SMALL = frozenset("the and for with your our new how why are".split())
