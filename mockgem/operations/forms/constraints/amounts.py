"""Constraints on the length of a text that also has other constraints."""

from __future__ import annotations

import re
from functools import partial

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.constraints.wording import AMOUNT_WORDS, LARGE, Amount, read_amount
from mockgem.operations.forms.lazy_patterns import make_regex

SHORT_LENGTH = "short length"
"""A constraint that counts beside others; alone, recognisers keep it themselves."""
UNIT = make_regex(
    rf"{AMOUNT_WORDS}(?:[- ](?:full|short|long|complete|whole))?[- ](?P<unit>words?|sentences?)\b"
    r"(?! (?:title|headline|name|summary|phrase|each|per|slogan|tagline|(?:in|with|that|are"
    r"|of)\b[^.\n]{0,20}capital))"
    r"(?P<more>,? (?:or|and) (?:more|less|fewer|longer|shorter))?",
    re.I,
)


LIMITS = (
    *"least min less few more over above most max under below exactly only longer shorter".split(),
    *("up to", "and", "to", "+", "-", "–"),
)
"""Signs that a number of words is a limit or a range."""


@constraint(
    "length",
    "Write a poem about the harbour with at least 120 words.",
    UNIT,
    Step.LENGTH,
    "word words sentence sentences",
    signs=LIMITS,
)
def read_length(match: re.Match[str]) -> Change | None:
    change = read_change(match)
    return change if change and is_long(change.args[0], match["unit"]) else None


@constraint(
    SHORT_LENGTH,
    "Tell me about salt, without commas and in fewer than 40 words.",
    UNIT,
    Step.LENGTH,
    "word words sentence sentences",
    signs=LIMITS,
)
def read_short_length(match: re.Match[str]) -> Change | None:
    change = read_change(match)
    return None if change and is_long(change.args[0], match["unit"]) else change


def read_change(match: re.Match[str]) -> partial[None] | None:
    """Return what fits a text to a length; None for an exact one and one of each part."""
    after = match["more"] or match["after"] or ""
    if not (after or match["relation"] or match["upper"]):
        return None
    number = match["number"] + (f" to {match['upper']}" if match["upper"] else "")
    amount = read_amount(f"{match['relation'] or ''} {number}{after}".strip())
    if amount is None or amount.least == amount.most or EACH.search(match.string[: match.start()]):
        return None
    return partial(fit_words if match["unit"].lower().startswith("w") else fit_sentences, amount)


def is_long(amount: Amount, unit: str) -> bool:
    asked = amount.least or amount.most
    return asked >= (LONG_WORDS if unit.lower().startswith("w") else LONG)


EACH = make_regex(r"\b(?:each|every|per)\b[^.\n]{0,40}\Z", re.I)
LONG_WORDS = 50
LONG = 4


def fit_words(amount: Amount, draft: Draft) -> None:
    """Add sentences until there are enough words; drop the last ones if there are too many."""
    while draft.count_words() < min(amount.least, LARGE):
        draft.add_sentences([draft.writer.write_sentence() for _ in range(3)])
    if amount.least == amount.most:
        return
    while draft.count_words() > amount.most and drop_sentence(draft):
        pass


def fit_sentences(amount: Amount, draft: Draft) -> None:
    count = len(ENDS.findall(draft.text))
    if count < amount.least:
        more = min(amount.least, 400) - count
        draft.add_sentences([draft.writer.write_sentence() for _ in range(more)])
    while len(draft.list_sentences()) > max(1, amount.most) and drop_sentence(draft):
        pass


ENDS = make_regex(r"[.!?。！？][\"”*]*(?=\s|\Z)")


def drop_sentence(draft: Draft) -> bool:
    """Drop the last sentence that has no word to keep; False if every sentence has one."""
    sentences = draft.list_sentences()
    lowered = [word.lower() for word in draft.kept]
    for sentence in reversed(sentences[1:]):
        if not any(word in sentence.lower() for word in lowered):
            place = draft.text.rfind(sentence)
            draft.text = (draft.text[:place] + draft.text[place + len(sentence) :]).strip()
            return True
    return False
