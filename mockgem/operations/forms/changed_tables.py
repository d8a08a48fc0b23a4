"""The table of the last reply with one more column: "can u add a column for light"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ADDS = make_regex(
    r"\b(?:add|include|insert|with|need|want)\b[^.\n]{0,20}\b(?:another |an? |one more )?(?:new "
    r"|extra )?column\b"
    r"(?: (?:for|called|named|with|about|on|that shows|showing))? (?:the |their |its )?[\"'“`]?"
    r"(?P<name>[^\W\d][\w -]{1,30}?)[\"'”`]?(?: (?:too|please|pls|as well))?\W*\Z",
    re.I,
)
REMOVES = make_regex(
    r"\b(?:remove|delete|drop|without|hide"
    r"|take out)\b(?: the)? [\"'“`]?(?P<name>[^\W\d][\w -]{1,30}?)[\"'”`]?"
    r" column\b",
    re.I,
)
ROW = make_regex(r"^\s*\|.*\|\s*$", re.M)
VALUES = {
    "light": ("bright", "full sun", "half shade", "shade"),
    "price": ("12", "18", "25", "9"),
    "cost": ("12", "18", "25", "9"),
    "difficulty": ("easy", "medium", "easy", "hard"),
    "size": ("small", "medium", "large", "small"),
    "colour": ("green", "blue", "red", "yellow"),
    "color": ("green", "blue", "red", "yellow"),
    "rating": ("4.5", "4.2", "4.8", "3.9"),
    "date": ("1 March", "8 March", "15 March", "22 March"),
    "time": ("10 min", "20 min", "15 min", "30 min"),
    "notes": ("-", "-", "-", "-"),
    "example": ("see above", "see above", "see above", "see above"),
}
OTHERS = ("low", "medium", "high", "medium")
MAX_PROMPT = 120


@form(
    "other columns", about='the table of the last reply with a column more or less: "add a column"'
)
def change_columns(question: Question) -> str | None:
    prompt = question.prompt.strip()
    replies = question.list_said("model") if len(prompt) <= MAX_PROMPT else []
    rows = ROW.findall(replies[-1]) if replies else []
    if len(rows) < 3:
        return None
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    if match := REMOVES.search(prompt):
        name = match["name"].lower()
        at = next((at for at, cell in enumerate(cells[0]) if name in cell.lower()), -1)
        return join([[*row[:at], *row[at + 1 :]] for row in cells]) if at >= 0 else None
    added = ADDS.search(prompt)
    if added is None:
        return None
    name = added["name"].strip()
    values = next((known for key, known in VALUES.items() if key in name.lower()), OTHERS)
    new = [f"{name[:1].upper()}{name[1:]}", "---"]
    new += [values[at % len(values)] for at in range(len(cells) - 2)]
    return join([[*row, one] for row, one in zip(cells, new, strict=True)])


def join(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
