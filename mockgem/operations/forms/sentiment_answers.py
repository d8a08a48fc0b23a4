"""The sentiment of a text, for prompts that name no labels."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import measure_sentiment

ASKS = make_regex(
    r"\b(?:what(?:'s| is)|determine|analy[sz]e|identify|classify|detect|predict|give|tell me|find"
    r"|assess|evaluate|return|label)\b[^.?\n]{0,30}\bsentiment\b|\bsentiment (?:of|analysis)\b",
    re.I,
)
OTHER_FORM = make_regex(
    r"\b(?:json|table|csv|function|code|python|script|model|each|score|scale|explain|list|xml"
    r"|essay|article|paragraphs?|sentences)\b",
    re.I,
)


@form(
    "sentiment",
    "What is the sentiment of this review? 'Terrible service, never again.'",
    words="sentiment",
    about="positive, negative or neutral, as the words of the text are",
)
def name_sentiment(question: Question) -> str | None:
    text = question.material
    if not text or question.language != "en" or not ASKS.search(question.instruction):
        return None
    if OTHER_FORM.search(question.instruction):
        return None
    mood = measure_sentiment(text)
    label = "positive" if mood > 0 else "negative" if mood < 0 else "neutral"
    if question.is_terse or question.ends_with_label:
        return label.capitalize()
    return f"The sentiment is **{label}**."
