"""Texts that the system instruction defines for short messages: each names only the subject."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form

KIND = (
    r"(?:titles?|headlines?|tweets?|captions?|slogans?|taglines?|subject lines?|hashtags"
    r"|(?:linkedin|instagram|facebook|social media) posts?|posts?|haikus?|limericks?|poems?|jokes?"
    r"|product descriptions?|meta descriptions?|(?:brand |product |business )?names|fun facts?"
    r"|ideas|tips|blurbs?|bios?|e-?mails?|letters?)"
)
TASK = make_regex(
    r"(?:\A|[.:\n]\s{0,3}|\bfor (?:each|every|any) [a-z ]{3,30}, |\byou )(?:always |only |please )?"
    r"(?:write|tell(?: me)?|return|reply with|respond with|output|generate|create|give|produce"
    r"|suggest"
    r"|answer with|provide|compose|draft|propose)s? (?P<what>(?:(?!(?:with|and|for|to|of|in|on"
    r"|from)\b)[a-z0-9-]+ ){0,4}?"
    rf"(?P<kind>{KIND})\b)(?P<how>[^.\n]{{0,200}})",
    re.I,
)
"""The command of a system instruction for a short text: "Write a tweet under 280 characters"."""
ANY_SUBJECT = make_regex(
    r" (?:about|for|on|based on|from|of) (?:whatever|what|the|each|every|any|that|this|it|a "
    r"given)\b"
    r"(?: [a-z']+){0,6}",
    re.I,
)
"""What the text is about, as the instruction says it: "about whatever the user mentions"."""
OTHER = make_regex(
    r"\b(?:json|xml|yaml|csv|table|code|sql|translat\w+|classif\w+|summar\w+|conversation|chat"
    r"|thread|user'?s? (?:first |last )?message|if the|when the|questions?|assistant for"
    r"|followed by|paragraphs?|sections?|headings?)\b",
    re.I,
)
OWN_WISH = make_regex(
    rf"\b(?:{KIND}|table|list|story|essay|code|json|email|plan|recipe|summary|outline)\b", re.I
)
COMMAND = make_regex(
    r"\W{0,3}(?:please |can you |could you )?(?:announce|promote|advertise|introduce|present"
    r"|celebrate|share|(?:write|tell|post|do one|make one|create one|something)(?: me| us)?"
    r"(?: something)? (?:about|on|for)|topic:|subject:|product:|theme:|about)\s+",
    re.I,
)
"""How a message begins that only says what the text is about."""
ASKS = make_regex(
    r"\W*(?:what|why|who|how|when|where|which|is|are|can|could|do|does|did|hi|hello|hey|thanks"
    r"|thank|i|we|my|list|explain|translate|give|write|make|suggest|help|no|yes|another|more)\b",
    re.I,
)
NAMED_LAST = make_regex(r"([^,\n]{5,80}), (?:called )?((?:the )?[A-Z0-9][\w'’ -]{1,40})\Z")
"""A thing with its name behind it: "our new running shoe, the CloudStep 2"."""
MAX_MESSAGE = 160
MAX_SYSTEM = 600


@form(
    "text for each subject",
    about="the short text that the system instruction wants, about the subject of the message",
    words="title titles headline headlines tweet tweets caption captions slogan slogans tagline"
    " taglines subject hashtags post posts haiku haikus limerick limericks poem poems joke jokes"
    " product meta names facts fact ideas tips blurb bio email emails letter letters",
)
def write_for_subject(question: Question) -> str | None:
    """Ask the command of the instruction about the message, as if one message held both."""
    system = question.stated_system
    if not system or len(system) > MAX_SYSTEM or question.language != "en":
        return None
    subject = find_subject(question.prompt.strip())
    if not subject or OTHER.search(system):
        return None
    task = next(iter(reversed(list(TASK.finditer(system)))), None)
    if task is None:
        return None
    link = "for" if NAMES.search(task["kind"]) else "about"
    wish = f"Write {task['what']} {link} {subject}{ANY_SUBJECT.sub('', task['how'])}."
    formed = find_reply(Question(wish, question.random))
    return formed.text if formed else None


def find_subject(message: str) -> str:
    """Return what a message names, its name first; empty for a message with its own wish."""
    if "\n" in message or len(message) > MAX_MESSAGE or message.endswith("?"):
        return ""
    lead = COMMAND.match(message)
    subject = OF_TEXT.sub("", message[lead.end() if lead else 0 :].strip(" .!\"'"), count=1)
    if lead is None and (ASKS.match(subject) or OWN_WISH.search(subject[:OWN])):
        return ""
    named = NAMED_LAST.match(subject)
    return f"{named[2]}, {named[1]}," if named else subject


NAMES = make_regex(r"names|slogan|tagline|product desc|blurb", re.I)
"""What is for a thing, not about it."""
OWN = 30
OF_TEXT = make_regex(
    r"\W{0,3}(?:an? |my |the )?(?:[a-z]+ )?(?:article|post|video|e-?mail|essay|photo|story|podcast"
    r"|guide|talk|picture|newsletter)\s(?:about|on|of|for)\s+",
    re.I,
)
"""What kind of thing the text is for: "An article about tides"."""
