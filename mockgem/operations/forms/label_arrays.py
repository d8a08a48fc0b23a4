"""Labels of several texts as a JSON array, in their order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from mockgem.operations.forms.choices import EACH, choose_option, find_cached_options
from mockgem.operations.forms.format_wishes import fence, wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

ARRAY = make_regex(
    r"\b(?:array|list) of (?:the )?(?:labels|categories|strings|tags|sentiments|classes)\b"
    r"|\bjson (?:array|list)\b",
    re.I,
)
OTHER = make_regex(r"\bobjects?\b|\bwith (?:the )?(?:keys|fields)\b|\{", re.I)
LEAST = 2


def shares(items: list[str], labels: Iterable[str]) -> bool:
    """Return whether a listed text is a label: then the list is that of the labels."""
    names = {label.strip(" .!\"'").lower() for label in labels}
    return any(item.strip(" .!\"'").lower() in names for item in items)


@form(
    "labels as JSON",
    'Label each comment as "bug" or "question". Return a JSON array of labels.\n\n1. It crashes.'
    "\n2. How do I export my data?",
    words="json",
    about="a JSON array with the label of each text",
)
def write_label_array(question: Question) -> str | None:
    wish = question.instruction
    if not wants("json", question) or not ARRAY.search(wish):
        return None
    if OTHER.search(wish):
        return write_labelled_rows(question)
    found = find_cached_options(wish) if EACH.search(wish) else None
    items = list_marked(question.prompt)
    if found is None or len(items) < LEAST:
        return None
    if any(" " in value for value in found.values) or shares(items, found.values):
        return None
    labels = [choose_option(found, item, question) for item in items[:60]]
    return fence(json.dumps(labels, indent=2, ensure_ascii=False), "json", question)


NAMED_LINE = make_regex(
    r"^[ \t]*(?:\(|\[|#)?(?P<id>[A-Za-z]{0,3}-?\d{1,6})[\])]?[:.)|-]\s+(?P<text>\S[^\n]{2,600})$",
    re.M,
)
PAIR_KEYS = make_regex(
    r"\b(?:keys|fields|properties|with)\b[^.\n]{0,20}?[\"'`“]?(?P<id>id|number|index|nr"
    r"|key)[\"'`”]?,? (?:and|&)"
    r" [\"'`“]?(?P<label>label|category|class|sentiment|intent|tag|type|topic)[\"'`”]?",
    re.I,
)


def write_labelled_rows(question: Question) -> str | None:
    """Return an object with the number and the label of each numbered text; None for others."""
    wish = question.instruction
    keys = PAIR_KEYS.search(wish)
    lines = [
        (match["id"], match["text"]) for match in NAMED_LINE.finditer(question.prompt[:20_000])
    ]
    asked = wish.replace(keys[0], " ") if keys else ""
    found = find_cached_options(asked) if keys and EACH.search(wish) else None
    if (
        keys is None
        or found is None
        or len(lines) < LEAST
        or shares([t for _, t in lines], found.values)
    ):
        return None
    rows = [
        {
            keys["id"]: int(name) if name.isdigit() else name,
            keys["label"]: choose_option(found, text, question),
        }
        for name, text in lines[:200]
    ]
    return fence(json.dumps(rows, indent=2, ensure_ascii=False), "json", question)
