"""Advice for somebody who is nervous, sad or overwhelmed: kind words, then what helps."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.themes import find_theme
from mockgem.operations.forms.topics import FEELS

MAX_PROMPT = 400
FEELING = make_regex(
    r"\b(?P<word>nervous|anxious|worried|stressed|scared|afraid|excited|sad|overwhelmed|unsure"
    r"|frustrated|panicking)\b",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:write|e-?mail|letter|message|poem|story|json|table|list|translate|classify|rewrite|code)\b",
    re.I,
)
CALMING = (
    "Write down what exactly worries you, and what you can do about each point",
    "Prepare the first small step, because starting is often the hardest part",
    "Breathe slowly for a minute before you begin",
    "Talk to somebody who has been through the same",
    "Get enough sleep tonight and do something pleasant before",
)
KIND = {
    "excited": "That is wonderful, enjoy it!",
    "sad": "I'm sorry that you feel sad about {about}.",
    "overwhelmed": "It is understandable to feel overwhelmed by {about}.",
    "frustrated": "It is understandable to be frustrated with {about}.",
}
USUAL = "It is completely normal to be {word} about {about}, and many people feel the same."
COUNT = 3


@form(
    "advice for a feeling",
    "I'm really nervous about my job interview tomorrow, any advice?",
    words="nervous anxious worried stressed scared afraid excited sad overwhelmed unsure frustrated"
    " panicking",
    about="kind words about what somebody feels, and some things that help",
)
def advise_on_feeling(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.language != "en" or len(prompt) > MAX_PROMPT or question.material:
        return None
    match, feeling = FEELS.search(prompt), FEELING.search(prompt)
    if match is None or feeling is None or OTHER_WISH.search(prompt):
        return None
    about, word = f"your {match['about'].strip()}", feeling["word"].lower()
    kind = KIND.get(word, USUAL).format(word=word, about=about)
    theme = find_theme(match["about"])
    tips = [*(theme.tips if theme else ()), *CALMING][: COUNT + 1]
    return f"{kind}\n\n" + "\n".join(f"- {end(tip)}" for tip in tips) + "\n\nYou can do this!"
