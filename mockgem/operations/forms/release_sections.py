"""Release notes from a list of changes: each under the heading that its verb belongs to."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

ASKS = make_regex(
    r"\b(?:release notes?|change ?log)\b|\bsections?\b[^.\n]{0,40}\b(?:added|fixed|features)\b",
    re.I,
)
HEADING = make_regex(
    r"(?:#{1,4} |\*\*|`)?\b(Added|Fixed|Changed|Removed|Deprecated|Security|Features|New features"
    r"|Improvements|Bug fixes|Fixes|Bugfixes|Breaking changes|Chores|Other)\b",
    re.I,
)
MARK = make_regex(r"(#{1,4}) ?(?:Added|Fixed|Changed|Removed|Features|Improvements|Bug)", re.I)
NUMBER = make_regex(
    r"\A\(?(#\d{1,6}|[A-Z]{2,8}-\d{1,6}|[0-9a-f]{7,10})\)?:?\s+|\s\(?(#\d{1,6})\)?\Z"
)
PREFIX = make_regex(
    r"\A(feat|fix|chore|docs|refactor|perf|build|ci|test|style)(?:\([^()]*\))?!?: ", re.I
)
KINDS = (
    ("fixed", r"\b(?:fix\w*|bug|crash|typo|correct\w*|repair\w*|resolve\w*|prevent\w*)\b"),
    ("removed", r"\A(?:remove|drop|delete)\w*\b"),
    ("security", r"\b(?:security|cve|vulnerab\w+)\b"),
    ("deprecated", r"\bdeprecat\w+\b"),
    ("added", r"\A(?:feat|add|introduce|new|support|implement|allow|create)\w*\b"),
)
NAMES = {
    "added": ("added", "features", "new features"),
    "fixed": ("fixed", "bug fixes", "fixes", "bugfixes"),
    "removed": ("removed", "changed"),
    "security": ("security", "fixed"),
    "deprecated": ("deprecated", "changed"),
    "changed": ("changed", "improvements", "chores", "other"),
}
"""The headings under which a kind of change may stand, the best one first."""
USUAL = ("Added", "Changed", "Fixed")


@form(
    "release notes with sections",
    "Turn these commits into release notes with the sections Added, Fixed and Changed.\n\n- #12 fix"
    " crash when exporting\n- #15 add CSV export",
    words="release changelog notes sections added fixed",
    about="the listed changes under the headings that the prompt names",
)
def sort_changes(question: Question) -> str | None:
    text = question.material or (question.prompt if question.stated_system else "")
    changes = list_marked(text)
    if not changes or not ASKS.search(question.wish) or wants("json", question):
        return None
    named = [match.capitalize() for match in HEADING.findall(question.wish)]
    headings = list(dict.fromkeys(named)) if len(set(named)) > 1 else list(USUAL)
    mark = MARK.search(question.wish)
    rows: dict[str, list[str]] = {heading: [] for heading in headings}
    for change in changes:
        heading = find_heading(change, headings)
        if heading:
            rows[heading].append(write_change(change))
    level = mark[1] if mark else "###"
    return "\n\n".join(
        f"{level} {heading}\n\n" + "\n".join(f"- {line}" for line in lines)
        for heading, lines in rows.items()
        if lines
    )


def find_heading(change: str, headings: list[str]) -> str:
    """Return the heading for a change; empty if none of them fits."""
    plain = NUMBER.sub("", change).strip()
    kind = next((kind for kind, words in KINDS if re.search(words, plain, re.I)), "changed")
    own = {heading.lower(): heading for heading in headings}
    names = (*NAMES[kind], *NAMES["changed"])
    return next((own[name] for name in names if name in own), "")


def write_change(change: str) -> str:
    """Return a change as a line that ends with its number."""
    number = NUMBER.search(change)
    plain = PREFIX.sub("", NUMBER.sub("", change).strip())
    line = f"{plain[:1].upper()}{plain[1:]}".rstrip(".")
    return f"{line} ({number[1] or number[2]})" if number else line
