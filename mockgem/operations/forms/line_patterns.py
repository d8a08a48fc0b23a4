"""Lines in a pattern that a prompt shows for each of several things: "- [owner] task
(deadline)"."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.forms.value_kinds import DAY
from mockgem.operations.forms.writing import Writer

HOLE = r"(?:\[[\w /-]{2,30}\]|<[\w /-]{2,30}>|\{[\w /-]{2,30}\}|\((?!s\))[a-z][a-z /-]{2,24}\))"
EACH_LINE = make_regex(
    r"\b(?:for each|each|every|one (?:\w+ )?per line|format(?:ted)? (?:each|every|as|like)"
    r"|per (?:item|line|entry|task|person)|as a list of|lines? "
    r"like)\b[^:\n]{0,60}[:：]?\s{0,3}[\"'`]?((?:(?:[-*•]|\d[.)]) )?(?:[\w /-]{0,24}[:"
    rf"|–—-]? ?)?{HOLE}[^\n\"`]{{0,100}})",
    re.I,
)
HOLES = make_regex(
    rf"{HOLE}|\b(?:task|action|item|text|description|summary|sentence|title)\b(?=\s?[(\[<{{"
    rf"|:–—-]|\s*\Z)",
    re.I,
)
DATA = make_regex(r"\b(?:json|xml|csv|yaml|table|code|function)\b", re.I)
OWNERS = make_regex(r"\b(?:owner|assignee|who|person|name|responsible|speaker|author)\b", re.I)
DATES = make_regex(r"\b(?:deadline|due|date|when|day|by)\b", re.I)
TEXTS = make_regex(
    r"\b(?:task|action|item|text|description|summary|sentence|title|what|todo|to-do)\b", re.I
)


@form(
    "lines in a pattern",
    "Extract the action items. For each one: - [owner] task (deadline)\n\nNotes: Sam will update "
    "the wiki by Monday. Lea calls the vendor tomorrow.",
    words="each every per format formatted lines line list",
    about="a line for each thing, in the pattern that the prompt shows",
)
def write_pattern_lines(question: Question) -> str | None:
    if tuples := write_tuples(question):
        return tuples
    match = EACH_LINE.search(question.instruction)
    if match is None or DATA.search(question.instruction) or match[1].count("\n"):
        return None
    pattern = match[1].strip(" '\"`.")
    if len(HOLES.findall(pattern)) < 2:
        return None
    writer = Writer(question)
    facts = [one.rstrip(".") for one in split_sentences(question.material)[:30]]
    facts = [one for one in facts if not one.endswith("?")]
    count = find_count(question, 0) or len(facts) or 3
    texts = facts[:count] or [writer.write_item() for _ in range(count)]
    return "\n".join(fill_pattern_line(pattern, text, question) for text in texts)


TUPLE = make_regex(r"[(<]\s?([a-z]{3,16}(?:[,;|] ?[a-z]{3,16}){1,4})\s?[)>]", re.I)
TRIPLE = make_regex(r"\btriples?\b|\bsubject\b[^.\n]{0,20}\b(?:verb|predicate|relation)\b", re.I)
CLAUSE = make_regex(
    r"([A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,3}|(?:The|An?) \w+) ([a-z]+(?:ed|s|d)?) (.+)"
)


def write_tuples(question: Question) -> str | None:
    """Return a line such as "(Curie, discovered, polonium)" for each clause of the given text."""
    shape = TUPLE.search(question.instruction) if TRIPLE.search(question.instruction) else None
    if shape is None or not question.material or DATA.search(question.instruction):
        return None
    clauses = [
        found
        for sentence in split_sentences(question.material)[:20]
        for part in re.split(r",? and (?=[A-ZÀ-Þ])|; ", sentence.rstrip("."))
        if (found := CLAUSE.match(part.strip()))
    ]
    count = len(re.split(r"[,;|]", shape[1]))
    mark = (re.findall(r"[,;|] ?", shape[1]) or [", "])[0]
    rows = [list(clause.groups())[:count] for clause in clauses]
    return "\n".join(f"{shape[0][0]}{mark.join(row)}{shape[0][-1]}" for row in rows) or None


def fill_pattern_line(pattern: str, text: str, question: Question) -> str:
    """Return the pattern with the words of one sentence in its places."""
    return HOLES.sub(lambda hole: fill_place(hole[0], text, question), pattern)


def fill_place(place: str, text: str, question: Question) -> str:
    name = place.strip("[]<>{}()")
    names, day = list_names(text), DAY.search(text)
    if OWNERS.search(name) and names:
        value = names[0]
    elif DATES.search(name):
        value = day[0] if day else "no date"
    elif TEXTS.search(name):
        value = text
    else:
        value = generate_named(name, "", Question(text, question.random)).replace("\n", " ")
    return f"{place[0]}{value}{place[-1]}" if place[0] in "[(" else value
