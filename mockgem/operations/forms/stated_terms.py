"""The value that stands after its name in a text: "The monthly rent is £1,450"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKED = make_regex(
    r"\b(?:what|which|how much|how high)(?:['’]s| is| was| are| were)? (?:the|our|their|its|his"
    r"|her) ([a-z][\w'-]*(?: [a-z][\w'-]*){0,3})\?\W*\Z",
    re.I,
)
VALUE = (
    r"(?: \w+){0,2}? (?:is|was|are|were|amounts to|will be|shall be|equals)(?: set at| fixed at)? "
    r"(?P<value>[^\n;]{1,60}?)(?=,\s|[;\n]|\.(?:\s|\Z)|\Z)"
)
MAX_TEXT = 8_000


@form(
    "value after its name",
    "Answer only with the value.\n\nDocument: The lease starts in May. The monthly rent is £1,450,"
    " payable in advance.\n\nWhat is the monthly rent?",
    words="what which how",
    about="the value that a text states right after the words of the question",
)
def find_stated_term(question: Question) -> str | None:
    if not question.material or not question.is_terse:
        return None
    match = ASKED.search(question.prompt[-300:])
    if match is None:
        return None
    pattern = re.compile(rf"\b{re.escape(match[1])}{VALUE}", re.I)
    found = pattern.search(question.material[:MAX_TEXT])
    return found["value"].strip() if found else None
