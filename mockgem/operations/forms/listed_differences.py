"""Differences between two things as a list: "What are three differences between X and Y?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.compared_things import find_compared
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.table_comparisons import OTHER_CELLS, choose_criteria
from mockgem.operations.generators.known_answers import find_answer

ASKS = make_regex(r"\b(?:differences|(?:how|ways) [^.?\n]{0,40}\bdiffer)\b", re.I)
OTHER_LAYOUT = make_regex(r"\b(?:table|csv|essay|paragraphs?|json|xml|columns?|sentences?)\b", re.I)
COUNTED = make_regex(rf"\b({NUMBER}) (?:[a-z-]+ ){{0,2}}differences\b", re.I)
SENTENCE_END = make_regex(r"(?<=[.;])\s+")
MOST = 12


@form(
    "differences in a list",
    "What are three differences between Oslo and Bergen? Use bullets.",
    "List 4 differences between an oak and a birch.",
    words="differences differ",
    about="what each of two things is like, a line for each criterion",
)
def list_differences(question: Question) -> str | None:
    wish = question.instruction
    if question.language != "en" or question.material or not ASKS.search(wish):
        return None
    if wants("json", question) or OTHER_LAYOUT.search(wish):
        return None
    things = find_compared(wish)[:2]
    counted = COUNTED.search(wish)
    count = min(parse_count(counted[1], MOST), MOST) if counted else 0
    if len(things) < 2:
        return None
    known = tell_known(things)[: count or None]
    lines = [*known, *compare(things, (count or max(4, len(known))) - len(known))]
    is_numbered = NUMBERED.search(question.layout) and not BULLETS.search(question.layout)
    return "\n".join(
        f"{f'{at}.' if is_numbered else '-'} {line}" for at, line in enumerate(lines, 1)
    )


def tell_known(things: list[str]) -> list[str]:
    """Return the sentences about a well-known difference; nothing for others."""
    known = find_answer(f"What is the difference between {things[0]} and {things[1]}?")
    sentences = SENTENCE_END.split(known) if known else []
    return [f"{one[:1].upper()}{one[1:].rstrip('.;')}" for one in sentences if one[:5] != "Both "]


def compare(things: list[str], count: int) -> list[str]:
    """Return a line for each criterion: "**Size:** An oak is …"."""
    rows = [(name, *cells) for name, cells in choose_criteria(things).items()]
    rows += [(name, *OTHER_CELLS) for name in MORE]
    one, other = (f"{thing[:1].upper()}{thing[1:]}" for thing in things)
    return [
        f"**{row[0]}:** {one} – {row[1][:1].lower()}{row[1][1:]}; {other} – "
        f"{row[2][:1].lower()}{row[2][1:]}"
        for row in rows[: min(count, MOST)]
    ]


MORE = ("History", "Structure", "Variety", "Availability", "Reputation", "Rules")
