"""Replies to reviews and messages of customers: thanks, the name, an apology for complaints."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.forms.sources import fit_words, split_sentences

WISH = make_regex(
    r"\b(?:write|draft|compose|generate|create|give me|formulate"
    r"|suggest)\b[^.\n]{0,40}\b(?:reply|response"
    r"|answer)\b[^.\n]{0,20}\b(?:to|for) (?:this|the|a|an|my|our|following)[^.\n]{0,30}"
    r"\b(?:review|comment|feedback|complaint|customer|guest|message|post|tweet)\b"
    r"|\b(?:reply|respond) to (?:this|the|following|my|our|an?) (?:\w+ )?(?:review|comment"
    r"|feedback|complaint|message|tweet|customer|client|guest|reviewer|user)\b",
    re.I,
)
NAMED = make_regex(
    r"\b(?i:review|comment|message|feedback|complaint|guest|customer)(?i: (?:by|from"
    r"|of))? ([A-ZÀ-Þ][a-zà-ÿ'-]{1,20})"
    r"(?: [A-ZÀ-Þ][\w'-]+)?\s?[:(,]|(?:^|\n)[-–—~] ?([A-ZÀ-Þ][a-zà-ÿ'-]{1,20})\s*\Z"
    r"|\b(?i:from|by|name:|reviewer:|i'm|my name is) ([A-ZÀ-Þ][a-zà-ÿ'-]{1,20})\b"
)
COMPLAINS = make_regex(
    r"\b(?:but|however|unfortunately|noisy|late|cold|dirty|broken|rude|slow|wrong|bad|never|not"
    r"|too|crash\w*|errors?|bugs?|fail\w*|freez\w*|missing|damaged|defective|refund)\b"
    r"|n['’]t\b",
    re.I,
)


SOURCES = make_regex(
    r"\b(?:knowledge base|using (?:only )?the|based on|according to|polic(?:y|ies)|context)\b", re.I
)
"""What a reply has to be taken from, so that thanks and an apology are not enough."""
BELOW = make_regex(r"\b(?:under|fewer than|less than|below) \w+ sentences\b", re.I)
FAULT = make_regex(
    r"\b(?:app|website|site|page|software|login|update|button|screen|crash\w*|errors?|bugs?)\b",
    re.I,
)


REPLIES_ALWAYS = make_regex(
    r"\b(?:you (?:write|draft|answer|respond to|reply to|post|create|compose)|your (?:job"
    r"|task) is to (?:write|draft|answer|respond to|reply to))\b[^.\n]{0,40}\b(?:repl(?:y|ies)"
    r"|responses?|answers?|reviews?)\b(?=[^\n]{0,60}\breviews?\b|(?<=reviews)|(?<=review))",
    re.I,
)
"""A system instruction that makes each message a review to reply to."""
MAX_REVIEW = 2_000
STARS = make_regex(r"\b([1-5]) ?(?:/ ?5 )?(?:stars?\b|★)", re.I)
FEW_STARS = 3
TROUBLES = (
    (r"\bwait\w*|\bslow\b|\bminutes\b|\bhours?\b|\blate\b", "that you had to wait so long"),
    (r"\bcold\b", "that your food was not served as hot as it should be"),
    (r"\bdirty|\bunclean|\bhair\b|\bdust", "that not everything was clean"),
    (r"\brude|\bunfriendly|\bignored", "about how you were treated"),
    (r"\bnois[ye]|\bloud", "that it was so noisy"),
    (r"\boverpriced|\bexpensive|\bprice", "that you did not find the price fair"),
    (r"\bbroken|\bdamaged|\bdefective|\bstopped working|\bdied\b", "that it did not work"),
)
"""What a review complains about, and for what the owner is sorry."""


def apologise(text: str) -> str:
    found = (said for words, said in TROUBLES if re.search(words, text, re.I))
    about = next(found, "that not everything was as it should be")
    return f"We are sorry {about}, and we will look into it."


@form(
    "reply to a review",
    "Write a short reply to this review as the owner.\n\nReview by Sofia: Lovely food, but noisy.",
    words="reply replies response responses answer respond reviews",
    about="thanks to the customer by name, and an apology for a complaint",
)
def reply_to_review(question: Question) -> str | None:
    text = question.material
    if not text or question.language != "en" or not WISH.search(question.instruction):
        return None
    return write_reply(text, question)


@form(
    "reply to each review",
    needs="system",
    about="a reply to the review that the message is, as the system instruction wants",
)
def reply_to_message(question: Question) -> str | None:
    is_wished = REPLIES_ALWAYS.search(question.system) and not WISH.search(question.instruction)
    if not is_wished or question.language != "en":
        return None
    return write_reply(question.prompt[:MAX_REVIEW], question)


def write_reply(text: str, question: Question) -> str | None:
    """Return thanks, an apology for what the review complains about, and a last sentence."""
    if SOURCES.search(question.whole[:4000]):
        return None
    match = NAMED.search(question.prompt[-2000:])
    name = next(filter(None, match.groups()), "") if match else ""
    thanks = f"Thank you, {name}, for your feedback." if name else "Thank you for your feedback."
    parts = [thanks]
    stars = STARS.search(text)
    is_bad = stars is not None and int(stars[1]) < FEW_STARS
    if not is_bad and measure_sentiment(text) >= 0 and not FAULT.search(text):
        parts.append("We are glad that you enjoyed your time with us.")
    if is_bad or COMPLAINS.search(text) or measure_sentiment(text) < 0:
        parts.append(apologise(text))
    is_fault = FAULT.search(text) is not None
    parts.append(
        "Our team is working on a fix, and we will let you know as soon as it is ready."
        if is_fault
        else "We hope to see you again soon."
    )
    limit = find_length(question)
    reply = " ".join(parts)
    if limit is not None and limit[1] == "word":
        return fit_words(reply, limit[0])
    if limit is not None and limit[1] == "sentence":
        is_below = BELOW.search(question.whole) is not None
        return " ".join(split_sentences(reply)[: max(1, limit[0] - is_below)])
    return reply
