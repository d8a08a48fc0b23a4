"""Two or three things of which a prompt wants one without an explanation."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

NO_REASON = make_regex(
    r"\b(?:do not|don['’]?t|no need to|without|no) (?:any )?(?:explain\w*|explanations?|reasons?"
    r"|justif\w+|elaborat\w+)|\bjust (?:pick|choose|one|tell me which|the answer|say)\b"
    r"|\bone word\b",
    re.I,
)
WANTS_REASON = make_regex(
    r"\b(?:and|but) (?:then )?(?:tell me why|say why|explain|give (?:me )?(?:a|one|the) reason"
    r"|why)\b",
    re.I,
)
SMALL = r"(?:or|and|for|to|in|at|with|on|as|is|are|today|tonight|this|my)"
WORDS = rf"(?:an? |the )?([A-Za-z][\w'+#-]{{0,24}}(?: (?!{SMALL}\b)[A-Za-z][\w'-]{{1,24}}){{0,2}})"
THINGS = make_regex(
    r"(?:\A|[,:.?!\n] ?|\bbetween |\bone of |\b(?:prefer|better|best|choose|pick) |\bshould i "
    rf"[a-z]+ )(?:is it )?(?:{WORDS}, )?{WORDS},? (?:or|and) {WORDS}"
    rf"(?=[?.!,\n]|\Z| {SMALL}\b)",
    re.I,
)
"""The things in "pizza or sushi?", after the beginning, a mark or "between"."""
PICKS = make_regex(r"\b(?:pick|choose|which|decide|prefer|better|or)\b", re.I)
MOST = 200


@form(
    "picked thing",
    "Pick one for me, pizza or sushi? Don't explain.",
    words="explain explanation explanations reason reasons just elaborate",
    about="one of the things between which the prompt wants a choice",
)
def pick_thing(question: Question) -> str | None:
    text = question.prompt.strip()
    if len(text) > MOST or question.language != "en" or not PICKS.search(text):
        return None
    if not NO_REASON.search(text):
        return None
    match = THINGS.search(text)
    things = [one.strip() for one in match.groups() if one] if match else []
    things = [one for one in things[:-2] if not SENTENCE.search(one)] + things[-2:]
    is_listed = all(len(one) > 1 and not SENTENCE.search(one) for one in things)
    if len(things) < 2 or not is_listed:
        return None
    picked = LATER.sub("", question.random.pick(things))
    if WANTS_REASON.search(text):
        return f"I would go for {picked}, because {question.random.pick(REASONS)}."
    return picked


LATER = make_regex(r" (?:first|next|now|instead|today|tonight|right now|this time)\Z", re.I)
"""What a question says after the last of its things: "Python or JavaScript first"."""
REASONS = (
    "it takes less effort to begin with and suits most people",
    "it costs less over time and leaves you more room to change your mind",
    "it is the safer choice, and you notice soon whether it works for you",
)
SENTENCE = make_regex(
    r"\b(?:is|are|was|do|does|did|can|will|have|has|i|you|me|it|yes|no|true|false|explain|write"
    r"|give|tell|list|say|word|not|why|how|what)\b",
    re.I,
)
"""A word that no thing to choose has."""
