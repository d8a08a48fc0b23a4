"""Sums in words about things that come and go: "3 apples, buys 5 more, gives 2 away"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

COUNTED = make_regex(
    r"(?<![\w.$€£/-])(\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
    r"(?!\.\d)(?= (?!(?:years?|days?|hours?|times|percent|of)\b)[a-z]{2,20}\b|\s*[.,;?!]|\s*\Z)",
    re.I,
)
HOW_MANY = make_regex(r"\bhow many\b|\bin total\b|\baltogether\b", re.I)
TAKES_AWAY = make_regex(
    r"\b(?:left|remain\w*|gives?|giving|gave|ate|eats?|lost|loses?|sold|sells?|spent|spends?|took"
    r"|takes?|used?|uses|breaks?|broke|flew|flies|fly|throws?|threw|drops?|dropped|donat\w+"
    r"|died?|dies"
    r"|remov\w+|popped|shares?|shared|paid|pays?|leaves?|get off|got off|gets off|hands?)\b",
    re.I,
)
BRINGS = make_regex(
    r"\b(?:buys?|bought|gets?|got|receiv\w+|finds?|found|adds?|added|picks?|picked|wins?|won|gains?"
    r"|joins?|joined|arriv\w+|comes?|came|more|another|collect\w*|bakes?|baked|earns?|earned|get on"
    r"|got on)\b",
    re.I,
)
MULTIPLIES = make_regex(
    r"\b(?:each|every|per|times|twice|half|average|more than|fewer|less|as many)\b", re.I
)
LEAVES = make_regex(r"\b(?:get|gets|got) off\b", re.I)


def find_counted_sum(text: str) -> int | None:
    """Return the total in "3 apples and 4 pears, how many fruits?", or what is left of it."""
    text = text[:1500]
    if not HOW_MANY.search(text) or MULTIPLIES.search(text):
        return None
    found = list(COUNTED.finditer(text))
    counts = [parse_count(match[1], 999_999) for match in found]
    if len(counts) < 2:
        return None
    takes = TAKES_AWAY.search(text) is not None
    total = counts[0]
    for before, match, count in zip(found, found[1:], counts[1:], strict=False):
        between = text[before.end() : match.start()]
        start = max(between.rfind(mark) for mark in (".", ",", ";", " and ", "\n"))
        after = re.split(r"[.,;!?\n]| and | but ", text[match.end() : match.end() + 40])[0]
        clause = between[start + 1 :] + match[0] + after
        total += count * find_sign(clause, is_taken=takes)
    return total


def find_sign(clause: str, *, is_taken: bool) -> int:
    """Return 1 if the words of a clause add a number, -1 if they take it away.

    Args:
        is_taken: Whether the whole text takes something away, which decides for other clauses.
    """
    if LEAVES.search(clause):
        return -1
    taken, brought = TAKES_AWAY.search(clause), BRINGS.search(clause)
    if taken is not None and brought is not None:
        return -1 if taken.start() > brought.start() else 1
    if taken is not None or brought is not None:
        return -1 if taken is not None else 1
    return -1 if is_taken else 1
