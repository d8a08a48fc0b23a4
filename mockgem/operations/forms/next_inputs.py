"""The next input for the task of an earlier message: "smoke in the server room" after a label."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form

QUOTED = make_regex(r"[\"“„«]([^\"”“»\n]{2,400})[\"”“»]")
ALONE = make_regex(
    r"\W*(?:(?:and|und|y|et|e|now|next|another(?: one)?|what about|how about|same for)[:, ]{1,3})?"
    r"[\"“„«]([^\"”“»\n]{2,400})[\"”“»]\W*\Z",
    re.I,
)
"""A message that is only a quotation."""


@form(
    "next input",
    needs="earlier",
    about="the earlier task, for a message that is only another quotation",
)
def do_task_again(question: Question) -> str | None:
    """Answer a quotation as the earlier message asks that quotes something else."""
    match = ALONE.match(question.prompt) if question.earlier else None
    mine = question.list_said("user") if match else []
    task = next((one for one in reversed(mine) if not ALONE.match(one)), "")
    old = list(QUOTED.finditer(task))
    if match is None or not old:
        return None
    last = old[-1]
    asked = f"{task[: last.start(1)]}{match[1]}{task[last.end(1) :]}"
    formed = find_reply(Question(asked, question.random, question.stated_system))
    return formed.text if formed else None
