"""What a rule with a limit says for an amount: "free above 50 euros; otherwise a fee applies"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end

AMOUNT = r"[$€£]? ?(\d{1,6}(?:[.,]\d{1,2})?)"
RULE = make_regex(
    r"(?P<thing>[A-Z][\w' -]{2,40}?) (?:is|are) (?P<state>free(?: of charge)?|included)"
    r" (?:for|on|from|with)[^.;\n]{0,30}?\b(?:above|over|from|at least|more than|exceeding) "
    rf"{AMOUNT.replace('(', '(?P<limit>', 1)}[^.;\n]{{0,20}}[;,.] ?"
    r"(?:[Oo]therwise|[Bb]elow (?:this|that)|[Ii]f not|[Ff]or (?:all )?(?:other|smaller) orders),? "
    r"(?P<other>[^.\n]{5,80}(?:\.\d\d[^.\n]{0,60})?)"
)
ASKED = make_regex(
    rf"\b(?:how much|what|is|are|do|does|cost|pay)\b[^?\n]{{0,80}}?{AMOUNT}[^?\n]{{0,30}}\?", re.I
)
MAX_TEXT = 8_000


@form(
    "rule for an amount",
    "Context: Shipping is free for orders above 50 euros; otherwise a fee of 4.95 euros applies."
    "\n\nHow much is shipping for an order of 35 euros?",
    words="free included",
    about="what a rule with a limit in the given text says for the amount of the question",
)
def apply_rule(question: Question) -> str | None:
    text = question.material or question.prompt
    rule = RULE.search(text[:MAX_TEXT]) if question.language == "en" else None
    asked = ASKED.search(question.prompt[-400:]) if rule else None
    if rule is None or asked is None or rule["thing"].split()[-1].lower() not in asked[0].lower():
        return None
    is_over = float(asked[1].replace(",", ".")) > float(rule["limit"].replace(",", "."))
    if is_over:
        return f"{rule['thing']} is {rule['state']}."
    other = rule["other"].strip()
    return end(f"{other[:1].upper()}{other[1:]}")
