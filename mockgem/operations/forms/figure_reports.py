"""Reports on figures that a prompt gives: their sum, the highest and the lowest one."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WANTS_REPORT = make_regex(
    r"\b(?:report|summari[sz]e|summary|analy[sz]\w*|describe|interpret|comment|insights?|explain"
    r"|trends?|overview|conclusions?|tell me)\b[^.?\n]{0,60}\b(?:figures|numbers|data|statistics"
    r"|stats|results|sales|metrics|values|kpis?|revenue)\b"
    r"|\b(?:figures|numbers|data|statistics|metrics|kpis?)\b[^.?\n]{0,40}\b(?:report|summary"
    r"|analysis|insights?)\b",
    re.I,
)
OTHER_LAYOUT = make_regex(
    r"\b(?:table|csv|chart|code|python|sql|function|script|bullets?|bullet points|class|regex)\b",
    re.I,
)
FIGURE = make_regex(
    r"(?:^|[\n,;:|(-])[ \t]*([A-Za-z][\w ./'-]{0,28}?)\s?(?::|=|\s-|–)\s{0,2}"
    r"([$€£]?)(-?\d[\d,]*(?:\.\d+)?)"
    r"( ?%| ?(?:EUR|USD|GBP|euros?|dollars?|units?|users|orders|visits|k|kg|km|ms|people|points)"
    r"\b)?",
    re.I,
)


@form(
    "report on figures",
    "Sales: Q1: 120,000 EUR, Q2: 150,000 EUR, Q3: 90,000 EUR.\n\nWrite a short report on these"
    " figures.",
    words="report summarize summarise summary analyze analyse analysis describe interpret comment"
    " insights insight explain trends trend overview conclusions tell",
    about="sentences with the given figures, their sum, the highest and the lowest one",
)
def report_figures(question: Question) -> str | None:
    prompt = question.prompt[:6000]
    wish = question.instruction if question.material else prompt
    if question.language != "en" or not WANTS_REPORT.search(wish):
        return None
    if wants("json", question) or OTHER_LAYOUT.search(wish):
        return None
    rows = [(m[1].strip(), m[2], m[3], m[4] or "") for m in FIGURE.finditer(prompt)]
    units = {(sign, unit.strip().lower()) for _, sign, _, unit in rows}
    if len(rows) < 3 or len(units) > 1:
        return None
    return describe_rows(rows)


def describe_rows(rows: list[tuple[str, str, str, str]]) -> str:
    """Return what figures say.

    Args:
        rows: Each with its name, the sign before it, the number as it is written, and its unit.
    """
    shown = [f"{name} {sign}{number}{unit}" for name, sign, number, unit in rows]
    values = [float(number.replace(",", "")) for _, _, number, _ in rows]
    high, low = values.index(max(values)), values.index(min(values))
    change = (
        "rose" if values[-1] > values[0] else "fell" if values[-1] < values[0] else "stayed level"
    )
    sentences = [
        f"The figures are {', '.join(shown[:-1])} and {shown[-1]}.",
        f"The highest value is {shown[high]}, the lowest is {shown[low]}.",
        f"From the first to the last one the value {change}.",
    ]
    _, sign, _, unit = rows[0]
    if "%" not in unit:
        total = sum(values)
        written = f"{total:,.0f}" if total == int(total) else f"{total:,.2f}"
        sentences.append(f"Together they make {sign}{written}{unit}.")
    return " ".join(sentences)
