"""Arrays of texts that show the form of the reply: Format: ["keyword1", "keyword2"]."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

ITEM = r"(?:\"[^\"\n\[\]]{0,40}\"|'[^'\n\[\]]{0,40}'|\.{3}|…)"
SHOWN = make_regex(
    r"[^.\n\[{]{0,40}\b(?:format|form|structure|shape|schema|like this|as follows)\b"
    rf"[^.\n\[{{\"]{{0,20}}\[\s?{ITEM}(?:,\s?{ITEM}){{0,12}}\s?\][ .]{{0,3}}",
    re.I,
)
"""A sentence that shows an array of texts, which may be left open."""
PLACEHOLDERS = make_regex(
    r"[^.\n\[{]{0,40}\b(?:as|return|output|with|only)\b[^.\n\[{\"]{0,20}\[\s?"
    r"(?:\"(?:[a-z_]{1,20} ?\d{1,2}|[a-z]|\.{3}|…)\"|'(?:[a-z_]{1,20} ?\d{1,2}|[a-z])'|\.{3}|…)"
    r"(?:,\s?(?:\"(?:[a-z_]{1,20} ?\d{1,2}|[a-z]|\.{3}|…)\"|\.{3}|…)){1,12}\s?\][ .]{0,3}",
    re.I,
)
IN_WORDS = " Return a JSON array of strings. "


def read_shown_array(question: Question) -> Question:
    """Return a question that says in words which array it wants, if it shows one."""
    if '["' not in question.stated and "['" not in question.stated and "[…" not in question.stated:
        return question
    text = question.prompt[:4000]
    if "xml" in text.lower():
        return question
    match = SHOWN.search(text) or PLACEHOLDERS.search(text)
    if match is None:
        return question
    start = text[: match.start()].rstrip(" .:")
    rest = question.prompt[match.end() :]
    said = f"{start}.{IN_WORDS.rstrip()}{rest}" if start else f"{IN_WORDS.strip()}{rest}"
    return Question(said, question.random, question.stated_system)
