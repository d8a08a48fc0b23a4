"""The named entities of a text in lines: "PERSON: Maria Lopez", "Siemens | ORG"."""

from __future__ import annotations

import re

from mockgem.operations.forms.entities import find_labels, label_kind, list_entities_with_kinds
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

LABEL = r"(?:type|label|category|tag|kind|entity[ _]type|class)"
TEXT = r"(?:text|entity(?: text)?|name|value|span|mention|word|token)"
MARK = r"\s?(?P<mark{0}>::?|\||->|=>|→|=|\t|-|–|\()\s?"
PATTERN = make_regex(
    rf"[<\[{{]?\b{LABEL}[>\]}}]?{MARK.format(1)}[<\[{{]?{TEXT}\b"
    rf"|[<\[{{]?\b{TEXT}[>\]}}]?{MARK.format(2)}[<\[{{]?{LABEL}\b",
    re.I,
)
ENTITIES = make_regex(r"\b(?:named )?entit(?:y|ies)\b|\bNER\b", re.I)
DATA = make_regex(r"\b(?:json|csv|xml|yaml|table)\b", re.I)


@form(
    "entity lines",
    "List the named entities, one per line, as TYPE: text.\n\nText: Maria Lopez left Siemens.",
    words="entity entities ner",
    about="a line for each name in the text, with its kind",
)
def write_entity_lines(question: Question) -> str | None:
    wish = question.wish
    if not question.material or not ENTITIES.search(wish) or DATA.search(wish):
        return None
    match = PATTERN.search(wish)
    if match is None:
        return None
    labels = find_labels(question, {})
    found = [
        (name, label)
        for name, kind in list_entities_with_kinds(question)
        if (label := label_kind(kind, labels))
    ]
    if not found:
        return None
    mark = match["mark1"] or match["mark2"]
    pairs = [(label, name) if match["mark1"] else (name, label) for name, label in found]
    return "\n".join(join_pair(one, two, mark) for one, two in pairs)


def join_pair(one: str, two: str, mark: str) -> str:
    if mark == "(":
        return f"{one} ({two})"
    return f"{one}{mark} {two}" if mark[0] == ":" else f"{one} {mark} {two}"
