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
    said = write_out(notes) or " ".join(rewrite(line, question) for line in lines)
    name = (match["to"] or "").strip()
    greeting = f"Dear {name}," if name[:1].isupper() else "Hello,"
    body = f"{greeting}\n\n{said}\n\nKind regards,\n{invent_person(question)}"
    if "mail" not in match["kind"].lower():
        return body
    words = lines[0].rstrip(" .!").split()
    subject = shorten_item(words, SUBJECT_WORDS)
    return f"Subject: {subject[:1].upper()}{subject[1:]}\n\n{body}"


FRAGMENTS = (
    (r"(?:can['’]?t|cannot|can not) (?P<rest>.+)", "I'm afraid that I can't {}."),
    (r"(?:needs?|want) (?P<rest>.+)", "I need {}."),
    (r"(?:so |very |really )?sorry(?: about (?:that|it|this))?", "I'm sorry about that."),
    (r"sorry (?:for|about) (?P<rest>.+)", "I'm sorry about {}."),
    (r"(?:running|going to be|will be) (?P<rest>late.*)", "I am running {}."),
    (r"(?:will|i['’]?ll) (?P<rest>.+)", "I will {}."),
    (r"(?:thanks|thank you|thx)(?P<rest> .+)?", "Thank you{}."),
    (r"(?:please|pls) (?P<rest>.+)", "Could you please {}?"),
    (r"(?:not feeling|feeling) (?P<rest>.+)", "I am not feeling {}."),
)
"""What notes without a subject say as sentences."""
SHORT_FORMS = (
    (r"\bmon\b", "Monday"),
    (r"\btues?\b", "Tuesday"),
    (r"\bwed\b", "Wednesday"),
    (r"\bthu(?:rs)?\b", "Thursday"),
    (r"\bfri\b", "Friday"),
    (r"\btmrw\b|\btmr\b", "tomorrow"),
    (r"\bw/o\b", "without"),
    (r"\bw/\s?", "with "),
)
MY = make_regex(
    r"\A(finish|send|deliver|submit|complete|prepare) (?!the |my |our |it\b|this\b|that\b|any)",
    re.I,
)


def write_out(notes: str) -> str:
    """Return sentences for short notes between commas; empty if one is of no usual kind."""
    parts = [one.strip(" .!") for one in re.split(r"[,;\n]", notes) if one.strip(" .!")]
    if len(parts) < 2 or any(len(one.split()) > MOST_WORDS for one in parts):
        return ""
    said = [write_fragment(one) for one in parts]
    if not all(said):
        return ""
    return " ".join(["I hope you are doing well.", *said])


MOST_WORDS = 8


def write_fragment(text: str) -> str:
    for pattern, word in SHORT_FORMS:
        text = re.sub(pattern, word, text, flags=re.I)
    for pattern, sentence in FRAGMENTS:
        if match := re.fullmatch(pattern, text, re.I):
            rest = match.groupdict().get("rest") or ""
            return sentence.format(MY.sub(r"\1 the ", rest))
    return ""
