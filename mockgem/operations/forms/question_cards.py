"""Flashcards as text: "Make 3 flashcards (Q: / A:) about photosynthesis"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.known_quizzes import find_questions
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.reply_references import last_reply
from mockgem.operations.forms.sources import list_facts
from mockgem.operations.forms.text_questions import ask_about

CARDS = make_regex(
    rf"\b(?:(?P<count>{NUMBER}) )?(?:[\w-]+ )?(?:flash ?cards|q ?& ?a pairs|q/a pairs"
    rf"|study cards)\b",
    re.I,
)
WISH = make_regex(r"\b(?:write|create|make|give|generate|prepare|need|want|turn)\b", re.I)
SIDES = make_regex(
    r"\b(?P<front>Q|Question|Front)\b(?P<mark>\s?[:|–-])[^\w\n]{0,8}(?:\n|\.\.\.|<[^>\n]{1,20}>"
    r"|\[[^\]\n]{1,20}\]|[\s/,|&]|and ){0,6}\b(?P<back>A|Answer|Back)\b"
)
OTHER_WISH = make_regex(
    r"\b(?:json|csv|table|html|app|component|code|anki|spreadsheet)\b|[\[{]\s?[{\"]", re.I
)
MOST = 30


@form(
    "flashcards",
    "Make 3 flashcards (Q: / A:) about photosynthesis",
    words="flashcards flashcard cards pairs",
    about="questions with their answers, below one another",
)
def write_cards(question: Question) -> str | None:
    wish = question.instruction
    match = CARDS.search(wish) if WISH.search(wish) else None
    if match is None or question.language != "en" or wants("json", question):
        return None
    if OTHER_WISH.search(wish):
        return None
    count = parse_count(match["count"], MOST) if match["count"] else 3
    sides = SIDES.search(wish)
    front, back = (sides["front"], sides["back"]) if sides else ("Q", "A")
    pairs = list_pairs(question, count)
    return "\n\n".join(
        f"{front}: {asked}\n{back}: {answer}"
        for asked, answer in (pairs[at % len(pairs)] for at in range(count))
    )


REFERS = make_regex(
    r"\b(?:turn|make|convert|change|put|transform) (?:that|this|it|the above|your (?:last )?"
    r"(?:answer|explanation|reply)) (?:in)?to\b|\b(?:from|of|about|based on|using|for) (?:that"
    r"|this|it"
    r"|the above|your (?:last )?(?:answer|explanation|reply))\b",
    re.I,
)
"""A wish for cards about the last reply: "turn that into flashcards"."""
SIDES_OF_CARDS: dict[str, dict[str, Any]] = {"question": {}, "answer": {}}


def list_pairs(question: Question, count: int) -> list[tuple[str, str]]:
    """Return questions with answers: about the last reply, a given text, else the topic."""
    reply = last_reply(question) if REFERS.search(question.instruction) else ""
    if not question.material and (rows := ask_about(SIDES_OF_CARDS, reply, count)):
        return [(row["question"], row["answer"]) for row in rows]
    if facts := list_facts(question.material or reply):
        from mockgem.operations.forms.quizzes import find_subject

        return [(f"What does the text say about {find_subject(one)}?", one) for one in facts]
    return [(row[0], row[1]) for row in find_questions(question.topic, question.instruction)]
