"""Action items in the line that a prompt shows: "- [owner] task (due date)"."""

from __future__ import annotations

import re

from mockgem.operations.forms.assigned_tasks import find_tasks
from mockgem.operations.forms.chat_tasks import read_chat_tasks
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

TEMPLATE = make_regex(
    r"[`\"'“](?P<line>(?:[-*•] |\d\. )?(?:\*\*)?[\[<(]?(?:owner|name|person|assignee"
    r"|who)[\])>]?[^`\"'”\n]{1,16}?"
    r"[\[<(]?(?:task|action(?: item)?|what|to-?do)[\])>]?[^`\"'”\n]{0,30})[`\"'”]",
    re.I,
)
OWNER = make_regex(r"\b(?:owner|name|person|assignee|who)\b", re.I)
TASK = make_regex(r"\b(?:task|action(?: item)?|what|to-?do)\b", re.I)
DUE = make_regex(r"[\[<(]*\b(?:due(?: date)?|deadline|date|when|by when)\b[\])>]*", re.I)
EMPTY = make_regex(r"\s*[,;:–-]?\s*(?:\(\s*\)|\[\s*\])?\s*\Z")
TURN = make_regex(r"(?<=[.!?]) (?=[A-Z][\w'-]{1,20}: )")
FIELDS = {"owner": {}, "task": {}, "due_date": {}}  # type: dict[str, dict[str, object]]
MAX_TEXT = 8_000


@form(
    "action items in a template",
    "List the action items as `- [owner] task (due date)`.\n\nSam: I'll send the contract by"
    " Friday."
    "\nNoor: I will book the venue.",
    words="action items tasks task owner",
    about="a line for each task of a conversation, as the prompt shows it",
)
def fill_task_template(question: Question) -> str | None:
    match = TEMPLATE.search(question.wish)
    text = question.material or (question.prompt if question.stated_system else "")
    if match is None or not text:
        return None
    rows = read_chat_tasks(FIELDS, TURN.sub("\n", text[:MAX_TEXT]))
    rows = rows or find_tasks(FIELDS, text[:MAX_TEXT])
    lines = [write_line(match["line"], row) for row in rows]
    return "\n".join(lines) or None


def write_line(template: str, row: dict[str, object]) -> str:
    """Return a template with the owner, the task and the day of an action item."""
    line = OWNER.sub(str(row["owner"]), template, count=1)
    task = str(row["task"])
    line = TASK.sub(task.replace("\\", "\\\\"), line, count=1)
    due = DUE.search(line, line.find(task) + len(task))
    if due is None:
        return line
    if not row.get("due_date"):
        return EMPTY.sub("", line[: due.start()])
    day = DUE_WORD.sub(str(row["due_date"]), due[0])
    return f"{line[: due.start()]}{day}{line[due.end() :]}"


DUE_WORD = make_regex(r"due(?: date)?|deadline|date|when|by when", re.I)
