"""What changed between two versions of a text: both values of each difference."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"\b(?:what(?:['’]s| has| have| is| are)?|list|name|show|tell me|describe|explain|summari[sz]e"
    r"|find|spot|identify|which)\b[^.\n]{0,60}\b(?:chang\w+|differen\w+|differs?|new|modified"
    r"|updated)\b|\bcompare\b[^.\n]{0,40}\b(?:versions?|texts?|drafts?|these two)\b",
    re.I,
)
VERSION = make_regex(
    r"^[ \t*#]*(?:(?:v(?:ersion)?|text|draft|revision|policy|option)[ .]?(?:\d(?:\.\d)?|[ab]|one"
    r"|two)|(?:old|new|original|previous|current|updated|revised|first|second|before|after)"
    r"(?: (?:version|text|draft|policy|one|terms|sentence|wording|paragraph))?)[ \t*]*:[ \t*]*",
    re.I | re.M,
)
MAX_TEXT = 3000
ENOUGH = 0.3
"""How much two versions of one text have in common."""


@form(
    "changes between versions",
    "What changed between these two versions?\n\nV1: The office is open from 9 to 5.\nV2: The"
    " office is open from 8 to 6.",
    "List the differences.\n\nOld: The fee is 20 euros.\nNew: The fee is 25 euros.",
    words="changed change changes different difference differences differ differs new modified"
    " updated compare",
    about="each difference of two texts, with the old and the new value",
)
def name_changes(question: Question) -> str | None:
    prompt = question.prompt
    marks = list(VERSION.finditer(prompt[:8000])) if ":" in prompt else []
    if len(marks) != 2 or wants("json", question) or "```" in prompt:
        return None
    wish = f"{prompt[: marks[0].start()]}\n{prompt[marks[1].end() :].rpartition(chr(10) * 2)[2]}"
    if not ASKS.search(wish):
        return None
    old = prompt[marks[0].end() : marks[1].start()].strip()[:MAX_TEXT]
    new = prompt[marks[1].end() :].partition("\n\n")[0].strip()[:MAX_TEXT]
    changes = list_differences(old.split(), new.split())
    if changes is None:
        return None
    if not changes:
        return "Nothing changed: both versions are the same."
    return changes[0] if len(changes) == 1 else "\n".join(f"- {one}" for one in changes)


def list_differences(old: list[str], new: list[str]) -> list[str] | None:
    """Return what changed, a sentence for each place; None for texts with little in common."""
    before, after = ([word.rstrip(".,;") for word in words] for words in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or not new or matcher.ratio() < ENOUGH:
        return None
    spans: list[list[int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if spans and a - spans[-1][1] < 2 and d - c and b - a:
            spans[-1][1], spans[-1][3] = b, d
        else:
            spans.append([a, b, c, d])
    return [say_change(old, new, *add_noun(old, *span)) for span in spans]


def add_noun(old: list[str], a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    """Return a change of one word with the next word: "3 May" and "5 May"."""
    is_word = b - a == d - c == 1 and b < len(old) and old[a][-1].isalnum()
    noun = old[b].rstrip(".,;") if is_word else ""
    is_noun = len(noun) > SMALL or noun.isupper()
    return (a, b + 1, c, d + 1) if is_noun else (a, b, c, d)


SMALL = 2
"""Letters of a word such as "to"."""


def say_change(old: list[str], new: list[str], a: int, b: int, c: int, d: int) -> str:
    was, now = (" ".join(part).rstrip(".,;") for part in (old[a:b], new[c:d]))
    if not was:
        return f"“{now}” was added."
    if not now:
        return f"“{was}” was removed."
    return f"“{was}” became “{now}”."
