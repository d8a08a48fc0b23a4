"""Questions to the assistant of a business: "Do you sell tulips?" gets "Yes, we sell tulips."."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.trigger_words import ASKS_OFFER

BUSINESS = make_regex(
    r"\b(?:shop|store|bakery|caf[eé]|restaurant|hotel|company|support|customers?|florist|pharmacy"
    r"|bookstore|airline|bank|gym|salon|clinic|garage|pizzeria|service|brand|startup|agency)\b",
    re.I,
)


@form(
    "offer of a business",
    words="sell offer have ship deliver accept serve provide rent repair take stock carry allow"
    " support",
    about="yes, and what the business offers",
)
def confirm_offer(question: Question) -> str | None:
    match = ASKS_OFFER.match(question.prompt) if question.stated_system else None
    if match is None or question.language != "en" or not BUSINESS.search(question.stated_system):
        return None
    verb, what = match[1].lower(), match[2].strip()
    what = re.sub(r"\byour\b", "our", re.sub(r"\bmy\b", "your", what))
    return f"Yes, we {verb}{f' {what}' if what else ''}. Tell me what you need!"
