"""Definitions of terms that people often ask about, each with an example."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mockgem.operations.forms.knowledge_files import compile_head, read_sections
from mockgem.operations.forms.lazy_patterns import make_regex

ARTICLE = make_regex(r"(?:an?|the) ", re.I)


TERM_START = 2
"""The letters by which a term is looked up."""


@cache
def index_terms() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the sections of terms by the first letters of the words that they begin with."""
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for head, rows in read_sections("terms"):
        for part in head.replace("\\b", "").split("|"):
            start = re.sub(r"^\W+", "", part.lower())[:TERM_START]
            index.setdefault(start, []).append((head, rows))
    return index


SINGULAR = ("ss", "is", "us", "etes", "ics", "dns")
"""The ends of words in s that are not plurals."""


@lru_cache(maxsize=256)
def define_term(topic: str) -> tuple[str, ...]:
    """Return a definition of a term in a sentence, and an example; nothing for unknown terms."""
    name = ARTICLE.sub("", topic, count=1) if ARTICLE.match(topic) else topic
    heads = index_terms().get(name[:TERM_START].lower(), ())
    rows = next((rows for head, rows in heads if compile_head(head).fullmatch(name)), ())
    if not rows:
        return ()
    meaning, _, example = rows[0].partition("|")
    is_plural = name.endswith("s") and not name.lower().endswith(SINGULAR)
    verb = "are" if is_plural else "is"
    plain = meaning[:1].lower() + meaning[1:]
    subject = name if is_plural else topic
    return (f"{subject[:1].upper()}{subject[1:]} {verb} {plain}", example)
