"""Whether a premise entails a hypothesis: by shared words, negations and opposites."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.word_stems import extract_stems

PAIR = make_regex(
    r"\b(?:premise|text|sentence 1|sentence a)\s?[:：]\s*(?P<premise>[^\n]{3,1500})\n+"
    r"[ \t*#]*(?:hypothesis|claim|statement|sentence 2|sentence b)\s?[:：]\s*"
    r"(?P<hypothesis>[^\n]{3,600})",
    re.I,
)
LABELS = {
    "entails": make_regex(r"^(?:entail\w*|yes|true|support\w*|e)$", re.I),
    "contradicts": make_regex(r"^(?:contradict\w*|no|false|refute[sd]?|c)$", re.I),
    "neutral": make_regex(r"^(?:neutral|unknown|maybe|neither|not enough info\w*|n)$", re.I),
}
NOT = make_regex(r"\b(?:no|not|never|nobody|nothing|none|without)\b|n['’]t\b", re.I)
OPPOSITES = """
sleep awake; sit stand; sit run; indoors outdoors; inside outside; open close; day night; man woman
boy girl; hot cold; empty full; happy sad; alone crowd; up down; rain sun; buy sell; alive dead
asleep play; sleep play; sleep run; sleep eat; win lose; young old; black white; first last
"""
PAIRS = [frozenset(pair.split()) for pair in re.split(r";|\n", OPPOSITES.strip())]
RELATED = """
guitar music; piano music; violin music; play perform; dog animal; cat animal; horse animal
man person; woman person; boy child; girl child; soccer sport; football sport; kid child
child person; bike vehicle; car vehicle; apple fruit; banana fruit; run move; walk move
beach outside; park outside
"""
FAMILIES = [tuple(pair.split()) for pair in re.split(r";|\n", RELATED.strip())]


def find_relation(text: str) -> str:
    """Return "entails", "contradicts" or "neutral" for a premise and a hypothesis; else nothing."""
    match = PAIR.search(text[:4000])
    if match is None:
        return ""
    premise, hypothesis = extract_stems(match["premise"]), extract_stems(match["hypothesis"])
    if not hypothesis:
        return "neutral"
    if (NOT.search(match["premise"]) is None) != (NOT.search(match["hypothesis"]) is None):
        return "contradicts" if premise & hypothesis else "neutral"
    words = [{stem[:5] for stem in stems} for stems in (premise, hypothesis)]
    if any(clash(pair, words[0], words[1]) for pair in PAIRS):
        return "contradicts"
    new = {word for word in words[1] - words[0] if not is_implied(word, words[0])}
    return "entails" if len(new) <= len(words[1]) // 3 else "neutral"


def clash(pair: frozenset[str], one: set[str], other: set[str]) -> bool:
    left, right = ({word[:5] for word in pair} & words for words in (one, other))
    return bool(left and right and left != right)


def is_implied(word: str, premise: set[str]) -> bool:
    return any(wide[:5] == word and narrow[:5] in premise for narrow, wide in FAMILIES)


def choose_relation(values: list[str], text: str) -> str:
    """Return the label for the relation of a premise and a hypothesis; empty without them."""
    relation = find_relation(text)
    pattern = LABELS.get(relation)
    return next((one for one in values if pattern and pattern.match(one.strip())), "")
