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
    "There are a few things to know about %(topic)s.",
    "When it comes to %(topic)s, a few points come up again and again.",
    "Most of what matters about %(topic)s fits into a few sentences.",
    "These are the points about %(topic)s that people ask about most.",
)
MIDDLES = (
    "It helps to be clear about what {word} means in this case.",
    "Many questions about {word} turn out to be questions about {other}.",
    "There is more than one good way to look at {word}.",
    "What works for {word} does not always work for {other}.",
    "Start with the basics of {word}, and add the details one at a time.",
    "A single example often says more about {word} than a definition.",
    "Most people begin with {word} and come to {other} a little later.",
    "How much {word} matters depends on the situation.",
    "Where {word} is unclear, it is worth asking someone with experience.",
    "Compare {word} with {other} before you decide.",
    "Small differences in {word} can matter more than they seem to at first.",
    "A little time for {word} at the beginning saves a lot of it later.",
    "The details of {word} vary from case to case, so check what applies to yours.",
    "Keep notes about {word} and {other}, so that you can come back to them.",
)
"""Sentences that are true of nearly every topic: a generated answer must not mislead."""
ABOUT_ANYTHING = re.compile(
    "|".join(
        re.escape(text).replace(r"\{word\}", ".{1,80}?").replace(r"\{other\}", ".{1,80}?")
        for text in MIDDLES
    )
)
"""A sentence that is about nothing in particular: where a field has one, others look for better."""
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
    "That is the core of it; the rest comes with practice.",
    "Tell me more about your situation, and I can be more specific.",
    "I hope this gives you a first picture of %(topic)s.",
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
