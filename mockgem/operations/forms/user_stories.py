"""User stories: "As a reader, I want to reserve a book so that I don't have to wait."."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    rf"\b(?:({NUMBER}) )?(?:agile |short |simple )?user stor(?:y|ies)\b(?: (?:for|about|of"
    rf"|on) (?:an? |the"
    r" |our |my )?(?P<thing>[^.,:;\n\"]{2,50}?)(?= (?:in the|using|with|as|that)\b|[.,:;\n\"]"
    r"|\Z))?",
    re.I,
)
STORIES = (
    ("new user", "to create an account in a few steps", "I can start right away"),
    ("regular user", "to find what I need with a search", "I save time"),
    ("user", "to get a notification when something changes", "I don't miss anything"),
    ("administrator", "to see who did what", "I can answer questions of users"),
    ("user with a phone", "to use all functions on a small screen", "I don't need a computer"),
    ("user", "to change and delete my data", "I keep control of it"),
    ("manager", "to export reports", "I can share the figures with my team"),
    ("guest", "to look around without an account", "I can decide whether to sign up"),
)
KNOWN = {
    "library": (
        ("reader", "to search for books by title and author", "I find them quickly"),
        ("reader", "to reserve a book that is lent out", "I get it as soon as it is back"),
        ("member", "to renew a loan online", "I don't have to pay a fee"),
        ("librarian", "to see overdue loans", "I can send reminders"),
        ("parent", "to see which books suit my child's age", "I can choose without help"),
    ),
    "shop": (
        ("customer", "to filter products by price and size", "I find the right one"),
        ("customer", "to pay without an account", "I can finish my order quickly"),
        ("customer", "to follow my parcel", "I know when it arrives"),
        ("shop owner", "to see which products sell best", "I can order enough of them"),
    ),
    "bank": (
        ("customer", "to see my balance at a glance", "I know what I can spend"),
        ("customer", "to send money to a phone number", "I don't need an account number"),
        ("customer", "to block my card at once", "nobody can misuse it"),
        ("adviser", "to see a customer's questions in one place", "I can help faster"),
    ),
}
OTHER_WISH = make_regex(
    r"(?i)\b(?:what is|what are|explain|difference|split|estimate|rewrite|table)\b"
)


@form(
    "user stories",
    'Write 4 user stories for a library app in the form "As a <role>, I want <goal> so that'
    ' <benefit>."',
    words="user",
    about="as many user stories as the prompt wants, one per line",
)
def write_user_stories(question: Question) -> str | None:
    match = WISH.search(question.instruction[:600]) if question.language == "en" else None
    if match is None or wants("json", question) or OTHER_WISH.search(question.instruction):
        return None
    thing = (match["thing"] or "").lower()
    own = next((rows for name, rows in KNOWN.items() if name in thing), ())
    is_single = match[0].lower().endswith("story")
    count = parse_count(match[1], 20) if match[1] else (1 if is_single else 3)
    rows = (*own, *STORIES)
    lines = [write_story(*rows[at % len(rows)]) for at in range(count)]
    if NUMBERED.search(question.layout):
        return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1))
    return "\n".join(f"- {line}" if BULLETS.search(question.layout) else line for line in lines)


def write_story(role: str, goal: str, benefit: str) -> str:
    article = "an" if role[0] in "aeio" else "a"
    return f"As {article} {role}, I want {goal} so that {benefit}."
