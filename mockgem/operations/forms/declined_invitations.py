"""Polite refusals of an invitation: "Write a polite decline to a wedding invitation"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.letter_words import find_signature
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_TEXT = 1_000
ASKED = make_regex(
    r"\b(?:decline|refusal|rejection|no)\b[^.?\n]{0,24}\b(?:to|of|for) (?P<whose>an?|the|my|our"
    r"|[A-Z]\w+['’]s) (?P<what>(?:[a-z-]+ ){0,3}?)invitation\b"
    r"|\b(?:declin(?:e|es|ing)|turn(?:ing)? down|refus(?:e|ing)) (?:an?|the|my"
    r"|our) invitation (?:to|for)"
    r" (?P<event>(?:an?|the|my|our|his|her|their)? ?[^.,;\n]{3,60}?)(?= (?:because|as|since|and"
    r"|in|with)\b"
    r"|[.,;\n]|\s*\Z)"
    r"|\bdeclin(?:e|es|ing) (?P<whose2>an?|the|my|our|[A-Z]\w+['’]s) (?P<what2>(?:[a-z-]+ ){0,3}?)"
    r"invitation\b(?! from)",
    re.I,
)
READER = make_regex(r"\b(?:to|from) (?P<name>[A-Z][\w'-]+(?: and [A-Z][\w'-]+)?)\b(?! invitation)")
REASON = make_regex(
    r"\b(?:because|as|since) (?:I['’]m|I am|we['’]re|we are|I|we) [^.\n]{3,80}?"
    r"(?=,? and (?:suggest|propose|offer|ask|thank|wish)\b|[.;\n]|\s*\Z)"
)
INSTEAD = make_regex(
    r"\b(?:suggest|propose|offer)(?:ing)? (?!that\b|to\b)(?P<what>[^.,;\n]{3,60})", re.I
)
"""What the writer suggests instead: "and suggest Monday 10am"."""
OWNERS = make_regex(r"^(?:(?:my|our) [a-z]+(?:'s|’s)|his|her|their|an?|the|my|our) ", re.I)


def address(event: str) -> str:
    """Return an event as one of the reader: "my friend's baby shower" is "your baby shower"."""
    return f"your {OWNERS.sub('', event)}"


WISHES = {
    "wedding": "I wish you both a wonderful day and all the best for your life together.",
    "birthday": "I wish you a wonderful birthday and a lot of fun with your guests.",
    "party": "I hope you all have a wonderful evening.",
    "dinner": "I hope we can make up for it with a dinner soon.",
    "interview": "I wish you every success in finding the right person.",
    "conference": "I wish you a successful event and many good talks.",
}
OTHER = "I wish you a wonderful time, and I hope that we see each other soon."


@form(
    "declined invitation",
    "Write a polite decline to a wedding invitation in under 60 words.",
    words="decline declining refusal rejection turn turning refuse refusing",
    about="thanks for the invitation, the refusal and a good wish",
)
def decline_invitation(question: Question) -> str | None:
    text = question.prompt[:MAX_TEXT]
    match = ASKED.search(text)
    if match is None or question.language != "en" or question.material:
        return None
    what = (match["what"] or match["what2"] or "").strip()
    kind = next((word for word in WISHES if word in what), "")
    reader, reason = READER.search(text), REASON.search(text)
    to = f" to your {what}" if what else ""
    if match["event"]:
        what = match["event"]
        kind = next((word for word in WISHES if word in what), "")
        to = f" to {address(what.strip())}"
    because = f" {reason[0]}" if reason else ""
    signature = find_signature(question)
    instead = INSTEAD.search(text)
    other = f" May I suggest {instead['what'].strip()} instead?" if instead else ""
    lines = [
        f"Dear {reader['name']}," if reader else "Hello,",
        f"Thank you very much for the invitation{to}; it means a lot to me. "
        f"Unfortunately I cannot be there{because}.{other} {WISHES.get(kind, OTHER)}",
        f"Warm regards\n{signature}".strip(),
    ]
    return "\n\n".join(lines)
