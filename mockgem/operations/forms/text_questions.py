"""Questions about a given text with their answers: "What does the text say about honey bees?"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.given_reasons import VERBS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences

ASKED = make_regex(r"^(?:q|question|prompt|front|instruction)$")
ANSWERED = make_regex(r"^(?:a|answer|response|back|output|completion)$")
PRONOUNS = frozenset("it they he she this these that we i you there its their".split())
MOST_WORDS = 5


def ask_about(fields: dict[str, dict[str, Any]], text: str, count: int) -> list[dict[str, Any]]:
    """Return questions about the sentences of a text; empty for other fields."""
    asked = next((key for key in fields if ASKED.match(read_name(key))), None)
    answered = next((key for key in fields if ANSWERED.match(read_name(key))), None)
    if asked is None or answered is None or text.rstrip().endswith("?"):
        return []
    facts = [
        one.strip() for one in split_sentences(text) if len(one.split()) > 3 and "?" not in one
    ]
    rows = []
    subject, before = "", ""
    for fact in facts:
        subject = find_subject(fact) or subject
        if subject:
            rows.append({asked: write_question(fact, subject, before), answered: fact})
        before = subject
    return rows[:count] if len(rows) >= count else []


IS = make_regex(r" (is|are|was|were) (?!\w+ing\b)")


def write_question(fact: str, subject: str, before: str) -> str:
    """Return a question that a sentence answers; another one for the same subject."""
    verb = IS.match(fact, len(subject))
    if verb is not None and fact[: len(subject)].lower() == subject.lower():
        return f"What {verb[1]} {subject}?"
    return f"What {'else ' if before == subject else ''}does the text say about {subject}?"


def find_subject(sentence: str) -> str:
    """Return the words in front of the verb of a sentence, in small letters at the beginning."""
    words = re.findall(r"[\w'’-]+", sentence)
    if words[0].lower() in PRONOUNS:
        return ""
    end = next((at for at, word in enumerate(words[1:7], 1) if word.lower() in VERBS), 2)
    subject = " ".join(words[: min(end, MOST_WORDS)])
    return subject if words[0].isupper() else subject[:1].lower() + subject[1:]
