"""The last reply in a number of paragraphs: "Now rewrite it in three paragraphs with a title"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences

ASKED = make_regex(
    r"\b(?:rewrite|split|divide|break|put|turn|make|rework|restructure|arrange|expand)\b"
    r" (?:it|this|that|the (?:story|text|answer|reply|email|letter))\b[^.\n]{0,16}?"
    rf"(?:in|into|as|to|with) (?:exactly )?({NUMBER}) (?:short |separate )?paragraphs\b",
    re.I,
)
TITLE = make_regex(r"\b(?:give it|with|add|and)\b[^.\n]{0,12}\b(?:title|headline)\b", re.I)
ABOUT = make_regex(r"\babout (?:an? |the |my |our )?([a-z][\w' -]{2,40}?)(?=[.,;:?!\n]|\Z)", re.I)
SMALL = frozenset("a an the of in on at to and or for with from by".split())
JOIN = make_regex(r", (?:and|but|so) (?=(?:he|she|it|they|we|I|you|the|his|her) )")
LAYOUT = make_regex(r"^(?:#|[-*] |\d+\. |\|)", re.M)


@form(
    "reply in paragraphs",
    words="paragraphs",
    needs="earlier",
    about="the last reply in a number of paragraphs, with a title if the prompt wants one",
)
def split_reply(question: Question) -> str | None:
    match = ASKED.search(question.prompt[:400])
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    if match is None or not reply or LAYOUT.search(reply):
        return None
    count = parse_count(match[1], 12)
    sentences = split_clauses(split_sentences(reply), count)
    if len(sentences) < count:
        return None
    size, more = divmod(len(sentences), count)
    paragraphs, at = [], 0
    for number in range(count):
        stop = at + size + (number < more)
        paragraphs.append(" ".join(sentences[at:stop]))
        at = stop
    title = name_text(question) if TITLE.search(question.prompt) else ""
    return "\n\n".join([f"# {title}", *paragraphs] if title else paragraphs)


def split_clauses(sentences: list[str], count: int) -> list[str]:
    """Return sentences of which the longest are split at "and", until there are enough."""
    while len(sentences) < count:
        at = max(
            (at for at, one in enumerate(sentences) if JOIN.search(one)),
            key=lambda at: len(sentences[at]),
            default=-1,
        )
        if at < 0:
            return sentences
        first, second = JOIN.split(sentences[at], maxsplit=1)
        sentences = [
            *sentences[:at],
            f"{first}.",
            second[:1].upper() + second[1:],
            *sentences[at + 1 :],
        ]
    return sentences


def name_text(question: Question) -> str:
    """Return a title from what the first message wants a text about: "The Lighthouse Keeper"."""
    asked = " ".join(text for role, text in question.earlier if role == "user")
    about = ABOUT.search(asked)
    words = (about[1] if about else question.topic).split()
    named = [
        word if word in SMALL and at else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    ]
    return (
        f"The {' '.join(named)}"
        if about and about[0].lower().startswith("about a")
        else " ".join(named)
    )
