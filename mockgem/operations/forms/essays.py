"""Essays with a number of paragraphs, each with a number of sentences."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.invented_fields import title_case
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

ESSAY = make_regex(
    rf"\b({NUMBER})[- ]paragraph (?:[a-z]+ )?(?:essay|article|text|paper|speech|blog post)\b", re.I
)
SENTENCES = make_regex(
    rf"\b(?:paragraphs?|each)\b[^.\n]{{0,40}}?\b({NUMBER})(?: (?:to|-|or) ({NUMBER}))? sentences\b"
    rf"|\b({NUMBER})(?: (?:to|-|or) ({NUMBER}))? sentences (?:each|per paragraph|in each)\b",
    re.I,
)
TITLE = make_regex(r"\b(?:with|and|plus|include|add) an? (?:[a-z]+ )?(?:title|headline)\b", re.I)
USUAL = 3
"""Sentences of a paragraph, if the prompt does not say."""
MOST_PARAGRAPHS, MOST_SENTENCES = 12, 12
STRUCTURED = make_regex(
    r"(?<!no )(?<!without )(?<!not use )\b(?:headings?|sections?|bullets?)\b", re.I
)


@form(
    "essay of paragraphs",
    "Write a five-paragraph essay on public libraries. Each paragraph should have at least three"
    " sentences.",
    words="paragraph",
    about="as many paragraphs as the essay has, each with the wanted number of sentences",
)
def write_essay(question: Question) -> str | None:
    match = ESSAY.search(question.layout)
    if match is None or question.asks_how or STRUCTURED.search(question.layout):
        return None
    counted = SENTENCES.search(question.layout)
    said = next(filter(None, counted.groups()), "") if counted else ""
    most = parse_count(said, MOST_SENTENCES) if said else USUAL
    writer = Writer(question)
    paragraphs = [
        writer.space.join(writer.write_sentences(most, about=at == 0))
        for at in range(parse_count(match[1], MOST_PARAGRAPHS))
    ]
    title = [f"# {title_case(question.topic)}"] if TITLE.search(question.layout) else []
    return "\n\n".join([*title, *paragraphs])
