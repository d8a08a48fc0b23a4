"""Triples of a knowledge graph: subject, predicate and object of each sentence, as JSON."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.format_wishes import fence, wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences

NAMES = (
    ("subject", "predicate", "object"),
    ("subject", "relation", "object"),
    ("head", "relation", "tail"),
    ("source", "relation", "target"),
    ("source", "relationship", "target"),
    ("entity1", "relation", "entity2"),
)
"""The keys of usual triples."""
VERB = (
    r"(?:was|is|are|were|has|have|had|will be|became|becomes|can)"
    r"(?: (?:\w+ed|\w+en|born|made|built|known|part|led|the|an?|located|based)\b)?"
    r"(?: (?:in|by|of|at|on|for|to|as|from|with))?"
    r"|(?!(?:united|red|sacred)\b)[a-z]+(?:ed|es)(?: (?:in|by|at|for|to|from|with|on|as))?"
    r"|(?:won|wrote|made|built|led|met|began|left|took|gave|sold|bought|founded|lives?|works?"
    r"|owns?|runs?|makes?"
    r"|plays?|leads?|costs?|contains?|produces?|includes?|uses?)(?: (?:in|by|at|for|to|from|with"
    r"|on|as))?"
)
STATED = make_regex(
    rf"\A(?P<subject>(?:The |An? )?[^\W\d_][\w'’.& -]{{0,60}}?) (?P<verb>{VERB}) (?P<object>[^,;]+)"
)
ENDS = make_regex(
    r" (?:in \d{4}|together with|and (?:she|he|it|they)|because|when|while|which|who|where)\b"
)
PRONOUN = make_regex(r"(?:he|she|it|they|this|the company)\Z", re.I)
TOGETHER = make_regex(r"\b(?:together )?with ([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})")
YEAR = make_regex(r"\bin (\d{4})\b")
MAX_TEXT = 6_000


@form(
    "triples",
    "Return a JSON array of triples with subject, predicate, object.\n\nText: Ada Lind was born in"
    " Oslo. She founded Lind Robotics in 2012.",
    words="triples triple knowledge graph relations relationships predicate",
    about="what each sentence of the text says, as JSON with a subject, a predicate and an object",
)
def list_triples(question: Question) -> str | None:
    lower = question.lower
    names = next((one for one in NAMES if all(name in lower for name in one)), None)
    text = question.material or (question.prompt if question.stated_system else "")
    if names is None or not text or not wants("json", question):
        return None
    found = read_triples(text[:MAX_TEXT])
    rows = [dict(zip(names, triple, strict=True)) for triple in found]
    if not rows:
        return None
    if AS_ARRAYS.search(question.whole):
        return fence(json.dumps(found, indent=2, ensure_ascii=False), "json", question)
    outer = OUTER.search(question.whole)
    value = {outer[1]: rows} if outer else rows
    return fence(json.dumps(value, indent=2, ensure_ascii=False), "json", question)


AS_ARRAYS = make_regex(
    r"\barrays? of (?:\w+ )?(?:arrays|lists)\b|\[[\"'<]?(?:subject|head|source"
    r"|entity1)[\"'>]?, ?[\"'<]?"
    r"(?:predicate|relation)"
    r"|\beach (?:one |being |is |as )?(?:an? )?(?:array|list) (?:of|with)\b",
    re.I,
)
"""Triples as lists: "a JSON array of arrays [subject, predicate, object]"."""
OUTER = make_regex(r"[\"'](triples|relations|relationships|edges|facts)[\"']\s*:\s*\[")


def read_triples(text: str) -> list[tuple[str, str, str]]:
    """Return the subject, the predicate and the object of each sentence that has them."""
    found: list[tuple[str, str, str]] = []
    last = ""
    for sentence in split_sentences(text):
        match = STATED.match(sentence.strip(" .!"))
        if match is None:
            continue
        subject = match["subject"]
        subject = last if PRONOUN.match(subject) and last else subject
        last = subject
        thing = ENDS.split(match["object"])[0].strip(" .")
        found.append((subject, match["verb"].strip(), thing))
        if year := YEAR.search(match["object"]):
            found.append((thing, "year", year[1]))
        if partner := TOGETHER.search(match["object"]):
            found.append((subject, "together with", partner[1]))
    return found
