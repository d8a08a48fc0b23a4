"""Questions about a given text with their answers: "write 3 comprehension questions"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_questions import ask_about

WISH = make_regex(
    rf"\b(?:({NUMBER}) )?(?:(?:reading |short |simple )?comprehension|exam|test|study|discussion"
    rf"|review)"
    r" questions\b|\b(?:({0}) )?(?:\w+ )?questions (?:(?:that|which) (?:can"
    r"|could) be answered (?:with|by|from|using)"
    r"|about|on|for|from|based on) (?:this"
    r"|the (?:following"
    r" )?(?:text|passage|article|paragraph))\b".replace("{0}", NUMBER),
    re.I,
)
QUIZ = make_regex(r"\b(?:multiple[- ]choice|mcqs?|quiz|trivia)\b", re.I)
WITH_ANSWERS = make_regex(r"\banswers?\b", re.I)
IN_BRACKETS = make_regex(r"\b(?:brackets|parentheses)\b", re.I)
FIELDS: dict[str, dict[str, object]] = {"question": {}, "answer": {}}


ANSWERS_THEM = make_regex(
    r"\banswer (?:the|these|all|each|every)\b(?: \w+){0,3} questions?\b", re.I
)
"""A wish for answers to questions that the prompt asks."""


@form(
    "comprehension questions",
    "Write 2 comprehension questions about this text, with the answer in brackets.\n\nText: Bees"
    " dance"
    " in the hive. The length of the dance shows how far away the food is.",
    words="questions comprehension",
    about="questions about the sentences of a given text, with their answers if wanted",
)
def write_comprehension(question: Question) -> str | None:
    match = WISH.search(question.instruction[:1000])
    if match is None or not question.material or wants("json", question):
        return None
    if QUIZ.search(question.instruction) or ANSWERS_THEM.search(question.instruction):
        return None
    number = next(filter(None, match.groups()), None)
    rows = ask_about(FIELDS, question.material, parse_count(number, 20) if number else 3)
    if not rows or question.language != "en":
        return None
    has_answers = WITH_ANSWERS.search(question.instruction) is not None
    in_brackets = IN_BRACKETS.search(question.instruction) is not None
    lines = []
    for at, row in enumerate(rows, 1):
        answer = str(row["answer"]).rstrip(".")
        shown = f" ({answer})" if in_brackets else f"\n   Answer: {answer}"
        lines.append(f"{at}. {row['question']}{shown if has_answers else ''}")
    return "\n".join(lines)
