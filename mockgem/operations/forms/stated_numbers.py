"""Numbers that a text states: totals, amounts behind labels, days between two dates."""

from __future__ import annotations

import re
from datetime import date

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

ISO = make_regex(r"\b\d{4}-\d{2}-\d{2}\b")
DAYS_BETWEEN = make_regex(r"\bdays?\b[^?\n]{0,40}\b(?:between|from|until|passed)\b", re.I)


def count_days_between(text: str) -> str:
    """Return how many days lie between two dates of a question; empty without them."""
    dates = ISO.findall(text) if DAYS_BETWEEN.search(text) else []
    if not dates and DAYS_BETWEEN.search(text):
        dates = list_named_dates(text)
    if len(dates) != 2:
        return ""
    try:
        first, last = (date.fromisoformat(one) for one in dates)
    except ValueError:
        return ""
    return str(abs((last - first).days))


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAMED_DATE = make_regex(
    rf"\b(?:(?P<month>{'|'.join(MONTHS)})[a-z]* (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})"
    r"(?:st|nd|rd|th)?"
    rf"(?: of)? (?P<month2>{'|'.join(MONTHS)})[a-z]*)(?:st|nd|rd|th)?,?(?: (?P<year>\d{{4}}))?\b",
    re.I,
)


def list_named_dates(text: str) -> list[str]:
    """Return the dates with names of months in ISO form; without a year they are in one year."""
    found = []
    for match in NAMED_DATE.finditer(text):
        month = MONTHS.index((match["month"] or match["month2"]).lower()) + 1
        day = int(match["day"] or match["day2"])
        found.append(f"{match['year'] or 2025}-{month:02}-{day:02}")
    return found


TOTAL = make_regex(
    r"\b(?:total\w*|sum|gesamt\w*|summe|importe|montant total|totale|amount due)\b", re.I
)
TOTAL_LINE = make_regex(
    r"^[^\n:\d]{0,24}\b(?:total|gesamt\w{0,12}|summe|totale|importe|amount due|à payer)\b"
    r"[^\n:\d]{0,24}[:=]?\s{0,8}((?:EUR|USD|GBP|CHF)\s)?([$€£]? ?\d[\d.,]*\d)( ?(?:[€$£]|EUR"
    r"|USD|GBP|CHF))?",
    re.I | re.M,
)


def find_total(question: Question) -> str:
    """Return the amount in the last line with a total: "Total TTC : 162,00 €"."""
    is_input = bool(question.system) and not question.material
    wish = question.system if is_input else question.instruction
    text = question.prompt if is_input else question.material
    lines = TOTAL_LINE.findall(text) if TOTAL.search(wish) else []
    if not lines:
        return ""
    before, written, after = lines[-1]
    amount: str = written.strip(" $€£")
    if before and re.search(r"\b(?:with|and|including) (?:the |its )?currency\b", wish, re.I):
        return f"{amount} {before.strip()}"
    if WITHOUT_COMMAS.search(wish) and not DECIMAL_COMMA.search(amount):
        return amount.replace(",", "")
    is_bare = re.search(r"\b(?:number|digits?|integer|float|symbol)\b", question.lower)
    return amount if is_bare else f"{written}{after}".strip()


WITHOUT_COMMAS = make_regex(
    r"\b(?:without|no|remove|strip|omit)\b[^.\n]{0,30}(?:\bthousands? separators?|\bcommas?\b)",
    re.I,
)
DECIMAL_COMMA = make_regex(r",\d{1,2}\Z")
ASKED_NOUN = make_regex(
    r"\b(?:what (?:is|was|are|were)|what's|extract|find|get|return|give me|tell me|identify"
    r"|output) (?:only |just )?(?:the |its )([\w -]{3,40}?)(?= (?:from|in|of|on|for|as|due)\b"
    r"|[.,:;?!\n]|\Z)",
    re.I,
)
LABELLED = (
    r"(?:^|[\n.;,] ?)[ \t*]*(?:{name})[ *]*(?:[:=]|is|was)[ *]*([$€£]? ?-?\d[\d.,]*\d|[$€£]? ?\d)"
    r"( ?[€$£%]|[ ]?(?:EUR|USD|GBP|kg|km)\b)?"
)


def find_labelled_amount(question: Question) -> str:
    """Return the number after the label that the prompt asks for: "Total: $194.40"."""
    for match in ASKED_NOUN.finditer(question.instruction):
        words = match[1].lower().split()
        for name in (" ".join(words), words[-1]):
            found = re.search(LABELLED.format(name=re.escape(name)), question.material, re.I)
            if found is not None:
                keeps_sign = not re.search(r"\b(?:number|digits?|integer|float)\b", question.lower)
                amount = found[1].strip() if keeps_sign else found[1].strip(" $€£")
                return amount + (found[2] or "" if keeps_sign else "")
    return ""
