"""Who has a role in a text: "led by chief executive Helena Brandt" tells who the CEO is."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

ASKS_ROLE = make_regex(
    r"\bwho(?:['’]s| is| was)? the (?:company['’]?s? )?([a-z][a-z ]{1,30}?)(?=\?| according| of"
    r"| in| at|\s*\Z)",
    re.I,
)
ROLES = (
    ("ceo", r"chief executive(?: officer)?|CEO|managing director"),
    ("cfo", r"chief financial officer|CFO|finance (?:head|chief|director)|head of finance"),
    ("cto", r"chief technology officer|CTO|technology (?:head|chief)|head of technology"),
    ("coo", r"chief operating officer|COO|operations (?:head|chief)"),
    ("head of marketing", r"chief marketing officer|CMO|marketing (?:head|chief|director)"),
    ("director", r"director|directed by"),
    ("producer", r"producer|produced by"),
    ("author", r"author|written by|wrote by"),
    ("founder", r"founder|founded by|set up by"),
    ("owner", r"owner|owned by"),
)
"""Roles and what texts call them."""
NAME = r"([A-Z][\w'’-]+(?: (?:de |van |von |al-)?[A-Z][\w'’-]+){1,3})"


def find_holder(asked: str, text: str) -> str:
    """Return the name of who has the role that a question asks for; empty if a text has none."""
    match = ASKS_ROLE.search(asked)
    role = match[1].strip().lower() if match else ""
    words = next((words for name, words in ROLES if name == role), re.escape(role))
    if not role:
        return ""
    found = re.search(rf"\b(?:{words}),? (?:is |was |called |named )?{NAME}", text)
    found = found or re.search(
        rf"{NAME},? (?:is |was )?(?:the |our |its |as |\(|who is )+(?:new )?(?:{words})\b", text
    )
    return found[1] if found else ""
