"""Options that a sentence names as a set: "Topics include sport, health and science."."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_values import OR, Options, make

NOUNS = (
    r"(?:topic|tone|categor(?:y|ie)|label|class(?:e)?|candidate|genre|emotion|mood|intent|option"
    r"|type"
    r"|tag|sentiment|department|kind|level|style|choice|priorit(?:y|ie)|answer|verdict|rating"
    r"|stance"
    r"|relation|status(?:e)?|severit(?:y|ie)|outcome|feeling|attitude|polarit(?:y|ie)|domain|field"
    r"|section|team|route|queue|tool|action|language|subject|theme|industr(?:y|ie))s?"
)
SET = make_regex(
    rf"\b{NOUNS}(?: [a-z]+){{0,4}}? (?:includes?|are|is|can(?: only)? be|may be|could be|must be"
    r"|should be|has to be|have to be|could include|may include)(?: as follows)?"
    r"(?: (?:any|one|either)(?: of)?)?(?: the following)?(?: [a-z]+)?\s?[:：]?\s+"
    r"(?P<list>[^.\n:?!]{3,400})(?=[.\n?!]|\Z)",
    re.I,
)
FROM_SET = make_regex(
    rf"\b(?:one of|among|from|between|into(?: one of)?)(?: the| these)?(?: following| possible|"
    rf" given)?"
    rf" {NOUNS}\s?[:：]\s?(?P<list>[^.\n:?!]{{3,400}})(?=[.\n?!]|\Z)",
    re.I,
)
NUMBERED = make_regex(r"(?:^|[\s;,])\(?(\d{1,2}|[a-h])[).]\s?")
SEPARATOR = re.compile(rf"\s*[,;、]\s*(?:{OR}\s)?|\s+(?:or|and)\s+(?=[^,;]{{1,40}}\Z)|\s?[/|]\s?")
NOT_A_SET = make_regex(
    r"\b(?:that|which|who|because|you|it|this|when|if|not|a|the|very|in|on|with)\b", re.I
)


def find_named_set(text: str) -> Options | None:
    """Return the options of a sentence that says what the labels are."""
    for pattern in (FROM_SET, SET):
        for match in pattern.finditer(text[:3000]):
            if found := read_set(match["list"], match.span("list")):
                return found
    return None


def find_numbered_set(text: str) -> Options | None:
    """Return the numbers of "Intents are: 1) order; 2) delivery; 3) return"."""
    if not any(mark in text for mark in ("1)", "1.", "a)")):
        return None
    found = find_named_set(text)
    return found if found and any(found.descriptions) else None


def read_set(listed: str, span: tuple[int, int]) -> Options | None:
    """Return the items of a list in one sentence; None if it is no list of short names."""
    if len(marks := NUMBERED.findall(listed)) > 1:
        items = [one.strip(" ,;") for one in NUMBERED.split(listed)[2::2]]
        known = all(0 < len(item.split()) < LONG for item in items)
        return Options(tuple(marks), tuple(items), span) if known else None
    items = [item.strip(" \"'“”‘’`[]()") for item in SEPARATOR.split(listed.strip())]
    if len(items) < MIN or not all(0 < len(item.split()) < SHORT for item in items):
        return None
    if any(NOT_A_SET.search(item) for item in items):
        return None
    return make(items, span)


MIN = 3
"""Items of a list that nothing but a noun names as options."""
SHORT = 4
LONG = 9
