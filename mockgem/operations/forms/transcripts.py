"""Prompts that hold a conversation as text: "Human: …", "AI: …", and "AI:" at their end."""

from __future__ import annotations

import re
from typing import Literal

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.generators import prose

USER = (
    r"(?:human|user|customer|me|patient|student|client|caller|guest|nutzer|usuario|utilisateur"
    r"|kunde)"
)
MODEL = r"(?:ai|assistant|bot|chatbot|agent|model|system|support|assistent|asistente)"
LAST = make_regex(rf"\n[ \t*]*{MODEL}[*]*[:：][*]*\s*\Z", re.I)
LAST_LINE = 120
"""Characters of a message among which the last label stands."""
TURN = make_regex(rf"^[ \t*]*({USER}|{MODEL})[*]*[:：][*]*[ \t]*", re.I | re.M)


@form(
    "transcript",
    "Current conversation:\nHuman: I work the late shift on Wednesday.\nAI: Noted.\n"
    "Human: Which shift do I have on Wednesday?\nAI:",
    signs=(":", "："),
    about="the next words of the assistant in a conversation that the prompt holds as text",
)
def continue_transcript(question: Question) -> str | None:
    prompt = question.prompt[-8000:]
    if not LAST.search(prompt[-LAST_LINE:]):
        return None
    turns = list(TURN.finditer(prompt))
    if len(turns) < 2:
        return None
    ends = [*(match.start() for match in turns[1:]), len(prompt)]
    said: list[tuple[Literal["user", "model"], str]] = [
        (
            "user" if re.fullmatch(USER, match[1], re.I) else "model",
            prompt[match.end() : end].strip(),
        )
        for match, end in zip(turns, ends, strict=True)
    ]
    said = [(role, text) for role, text in said if text]
    if not said or said[-1][0] != "user":
        return None
    start = prompt[: turns[0].start()].strip()
    inner = Question(said[-1][1], question.random, f"{question.system}\n{start}".strip())
    inner.earlier = [*question.earlier, *said[:-1]]
    formed = find_reply(inner)
    return formed.text if formed else prose.write_reply(inner.prompt, question.random, "", "")
