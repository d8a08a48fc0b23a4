"""What a given mail, letter or text is about, in a sentence, and which item of a list is bad."""

from __future__ import annotations

import re

from mockgem.operations.forms.complaints import is_bad
from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.given_text import SENTENCES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sentiment import GOOD
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.summaries import list_told

THING = (
    r"(?:e-?mail|mail|message|letter|text|article|note|document|paragraph|passage|review|ticket"
    r"|post"
    r"|thread|chat|conversation|story|memo|notice|contract)"
)
ABOUT = make_regex(
    r"\A\W*(?:so |ok |hey |please )?(?:(?:can you )?tell me )?(?:what(?:['’]?s| is)"
    rf" (?:this|the|that|my)(?: \w+)? ?{THING}? about|what (?:does|is) (?:this|the|that) {THING}"
    rf" (?:say|saying|mean|want|trying to say)|what(?:['’]?s| is) (?:this|that) about)\b",
    re.I,
)
PICKS = make_regex(
    r"\bwhich (?:one )?(?:of )?(?:these |the |them )?(?:review|comment|feedback|message|tweet)?s?"
    r" ?(?:is|are|was|sounds?) (?:the )?(?:most )?(negative|bad|critical|unhappy|positive|happy"
    r"|good)\b",
    re.I,
)


@form(
    "gist",
    "What is this email about?\n\nDear tenants, the lift will be repaired on Friday. Please use the"
    " stairs until 3 pm. Regards, the caretaker",
    words="about say saying mean",
    about="what a given mail or text is about, in one sentence",
)
def tell_gist(question: Question) -> str | None:
    if not question.material or question.language != "en" or not ABOUT.match(question.instruction):
        return None
    told = list_told(question.material)
    match = SENTENCES.search(question.wish)
    count = parse_count(match[1], 10) if match else 1
    return " ".join(map(end, told[:count])) or None


@form(
    "item with a sentiment",
    about="the one of some given reviews that is negative or positive",
    words="negative bad critical unhappy positive happy good",
)
def pick_review(question: Question) -> str | None:
    match = PICKS.search(question.prompt[:400])
    items = list_marked(question.material or question.prompt) if match else []
    if match is None or len(items) < 2 or question.language != "en" or question.is_terse:
        return None
    wants_good = match[1].lower() in ("positive", "happy", "good")
    found = [
        (at, one)
        for at, one in enumerate(items, start=1)
        if (GOOD.search(one) is not None and not is_bad(one)) == wants_good
        and (wants_good or is_bad(one))
    ]
    if not found:
        return None
    return " ".join(f"Number {at} is {match[1].lower()}: “{one.strip(' .')}.”" for at, one in found)
