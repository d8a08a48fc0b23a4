"""Whether a given text says what a question claims: "Does the contract allow termination?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.word_stems import extract_stems

TEXT = (
    r"(?:text|passage|article|contract|agreement|lease|policy|document|e-?mail|message|paragraph"
    r"|excerpt|clause|source|context|notice|letter|report|terms|notes?|transcript|story|review)"
)
VERB = (
    r"(?:say|state|mention|allow|include|contain|permit|require|claim|specif(?:y|ies)|provide"
    r"|support|confirm|prohibit|describe|guarantee|cover|imply|implies|indicate|suggest|limit)s?"
)
CLAIMS = (
    make_regex(
        rf"\b(?:do|does|did|will|would|whether|if)? ?\b(?:the|this|that|my|our|an?)"
        rf" (?:\w+ )?{TEXT}(?: (?:below|above|given|provided))? (?:\w+ly )?{VERB}\b"
        r"(?: for)?(?: that)? ([^?\n]{4,160}?)(?:[.?](?=\s|\Z)|\n|\Z)",
        re.I,
    ),
    make_regex(
        rf"\b(?:according to|based on|given) (?:the|this) (?:\w+ )?{TEXT}(?: (?:below|above))?,?"
        r" (?:(?:is|are|was|were|did|does|do|has|have|had|can|could|will|must|may|should) )"
        r"([^?\n]{4,160}?)\?",
        re.I,
    ),
    make_regex(r"(?:^|\n)[ *#]*(?:statement|claim|hypothesis)[ *]*: ?\**([^\n]{4,300})", re.I),
)
"""What a prompt claims of a text."""
NOT_ASKED = make_regex(r"\b(?:no|not|never|neither|nor|cannot|prohibit\w*)\b|n['’]t\b", re.I)
SUPPORTED = 0.5
"""The share of a claim's words that a text which says it has."""


def decide_claim(question: Question) -> bool | None:
    """Return whether a text says what is claimed of it; None without a text and a claim."""
    prompt = question.prompt[:6000]
    if question.language != "en" or len(prompt) < 60:
        return None
    claim = next(filter(None, (pattern.search(prompt) for pattern in CLAIMS)), None)
    if claim is None:
        return None
    text = question.material.replace(claim[0].strip(), " ") or prompt[claim.end() :]
    stems = extract_stems(claim[1]) - VAGUE
    if not stems or len(text.split()) < 4:
        return None
    numbers = set(NUMBER.findall(claim[1])) - set(NUMBER.findall(text))
    best = max(split_sentences(text), default="", key=lambda one: len(stems & extract_stems(one)))
    if numbers or len(stems & extract_stems(text)) < SUPPORTED * len(stems):
        return False
    return (NOT_ASKED.search(best) is None) == (NOT_ASKED.search(claim[0]) is None)


VAGUE = extract_stems("the following any clause section statement it they this that")
NUMBER = make_regex(r"\d+(?:[.,]\d+)*")
