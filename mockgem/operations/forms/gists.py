"""What a given mail, letter or text is about, in a sentence, and which item of a list is bad."""

from __future__ import annotations

import re

from mockgem.operations.forms.action_items import DECISION
from mockgem.operations.forms.complaints import is_bad
from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.given_text import SENTENCES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sentiment import BAD, GOOD
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.summaries import list_told
from mockgem.operations.forms.text_lookup import find_by_kind
from mockgem.operations.forms.text_styles import THIRD_PERSON, change_words

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
    "Which of these reviews is negative?\n1. Loved it!\n2. It broke after a day.",
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


CUSTOMER = (
    r"(?P<who>customer|user|caller|client|sender|writer|author|guest|patient|tenant|person|student)"
)
ASKS_WISH = make_regex(
    rf"\bwhat (?:does |do |did )?(?:the |this ){CUSTOMER} (?:really )?(?:wants?|needs?|asks? for"
    rf"|asking for"
    r"|is asking for|would like|requests?)\b",
    re.I,
)
WISH = make_regex(
    r"\b(?:i|we)(?: would|['’]d)?(?: really| just)? (?:need|want|like|wish)(?P<to> to)? "
    r"(?P<what>[^.!?\n]{3,200})",
    re.I,
)
ASKED = make_regex(
    r"\b(?:please|can you|could you|can i|could i) (?:please )?(?P<what>[^.!?\n]{3,200})", re.I
)


@form(
    "wish of a customer",
    "What does the customer want?\n\nHi, I moved last week. I need my contract moved to the new"
    " address.",
    about="what the writer of a given message wants, in one sentence",
    words="wants want needs need asks asking requests request would",
)
def tell_wish(question: Question) -> str | None:
    asked = ASKS_WISH.search(question.instruction) if question.material else None
    if asked is None or question.language != "en" or question.is_terse:
        return None
    text = question.material
    if found := WISH.search(text):
        verb = "wants" if found["to"] else "needs"
        what = f"{found['to'] or ''} {found['what']}".strip()
    elif found := ASKED.search(text):
        verb, what = "wants", f"to {found['what']}"
        if found[0].lower().startswith(("please", "can you", "could you")):
            verb = "asks"
    else:
        return None
    return f"The {asked['who'].lower()} {verb} {change_words(what.strip(' ,'), THIRD_PERSON)}."


ASKS_TONE = make_regex(
    r"\A\W*what(?:['’]?s| is)? the (?:overall |general )?(tone|mood|emotion)\b", re.I
)
SHARP = make_regex(
    r"\b(?:already told|just do|again|still|finally|enough|immediately|now|unacceptable|ridiculous"
    r"|tired of|why (?:do|is|are)n['’]?t)\b|!{2,}",
    re.I,
)


@form(
    "tone of a text",
    "What's the tone of this message?\n\nI already told you twice. Just do it.",
    about="the tone of a given message in a sentence",
    words="tone mood emotion",
)
def tell_tone(question: Question) -> str | None:
    match = ASKS_TONE.match(question.instruction) if question.material else None
    if match is None or question.language != "en" or question.is_terse:
        return None
    text = question.material
    if BAD.search(text) or SHARP.search(text):
        said = "impatient and annoyed" if SHARP.search(text) else "negative and disappointed"
    elif GOOD.search(text):
        said = "friendly and positive"
    else:
        said = "neutral and matter-of-fact"
    return f"The {match[1].lower()} is {said}."


ASKS_DECISION = make_regex(
    r"\bwhat (?:was|did (?:they|we)|have (?:they|we)|has been) (?:finally )?(?:decided?"
    r"|agreed?(?: on)?"
    r"|settled?(?: on)?)\b",
    re.I,
)
AGREES = make_regex(
    r"\A(?:[A-Z][\w'-]{1,20}: )?(?:ok(?:ay)?|agreed|deal|great|perfect|fine|alright|good"
    r"|so)[,.:!]? ",
    re.I,
)


@form(
    "decision of a conversation",
    "What was decided?\n\nAnn: Monday or Tuesday?\nRob: Tuesday is better.\nAnn: Ok, Tuesday at 3"
    " then.",
    about="what the speakers of a given conversation decided",
    words="decided decide agreed agree settled settle",
)
def tell_decision(question: Question) -> str | None:
    if not question.material or not ASKS_DECISION.search(question.instruction):
        return None
    if question.language != "en" or question.is_terse:
        return None
    said = split_sentences(question.material)
    decided = [one for one in said if DECISION.search(one) and not one.endswith("?")]
    agreed = [one for one in said if AGREES.match(one) and len(one.split()) > MIN_AGREED]
    if agreed and not decided:
        plain = AGREES.sub("", agreed[-1]).strip(" .!").removesuffix(" then")
        return f"They agreed on this: {plain}."
    return end(decided[-1]) if decided else None


MIN_AGREED = 3


ASKS_VALUE = make_regex(
    r"\A\W*(?:please |pls |can you )?(?:(?P<gives>give me|get(?: me)?|find|extract|pull(?: out)?"
    r"|copy)"
    r"|what(?:['’]?s| is| was)) (?:out )?(?P<only>(?:just|only) )?(?:the |their |his |her )?"
    r"(?P<name>[a-z-]+(?: [a-z-]+){0,2}?)"
    r"(?(only)(?: (?:from|in|out of|mentioned in) (?:this|here|the following|the"
    r"|my)\b[^.?!\n]{0,30})?| (?:from|in|out of|mentioned in) (?:this|here|the following|the"
    r"|my)\b[^.?!\n]{0,30})[?.: ]*(?:\n|\Z)",
    re.I,
)
OTHER_VALUES = make_regex(
    r"\b(?:and|all|every|each|json|csv|table|list|main|problem|issue)\b", re.I
)


@form(
    "value of a text",
    "Give me the phone number from this: Call our office at 030 555 121 before 5.",
    about="a value of a usual kind in a given text: a phone number, an address, a date",
    words="give get find extract pull copy what whats",
)
def tell_value(question: Question) -> str | None:
    if question.language != "en":
        return None
    match = ASKS_VALUE.match(question.instruction)
    if (
        match is None
        or (question.is_terse and not match["only"])
        or OTHER_VALUES.search(question.wish)
    ):
        return None
    name = match["name"].lower()
    text = (question.material or question.instruction[match.end() :])[:8000]
    named = re.search(rf"\b{re.escape(name.split()[0])}", text, re.I)
    at = named.start() if named else 0  # "due on 2 June" for "the due date"
    key = name.replace(" ", "_")
    found = (find_by_kind(key, text[at:]) if at > 0 else "") or find_by_kind(key, text)
    if not found:
        return None
    return found if match["gives"] else f"The {name} is {found}."
