"""What a letter offers its reader: "Offer a 10% discount", "and offer a free breakfast"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_TEXT = 2_000
OFFER = make_regex(
    r"(?:,? (?:and|also|then) (?:also |please )?|(?<=[.!?]) ?)(?:please )?\boffer(?:s|ing)?"
    r"(?: (?:them|him|her|the customer|the guest|the client))?"
    r" (?P<what>(?:an?|the|our) [^.,;\n]{0,30}?(?:discount|voucher|refund|credit|coupon"
    r"|replacement|upgrade|compensation|gift card|breakfast|drink|meal|dessert|shipping|delivery"
    r"|stay|trial|month)\b(?: (?:code|voucher|card)\b)?(?: (?:of|on|for|worth) [^.,;\n]{2,40})?)",
    re.I,
)
"""An offer in a wish for a letter, with what joins it to the rest."""
APOLOGY = make_regex(r"\b(?:apolog\w+|sorry|complain\w*|delay\w*|damaged|broken|wrong)\b", re.I)


def split_offer(question: Question) -> tuple[Question, str]:
    """Return a question without what the letter offers, and the sentence with the offer."""
    prompt = question.prompt
    match = OFFER.search(prompt[:MAX_TEXT]) if question.language == "en" else None
    if match is None:
        return question, ""
    before, after = prompt[: match.start()].rstrip(), prompt[match.end() :]
    rest = f"{before}{after.lstrip(' .') if before.endswith('.') else after}"
    lead = "To make up for it, I" if APOLOGY.search(prompt[:MAX_TEXT]) else "I"
    sentence = f"{lead} would like to offer you {match['what'].strip()}."
    return question.restate(rest, question.system), sentence


def add_offer(letter: str, offer: str) -> str:
    """Return a letter with an offer at the end of its last paragraph before the closing."""
    body, mark, closing = letter.rpartition("\n\n")
    return f"{body} {offer}{mark}{closing}" if offer and mark else letter
