"""Numbers in a row, as prompts that try out streams ask for."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

COUNT = make_regex(
    r"\W*(?:(?:please|can you|could you|now)\s+)*count\s+(?:out loud\s+)?"
    r"(?:from\s+(\d{1,6})\s+)?(?:up\s+|down\s+)?to\s+(\d{1,6})\b",
    re.I,
)
MANNER = frozenset(
    """please slowly out loud one a number numbers digit digits only just nothing else no other
    text words and with each per on its own new separate line lines separated by comma commas space
    spaces without explanation""".split()
)
"""The words that may follow. With others the prompt asks for more, such as another language."""
MAX_NUMBERS = 1_000


HOW_MANY_LISTED = make_regex(
    r"\bhow many\b[^?\n]{2,60}\b(?:listed|in (?:this|the) list|on (?:this|the) list|here|below"
    r"|above"
    r"|are there)\b|\bcount the (?:[a-z]+ )?(?:items|lines|entries|names|rows)\b"
    r"|\bnumber of (?:[a-z]+ )?(?:items|lines|entries|names)\b",
    re.I,
)


@form(
    "number of listed things",
    "How many people are listed here?\n\n- Anna\n- Ben\n- Carla",
    words="many count number",
    about="how many marked lines the prompt has",
)
def count_listed(question: Question) -> str | None:
    if "\n" not in question.prompt or not HOW_MANY_LISTED.search(question.prompt[:2000]):
        return None
    count = len(list_marked(question.prompt[:12_000]))
    if count < 2 or question.language != "en":
        return None
    return str(count) if question.is_terse else f"There are **{count}**."


@form(
    "counting",
    "Count from 1 to 10, one number per line, digits only.",
    "Count to 5",
    "Please count from 10 down to 1, separated by spaces.",
    words="count",
    about="the numbers, in lines or with commas",
)
def count_numbers(question: Question) -> str | None:
    prompt = question.prompt.strip()
    match = COUNT.match(prompt) if len(prompt) < 300 else None
    if match is None:
        return None
    manner = re.findall(r"[^\W_]+", prompt[match.end() :].lower())
    first, last = int(match[1] or 1), int(match[2])
    if not MANNER.issuperset(manner) or abs(last - first) >= MAX_NUMBERS:
        return None
    step = 1 if first <= last else -1
    joined_by = "\n" if "line" in manner else " " if "spaces" in manner else ", "
    return joined_by.join([str(number) for number in range(first, last + step, step)])
