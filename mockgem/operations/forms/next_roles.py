"""The next speaker of several agents, from a list in brackets: "select the next role from […]"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:select|choose|pick|return|name|decide)\b[^.\n\[]{0,60}\b(?:role|speaker|agent|worker|persona"
    r"|participant)\b[^.\n\[]{0,40}\[(?P<names>[^\[\]\n]{3,300})\]",
    re.I,
)
MARKS = " \"'`“”‘’"


@form(
    "next role",
    "Read the conversation. Then select the next role from ['Planner', 'Coder'] to play. Only"
    " return"
    " the role.\n\nPlanner: The first step is a script. Coder, please write it.",
    words="role speaker agent worker persona participant",
    about="the role of a list whose turn is next: the one whom the last message addresses",
)
def choose_next_role(question: Question) -> str | None:
    match = WISH.search(question.wish)
    if match is None:
        return None
    names = [one.strip(MARKS) for one in match["names"].split(",") if one.strip(MARKS)]
    if len(names) < 2:
        return None
    said = "\n".join([*(text for _, text in question.earlier), question.prompt])
    said = said.replace(match[0], " ")
    speaker = find_last(names, said, r"^[ \t]*{}[ \t]*:")
    others = [name for name in names if name != speaker]
    addressed = find_last(others, said, r"\b{}\b(?! ?:)")
    if addressed:
        return addressed
    place = names.index(speaker) + 1 if speaker else 0
    return names[place % len(names)]


def find_last(names: list[str], text: str, shape: str) -> str:
    """Return the name that stands last in a text in a certain shape; empty if none does."""
    found = [
        (match.start(), name)
        for name in names
        for match in re.finditer(shape.format(re.escape(name)), text, re.M | re.I)
    ]
    return max(found)[1] if found else ""
