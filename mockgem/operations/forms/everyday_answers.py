"""Answers to everyday questions of customers and guests: a return, a booking, a restaurant."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import SERIES, find_answer, find_answer_key
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_PROMPT = 160
HOST = make_regex(
    r"\b(?:support|service|shop|store|boutique|concierge|hotel|restaurant|caf[eé]|bank|airline"
    r"|guide|travel|customers?|guests?|helpdesk|help desk|reception\w*|assistant for|companion"
    r"|friend\w*|chatbot|retailer|company|clinic|gym|library|museum|agency|tutor|helper)\b",
    re.I,
)
"""The system instruction of an assistant with customers or guests, or for company."""
LEADS = {
    "restaurants": "Here are a few places that guests like:",
    "leisure": "Here are a few ideas:",
    "gift": "Here are a few ideas:",
    "dinner": "How about one of these?",
    "breakfast": "How about one of these?",
    "film": "You might like one of these:",
    "book": "You might like one of these:",
}


@form(
    "everyday answer",
    needs="system",
    about="what companies and hosts answer to usual questions, such as how to return an item",
)
def answer_everyday(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.language != "en" or question.written_language != "en":
        return None
    if not HOST.search(question.system):
        return None
    if len(prompt) > MAX_PROMPT or question.material or question.is_terse or "?" not in prompt:
        return None
    if wants("json", question) or BULLETS.search(question.wish) or NUMBERED.search(question.wish):
        return None
    said = find_answer(prompt, "en", "en")
    if not said:
        return None
    key = find_answer_key(prompt, "en")
    if key not in SERIES:
        return " ".join(said)
    things = "\n".join(f"- {one}" for one in said)
    return f"{LEADS.get(key, 'Here are a few ideas:')}\n\n{things}"
