"""Given bullet points as prose: "Turn these bullets into a paragraph"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.statements import BULLET_LINE

JOINS = make_regex(
    r"\b(?:turn|convert|rewrite|combine|merge|transform|expand|put|make|write|rephrase|join)\b"
    r"[^.\n]{0,40}\b(?:bullets?(?: points?| list)?|list|notes|points|lines|items"
    r"|facts)\b[^.\n]{0,30}"
    r"\b(?:as|into|to|in|using|a|one)\b[^.\n]{0,30}\b(?:paragraphs?|prose|(?:flowing|continuous"
    r"|running)"
    r" text|sentences?)\b",
    re.I,
)


@form(
    "joined list",
    "Turn these bullets into a paragraph:\n- founded in 2010\n- 40 employees",
    words="bullet bullets list notes points lines items facts",
    about="the given bullet points as sentences of one paragraph",
)
def join_list(question: Question) -> str | None:
    match = JOINS.search(question.prompt[:2000])
    if match is None:
        return None
    lines = question.prompt[match.end() :][:6000].splitlines()
    items = [found[1].strip() for line in lines if (found := BULLET_LINE.fullmatch(line.rstrip()))]
    if len(items) < 2:
        return None
    if ONE_SENTENCE.search(match[0]):
        text = f"{', '.join(item.rstrip('.') for item in items[:-1])} and {items[-1]}"
        return end(text[:1].upper() + text[1:])
    return " ".join(end(item[:1].upper() + item[1:]) for item in items)


ONE_SENTENCE = make_regex(r"\b(?:an?|one|single|flowing|full|proper) sentence\Z", re.I)
