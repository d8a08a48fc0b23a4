"""Definitions of terms that people often ask about, each with an example."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.knowledge_files import HEAD_START, compile_head, index_heads
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ARTICLE = make_regex(r"(?:an?|the) ", re.I)


SINGULAR = ("ss", "is", "us", "etes", "ics", "dns")
"""The ends of words in s that are not plurals."""


@lru_cache(maxsize=256)
def define_term(topic: str) -> tuple[str, ...]:
    """Return a definition of a term in a sentence, and an example; nothing for unknown terms."""
    name = ARTICLE.sub("", topic, count=1) if ARTICLE.match(topic) else topic
    heads = index_heads("terms").get(name[:HEAD_START].lower(), ())
    rows = next((rows for head, rows in heads if compile_head(head).fullmatch(name)), ())
    if not rows:
        return ()
    meaning, _, example = rows[0].partition("|")
    is_plural = name.endswith("s") and not name.lower().endswith(SINGULAR)
    verb = "are" if is_plural else "is"
    plain = meaning[:1].lower() + meaning[1:]
    subject = name if is_plural else topic
    return (f"{subject[:1].upper()}{subject[1:]} {verb} {plain}", example)


WORD_ASKED = make_regex(
    r"\b(?:what(?:['’]s| is| does)|define|explain|give|write|tell me|meaning"
    r"|definition)\b[^.?\n]{0,30}?"
    r"[\"“'‘](?P<word>[A-Za-z]{3,20})[\"”'’]|\bdefine (?P<bare>[a-z]{4,20}) (?=in (?:one|a|1) )",
    re.I,
)
"""A word whose meaning a prompt wants: 'What does "serendipity" mean?'."""
MEANS = make_regex(r"\b(?:mean(?:s|ing)?|defin\w+)\b", re.I)
WITH_EXAMPLE = make_regex(
    r"\b(?:an?|one|with|plus|and) (?:short )?example\b|\bin a sentence\b", re.I
)
MAX_ASKED = 300


@form(
    "meaning of a word",
    'What does the word "serendipity" mean? One sentence and an example.',
    words="mean means meaning define definition",
    about="the definition of a known word, with an example where the prompt wants one",
)
def define_word(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_ASKED or question.language != "en" or not MEANS.search(prompt):
        return None
    match = WORD_ASKED.search(prompt)
    known = define_term((match["word"] or match["bare"]).lower()) if match else ()
    if not known:
        return None
    if WITH_EXAMPLE.search(prompt) and known[1]:
        return f"{known[0]}\n\nExample: {known[1]}"
    return known[0]
