"""Yes or no with a sentence that says it: "Start with Yes or No, then explain in one sentence"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WANTED = make_regex(
    r"\b(?:start|begin|open)\w*\b[^.\n]{0,40}\b(?:yes\b[\"'”]?(?:,? or |/| \| )[\"'“]?no"
    r"|no\b[\"'”]?"
    r"(?:,? or |/| \| )[\"'“]?yes)\b(?P<rest>.{0,120})",
    re.I | re.S,
)
EXPLAINED = make_regex(
    r"\b(?:then|and|followed by|plus|with)\b[^.\n]{0,40}\b(?:explain\w*|explanation|reasons?|why"
    r"|because|justif\w+|sentences?)\b",
    re.I,
)
CLOSED = make_regex(
    r"(?:\A|[.!?\n]\s*)(?P<verb>is|are|was|were|can|could|should|may|must|will|would) "
    r"(?P<who>it|there|this|that|they|i|we|you|one|people) (?P<rest>[^?\n.]{3,160})\?",
    re.I,
)
SPOKEN_TO = {"i": "you", "we": "you", "you": "I"}
CAUTION = (
    "as long as you take the usual care",
    "and most people find that this works well",
    "which is what most guides recommend",
)
REFUSAL = (
    "because the risk is higher than the benefit",
    "and most guides recommend against it",
    "because there are better ways",
)


@form(
    "yes or no with a sentence",
    'Start with "Yes" or "No", then explain in one sentence. Is it ok to reheat soup twice?',
    words="yes no",
    about="yes or no, and a sentence that says it in the words of the question",
)
def answer_with_sentence(question: Question) -> str | None:
    if question.material or question.language != "en":
        return None
    wanted = WANTED.search(question.wish)
    if wanted is None or not EXPLAINED.search(wanted["rest"]):
        return None
    asked = CLOSED.search(question.prompt[:600])
    if asked is None:
        return None
    is_yes = question.random.draw_below(2) == 0
    reason = question.random.pick(CAUTION if is_yes else REFUSAL)
    who = SPOKEN_TO.get(asked["who"].lower(), asked["who"].lower())
    verb = asked["verb"].lower()
    sentence = f"{who} {verb}{'' if is_yes else ' not'} {asked['rest'].strip()}, {reason}."
    return f"{'Yes' if is_yes else 'No'}, {sentence}"
