"""The next question of an assistant that collects an order: pizza, then size, then delivery."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

COLLECTS = make_regex(
    r"\b(?:collect|gather|ask for|take|find out|request)\b[^.:\n]{0,50}?(?::"
    r"| the following:?)\s+(?P<slots>[^.\n]{5,160})|\b(?:collect|gather|ask for) (?:the |their "
    r"|his |her )?(?P<plain>[\w ]{3,30}(?:, [\w /-]{3,30}){1,6},? and [\w /-]{3,30})",
    re.I,
)
ONE_AT_A_TIME = make_regex(
    r"\bone (?:question|thing|step|item|field|detail|piece)?[\w ]{0,20}at a time\b|\bone by one\b"
    r"|\bbook\w*\b|\border\w*\b|\breserv\w*\b|\bintake\b|\bonboard\w*\b",
    re.I,
)
SPLIT = make_regex(r", (?:and )?| and ")
WORD = make_regex(r"[a-z]{3,}", re.I)
MAX_PROMPT = 120
THANKS = ("Got it.", "Great.", "Thank you.", "Perfect.")


@form(
    "next question of an order",
    needs="system",
    about="the question for what an assistant has to collect next, or what it has collected",
)
def ask_next(question: Question) -> str | None:
    system, prompt = question.system, question.prompt.strip()
    if question.language != "en" or not system or len(prompt) > MAX_PROMPT or "?" in prompt:
        return None
    match = COLLECTS.search(system) if ONE_AT_A_TIME.search(system) else None
    said = question.list_said("model")
    if match is None or not (said or STARTS.search(prompt)):
        return None
    slots = [
        one.strip(" .") for one in SPLIT.split(match["slots"] or match["plain"]) if one.strip()
    ]
    if len(slots) < LEAST or any(len(slot.split()) > WORDS for slot in slots):
        return None
    told = "\n".join([*question.list_said("user"), prompt])
    asked = [at for at, slot in enumerate(slots) if is_asked(slot, said)]
    open_slots = [slot for slot in slots[max(asked, default=-1) + 1 :] if not is_told(slot, told)]
    if asked and not open_slots:
        open_slots = [
            slot for slot in slots if not is_asked(slot, said) and not is_told(slot, told)
        ]
    thanks = THANKS[len(said) % len(THANKS)]
    if open_slots:
        return f"{thanks} {ask_for(open_slots[0], system)}"
    answers = [*question.list_said("user"), prompt][-len(slots) :]
    collected = ", ".join(one.strip(" .") for one in answers)
    return f"{thanks} Here is what I have: {collected}. Is that right?"


STARTS = make_regex(
    r"\A\W*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b[^\n]{0,12}\Z|\b(?:i(?:['’]d"
    r"| would) like|i want|can i|could i|i need|like) to (?:place an? )?(?:order|book|reserve"
    r"|register|apply|sign up|make an? (?:order|booking|reservation|appointment))\b",
    re.I,
)
"""The beginning of an order."""
LEAST = 2
WORDS = 5


def is_asked(slot: str, said: list[str]) -> bool:
    """Return whether the assistant asked for a slot before."""
    words = [word.lower() for word in WORD.findall(slot) if word.lower() != "or"]
    text = " ".join(said).lower()
    return any(word.rstrip("s") in text for word in words)


GUESTS = make_regex(
    r"\b(?:for|party of|we (?:are|will be)|we['’]re|we['’]ll be) (?:\d{1,2}|two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve)\b(?! ?(?:o['’]clock|am|pm|:|nights?|days?))"
    r"|\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r" (?:people|persons|guests|adults|of us)\b",
    re.I,
)
"""How a guest says how many will come: "a table for four"."""


def is_told(slot: str, told: str) -> bool:
    """Return whether a user gave the value of a slot without being asked."""
    if re.search(r"\b(?:guests|people|persons|party)\b", slot, re.I):
        return GUESTS.search(told) is not None
    return False


def ask_for(slot: str, system: str) -> str:
    """Return a question for a slot, with the options that the system instruction gives for it."""
    if " or " in slot:
        return f"Would you like {slot}?"
    name = re.escape(slot.split()[-1])
    options = re.search(rf"\b{name}s?(?: options?)?: ([^.\n]{{3,80}})", system, re.I)
    if options and options.start() > 0 and "," in options[1]:
        *before, last = [one.strip() for one in options[1].split(",")]
        return f"Which {slot} would you like: {', '.join(before)} or {last.removeprefix('or ')}?"
    if re.search(r"\b(?:name|phone|e-?mail|address|number|date of birth)\b", slot, re.I):
        return f"What is your {slot.removeprefix('your ')}?"
    if re.search(r"\b(?:date|time|day)\b", slot, re.I):
        return f"Which {slot} suits you?"
    if re.search(r"\b(?:guests|people|persons|nights|quantity)\b", slot, re.I):
        return f"How many {slot.removeprefix('number of ')} will it be?"
    return f"What about the {slot.removeprefix('the ')}?"
