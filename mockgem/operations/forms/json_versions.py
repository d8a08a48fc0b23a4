"""Versions of a question as a JSON list."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import fence, wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.variations import (
    QUERIES,
    VERSIONS,
    find_subject,
    vary,
    write_queries,
)

OTHER_PROGRAM = make_regex(
    r"(?i)\b(?:sql|function|script|regex|app|logo|table|keys?|fields?|object)\b"
)


@form(
    "versions as JSON",
    "Generate three different versions of the user question. Return the versions as a JSON list of"
    " strings.\n\nOriginal question: How do I cancel my gym membership early?",
    words="json",
    about="a JSON list of versions of the given question",
)
def write_json_versions(question: Question) -> str | None:
    said = question.layout
    if not wants("json", question) or OTHER_PROGRAM.search(said):
        return None
    if QUERIES_OF_SYSTEM.search(question.system) and len(question.prompt) < MOST:
        return write_queries_as_json(question)
    match = None if QUERIES.search(said) else VERSIONS.search(said)
    text = find_subject(question) if match else ""
    if match is None or not text:
        return None
    count = parse_count(match[1], 20) if match[1] else 3
    lines = vary(text, count, question.written_language)
    outer = OUTER.search(question.whole)
    value = {outer[1]: lines} if outer else lines
    return fence(json.dumps(value, indent=2, ensure_ascii=False), "json", question)


QUERIES_OF_SYSTEM = make_regex(
    r"\b(?:generate|write|create|produce|return|output)\b[^.\n]{0,40}\b(?:search|web|google"
    r"|retrieval) (?:queries|terms)\b"
    r"|\b(?:different|separate) search query\b",
    re.I,
)
"""A system instruction for search queries about each question."""
COUNTED = make_regex(rf"\b({NUMBER}) (?:\w+ )?(?:strings|queries|search queries|items)\b", re.I)
MOST = 400


def write_queries_as_json(question: Question) -> str:
    """Return search queries about the question that the message is, as a JSON list."""
    counted = COUNTED.search(question.system)
    count = parse_count(counted[1], 20) if counted else 3
    lines = write_queries(question.topic, "queries", count)
    outer = OUTER.search(question.system)
    value = {outer[1]: lines} if outer else lines
    return fence(json.dumps(value, indent=2, ensure_ascii=False), "json", question)


OUTER = make_regex(r"\{\s*[\"'](\w+)[\"']\s*:\s*\[")
