"""Answers from a given text with a list of their sources below."""

from __future__ import annotations

from mockgem.operations.forms.citations import TAIL
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.given_text import find_answer
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form


@form(
    "answer with sources",
    "[1] The tower is 330 metres tall.\n[2] It stands in Lund.\n\nQuestion: How tall is the tower? "
    'End with a line "Sources:" and a list of the sources.',
    words="sources references citations urls source quellen fuentes fonti",
    about="the sentence of the given text that answers, and a list of its sources",
)
def answer_with_sources(question: Question) -> str | None:
    if not TAIL.search(question.wish) or wants("json", question):
        return None
    return find_answer(question)
