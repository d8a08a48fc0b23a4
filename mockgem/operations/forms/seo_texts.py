"""Texts for search results: a meta description, an SEO title."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

DESCRIPTION = make_regex(r"\bmeta[- ]?descriptions?\b|\bseo descriptions?\b", re.I)
TITLE = make_regex(r"\b(?:seo|meta|page|browser)[- ]titles?\b|\btitle tags?\b", re.I)
ABOUT = make_regex(
    r"\b(?:page|website|site|post|article|shop|store)s? (?:about|for|on|that sells"
    r"|selling)"
    r"(?: (?:an?|the|my|our))? (?P<what>[^.,:;(\n]{3,80}?)(?=[.,:;(\n]|,? (?:max|under|in|with"
    r"|at most"
    r"|that)\b|\s*\Z)",
    re.I,
)
LIMIT = make_regex(
    r"\b(?:max(?:imum)?(?: of)?|under|up to|at most|<=?|within) ?(\d{2,3}) char", re.I
)
ENDINGS = (
    "What to expect, what it costs and how to get started.",
    "Clear answers, honest advice and the next step.",
    "Find out more today.",
)
NAME = "Example"


@form(
    "text for search results",
    "Write a meta description (max 155 characters) for a page about vegan cooking classes in"
    " Berlin",
    "Give me the SEO title and meta description for a page about vegan cooking classes in Berlin",
    words="meta seo",
    about="a description or a title of the length that search results show",
)
def write_seo(question: Question) -> str | None:
    wish = question.instruction
    if question.language != "en" or question.material or wants("json", question):
        return None
    has_text, has_title = DESCRIPTION.search(wish), TITLE.search(wish)
    if not has_text and not (has_title and "seo" in wish.lower()):
        return None
    if re.search(r"\b(?:what is|explain|why|how|html|tag)\b", wish, re.I):
        return None
    about, limit = ABOUT.search(wish), LIMIT.search(wish)
    topic = about["what"].strip() if about else question.topic
    title = f"{topic[:1].upper()}{topic[1:]} | {NAME}"
    text = describe(topic, int(limit[1]) if limit else 155)
    if has_title and has_text:
        return f"SEO title: {title}\nMeta description: {text}"
    return text if has_text else title


def describe(topic: str, most: int) -> str:
    """Return a description with as many sentences as fit into a number of characters."""
    text = f"Discover {topic}."
    for sentence in ENDINGS:
        if len(text) + len(sentence) + 1 <= most:
            text = f"{text} {sentence}"
    return text[:most]
