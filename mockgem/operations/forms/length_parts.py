"""Lengths of the parts of a text: of each paragraph, of what stands with each item."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences

PARAGRAPHS_OF = make_regex(
    rf"\b({NUMBER})[- ]paragraphs?\b[^\n]{{0,120}}?"
    rf"(?:\beach\b[^.\n]{{0,40}}?\b({NUMBER})[- ]sentences?\b"
    rf"|\b(?:of|with) ({NUMBER}) sentences? each\b|\b({NUMBER}) sentences? (?:each"
    rf"|per paragraph)\b)",
    re.I | re.S,
)


def find_paragraphs_of_sentences(text: str) -> tuple[int, int] | None:
    """Return the numbers in "three paragraphs, each with two sentences"; else None."""
    match = PARAGRAPHS_OF.search(text[:2000]) if "aragraph" in text[:2000] else None
    if match is None:
        return None
    sentences = next(filter(None, match.groups()[1:]))
    return parse_count(match[1], 50), parse_count(sentences, 30)


EACH_ITEM = make_regex(
    r"(?: \w+)? (?:each|per item|for each|about each|for every)\b"
    r"|[- ](?:long )?(?:descriptions?|explanations?|summar(?:y|ies)|reasons?)"
    r" (?:each|for each|of each|per|for every)\b",
    re.I,
)
"""The length of what stands with each thing of a list, behind its unit."""


def list_given_facts(question: Question) -> list[str]:
    """Return the sentences of a given text; empty for a question that stands after a colon."""
    facts = split_sentences(question.material) if len(question.material) > SHORT_TEXT else []
    return [fact for fact in facts if not fact.endswith("?")]


SHORT_TEXT = 60
