"""Questions of an assistant that takes bookings: it asks for what a message does not say."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_TEXT = 2_000
NEEDS = make_regex(
    r"\b(?:you )?(?:need|collect|ask for|require|must (?:know|have|get)|gather"
    r"|want to know) (?:the |their |a |an |to"
    r" know )?(?P<slots>[a-z][^.\n:]{4,120})\.",
    re.I,
)
ASKS_MISSING = make_regex(
    r"\b(?:if|when)\b[^.\n]{0,40}\b(?:missing|not (?:given|provided|known|mentioned)|unclear)\b"
    r"|\bask (?:only )?for (?:the |any )?missing\b|\bone (?:question )?at a time\b",
    re.I,
)
SPLIT = make_regex(r",? and |, | or ")
SIGNS = {
    "date": r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:st"
    "|nd|rd|th)?(?: of)?"
    r" (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov"
    r"|dec)\w* \d{1,2}|\d{4}-\d\d-\d\d|weekend|next week)\b",
    "day": r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend)\b",
    "time": r"\b\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)\b|\b\d{1,2}:\d\d\b|\b(?:noon|midday"
    r"|midnight)\b|\bat \d{1,2}\b",
    "size": r"\b(?:for|party of|table of|we are|of) (?:\d{1,2}|two|three|four|five|six|seven"
    r"|eight|nine|ten)\b"
    r"|\b(?:\d{1,2}|two|three|four|five|six|seven|eight) (?:people|persons|guests|adults)\b",
    "name": r"\b(?:my name is|under (?:the name )?|this is|i'm|i am|name:) ?[A-Z]\w+",
    "phone": r"\+?\d[\d ()-]{6,}\d",
    "email": r"[\w.+-]+@[\w.-]+\w",
    "address": r"\b\d{1,4} [A-Z]\w+ (?:street|st|road|rd|avenue|ave|lane)\b",
}
WORDS = {"guests": "size", "people": "size", "number": "size", "party": "size", "mail": "email"}
QUESTIONS = {
    "date": "Which date would you like?",
    "day": "Which day would you like?",
    "time": "What time would you like?",
    "size": "How many people will be there?",
    "name": "What name may I put it under?",
    "phone": "What phone number can we reach you at?",
    "email": "What e-mail address may I use?",
    "address": "What is the address?",
}


@form(
    "missing details",
    needs="system",
    about="a question for the first detail that the message does not give",
)
def ask_missing(question: Question) -> str | None:
    system = question.stated_system[:MAX_TEXT]
    needs = NEEDS.search(system) if question.language == "en" and system else None
    if needs is None or not ASKS_MISSING.search(system) or question.material:
        return None
    slots = list(dict.fromkeys(filter(None, map(find_slot, SPLIT.split(needs["slots"])))))
    if len(slots) < 2:
        return None
    said = " ".join([*(text for role, text in question.earlier if role == "user"), question.prompt])
    missing = [slot for slot in slots if not re.search(SIGNS[slot], said[:MAX_TEXT], re.I)]
    if not missing:
        return "Thank you! I have everything that I need. Shall I confirm it like this?"
    opening = "" if question.earlier else "With pleasure! "
    return f"{opening}{QUESTIONS[missing[0]]}" + (
        f" And {QUESTIONS[missing[1]][:1].lower()}{QUESTIONS[missing[1]][1:]}"
        if missing[1:]
        else ""
    )


def find_slot(words: str) -> str:
    """Return the detail that some words name; empty for an unknown one."""
    parts = re.findall(r"[a-z]+", words.lower())
    found = (WORDS.get(part, part if part in SIGNS else "") for part in reversed(parts))
    return next(filter(None, found), "")
