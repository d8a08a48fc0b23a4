"""The last result after a change: "and with 10% discount?", "if I take 5 more days?"."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.calculations import format_number
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import split_sentences

MAX_PROMPT = 140
PERCENT = r"(\d{1,3}(?:\.\d{1,2})?) ?(?:%|percent|prozent|por ciento)"
LESS_PERCENT = make_regex(
    rf"{PERCENT} (?:discount|off|rabatt|weniger|de descuento|de réduction|di sconto|de desconto)"
    rf"|(?:discount|rabatt|descuento|réduction|sconto|desconto) (?:of|von|de|di) {PERCENT}",
    re.I,
)
MORE_PERCENT = make_regex(
    rf"{PERCENT} (?:tip|tax|vat|sales tax|service|interest|more|trinkgeld|mwst|mehrwertsteuer"
    rf"|de propina|de iva|de tva|di iva|de pourboire)\b"
    rf"|(?:plus|with|add|including) (?:a )?{PERCENT}(?! (?:discount|off))",
    re.I,
)
SHARED = make_regex(
    rf"\b(?:split|divided?|shared?|geteilt|dividido|divisé)\b[^.?\n]{{0,24}}?\b(?:by|between|among"
    rf"|with|in|durch|entre|par|for) (?:the |us )?({NUMBER})\b"
    rf"|\bper person\b[^.?\n]{{0,20}}\b({NUMBER}) (?:people|persons|of us)",
    re.I,
)
TAKES = make_regex(
    rf"\b(?:take|takes|took|use|spend|sell|eat|ate|lose|lost|give away|remove|drink|return|pay back"
    rf"|need)\b[^.?\n]{{0,40}}?\b(?<![\d.])({NUMBER})\b(?! ?%)",
    re.I,
)
GETS = make_regex(
    rf"\b(?:get|gets|got|buy|bought|receive|earn|find|found|win|gain|add)\b[^.?\n]{{0,30}}?"
    rf"\b(?<![\d.])({NUMBER})\b(?! ?%)(?: more| another)?",
    re.I,
)
IN_BRACKETS = make_regex(r"\((\d{1,6}(?:\.\d{1,2})?)(?: \w+)?\)")
ASKS = make_regex(
    r"\W*(?:(?:ok|okay|and|und|y|et|e|so|then|now|hm+|but|great)\W{1,3}){0,3}(?:what |how )?(?:if"
    r"|when|with|after|about|mit|con|avec|wenn|si|se|split|divided|shared?|plus|minus|how (?:much"
    r"|many)|what)\b",
    re.I,
)
AMOUNT = make_regex(r"(?<![\w.,])([$€£] ?)?(\d[\d,]*(?:\.\d+)?)(?![\d%]|[.,]\d)")
RESULT = make_regex(r"= ?([$€£] ?)?(\d[\d,]*(?:\.\d+)?)")
AFTER_BRACKETS = make_regex(r" ?\([^()]*\)")


MAX_RESULT = 100
"""Characters of a sentence that tells a result."""


@frozen
class Change:
    """What a message does to the last result: it is multiplied, then a number is added."""

    factor: float
    added: float
    said: str


@form(
    "further amount",
    needs="earlier",
    about='the last result after a change: "and with 10% discount?"',
)
def change_amount(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > MAX_PROMPT or not ASKS.match(prompt):
        return None
    replies = question.list_said("model")
    change = read_change(prompt)
    if change is None or not replies:
        return None
    sentence = AFTER_BRACKETS.sub("", split_sentences(replies[-1])[0]) if replies[-1] else ""
    found = list(AMOUNT.finditer(sentence))
    result = RESULT.search(replies[-1])
    base = result[2] if result else found[-1][2] if found else ""
    place = next((one for one in reversed(found) if one[2] == base), None)
    if not base or place is None or len(sentence) > MAX_RESULT:
        return None
    number = float(base.replace(",", "")) * change.factor + change.added
    new = f"{number:.2f}" if "." in base or "." in format_number(number) else format_number(number)
    told = f"{sentence[: place.start(2)]}{new}{sentence[place.end(2) :]}"
    return end(f"{change.said}{told[:1].lower()}{told[1:]}" if change.said else told)


def read_change(prompt: str) -> Change | None:
    """Return how a message changes a result; None if it changes nothing."""
    if match := LESS_PERCENT.search(prompt):
        share = next(filter(None, match.groups()))
        return Change(1 - float(share) / 100, 0, f"With {share}% off, ")
    if match := MORE_PERCENT.search(prompt):
        share = next(filter(None, match.groups()))
        return Change(1 + float(share) / 100, 0, f"With {share}% more, ")
    if match := SHARED.search(prompt):
        count = parse_count(next(filter(None, match.groups())))
        return Change(1 / count, 0, f"Divided by {count}, ") if count > 1 else None
    bracket = IN_BRACKETS.search(prompt)
    for pattern, sign in ((TAKES, -1.0), (GETS, 1.0)):
        if match := pattern.search(prompt):
            amount = float(bracket[1]) if bracket else float(parse_count(match[1], 10**6))
            return Change(1, sign * amount, "")
    return None
