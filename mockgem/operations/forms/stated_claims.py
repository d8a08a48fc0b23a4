"""Whether a given text says what a question claims: "Does the contract allow termination?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.grammar import PAST
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
SHORTEST = 4
"""Words of a text that says something."""
SUPPORTED = 0.6
"""The share of a claim's words that a text which says it has."""


def decide_claim(question: Question) -> bool | None:
    """Return whether a text says what is claimed of it; None without a text and a claim."""
    prompt = question.prompt[:6000]
    if question.language != "en" or len(prompt) < 60:
        return None
    claim = next(filter(None, (pattern.search(prompt) for pattern in CLAIMS)), None)
    if claim is None:
        return None
    rest = prompt[claim.end() :]
    rest = rest if len(rest.split()) >= SHORTEST else prompt[: claim.start()]
    text = question.material.replace(claim[0].strip(), " ") or rest
    text = WORD.sub(lambda word: BASES.get(word[0].lower(), word[0]), text)
    stems = extract_stems(claim[1]) - VAGUE
    if not stems or len(text.split()) < SHORTEST:
        return None
    numbers = set(NUMBER.findall(claim[1])) - set(NUMBER.findall(text))
    if numbers or count_said(stems, text) < SUPPORTED * len(stems):
        return False
    best = max(split_sentences(text), default="", key=lambda one: count_said(stems, one))
    return (NOT_ASKED.search(best) is None) == (NOT_ASKED.search(claim[0]) is None)


def count_said(stems: frozenset[str], text: str) -> int:
    """Return how many words of a claim a text has, or others of their family."""
    said = extract_stems(text)
    starts = {word[:KIN] for word in said if len(word) >= KIN}
    return sum(stem in said or (len(stem) >= KIN and stem[:KIN] in starts) for stem in stems)


KIN = 5
"""The first letters that words of a family share: "remote" and "remotely"."""
BASES = {past: base for base, past in PAST.items()} | {
    "rose": "rise",
    "fell": "fall",
    "grew": "grow",
    "shrank": "shrink",
    "drew": "draw",
    "built": "build",
    "held": "hold",
    "led": "lead",
    "paid": "pay",
    "beat": "beat",
}
"""Past forms of verbs that have no ending, and their bases."""
WORD = make_regex(r"[A-Za-z]{2,12}")
VAGUE = extract_stems("the following any clause section statement it they this that")
NUMBER = make_regex(r"\d+(?:[.,]\d+)*")
