"""Tasks in a conversation: who promises what, and who is asked for what."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.assigned_tasks import DATE_KEYS, DEADLINE, OWNER_KEYS, TASK_KEYS, fold
from mockgem.operations.forms.lazy_patterns import make_regex

LINE = make_regex(
    r"^[ \t]*(?:\[[\d:. apmAPM-]{3,20}\]|\(?\d{1,2}:\d\d\)?)?[ \t-]*([A-ZÀ-Þ][\w'-]{1,20})(?:"
    r" \([^)\n]{1,20}\))?:[ \t]+"
    r"(\S[^\n]{1,400})$",
    re.M,
)
PROMISE = make_regex(
    r"\b(?:I['’]ll|I will|I can|I am going to|I['’]m going to|let me|ich werde|ich kümmere mich"
    r" um)\s"
    r"(?!be\b|see\b|try\b)([^.!?]{4,160})",
    re.I,
)
ASKED = make_regex(
    r"\b([A-ZÀ-Þ][a-zà-ÿ]{1,20}),? (?:can|could|will|would|please|kannst|könntest)(?: you| du)?(?:"
    r" please)? "
    r"([^.!?]{4,160})"
)
NAMED = make_regex(
    r"\b([A-ZÀ-Þ][a-zà-ÿ]{1,20}) (?:will|should|needs to|has to|must|is going to) ([^.!?]{4,160})"
)
NOT_NAMES = frozenset("we i you they it he she that this who what and then great can could".split())


def read_chat_tasks(fields: dict[str, dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return a row for each task in the lines of a chat; empty for another text."""
    owner = next((key for key in fields if OWNER_KEYS.search(fold(key))), None)
    task = next((key for key in fields if TASK_KEYS.search(fold(key)) and key != owner), None)
    due = next((key for key in fields if DATE_KEYS.search(fold(key))), None)
    lines = LINE.findall(text) if owner and task else []
    if owner is None or task is None or len(lines) < 2:
        return []
    rows = []
    for speaker, said in lines:
        for name, words in read_line(speaker, said):
            day = DEADLINE.search(f" {words}")
            plain = f" {words}".replace(day[0], "", 1) if day else words
            plain = plain.strip(" .,!?")
            row = {owner: name, task: plain[:1].upper() + plain[1:]}
            rows.append(row | ({due: day[1] if day else None} if due else {}))
    return rows


def read_line(speaker: str, said: str) -> list[tuple[str, str]]:
    """Return who does what after a line of a chat."""
    found = [(speaker, match[1]) for match in PROMISE.finditer(said)]
    for pattern in (ASKED, NAMED):
        found += [
            (match[1], match[2])
            for match in pattern.finditer(said)
            if match[1].lower() not in NOT_NAMES
        ]
    return found
