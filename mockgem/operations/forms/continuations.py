"""Follow-ups that continue the last reply: "two more please", "now add an email field"."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.earlier_turns import find_named
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.given_lists import list_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.value_generation import generate_from
from mockgem.operations.forms.writing import Writer

MORE = make_regex(
    rf"\b({NUMBER}|another)\s+(?:more|other|weitere|más|autres|altri|mais)\b|\b(another)\b(?: one)?"
    r"|\b(?:give me|add|some|tell me|a few) (more)\b|\bmore (?:please|of (?:them|those))",
    re.I,
)
MORE_ABOUT = make_regex(
    r"\b(?:more|something) (?:about|on) (?:the|that|this|it|number|item|option|#)", re.I
)
"""A wish for more about one of the items."""
ADD = make_regex(
    r"\b(?:add|include|append|füge|añade|agrega|ajoute|aggiungi|adicione)\b\s+(?:also |too |me )?"
    r"(?:another |a new |an? |the |two |some )?(?:fields? (?:for|called|named) |keys? "
    r"(?:called|named) )?",
    re.I,
)
REMOVE = make_regex(
    r"\b(?:remove|drop|delete|leave out|without)\b\s+(?:the )?[\"'`]?(\w{2,40})", re.I
)
ITEM_LINE = make_regex(r"^[ \t]*(?:([-*•])|(\d{1,3})([.)]))[ \t]+\S")
FENCE = make_regex(r"^```\w*\n(.*)\n```\s*$", re.S)
LAST_WORD = make_regex(
    r"_(?:field|key|property|attribute|column|too|as_well|to_it|please)s?\Z", re.I
)


def find_last_reply(question: Question) -> str:
    return next((text for role, text in reversed(question.earlier) if role != "user"), "")


@form("more items", about='more items like those of the last reply: "two more please"')
def write_more(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120 or question.material:
        return None
    match = MORE.search(question.prompt) if not MORE_ABOUT.search(question.prompt) else None
    lines = [
        found for found in map(ITEM_LINE.match, find_last_reply(question).splitlines()) if found
    ]
    if match is None or len(lines) < 2:
        return None
    if find_named(question.prompt, [one.string[one.end() - 1 :] for one in lines]):
        return None
    count = parse_count(match[1], 30) if match[1] and match[1].lower() != "another" else 0
    count = count or (1 if "another" in match[0].lower() else 3)
    last, writer = lines[-1], Writer(question)
    marks = (
        [last[1]] * count
        if last[1]
        else [f"{int(last[2]) + at}{last[3]}" for at in range(1, count + 1)]
    )
    items = [writer.write_item() for _ in marks]
    mine = [text for role, text in question.earlier if role == "user" and text.strip()]
    if mine:
        wish = Question(COUNT.sub(str(len(lines) + count), mine[-1], count=1), question.random)
        taken = find_last_reply(question)
        fresh = [one for one in list_things(wish, len(lines) + count) if one not in taken]
        items = fresh[:count] if len(fresh) >= count else items
    return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))


COUNT = make_regex(r"\b\d{1,2}\b")


@form("changed JSON", about='the JSON of the last reply with another field: "add an email field"')
def change_object(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 300 or question.material:
        return None
    reply = find_last_reply(question).strip()
    fenced = FENCE.match(reply)
    try:
        value = json.loads(fenced[1] if fenced else reply)
    except (ValueError, RecursionError):
        return None
    changed = change_value(value, question)
    if changed is None:
        return None
    text = json.dumps(changed, indent=2, ensure_ascii=False)
    return f"```json\n{text}\n```" if fenced else text


def change_value(value: Any, question: Question) -> Any:
    """Return a value with the fields that the prompt adds, without those that it removes."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [changed for item in value if (changed := change_value(item, question))] or None
    if not isinstance(value, dict):
        return None
    if match := REMOVE.search(question.prompt):
        kept = {name: item for name, item in value.items() if name.lower() != match[1].lower()}
        return kept if len(kept) < len(value) else None
    match = ADD.search(question.prompt)
    fields = read_items(question.prompt, match.end()) if match else []
    if not fields:
        return None
    named = {LAST_WORD.sub("", name): schema for name, schema in fields}
    return value | {name: generate_from(schema, question, name) for name, schema in named.items()}
