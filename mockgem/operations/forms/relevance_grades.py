"""Grades of retrieval: is a document relevant, is an answer grounded, does it address the question?

Templates for retrieval ask these questions about texts after labels and want one of two words.
"""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.generators.prompt_analysis import keywords_of

GRADES = make_regex(
    r"\b(?:relevan(?:t|ce)|grounded|supported by|address(?:es)?|resolves?"
    r"|useful to)\b[^\n]{0,200}?\b(?:binary score|score|grade|answer|respond|reply|return|output"
    r"|say)\b[^\n]{0,60}?[\"'`‘“]?(?P<yes>yes|relevant|true|1)[\"'`’”]? (?:or"
    r"|/) [\"'`‘“]?(?P<no>no|irrelevant|not relevant|false|0)[\"'`’”]?",
    re.I,
)
LABELLED = make_regex(
    r"(?:^|\n)[ *#-]*(?P<label>(?:retrieved |source )?(?:documents?|context|facts|passages?)"
    r"|set of facts|(?:user )?question|query|(?:llm |model |student )?(?:generation|answer"
    r"|response))[ *]*:[ *]*\n?(?P<text>[\s\S]*?)(?=\n[ *#-]*(?:(?:retrieved |user |llm |model "
    r"|student |set of )?(?:documents?|context|facts|passages?|question|query|generation|answer"
    r"|response))[ *]*:|\Z)",
    re.I,
)
GROUNDED = make_regex(r"\b(?:grounded|supported by)\b", re.I)
MOST = 0.5
"""The least part of an answer's words that its facts have."""


@form(
    "grade of retrieval",
    "Grade whether the document is relevant to the question. Give a binary score 'yes' or 'no'."
    "\n\nDocument: Bees make honey from nectar.\n\nQuestion: What do bees make?",
    signs=(":",),
    about="one of the two words by which a template grades documents and answers",
)
def grade_retrieval(question: Question) -> str | None:
    match = GRADES.search(question.whole)
    if match is None or wants("json", question):
        return None
    parts = {
        kind_of(one["label"]): one["text"] for one in LABELLED.finditer(question.prompt[:8000])
    }
    pair = find_pair(parts, is_grounded=GROUNDED.search(question.whole) is not None)
    if pair is None:
        return None
    return match["yes"] if agrees(*pair) else match["no"]


def kind_of(label: str) -> str:
    """Return "question", "answer" or "text" for a label."""
    last = label.lower().split()[-1]
    if last in ("question", "query"):
        return "question"
    return "answer" if last in ("generation", "answer", "response") else "text"


def find_pair(parts: dict[str, str], *, is_grounded: bool) -> tuple[str, str, float] | None:
    """Return what is graded, what it is compared with, and the least part that both share."""
    if is_grounded and "answer" in parts and "text" in parts:
        return parts["answer"], parts["text"], MOST
    if "question" in parts and "text" in parts:
        return parts["question"], parts["text"], 0.01
    if "question" in parts and "answer" in parts:
        return parts["question"], parts["answer"], 0.01
    return None


def agrees(graded: str, other: str, least: float) -> bool:
    """Return whether enough of the words of a text stand in another one."""
    words = {stem(word) for word in keywords_of(graded[:2000])}
    known = {stem(word) for word in re.findall(r"\w+", other.lower())}
    return bool(words) and len(words & known) / len(words) >= least


def stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed)\Z", "", word.lower())[:7]
