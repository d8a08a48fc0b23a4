"""Outlines with Roman numerals and letters: "I. Overview", "A. What matters most"."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

ROMAN = make_regex(r"\broman numerals?\b|\bI\., ?II\.", re.I)
WISH = make_regex(r"\b(?:outline|structure|agenda|plan|gliederung)\b", re.I)
EXAMPLES = make_regex(r"\b[IVX]{1,4}\.")
LETTERS = make_regex(r"\b[A-E]\.")
NUMERALS = "I II III IV V VI VII VIII IX X XI XII".split()
USUAL, SUB_POINTS = 4, 2


@form(
    "outline with Roman numerals",
    "Give me an outline for a talk about bees. Use Roman numerals for main points and letters for"
    " sub"
    " points.",
    words="roman outline",
    about="main points with Roman numerals, sub points with letters",
)
def write_roman_outline(question: Question) -> str | None:
    text = question.layout
    if not ROMAN.search(text) or not WISH.search(text) or question.asks_how:
        return None
    writer = Writer(question)
    shown = len(set(EXAMPLES.findall(text)))
    count = shown or find_count(question, 0)
    count = min(count or USUAL, len(NUMERALS))
    below = max(SUB_POINTS, len(set(LETTERS.findall(text))))
    parts = []
    for numeral, heading in zip(NUMERALS, writer.write_headings(count), strict=False):
        points = [f"   {'ABCDE'[at]}. {writer.write_item()}" for at in range(min(below, 5))]
        parts.append("\n".join([f"{numeral}. {heading}", *points]))
    return "\n\n".join(parts)
