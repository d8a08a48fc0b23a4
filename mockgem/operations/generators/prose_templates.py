"""Templates of English text, filled with the topic and the keywords of a prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

from mockgem.operations.generators.prompt_analysis import ASPECTS, keywords_of, topic_of
from mockgem.operations.generators.seeded_random import SeededRandom

OPENERS = (
    "Here is a short look at %(topic)s.",
    "Let's take %(topic)s step by step.",
    "The short answer about %(topic)s is that it comes down to a few plain ideas.",
    "A good way into %(topic)s is to start from what you can see of it.",
    "Most of what matters about %(topic)s fits into a few sentences.",
    (
        "When people ask about %(topic)s, they usually want to know two things: what it is, and "
        "what it is good for."
    ),
)
MIDDLES = (
    (
        "At its heart, {word} is about taking something complicated and handling it in small, well "
        "understood steps."
    ),
    (
        "The part called {word} does most of the work, and everything around it exists to keep it "
        "running smoothly."
    ),
    (
        "Think of {word} and {other} as two sides of one thing: change the first and the second "
        "has to follow."
    ),
    "In practice, {word} depends on good input, a clear goal and enough time to check the result.",
    "A common mistake is to look at {word} alone; it only makes sense together with {other}.",
    "First, {word} has to be set up with care. After that, {other} follows almost by itself.",
    (
        "Experts often compare {word} with a kitchen: the recipe matters, but so do the tools and "
        "the cook."
    ),
    (
        "Over the years {word} has become easier to use, mainly because {other} is now well "
        "documented."
    ),
    (
        "There are limits as well: {word} works best when {other} stays within the range it was "
        "made for."
    ),
    (
        "If you measure one thing, measure {word}, because it shows early whether the rest is on "
        "track."
    ),
    "For example, a small change in {other} can make {word} noticeably better within a day.",
    "It helps to write down what you expect from {word} before you look at {other}.",
    "The details of {word} vary from case to case, yet the pattern behind it stays the same.",
    "Some people prefer to begin with {other} and come to {word} later; both orders work.",
)
MIDDLE_COUNT = len(MIDDLES)
KEYWORD_NAMES = ("a", "b", "c")
ROTATED_MIDDLES = tuple(
    tuple(
        text.replace("{word}", f"%({KEYWORD_NAMES[turn]})s").replace(
            "{other}", f"%({KEYWORD_NAMES[turn - 2]})s"
        )
        for text in MIDDLES
    )
    for turn in range(3)
)
"""MIDDLES three times, each time with placeholders for other keywords."""
CLOSERS = (
    "If you'd like, I can go deeper into %(a)s next.",
    "Let me know which part of %(topic)s you want to see in more detail.",
    "That is the core of it; the rest is practice.",
    "With that in mind, %(topic)s should be much easier to follow.",
    "I hope this gives you a clear picture of %(topic)s.",
)
STEPS = (1, 3, 5)
FRAME_COUNT = len(OPENERS) * len(CLOSERS) * len(STEPS) * MIDDLE_COUNT
Template = tuple[Callable[[Sequence[str]], Sequence[str]], tuple[str, ...]]
"""A function that puts words and fixed pieces in order, and the fixed pieces."""
PLACEHOLDERS = ("topic", "a", "b", "c")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def build_frame(number: int, count: int) -> str:
    """Return one of the templates with `count` sentences."""
    return " ".join(list_frame(number, count))


def build_paragraphs(number: int, count: int, length: int) -> str:
    """Return a template with paragraphs of `length` sentences."""
    sentences = list_frame(number, count * length)
    starts = range(0, len(sentences), length)
    return "\n\n".join(" ".join(sentences[start : start + length]) for start in starts)


def list_frame(number: int, count: int) -> list[str]:
    """Return the sentences of a template.

    Neighbouring sentences have different keywords.
    """
    number, opener = divmod(number, len(OPENERS))
    number, closer = divmod(number, len(CLOSERS))
    step, start = divmod(number, MIDDLE_COUNT)
    sentences = [OPENERS[opener]]
    sentences += [
        ROTATED_MIDDLES[at % 3][(start + STEPS[step] * at) % MIDDLE_COUNT]
        for at in range(count - 2 if count > 2 else count - 1)
    ]
    if count > 2:
        sentences.append(CLOSERS[closer])
    return sentences


def parse_template(text: str) -> Template:
    """Parse a text with the placeholders %(topic)s, %(a)s, %(b)s and %(c)s."""
    pieces = PLACEHOLDER.split(text)
    order = [
        PLACEHOLDERS.index(piece) if place % 2 else len(PLACEHOLDERS) + place
        for place, piece in enumerate(pieces)
    ]
    return itemgetter(*order, len(PLACEHOLDERS) + len(pieces)), (*pieces, "")


@lru_cache(maxsize=4096)
def get_template(number: int, count: int) -> Template:
    return parse_template(build_frame(number, count))


def fill_template(template: Template, prompt: str, random: SeededRandom) -> str:
    """Fill a template with a prompt's topic and three of its keywords."""
    topic = topic_of(prompt)
    words = keywords_of(topic)
    count = len(words)
    at = random.draw_below(count)
    put_in_order, pieces = template
    return "".join(
        put_in_order((topic, words[at], words[(at + 1) % count], words[(at + 2) % count], *pieces))
    )


def fill_short_template(template: Template, prompt: str, random: SeededRandom) -> str:
    """Fill a template with a prompt's topic and its own words before general ones."""
    topic = topic_of(prompt)
    own = [word for word in keywords_of(topic) if word not in ASPECTS]
    at = random.draw_below(len(own) or 1)
    first, second, third = [*own[at:], *own[:at], *ASPECTS][:3]
    put_in_order, pieces = template
    return "".join(put_in_order((topic, first, second, third, *pieces)))
