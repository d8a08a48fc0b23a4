"""Parts of a given text for fields: a caller, a place, the ends of a span, parts of a name."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_kinds import TROUBLE
from mockgem.operations.forms.code_earlier import find_given as find_code
from mockgem.operations.forms.code_titles import TITLES as TITLES_OF
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_lookup import find_every
from mockgem.operations.generators.hints import to_iso_date

COMPLAINT = make_regex(
    r"\b(?:keeps|won't|can't|cannot|doesn't|not|slow|broken|down|lost|missing|error|problem"
    r"|fails?)\b"
)
NAME_PARTS = {
    "first": 0,
    "first_name": 0,
    "last": -1,
    "last_name": -1,
    "middle": None,
    "middle_name": None,
}
WHOLE_NAME = make_regex(r"[A-ZÀ-Þ][\w.'-]+(?: [A-ZÀ-Þ][\w.'-]*){2,3}")
NATIONALITY = make_regex(
    r"\b(?:is|are|was|an?|the) ((?:[A-Z][a-z]{1,20}(?:ish|ian|ese|ean|can|lan|man))|French|Dutch"
    r"|Greek"
    r"|Thai|Czech)\b"
)
PLACES = frozenset("place location venue room where".split())
IN_ROOM = make_regex(
    r"\b(?:in|at) (?:the )?((?:[a-z]{1,20} ){0,3}(?:room|office|hall|café|cafe|restaurant|library"
    r"|park"
    r"|station|building|lobby|canteen))\b(?! [A-Z\d])"
)
CALLERS = frozenset("customer caller client user customer_name caller_name".split())
CALLER = make_regex(r"\b(?:[Tt]his is|[Mm]y name is|I'm|I am) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b")
SOLUTION = make_regex(
    r"\b(?:please|should|try|update|restart|replace|reset|install|will send)\b", re.I
)
NEXT = make_regex(r"^(?:next_step|recommended_action|suggested_action|next_action)$", re.I)
SPANS = {"start": 0, "start_date": 0, "from": 0, "end": -1, "end_date": -1, "to": -1}
PROGRAM = make_regex(r"\b(?:programming|coding) language\b", re.I)


def find_text_part(name: str, given: str, question: Question) -> str | None:
    """Return a part of a name, an end of a span of days, or the language of a program."""
    if name in NAME_PARTS and WHOLE_NAME.fullmatch(given.strip(" .")):
        words = given.strip(" .").split()
        place = NAME_PARTS[name]
        return " ".join(words[1:-1]) if place is None else words[place]
    if name == "nationality" and (match := NATIONALITY.search(given)):
        return match[1]
    if name in PLACES and (match := IN_ROOM.search(given)):
        return match[1]
    if name in CALLERS and (match := CALLER.search(given)):
        return match[1]
    if name in ("problem", "issue") and "Customer:" in given:
        return find_sentence(COMPLAINT, given) or find_sentence(TROUBLE, given)
    if name in ("solution", "resolution") and (found := find_sentence(SOLUTION, given)):
        return found
    if NEXT.match(name):
        return "Contact the customer and look into the problem."
    if name in SPANS:
        days = [to_iso_date(one) or one for one in find_every("date", given)]
        return days[SPANS[name]] if len(days) == len(("start", "end")) else None
    if name in ("language", "programming_language") and PROGRAM.search(question.wish):
        code = find_code(question)
        return TITLES_OF.get(code.language, code.language.capitalize()) if code else None
    return None


def find_sentence(sign: re.Pattern[str], given: str) -> str | None:
    """Return the first sentence of the text that has a sign, without its speaker."""
    parts = re.split(r"\b(?:Agent|Customer|Support|User|Caller): ", given)
    sentences = [one for part in parts for one in split_sentences(part)]
    return next((one.strip() for one in sentences if sign.search(one)), None)
