"""Choices with a reason: "train or car? pick one and say why"."""

from __future__ import annotations

import re

from mockgem.operations.forms.bare_choices import NO_LABEL
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quick_picks import NO_REASON
from mockgem.operations.forms.registry import form

REASONED = make_regex(
    r"\b(?:should (?:i|we)|shall (?:i|we)|do (?:you recommend|i)|better|prefer|choose|pick|decide"
    r"|recommend)\b",
    re.I,
)
WHY = make_regex(
    r"\b(?:why|reasons?|because|explain|justify|argument)\b|\bin (?:one|a) sentence\b", re.I
)
THING = (
    r"(?:the |an? |my )?([a-z][\w'+#-]{1,24}(?: (?!(?:tonight|today|now|first)\b)[\w'+#-]{2,16})?)"
)
EITHER = make_regex(
    r"(?:\A\W*|\b(?:take|buy|use|get|choose|learn|eat|wear|read|watch|have|pick|visit|go (?:for"
    r"|with|to|by)|between|prefer|better|beginner|recommend),? |, "
    rf"|: ){THING},? or {THING}(?=[?.!,]|\Z| (?:from|for|to|in|at|on|with|today|tonight|this|as"
    r"|when|if)\b)",
    re.I,
)
REASON = "I would go for **{0}**: it fits what you describe better, and it takes less effort."


@form(
    "choice with a reason",
    "Should I take the train or the car to Lyon? Pick one and say why.",
    words="why reason reasons because explain justify argument sentence",
    about="one of two things, with a reason in a sentence",
)
def choose_with_reason(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > 240 or question.language != "en" or question.material or question.earlier:
        return None
    if not REASONED.search(prompt) or not WHY.search(prompt):
        return None
    if NO_REASON.search(prompt) or wants("json", question):
        return None
    match = EITHER.search(prompt)
    things = list(match.groups()) if match else []
    if not things or any(NO_LABEL & {*one.lower().split()} for one in things):
        return None
    article = "the " if match and " the " in f" {match[0].lower()}" else ""
    return REASON.format(f"{article}{question.random.pick(things)}")
