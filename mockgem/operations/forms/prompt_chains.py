"""Prompts of libraries that answer in several calls: growing summaries, refined answers, results
of queries."""

from __future__ import annotations

import ast
import re

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

GROWING = make_regex(
    r"\b(?:current|previous|existing) summary:\s*\n?(?P<before>[\s\S]{0,6000}?)\n\s*"
    r"new (?:lines(?: of conversation)?|messages|conversation|text):\s*\n(?P<lines>[\s\S]{1,6000}?)"
    r"\n\s*new summary:\s*\Z",
    re.I,
)
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
    match = GROWING.search(question.prompt[-12_000:])
    if match is None:
        return None
    before = " ".join(match["before"].split())
    said = [
        f"The {'human' if who.lower() in PEOPLE else 'AI'} says: “{text.strip()}”"
        for who, text in LINE.findall(match["lines"])
    ]
    return " ".join(filter(None, (before, *said))) or None


REFINES = make_regex(
    r"\bexisting answer:\s*(?P<answer>[^\n]{1,2000})\n[\s\S]{0,400}?\n-{4,}\n"
    r"(?P<context>[\s\S]{1,8000}?)"
    r"\n-{4,}",
    re.I,
)
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
    match = REFINES.search(prompt)
    if match is None:
        return None
    asked = ORIGINAL.search(prompt)
    query = next(filter(None, asked.groups())) if asked else match["answer"]
    best = choose_sentence(split_sentences(match["context"]), query)
    if best is None or measure_coverage(best, best, query) < ENOUGH:
        return match["answer"].strip()
    return end(best)


QUERY_RESULT = make_regex(
    r"\bquestion:[ \t]*([^\n]{3,400})\n[\s\S]{0,3000}?\b(?:sql ?result|query result"
    r"|result)s?:[ \t]*"
    r"([^\n]{1,2000})\n[\s\S]{0,40}?\banswer:\s*\Z",
    re.I,
)
HOW_MANY = make_regex(r"\bhow many ([^?]{2,60}?)(?: are there| do we have| exist)?\?", re.I)


@form(
    "result of a query",
    "Question: How many employees are there?\nSQL Query: SELECT COUNT(*) FROM Employee\nSQL Result:"
    " [(8,)]\nAnswer:",
    words="sql query result",
    about="a sentence with the values of the result",
)
def tell_result(question: Question) -> str | None:
    match = QUERY_RESULT.search(question.prompt[-8000:])
    if match is None or question.language != "en":
        return None
    values = read_values(match[2].strip())
    if not values:
        return None
    counted = HOW_MANY.search(match[1])
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
