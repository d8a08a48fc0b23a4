"""Follow-ups that continue the last reply: "two more please"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.given_lists import list_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_items import find_named
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.writing import Writer

MORE = make_regex(
    rf"\b({NUMBER}|another)\s+(?:more|other|weitere|más|autres|altri|mais)\b|\b(another)\b(?: one)?"
    r"|\b(?:give me|add|some|tell me|a few) (more)\b|\bmore (?:please|of (?:them|those))"
    r"|\A\W*(?:(?:ok|okay|and|nice|great|cool|thanks)[,! ]+)?(?:(?:any|some|a few|give me|can i get"
    r"|show me) )?(?:more|others)(?: (?:ideas?|please|pls|of these))?\W*\Z",
    re.I,
)
ONE_OF_THEM = make_regex(
    r"\b(?:first|second|third|fourth|fifth|last) one\b|\b(?:step|point|number|item|tip) \d", re.I
)
MORE_ABOUT = make_regex(
    r"\b(?:more|something) (?:about|on) (?:the|that|this|it|number|item|option|#)", re.I
)
"""A wish for more about one of the items."""
ITEM_LINE = make_regex(r"^[ \t]*(?:([-*•])|(\d{1,3})([.)]))[ \t]+\S")


def find_last_reply(question: Question) -> str:
    return next((text for role, text in reversed(question.earlier) if role != "user"), "")


@form(
    "more items",
    needs="earlier",
    about='more items like those of the last reply: "two more please"',
)
def write_more(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120 or question.material:
        return None
    is_about_one = MORE_ABOUT.search(question.prompt) or ONE_OF_THEM.search(question.prompt)
    match = None if is_about_one else MORE.search(question.prompt)
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
        taken = find_last_reply(question)
        listed = list_again(mine[-1], len(lines) + count, question)
        fresh = [one for one in listed if one not in taken]
        items = fresh[:count] if len(fresh) >= count else items
    return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))


def list_again(wish: str, count: int, question: Question) -> list[str]:
    """Return what an earlier wish for a list gets, with another count."""
    asked, found = COUNT.subn(str(count), wish, count=1)
    asked = asked if found else f"Give me {count} {wish}"
    known = list_things(Question(asked, question.random), count) if found else []
    formed = None if known else find_reply(Question(asked, question.random))
    return known or (list_marked(formed.text) if formed else [])


COUNT = make_regex(r"\b\d{1,2}\b")
