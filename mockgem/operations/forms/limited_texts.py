"""Several texts, each with a limit of characters: a title and a description for a page."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

LIMITED = make_regex(
    r"((?:[A-Za-z]+ ){0,2}[A-Za-z]+) \((?:(?:max(?:imum)?|up to|under|at most|no more than)\.? ?)?"
    r"(\d{2,4}) (?:characters?|chars?)(?: max\w*)?\)",
    re.I,
)
NOT_LABEL = make_regex(r"^(?:(?:write|create|generate|give|me|and|an?|the|with|one|plus)\s)+", re.I)


@form(
    "texts with limits",
    "Write a headline (max 30 characters) and a description (max 90 characters) for an ad for tea.",
    words="characters character chars char",
    about="a labelled line for each text, with at most as many characters as the prompt allows",
)
def write_limited(question: Question) -> str | None:
    found = LIMITED.findall(question.instruction[:3000])
    if len(found) < 2 or re.search(r"\bjson\b", question.wish, re.I):
        return None
    writer = Writer(question)
    lines: list[str] = []
    for name, most in found[:9]:
        label = NOT_LABEL.sub("", name)
        text = f"{question.topic[:1].upper()}{question.topic[1:]}" if not lines else ""
        text = text or writer.write_sentence()
        short = text if len(text) <= int(most) else text[: int(most) - 1].rsplit(" ", 1)[0] + "…"
        lines.append(f"{label[:1].upper()}{label[1:]}: {short}")
    return "\n".join(lines)
