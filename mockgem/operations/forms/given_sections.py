"""Sections of a given text below the headings that a prompt names: each has its own facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.length_parts import list_given_facts
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import measure_coverage

CLAUSES = make_regex(r"(?<=[.!?])\s+|\s*(?:, but|; but|\bbut|, though|\bhowever,?)\s", re.I)
DRAWBACK = make_regex(
    r"\b(?:but|though|however|unfortunately|only|too|not|no|never|jams?|breaks?|bends?|slow|weak"
    r"|short|loud|heavy|expensive|difficult|poor|bad|missing|lacks?|broken?|stopped|failed|tore|cracked"
    r"|squeaks?|leaks?|dark|late|cold"
    r"|dirty|disappointing)\b|n['’]t\b",
    re.I,
)
GOOD_SIDE = make_regex(
    r"\b(?:pros|advantages|strengths|positives?|likes|vorteile|ventajas|avantages)\b", re.I
)
BAD_SIDE = make_regex(
    r"\b(?:cons|disadvantages|weaknesses|negatives?|dislikes|nachteile|desventajas"
    r"|inconvénients)\b",
    re.I,
)
KINDS = (
    (
        r"attend|participant|present|people|teilnehm",
        r"\b(?:present|attend\w*|joined|were)\b|: [A-Z]",
    ),
    (
        r"action|next step|to-?do|task|aufgaben",
        r"\b(?:will|needs? to|has to|should|must|by \w+day|I'll)\b",
    ),
    (r"decision|agreed|beschl", r"\b(?:decided|agreed|approved|chose|should)\b"),
    (r"question|open|issue|risk", r"\?|\b(?:not sure|unclear|open|whether|risk)\b"),
    (
        r"topic|summary|overview|background|discuss",
        r"\b(?:discuss\w*|talked|about|is|are|was|were)\b",
    ),
)
COMPILED = [(make_regex(head, re.I), make_regex(text, re.I)) for head, text in KINDS]


def split_sides(text: str) -> tuple[list[str], list[str]] | None:
    """Return what a review praises and what it complains about; None without both."""
    parts = [part.strip(" .,!") for part in CLAUSES.split(text) if len(part.split()) > 2]
    cons = [part for part in parts if DRAWBACK.search(part)]
    pros = [part for part in parts if part not in cons]
    return (pros, cons) if pros and cons else None


def divide_text(headings: Sequence[str], question: Question) -> list[list[str]]:
    """Return the facts of the given text for each heading; empty without a text."""
    facts = list_given_facts(question)
    if len(facts) < 2 or not headings:
        return []
    sides = split_sides(question.material)
    if (
        sides
        and len(headings) == 2
        and GOOD_SIDE.search(headings[0])
        and BAD_SIDE.search(headings[1])
    ):
        return list(sides)
    chosen = [[fact for fact in facts if fits(heading, fact)] for heading in headings]
    left = iter([fact for fact in facts if not any(fact in found for found in chosen)])
    return [found or [next(left, facts[-1])] for found in chosen]


def fits(heading: str, fact: str) -> bool:
    """Return whether a fact belongs below a heading: by its words or by its kind."""
    for names, kind in COMPILED:
        if names.search(heading):
            return kind.search(fact) is not None
    return measure_coverage(fact, fact, heading) >= 0.5
