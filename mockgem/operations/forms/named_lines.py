"""Several named values of a given text, a line for each: "give me invoice number, due date,
total"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.marked_fields import read_elements
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quoted_material import EdgeText
from mockgem.operations.forms.registry import form

NAME = r"(?!and\b|or\b|json\b)[a-z][a-z-]{1,16}(?: (?!and\b|or\b|from\b)[a-z-]{2,16}){0,2}"
ASKS = make_regex(
    r"\A\W*(?:(?:from|in) (?:this|the) [a-z]+,? )?(?:please )?(?:give me|get(?: me)?|extract"
    rf"|pull out|find|tell me|i need|what are) (?:only |just )?(?:the )?(?P<names>{NAME}(?:, "
    rf"(?:the )?{NAME}){{1,6}}(?:,? (?:and|&) (?:the )?{NAME})?"
    rf"|{NAME} and (?:the )?{NAME})(?: (?:from|in|of|out of) (?:this"
    r"|the)(?: [a-z]+){1,3})?\s?[:.]?\s*\n\s*(?P<text>\S[\s\S]{30,6000})\Z",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:json|csv|xml|yaml|table|list of|sentences?|summary|action items|names of|ideas|tips"
    r"|pros)\b",
    re.I,
)


@form(
    "named values of a text",
    "From this invoice give me invoice number, due date, total:\n\nINVOICE #2024-0187\nIssued: 02"
    " Sept 2024   Due: 02 Oct 2024\nTotal due: 1,380.00 EUR",
    words="give get extract pull find tell need what",
    about="a line for each value that the prompt names, from the given text",
)
def write_named_lines(question: Question) -> str | None:
    match = ASKS.match(question.prompt) if question.language == "en" else None
    if match is None or OTHER_WISH.search(question.prompt[: match.start("text")]):
        return None
    names = [one.strip() for one in SPLIT.split(match["names"]) if one.strip()]
    if len(names) < 2 or len(match["text"].split()) < 5:
        return None
    inner = question.restate(question.prompt, "")
    inner.parts = EdgeText(match["names"], match["text"])
    found = read_elements([name.replace(" ", "_") for name in names], inner)
    if len(found) < len(names) / 2:
        return None
    lines = ((name, found.get(name.replace(" ", "_"))) for name in names)
    return "\n".join(f"{name[:1].upper()}{name[1:]}: {value or '-'}" for name, value in lines)


SPLIT = make_regex(r",? (?:and|&) (?:the )?|, (?:the )?")
