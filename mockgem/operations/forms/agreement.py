"""Whether two texts in a message agree: an answer and its facts, two sentences, a document."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.word_stems import extract_stems

AGREES = make_regex(
    r"\b(?:grounded|supported|entail\w*|paraphrases?|same (?:meaning|thing|question|topic"
    r"|product|person)"
    r"|duplicates?|similar|equivalent|relevant|related|consistent|answer(?:s|ed) the question"
    r"|follows?"
    r"|contain(?:s|ed)? (?:the answer|enough)|contradict\w*|correct(?:ly)? answer\w*)\b",
    re.I,
)
"""Words of a question about whether two texts agree."""
PARTS = make_regex(
    r"(?:^|\n)[ \t#*]*(?:[\w' -]{2,40}[:：]|\d[.):])[ *]*\n*|(?:^|\n)\s*\n|(?:^|\n)[-*=]{3,}", re.I
)


def find_agreement(question: Question) -> bool | None:
    """Return whether the last two texts in a message have the same words; None if some do."""
    parts = [part.strip() for part in PARTS.split(question.prompt[:6000]) if part]
    texts = [extract_stems(part) for part in parts if len(part.split()) > 2][-2:]
    if len(texts) < 2 or not all(texts):
        return None
    share = len(texts[0] & texts[1]) / min(map(len, texts))
    agrees = True if share >= 0.5 else False if share < 0.2 else None
    return not agrees if agrees is not None and "contradict" in question.lower else agrees
