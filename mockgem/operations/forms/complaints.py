"""What reviews and tickets complain about, in a sentence or as a list."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_kinds import TROUBLE
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.salutations import SALUTATION
from mockgem.operations.forms.sentiment import BAD, GOOD
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.text_styles import THIRD_PERSON, change_words

ASKS = make_regex(
    r"\b(?:main |biggest |most common |common |key |top |any )?(?P<noun>complaints?|criticisms?"
    r"|pain points?|problems?|issues?)\b[^.?\n]{0,40}(?:\?|:|\b(?:here|review|reviews|feedback"
    r"|ticket"
    r"|tickets|message|messages|email|comments?|text|customer|customers|this|these)\b)"
    r"|\b(?:complain(?:ing|s|ed)?|unhappy|dissatisfied|upset|annoyed) (?:about|with)\b",
    re.I,
)
WHAT = make_regex(
    r"\A\W*(?:what|whats|what's|which|summari[sz]e|list|name|identify|find|extract|tell me|give me"
    r"|main|biggest|briefly|in one sentence|state|describe|so what)\b",
    re.I,
)
OTHER = make_regex(
    r"\b(?:solve|fix|solutions?|reply|respond|response|table|csv|classif\w+|categor\w+|label|code"
    r"|labels?|return|words?|praise|positive|pros|and what)\b",
    re.I,
)
LISTS = make_regex(r"\b(?:bullets?|bullet points?|list|numbered)\b", re.I)
BEGINNING = make_regex(
    r"\A\W*(?:review|customer|user|comment|feedback|ticket)?\s?\d*\s?[:.)-]?\s*", re.I
)
LINK = make_regex(r"\A(?:but|however|and|also|unfortunately|sadly|though|yet)\b,? ", re.I)
TURN = make_regex(r"[,;.]?\s(?:but|however|although|unfortunately|except that)\b,?\s", re.I)
FRAGMENT = make_regex(r"(?:too|very|so|not|way too|quite|rather|really)\b", re.I)
"""The beginning of a remark without a subject: "Too loud"."""
MORE_TROUBLE = make_regex(
    r"\b(?:took|waited|cold|loud|small(?:er)?|only|too|broken?|rude|dirty|nobody|no one|without"
    r"|tore"
    r"|lasts?|overpriced|expensive|noisy|stale|burnt|old|cracked|wait\w*|hours?)\b",
    re.I,
)


@form(
    "complaints",
    "What is the main complaint here: I bought these boots in May. They look great. But the sole"
    " came off after two weeks.",
    words="complaint complaints criticism criticisms pain problem problems issue issues complain"
    " complains complaining complained unhappy dissatisfied upset annoyed",
    about="what the given reviews complain about, in a sentence",
)
def tell_complaints(question: Question) -> str | None:
    wish = question.instruction
    if not question.material or question.language != "en" or question.is_terse:
        return None
    if (
        not (ASKS.search(wish) and WHAT.match(wish))
        or OTHER.search(wish)
        or wants("json", question)
    ):
        return None
    points = list_complaints(question.material)
    if not points:
        return None
    if LISTS.search(question.wish):
        return "\n".join(f"- {one[:1].upper()}{one[1:]}" for one in points)
    asked = ASKS.search(wish)
    noun = (asked["noun"] or "complaint").lower().rstrip("s") if asked else "complaint"
    if len(points) == 1:
        return f"The main {noun} is that {points[0]}."
    *before, last = [f"that {one}" for one in points[:MOST]]
    return f"The main {noun}s are {', '.join(before)} and {last}."


MOST = 4


def list_complaints(text: str) -> list[str]:
    """Return the clauses of a text about problems, as they stand after "that"."""
    items = list_marked(text) or text.split("\n")
    found = []
    for item in items:
        sentences = split_sentences(BEGINNING.sub("", item, count=1))
        parts = [part for one in sentences for part in TURN.split(one) if len(part.split()) > 2]
        found += [part for part in parts if is_bad(part)]
    return list(dict.fromkeys(map(write_clause, found)))


def is_bad(part: str) -> bool:
    is_trouble = TROUBLE.search(part) or BAD.search(part) or MORE_TROUBLE.search(part)
    return is_trouble is not None and not (GOOD.search(part) and not TROUBLE.search(part))


def write_clause(part: str) -> str:
    """Return a sentence of a customer in the third person, with a small letter."""
    plain = SALUTATION.sub("", part.strip(" \"'“”.!"))
    plain = LINK.sub("", plain.strip(" \"'“”.!,"))
    said = change_words(plain, THIRD_PERSON)
    if FRAGMENT.match(said):
        return f"it was {said[:1].lower()}{said[1:]}"
    is_name = said[:2].isupper() or said.split()[0][1:].lower() != said.split()[0][1:]
    return said if is_name else f"{said[:1].lower()}{said[1:]}"
