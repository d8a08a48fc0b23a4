"""Recaps of a conversation: what the user and the model have said, in sentences or bullets."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER as COUNT
from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import is_common
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import SECOND_PERSON, THIRD_PERSON, change_words

SUMMARY = make_regex(
    r"\b(?:summari[sz]e|sum up|recap|summary of|hand-?over notes?|case"
    r" notes?)\b[^.?\n]{0,30}\b(?:my (?:request|wishes"
    r"|requirements"
    r"|order|booking|question|situation|problem|preferences|details|messages?)|what i"
    r"|conversation|chat"
    r"|discussion|so far|everything|we (?:said|discussed|talked))"
    r"|\b(?:conversation|chat|discussion|talk)\b[^\n]{0,60}\b(?:summar(?:y|i[sz]e)|recap"
    r"|hand-?over note|case note)\b",
    re.I,
)


@form(
    "recap",
    needs="earlier",
    about='the earlier wishes of the user: after "Can you summarize my request?"',
)
def recap(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 200 or not SUMMARY.search(question.prompt):
        return None
    said = [one for text in question.list_said("user") for one in split_sentences(text)]
    if question.language != "en" or not said:
        return None
    told = [one for one in said if not one.endswith("?") and not BARE_ANSWER.match(one)] or said
    if (bullets := BULLETS.search(question.prompt)) is not None:
        return list_told(told, parse_count(bullets[1] or "", 12), question)
    if FOR_COLLEAGUE.search(question.prompt):
        return hand_over(told[:8], question)
    parts = [lower_first(change_words(one.strip(" .!"), SECOND_PERSON)) for one in told[:8]]
    if BOTH.search(question.prompt):
        parts += list_answers(question)
    return f"In short: {'; '.join(parts)}."


BULLETS = make_regex(
    rf"(?:({COUNT})\s)?(?:\w+ )?(?:bullets?(?: points?)?|points|dot points|list)\b", re.I
)
"""A recap as a list: "in 2 bullet points"."""


def list_told(told: list[str], count: int, question: Question) -> str:
    """Return what the user said in bullets, as many as the prompt wants."""
    parts = [change_words(one.strip(" .!"), SECOND_PERSON) for one in told[:8]]
    replies = [one for text in question.list_said("model") for one in split_sentences(text)]
    answers = [one.strip(" .!") for one in replies if not one.endswith("?") and len(one) > SHORT]
    while count > len(parts) and answers:
        parts.append(answers.pop())
    while 0 < count < len(parts):
        parts[-2:] = [f"{parts[-2]}; {lower_first(parts[-1])}"]
    return "\n".join(f"- {part[:1].upper()}{part[1:]}." for part in parts)


SHORT = 24
"""Letters of a reply that tells hardly anything."""
BARE_ANSWER = make_regex(r"(?:yes|no|yep|nope|ok|okay|sure|thanks?)\b\W*(?:\w+\W*){0,2}\Z", re.I)
FOR_COLLEAGUE = make_regex(
    r"\b(?:agent|colleagues?|supervisor|technician|support team|manager|crm|hand-?over|case notes?"
    r"|internal|taking over|next shift|doctor)\b",
    re.I,
)
"""Who reads the recap besides the user."""


def hand_over(told: list[str], question: Question) -> str:
    """Return what the user said in one sentence for another reader: "The customer says: …"."""
    parts = [change_words(one.strip(" .!"), THIRD_PERSON) for one in told]
    said = "; ".join(lower_first(part) for part in parts)
    answers = list_answers(question)
    next_step = f" The last reply was: “{answers[0]}.”" if answers and len(told) < 2 else ""
    return f"The customer says that {said}.{next_step}"


BOTH = make_regex(r"\b(?:conversation|chat|discussion|so far|everything|we)\b", re.I)
"""Words for what both have said."""
INTERJECTION = make_regex(
    r"\A(?:sure|great|ok|okay|of course|certainly|absolutely|perfect|got it|thanks|thank you|noted"
    r"|alright)[,.!] *",
    re.I,
)


def list_answers(question: Question) -> list[str]:
    """Return the first statement of the last reply; empty if it only asks."""
    reply = (question.list_said("model") or [""])[-1]
    found = [one for one in split_sentences(INTERJECTION.sub("", reply)) if one[-1] != "?"][:1]
    return [lower_first(one.strip(" .!")) for one in found]


def lower_first(text: str) -> str:
    """Return a clause with a small letter, unless it begins with a name or "I"."""
    first = text.partition(" ")[0]
    return text if not is_common(first) or first == "I" else text[:1].lower() + text[1:]
