"""Outlines of articles with headings of two levels: H2 for sections, H3 for what is in them."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

OUTLINE = make_regex(r"\boutline\b", re.I)
LEVELS = make_regex(r"\bH2s?\b[\s\S]{0,200}\bH3s?\b|(?<!#)##(?!#)[\s\S]{0,200}(?<!#)###(?!#)", re.I)
SUBJECT = make_regex(
    r"\b(?:about|on|for|titled|called)(?: an?(?: \w+){0,2} (?:post|article) (?:about|on|titled))?"
    r" (?:[\"“'](?P<title>[^\"”\n]{3,80})[\"”']|(?P<topic>(?!H\d|#)[^\n.,;:\"“]{3,60}?))"
    r"(?=[\"”'.,;:\n]| (?:with|using|in|that|and use)\b|\s*\Z)",
    re.I,
)
COUNT = make_regex(
    rf"\b({NUMBER}) (?:main |top[- ]level |H2 )?(?:sections?|headings?|H2s?)\b", re.I
)
TITLE = make_regex(r"\bH1\b|^# ", re.I | re.M)
HOW = make_regex(r"how to (.{3,60})", re.I)
HOW_SECTIONS = (
    ("Why {topic}?", ("Who it is for", "What you can expect", "What it takes")),
    ("Planning", ("Set a clear goal", "Choose an audience and a focus", "Fix a budget and a date")),
    ("What you need", ("Tools and equipment", "Skills and knowledge", "Help from others")),
    ("Step by step", ("The first steps", "A routine that lasts", "How to measure progress")),
    ("Common mistakes", ("Starting too big", "Skipping the plan", "Giving up too early")),
    ("Next steps", ("A checklist to begin with", "Where to learn more", "Questions from readers")),
)
SECTIONS = (
    ("What is {topic}?", ("A short definition", "Where it comes from", "Why people talk about it")),
    ("Benefits of {topic}", ("For individuals", "For companies", "In the long term")),
    ("Challenges", ("Costs and effort", "Common mistakes", "What critics say")),
    ("{topic} in practice", ("An example from everyday life", "Good habits", "Useful tools")),
    ("The future of {topic}", ("Trends", "What to watch", "Open questions")),
    ("Conclusion", ("Key points", "What to do next")),
)
USUAL = 5


@form(
    "outline with headings",
    'Write a blog outline about "How to start a podcast". Use H2 for sections and H3 for'
    " subsections.",
    words="outline",
    about="headings of two levels for an article, with no text below them",
)
def write_outline(question: Question) -> str | None:
    text = question.instruction
    if question.language != "en" or not OUTLINE.search(text) or not LEVELS.search(question.whole):
        return None
    subject = SUBJECT.search(question.prompt[:1000])
    title = (subject["title"] or subject["topic"]).strip() if subject else question.topic
    how = HOW.search(title)
    sections = HOW_SECTIONS if how else SECTIONS
    topic = how[1] if how else title
    counted = COUNT.search(text)
    count = parse_count(counted[1], len(sections)) if counted else USUAL
    blocks = [
        f"## {capitalise(name.format(topic=topic))}\n\n" + "\n".join(f"### {one}" for one in parts)
        for name, parts in sections[: max(count, 2)]
    ]
    head = [f"# {capitalise(title)}"] if TITLE.search(text) else []
    return "\n\n".join([*head, *blocks])
