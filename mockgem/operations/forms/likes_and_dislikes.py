"""What a review praises and what it criticises, one below the other."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.forms.sources import split_sentences

WISH = make_regex(
    r"\bwhat (?:did|does|do)\b[^?\n]{0,40}\blikes?\b[^?\n]{0,20}\b(?:and|or)\b[^?\n]{0,20}\b(?:not"
    r"|n['’]t|dislikes?|hates?)\b|\blikes? and dislikes?\b|\b(?:what was|what is"
    r"|what['’]?s) good and (?:what (?:was|is) )?bad\b",
    re.I,
)
CLAUSE = make_regex(r",? (?:but|however|although|though|yet) |; ", re.I)
MOST = 4


@form(
    "likes and dislikes",
    "what did this guest like and not like?\n\nThe room was spotless and the staff were lovely,"
    " but the walls are thin and we heard the bar every night.",
    words="like likes dislike dislikes praise praises positives pros good",
    about="what a given review praises and what it complains about",
)
def tell_likes(question: Question) -> str | None:
    if not question.material or question.language != "en" or not WISH.search(question.instruction):
        return None
    if wants("json", question) or question.is_terse:
        return None
    good, bad = weigh_clauses(question.material)
    if not good and not bad:
        return None
    return f"**Liked:** {say(good)}\n**Did not like:** {say(bad)}"


def weigh_clauses(text: str) -> tuple[list[str], list[str]]:
    """Return the clauses that praise and those that criticise; "but" turns to the other kind."""
    good: list[str] = []
    bad: list[str] = []
    for sentence in split_sentences(text):
        first, *rest = [one.strip(" .!") for one in CLAUSE.split(sentence, maxsplit=1)]
        value = measure_sentiment(BEST.sub("was great", first))
        if rest:
            is_good = value > 0 or (value == 0 and measure_sentiment(rest[0]) < 0)
            is_good = is_good or BEST.search(first) is not None
            (good if is_good else bad).append(first)
            (bad if is_good else good).append(rest[0])
        elif value:
            (good if value > 0 else bad).append(first)
    return good, bad


BEST = make_regex(r"\bcould(?: not|n['’]t) (?:have been|be) \w+er\b", re.I)
"""Praise that has a "not": "could not have been kinder"."""


def say(points: list[str]) -> str:
    shown = [capitalise(one.strip()) for one in points[:MOST]]
    return f"{'. '.join(shown)}." if shown else "It does not say anything about that."
