"""Tables of given tickets with a score or a level and the reason: "Ticket | Score | Why"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.ranked_levels import MINOR, SEVERE, URGENT
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.table_columns import find_columns
from mockgem.operations.forms.values import find_range

LINE = make_regex(
    r"^[ \t]*(?:[-*•] )?(?P<id>[A-Z]{1,8}-?\d{1,6}|#\d{1,6}"
    r"|\d{1,3})[:.)]\s+(?P<text>\S[^\n]{4,300})$",
    re.M,
)
TABLE = make_regex(r"\btable\b", re.I)
SCORE = make_regex(r"\b(?:score|priority|rating|severity|urgency|risk|points)\b", re.I)
WHY = make_regex(r"\b(?:why|reason|rationale|justification|because|explanation)\b", re.I)
TEXT = make_regex(r"\b(?:title|summary|description|text|issue|subject|message|review|task)\b", re.I)
FIRST_HIGH = make_regex(
    r"\b(?:highest|most \w+|descending|top) first\b|\bdescending\b|\bfrom highest\b", re.I
)
DATA_RISK = make_regex(
    r"\b(?:other users?|private|leak\w*|password|security|invoices?|data)\b", re.I
)


@form(
    "scored tickets",
    "Give each ticket a score from 0 to 100 as a table (Ticket, Score, Why).\n\nT-1: Typo in the"
    " footer\n"
    "T-2: Nobody can log in",
    words="score priority rating severity urgency risk points",
    about="a row for each of the given tickets with its score and the reason",
)
def score_tickets(question: Question) -> str | None:
    wish = question.wish
    rows = LINE.findall(question.prompt[:8000]) if TABLE.search(wish) else []
    columns = find_columns(wish) if len(rows) > 1 else []
    if len(columns) < 2 or not any(SCORE.search(one) for one in columns):
        return None
    low, high = (int(float(one)) for one in find_range(wish) or ("1", "10"))
    scored = [(rate(text, low, high), mark, text) for mark, text in rows]
    if FIRST_HIGH.search(wish):
        scored.sort(key=lambda row: -row[0])
    cells = [
        [fill(column, at, score, mark, text) for at, column in enumerate(columns)]
        for score, mark, text in scored
    ]
    lines = [columns, ["---"] * len(columns), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rate(text: str, low: int, high: int) -> int:
    """Return a score of a range for how urgent a text is."""
    share = 0.5
    if SEVERE.search(text):
        share = 0.95
    elif DATA_RISK.search(text):
        share = 0.9
    elif URGENT.search(text):
        share = 0.75
    elif MINOR.search(text):
        share = 0.1
    return round(low + (high - low) * share)


def fill(column: str, at: int, score: int, mark: str, text: str) -> str:
    """Return a cell: the number of the ticket, its score, the reason or its text."""
    if SCORE.search(column):
        return str(score)
    if WHY.search(column):
        return explain(text)
    return text if TEXT.search(column) and at else mark


def explain(text: str) -> str:
    if SEVERE.search(text) or DATA_RISK.search(text):
        return f"Affects many users or their data: {text}"
    if MINOR.search(text):
        return f"Only cosmetic: {text}"
    return f"Annoying, but there is a way around it: {text}"
