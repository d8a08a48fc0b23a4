"""Prompts of libraries that answer in several calls: growing summaries, refined answers, results
of queries."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import (
    ENOUGH,
    choose_sentence,
    measure_coverage,
    split_sentences,
)
from mockgem.operations.forms.writing import Writer

NEW_SUMMARY = "new summary:"
EARLIER_SUMMARIES = ("current summary:", "previous summary:", "existing summary:")
NEW_LINES = ("new lines of conversation:", "new lines:", "new messages:", "new conversation:")
LINE = make_regex(
    r"^[ \t]*(human|user|customer|ai|assistant|bot)[ \t]*:[ \t]*([^\n]+)$", re.I | re.M
)
PEOPLE = frozenset(("human", "user", "customer"))


@form(
    "growing summary",
    "Progressively summarize the lines of conversation provided.\n\nCurrent summary:\nThe human"
    " asks about solar power.\n\nNew lines of conversation:\nHuman: Why is it growing?\nAI: Because"
    " panels cost less.\n\nNew summary:",
    words="summary",
    about="the summary so far, and what the new lines of the conversation say",
)
def extend_summary(question: Question) -> str | None:
    prompt = question.prompt[-12_000:].rstrip()
    if not prompt.lower().endswith(NEW_SUMMARY):
        return None
    body, _, lines = split_at_last(prompt[: -len(NEW_SUMMARY)], NEW_LINES)
    _, mark, before = split_at_last(body, EARLIER_SUMMARIES)
    if not mark or not lines:
        return None
    said = [
        f"The {'human' if who.lower() in PEOPLE else 'AI'} says: “{text.strip()}”"
        for who, text in LINE.findall(lines)
    ]
    return " ".join([*before.split(), *said]) or None


PASSAGE = make_regex(
    r"\bwrite an? (?:scientific paper |financial |short |detailed |hypothetical )?(?:passage"
    r"|paragraph|document|answer)\b[^.\n]{0,40}\b(?:to answer|that answers|answering"
    r"|about)\b[\s\S]{0,400}?(?:question|topic|query): ?([^\n]{5,400})\s*\n+\s*(?:passage"
    r"|paragraph|document|answer):?\s*\Z",
    re.I,
)
"""A template that wants a passage which answers a question, for a search."""


@form(
    "passage for a question",
    "Please write a passage to answer the question.\n\nQuestion: Why do bread recipes call for"
    " resting the dough?\n\nPassage:",
    words="passage paragraph document",
    about="a paragraph about the question",
)
def write_passage(question: Question) -> str | None:
    match = PASSAGE.search(question.prompt[-4000:])
    if match is None:
        return None
    writer = Writer(Question(match[1], question.random))
    return writer.write_paragraph(5)


def split_at_last(text: str, marks: Sequence[str]) -> tuple[str, str, str]:
    """Return the text up to the last of some marks, the text after it, and the mark in small
    letters; two empty texts without a mark."""
    lower = text.lower()
    at, mark = max((lower.rfind(mark), mark) for mark in marks)
    return (text[:at], mark, text[at + len(mark) :]) if at >= 0 else (text, "", "")


EXISTING = make_regex(r"\bexisting answer:\s*([^\n]{1,2000})\n", re.I)
RULE = make_regex(r"\n-{4,60}(?=\n)")
ORIGINAL = make_regex(
    r"\b(?:original )?(?:query|question) is as follows:\s*([^\n]{3,400})"
    r"|\bquestion:\s*([^\n]{3,400})",
    re.I,
)


@form(
    "refined answer",
    "The original query is as follows: Where does Lena live?\nWe have provided an existing answer:"
    " Lena lives in Bremen.\nRefine the existing answer with the context below.\n------------\nLena"
    " moved to Leipzig in 2022 and lives there.\n------------\nRefined Answer:",
    words="refine refined existing",
    about="the sentence of the new context that answers, else the existing answer",
)
def refine_answer(question: Question) -> str | None:
    prompt = question.prompt[-14_000:]
    existing = EXISTING.search(prompt)
    parts = RULE.split(prompt[existing.end() - 1 :]) if existing else []
    if existing is None or len(parts) < 3:
        return None
    asked = ORIGINAL.search(prompt)
    query = next(filter(None, asked.groups())) if asked else existing[1]
    best = choose_sentence(split_sentences(parts[1]), query)
    if best is None or measure_coverage(best, best, query) < ENOUGH:
        return existing[1].strip()
    return end(best)


ANSWER = "answer:"
RESULTS = ("sql result:", "sqlresult:", "query result:", "result:", "results:")
QUESTIONS = ("question:",)
HOW_MANY = make_regex(r"\bhow many ([^?]{2,60}?)(?: are there| do we have| exist)?\?", re.I)


@form(
    "result of a query",
    "Question: How many employees are there?\nSQL Query: SELECT COUNT(*) FROM Employee\nSQL Result:"
    " [(8,)]\nAnswer:",
    words="sql query result",
    about="a sentence with the values of the result",
)
def tell_result(question: Question) -> str | None:
    prompt = question.prompt[-8000:].rstrip()
    if question.language != "en" or not prompt.lower().endswith(ANSWER):
        return None
    body, has_result, result = split_at_last(prompt[: -len(ANSWER)], RESULTS)
    _, has_question, asked = split_at_last(body, QUESTIONS)
    if not has_result or not has_question or "\n" in result.strip():
        return None
    return tell_values(read_values(result.strip()), asked.strip().partition("\n")[0])


def tell_values(values: list[str], asked: str) -> str | None:
    """Return a sentence with the values that answer a question; None without values."""
    if not values:
        return None
    counted = HOW_MANY.search(asked)
    if counted and len(values) == 1:
        noun = re.sub(r"^(?:there )?|\b(?:are|is) there$", "", counted[1]).strip()
        return f"There are {values[0]} {noun}."
    joined = values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"
    return f"The answer is {joined}."


def read_values(text: str) -> list[str]:
    """Return the values of a result as Python writes it, such as `[("Ann", 3)]`."""
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return [text]
    rows = found if isinstance(found, (list, tuple)) else [found]
    cells = [cell for row in rows for cell in (row if isinstance(row, (list, tuple)) else [row])]
    return [str(cell) for cell in cells[:20]]
