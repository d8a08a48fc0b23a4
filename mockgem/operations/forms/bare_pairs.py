"""Names with their values in one line as JSON: "turn this into json: name Tom, age 41"."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.format_wishes import fence
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import parse_cell

ASKS = make_regex(
    r"\W*(?:please )?(?:(?:can|could) you )?(?:turn|convert|make|put|format|write"
    r"|change)\b[^:\n]{0,40}"
    r"\bjson(?: object| format)?(?: please| pls)?:\s*(?P<text>[^\n]{8,400})\Z",
    re.I,
)
PAIR = make_regex(r"([A-Za-z][\w-]{1,20}) ([^\s,:=;{}\[\]][^,:=;{}\[\]]{0,60})")


@form(
    "pairs as JSON",
    "turn this into json: name Tom, age 41, job plumber",
    words="json",
    about="an object with the names and values of a line",
)
def write_pairs(question: Question) -> str | None:
    match = ASKS.match(question.prompt.strip())
    pairs = read_pairs(match["text"]) if match else {}
    if not pairs:
        return None
    return fence(json.dumps(pairs, indent=2, ensure_ascii=False), "json", question)


def read_pairs(text: str) -> dict[str, Any]:
    """Return the values of a line by their names; empty if a part is no such pair."""
    parts = [part.strip(" .") for part in re.split(r",\s+(?:and\s+)?", text) if part.strip(" .")]
    found = [PAIR.fullmatch(part) for part in parts]
    if len(parts) < FEWEST or not all(found):
        return {}
    return {match[1]: parse_cell(match[2].strip()) for match in found if match}


FEWEST = 2
