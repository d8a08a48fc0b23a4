"""Formulas for a system instruction that turns each message into one."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_excel import write_excel
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

HELPS = make_regex(
    r"\b(?:spreadsheets?|excel|google sheets)\b[^\n]{0,200}?\bformulas?\b"
    r"|\bformulas?\b[^\n]{0,120}?\b(?:spreadsheets?|excel|google sheets)\b",
    re.I,
)
ABOUT_CELLS = make_regex(
    r"\b(?:columns?|col|cells?|rows?|range) ?[A-Z]?\d{0,4}\b|\b[A-Z]{1,2}\d{1,4}\b", re.I
)
MAX_PROMPT = 300


@form(
    "spreadsheet formula",
    about="the formula for each message, where the system instruction wants formulas",
    words="formula formulas",
)
def write_formula(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if not HELPS.search(question.stated_system) or len(prompt) > MAX_PROMPT:
        return None
    if not ABOUT_CELLS.search(prompt):
        return None
    formula = write_excel(prompt)
    return formula if question.is_terse else f"```\n{formula}\n```"
