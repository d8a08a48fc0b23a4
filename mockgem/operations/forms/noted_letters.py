"""E-mails and letters made of given notes: "Turn this into a polite e-mail: running late"."""

from __future__ import annotations

import re

from mockgem.operations.forms.item_limits import shorten_item
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.rewriting import rewrite
from mockgem.operations.forms.statements import list_marked

TURNS = make_regex(
    r"\b(?:turn|convert|make|change|transform|rewrite|put|format|expand|write) (?:this|it|these"
    r"|the following|my|the)(?: (?:notes?|points?|bullets?|text|message|sentence|below))?"
    r"(?: below)? (?:into|as|to|up as) (?:an? )?(?:[a-z]+,? (?:and )?){0,3}"
    r"(?P<kind>e-?mail|letter|message)\b(?: (?:to|for) (?:my |the |an? |our )?"
    r"(?P<to>[A-Za-z][\w ]{1,24}?)(?=[:.,\n]|\Z))?",
    re.I,
)
"""A wish for a letter from notes."""
SUBJECT_WORDS = 8


@form(
    "letter from notes",
    "Turn this into a professional email: running late, be there at 10",
    words="turn convert make change transform rewrite put format expand write",
    about="an e-mail or a letter with what the given notes say",
)
def write_noted_letter(question: Question) -> str | None:
    match = TURNS.search(question.instruction)
    notes = question.material.strip() or question.prompt[:4000].partition(":")[2].strip()
    if match is None or not notes or question.language != "en" or "{" in notes:
        return None
    lines = list_marked(notes) or [notes]
    said = " ".join(rewrite(line, question) for line in lines)
    name = (match["to"] or "").strip()
    greeting = f"Dear {name}," if name[:1].isupper() else "Hello,"
    body = f"{greeting}\n\n{said}\n\nKind regards,\n{invent_person(question)}"
    if "mail" not in match["kind"].lower():
        return body
    words = lines[0].rstrip(" .!").split()
    subject = shorten_item(words, SUBJECT_WORDS)
    return f"Subject: {subject[:1].upper()}{subject[1:]}\n\n{body}"
