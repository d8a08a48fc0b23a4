"""How much a text has of what a scale measures: urgency, toxicity, spam, satisfaction."""

from __future__ import annotations

import re

from mockgem.operations.forms.agreement import find_agreement
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentiment import measure_sentiment, score_label

MEASURES = tuple(
    (make_regex(rf"\b(?:{asked})", re.I), label)
    for asked, label in (
        (r"urgen|sever|priorit|critical|dringend|urgenc", "urgent"),
        (r"toxic|offens|abus|hate|hateful|harmful|insult|aggress|inappropriate", "toxic"),
        (r"spam|phish|scam|fraud", "spam"),
        (r"formal", "formal"),
    )
)
"""What a scale may measure, and the label whose words a text then has."""
ANGER = make_regex(r"\b(?:ang(?:er|ry)|frustrat|negativ|upset|annoy|dissatisf|complain)", re.I)
RELEVANCE = make_regex(r"\b(?:relevan|similar|related)", re.I)


def measure_level(question: Question) -> int:
    """Return 1 for much of what a scale measures, -1 for little, 0 if nothing tells."""
    text = question.material or question.prompt.rpartition(":")[2]
    wish = question.instruction or question.system
    for asked, label in MEASURES:
        if asked.search(wish):
            return 1 if score_label(label, text) > 0 else -1
    if question.material and RELEVANCE.search(wish):
        agrees = find_agreement(question)
        return 0 if agrees is None else 1 if agrees else -1
    about = question.material or (question.prompt if question.system else "")
    mood = measure_sentiment(about) if about else 0
    mood = -mood if ANGER.search(wish) else mood
    return (mood > 0) - (mood < 0)
