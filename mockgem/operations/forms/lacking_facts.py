"""Questions about something that a given text does not mention: "Does the flat have a balcony?"."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"(?i)\A\W*(?:does|do|has|have|is there|are there)\b[^?\n]{0,50}?\b(?:have|has|include|offer"
    r"|provide"
    r"|come with|mention|say anything about|there)\s(?:an? |any |the )?(?P<thing>[a-z][a-z-]{2,20}"
    r"(?: [a-z][a-z-]{2,20})?)\s?\?"
)
STEM = 5
MIN_TEXT = 40


@form(
    "fact that a text lacks",
    "Does the flat have a balcony?\n\nBright flat with two rooms on the 3rd floor with a"
    " lift. It has a fitted kitchen. Free from 1 March.",
    words="does have there has",
    about="a sentence that says that the given text does not mention the thing",
)
def deny_mention(question: Question) -> str | None:
    text = question.material
    if len(text) < MIN_TEXT or question.language != "en" or question.is_terse:
        return None
    match = ASKS.match(question.instruction)
    if match is None:
        return None
    thing = match["thing"].strip()
    if thing.split()[-1][:STEM].lower() in text.lower():
        return None
    plural = thing.endswith("s") and not thing.endswith("ss")
    article = "any" if plural else "an" if thing[0] in "aeio" else "a"
    return f"The text does not mention {article} {thing}."
