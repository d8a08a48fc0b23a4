"""What an assistant says when the user has answered its question: its notes and a next step."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import SECOND_PERSON, change_words
from mockgem.operations.forms.themes import find_theme

MAX_ANSWER = 160
ASKS = make_regex(
    r"\?|\A\W*(?:please |can|could|would|will|write|give|tell|show|list|explain|make|create|what"
    r"|how"
    r"|why|when|where|who|which|is|are|do|does|did|thanks?|thank you|ok(?:ay)?|yes|no|hi|hello|bye"
    r"|now|and what|also|translate|summari[sz]e|shorter|longer|stop|cancel|never ?mind"
    r"|it depends)\b",
    re.I,
)
"""A question, a wish or a greeting: a message that does not answer with details."""
WISH = make_regex(
    r"\b(?:i(?:['’]d| would)? (?:like|love) to|i want to|i(?:['’]m| am) (?:looking for|planning"
    r"|trying to)"
    r"|i need(?: to)?|help me(?: to)?|can you (?:help me )?|please) (?P<wish>[^.?!\n]{4,140})",
    re.I,
)
"""What the user wanted at first: "I want to spend a long weekend somewhere warm"."""
DETAILS = make_regex(r",\s+|;\s+|\s+and\s+|\n+")
STARTED = make_regex(r"(?:please|pls|thanks|thank you|maybe|i think|i guess)\b,?", re.I)


@form(
    "next step after an answer",
    needs="earlier",
    about="what the assistant notes when the user has answered its question, and a first idea",
)
def go_on_after_answer(question: Question) -> str | None:
    asked = question.list_said("model")
    told = question.prompt.strip()
    if question.language != "en" or not asked or not asked[-1].rstrip().endswith("?"):
        return None
    if not told or len(told) > MAX_ANSWER or ASKS.search(told) or question.material:
        return None
    wishes = [match for one in question.list_said("user") if (match := WISH.search(one))]
    if not wishes:
        return None
    wish = change_words(wishes[0]["wish"].strip(" ,"), SECOND_PERSON)
    details = [STARTED.sub("", one).strip(" .") for one in DETAILS.split(told)]
    noted = join([lower_first(one) for one in details if one])
    idea = suggest(wish, question)
    return (
        f"Thanks, that helps! I have noted for your plan to {wish}: {end(noted)} {idea} "
        "Shall I look for concrete options?"
    )


def join(parts: list[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() and text[:1] != "I" else text


def suggest(wish: str, question: Question) -> str:
    """Return a tip about what the user plans; general advice without one."""
    theme = find_theme(wish)
    tips = theme.tips if theme else ()
    said = question.random.pick(tips) if tips else ""
    first = (
        split_sentences(said)[0] if said else "A short list of two or three options is a good start"
    )
    return end(first)
