"""One line whose parts stand between bars, as the prompt shows it: "PRIORITY | reason"."""

from __future__ import annotations

import re

from mockgem.operations.forms.choices import choose_option, find_cached_options
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.item_limits import shorten_item
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.value_generation import generate_named

SHAPE = make_regex(
    r"\b(?:format|form|like this|as"
    r"|template)\b[^:\n]{0,40}:\s*[\"'`“]?(?P<cells><?[A-Za-z][\w -]{1,24}>?(?: \| <?"
    r"[A-Za-z][\w -]{1,24}>?){1,5})[\"'`”]?\s*(?:\n|\.|\Z)",
    re.I,
)
SINGLE = make_regex(r"\b(?:one|a single|1) line\b|\bone-line", re.I)
MEANT = r"\b{name}\b (?:is|must be|should be|can be|:|=|one of)[^.\n]{{2,160}}"
REASON = make_regex(r"reason|explanation|rationale|why|summary|note|comment|description", re.I)
MOST_WORDS = 15


@form(
    "line between bars",
    "Triage the report.\n\nOutput format (one line):\nPRIORITY "
    "| reason\n\nwhere PRIORITY is LOW, MEDIUM"
    " or HIGH.\n\nReport: The page crashes for every customer.",
    words="format form template line",
    about="the parts that the prompt shows, between bars in one line",
)
def write_piped_line(question: Question) -> str | None:
    if "|" not in question.wish or not SINGLE.search(question.wish) or wants("table", question):
        return None
    match = SHAPE.search(question.wish)
    if match is None:
        return None
    cells = [one.strip(" <>") for one in match["cells"].split("|")]
    return " | ".join(fill_cell(cell, question) for cell in cells)


def fill_cell(name: str, question: Question) -> str:
    """Return a choice that the prompt lists for a part, the first words of the text, or a value."""
    meant = re.search(MEANT.format(name=re.escape(name)), question.wish, re.I)
    found = find_cached_options(meant[0]) if meant else None
    if found is not None:
        return choose_option(found, question.material or question.prompt, question)
    if REASON.search(name):
        given = question.material or question.prompt
        return shorten_item(split_sentences(given)[0].split(), MOST_WORDS)
    return generate_named(name, "", question).replace("\n", " ")
