"""The events of a given text in the order of their years: "Extract the timeline"."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:timeline|chronology|chronological (?:list|order)|sequence of events|key dates|events)\b",
    re.I,
)
TAKES = make_regex(
    r"\b(?:extract|create|make|build|list|write|give|turn|convert|summari[sz]e|pull out|get)\b",
    re.I,
)
YEAR = make_regex(r"(?<![\d$€£.,-])(?:1[0-9]|20)\d\d(?![\d%])(?!,\d)")
CLAUSE = make_regex(r"(?<=[.!?;])\s+|,? and (?=in \d{4})|,? (?:but|then) (?=in \d{4})", re.I)
IN_YEAR = make_regex(
    r",? ?(?:\b(?:in|since|from|by|during|on|until)\b )?(?:[A-Z][a-z]+ )?\b(\d{4})\b,? ?"
)
LEAST = 2


@form(
    "timeline of a text",
    "Extract the timeline from the text as a bulleted list.\n\nBorn in 1954 in Turin, Carla Venti"
    " moved to"
    " Lyon in 1961. She published her first novel in 1978.",
    words="timeline chronology chronological sequence dates events",
    about="a line for each year of the given text, the earliest first",
)
def write_timeline(question: Question) -> str | None:
    wish = question.instruction
    if not question.material or not WISH.search(wish) or not TAKES.search(wish):
        return None
    if any(wants(kind, question) for kind in ("json", "csv", "xml", "yaml")) or "table" in wish:
        return None
    events = list_events(question.material[:8000])
    if len(events) < LEAST:
        return None
    mark = "" if "\n" in wish and "- YYYY" not in wish else "- "
    return "\n".join(f"{mark}{year}: {event}" for year, event in sorted(events))


def list_events(text: str) -> list[tuple[str, str]]:
    """Return the year and the rest of each clause that names one."""
    clauses = CLAUSE.split(" ".join(text.split()))
    return [event for clause in clauses for event in split_years(clause)]


def split_years(clause: str) -> list[tuple[str, str]]:
    """Return the parts of a clause with a year each: "Born in 1954, she moved in 1961"."""
    years = YEAR.findall(clause)
    pieces = re.split(r"(?<=\d{4}),\s|,\s(?=\D{0,80}\d{4})", clause) if len(years) > 1 else [clause]
    found: list[tuple[str, str]] = []
    lead = ""
    for piece in pieces:
        match = YEAR.search(piece)
        if match is None:
            lead = f"{lead}{piece}, "
            continue
        event = IN_YEAR.sub(" ", f"{lead}{piece}", count=1).strip(" ,.;")
        lead = ""
        if event:
            found.append((match[0], f"{event[:1].upper()}{' '.join(event[1:].split())}"))
    return found
