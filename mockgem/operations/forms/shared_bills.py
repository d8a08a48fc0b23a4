"""An amount that several people share: "Split a bill of 90 euros between 3 friends"."""

from __future__ import annotations

import re

from mockgem.operations.forms.calculations import format_amount
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MONEY = (
    r"(?P<sign>[$€£] ?)?(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?)"
    r"(?: ?(?P<unit>€|dollars?|euros?|pounds?|usd|eur|gbp|chf|bucks)(?!\w))?"
)
SPLIT = make_regex(
    rf"\b(?:split|divide|share)\b[^.?\n\d$€£]{{0,40}}{MONEY}[^.?\n\d]{{0,30}}?\b"
    rf"(?:(?:between|among|by|with|for|into) (?P<people>{NUMBER})|(?P<ways>{NUMBER}) ways)\b",
    re.I,
)
EACH_OF = make_regex(
    rf"{MONEY}[^?\n\d]{{0,40}}?\b(?P<people>{NUMBER})[- ](?:people|persons?|friends|of us|guys"
    r"|roommates)\b[^?\n]{0,60}\b(?:each|per person|apiece)\b",
    re.I,
)
"""A bill and those who share it: "bill is 84.60, 4 people, 15% tip, how much each?"."""
THOUSANDS = make_regex(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?")
TIP = make_regex(r"(\d{1,2}(?:\.\d)?) ?(?:%|percent) (?:tip|service|gratuity)", re.I)
BILL = make_regex(
    r"\b(?:bill|check|tab|rent|costs?|expenses?|dinner|price|friends|roommates|flatmates|ways)\b",
    re.I,
)
"""Words that tell that a number is money where it has no currency."""
OTHER_WISH = make_regex(
    r"\b(?:code|function|python|javascript|app|json|table|formula|excel)\b", re.I
)
MAX_PROMPT = 200
MOST = 100


@form(
    "shared bill",
    "Split a bill of 90 euros between 3 friends",
    "split 84.60 four ways, plus 10% tip",
    words="split divide share each per apiece",
    about="what each person pays",
)
def share_bill(question: Question) -> str | None:
    prompt = question.prompt.strip()
    is_short = len(prompt) <= MAX_PROMPT
    match = SPLIT.search(prompt) or EACH_OF.search(prompt) if is_short else None
    if match is None or question.language != "en" or OTHER_WISH.search(prompt):
        return None
    is_money = match["sign"] or match["unit"] or BILL.search(prompt)
    if not is_money or re.search(r"\A\W*divide\b", prompt, re.I):
        return None
    groups = match.groupdict()
    people = parse_count(groups["people"] or groups["ways"], MOST)
    amount = read_amount(match["amount"])
    if people < 1:
        return None
    tip = TIP.search(prompt)
    total = round(amount * (1 + float(tip[1]) / 100 if tip else 1), 2)
    each = format_money(round(total / people, 2), match["sign"], match["unit"])
    if question.is_terse:
        return each
    whole = format_money(total, match["sign"], match["unit"])
    with_tip = f" with {tip[1]}% tip" if tip else ""
    return f"{each} each ({whole}{with_tip}, split {people} ways)."


def read_amount(text: str) -> float:
    """Return "1,250.50" as 1250.5, and "12,5" with its decimal comma as 12.5."""
    if THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))


def format_money(number: float, sign: str | None, unit: str | None) -> str:
    """Return an amount with its currency, as the prompt writes it."""
    return f"{(sign or '').strip()}{format_amount(number)}{f' {unit}' if unit else ''}"


NET = make_regex(
    rf"{MONEY}[^.?\n\d]{{0,30}}\b(?:without|excluding|excl\.?|before|net of|plus|ex) (?:vat|tax"
    r"|sales tax|gst)\b[^?\n\d]{0,30}(?P<rate>\d{1,2}(?:\.\d)?) ?%",
    re.I,
)


@form(
    "price with tax",
    "price is 49.90 without vat, vat is 21%, whats the total",
    words="vat tax gst",
    about="the price with its tax",
)
def add_tax(question: Question) -> str | None:
    prompt = question.prompt.strip()
    match = NET.search(prompt) if len(prompt) <= MAX_PROMPT else None
    if match is None or question.language != "en" or OTHER_WISH.search(prompt):
        return None
    net, rate = read_amount(match["amount"]), float(match["rate"])
    tax = round(net * rate / 100, 2)
    total = format_money(round(net + tax, 2), match["sign"], match["unit"])
    if question.is_terse:
        return total
    return f"{total} in total ({format_money(tax, match['sign'], match['unit'])} of it is tax)."
