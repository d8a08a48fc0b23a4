"""Whether a premise entails a hypothesis: by shared words, negations and opposites."""

from __future__ import annotations

import re
from collections.abc import Set

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS
from mockgem.operations.generators.word_stems import strip_ending

PAIR = make_regex(
    r"\b(?:premise|text|context|passage|evidence|source|article|document|sentence 1|sentence a)"
    r"\s?[:：]\s*(?P<premise>[^\n]{3,1500})\n+"
    r"[ \t*#]*(?:hypothesis|claim|statement|assertion|sentence 2|sentence b)\s?[:：]\s*"
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
CLASSES = """
person people human someone: man men woman women male female boy girl guy lady kid child children
person people human someone: player worker teacher student chef cyclist rider girls boys
man men guy: male guy gentleman men man
woman women lady: female lady girl women woman
child children kid: boy girl kid child children toddler
sport game: soccer football basketball tennis baseball hockey volleyball rugby golf match
animal pet: dog cat horse bird cow puppy kitten rabbit
dog: puppy poodle retriever
outdoor outside: snow beach park street road field mountain river garden lake sea forest
food meal: tomato bread pizza apple soup sandwich rice pasta fruit vegetable cake dinner lunch
prepare cook make: slice cut chop bake fry cook grill stir
eat: dine meal breakfast lunch dinner
vehicle: car bike bicycle truck bus motorcycle train van
bike bicycle: bicycle bike cyclist
music instrument: guitar piano violin drum flute song
perform play: play perform
move: run walk jump ride drive swim dance
fruit: apple banana orange pear
drink: coffee tea beer juice water
water: pool sea lake river ocean
building: house school church office tower
talk speak: chat talk speak discuss
sleep rest: nap sleep doze
couple two: two pair couple
happy: smile laugh
"""
"""Wider words, and narrower ones that imply them."""


def normalise(stem: str) -> str:
    """Return a stem by which words count as the same: its first letters without a doubled one."""
    short = stem[:5]
    is_doubled = len(short) > 3 and short[-1] == short[-2]
    return short[:-1].rstrip("e") if is_doubled else short.rstrip("e")


def read_classes() -> list[tuple[frozenset[str], frozenset[str]]]:
    lines = [line.partition(":") for line in CLASSES.strip().splitlines()]
    return [(read_words(wide), read_words(narrow)) for wide, _, narrow in lines]


def read_words(text: str) -> frozenset[str]:
    """Return the words of a text that carry meaning, in their short form."""
    words = [word for word in WORD.findall(text.lower()) if word not in COMMON_WORDS]
    return frozenset(normalise(strip_ending(word)) for word in words)


WORD = make_regex(r"[a-z]{2,}")
FAMILIES = read_classes()
PAIRS = [read_words(pair) for pair in re.split(r";|\n", OPPOSITES.strip())]


def find_relation(text: str) -> str:
    """Return "entails", "contradicts" or "neutral" for a premise and a hypothesis; else nothing."""
    match = PAIR.search(text[:4000])
    if match is None:
        return ""
    premise, hypothesis = read_words(match["premise"]), read_words(match["hypothesis"])
    if not hypothesis:
        return "neutral"
    if (NOT.search(match["premise"]) is None) != (NOT.search(match["hypothesis"]) is None):
        return "contradicts" if premise & hypothesis else "neutral"
    if any(clash(pair, premise, hypothesis) for pair in PAIRS):
        return "contradicts"
    given, claim = match["premise"], match["hypothesis"]
    if relation := compare_numbers(given, claim) or compare_days(given, claim):
        return relation
    new = {word for word in hypothesis - premise if not is_implied(word, premise)}
    if len(new) > len(hypothesis) // 3:
        return "neutral"
    return "contradicts" if has_other_numbers(match["premise"], match["hypothesis"]) else "entails"


BOUND = make_regex(
    r"\b(?:(?P<more>more|longer|greater|higher|larger|older|taller|heavier|bigger|later|faster"
    r"|over|above|exceeds?|at least|after)|(?:less|fewer|shorter|smaller|lower|younger|lighter"
    r"|earlier|slower|under|below|at most|before))"
    r" (?:than )?(?P<number>\d[\d,.]*)(?:\s?(?P<unit>[a-z%€$]+))?",
    re.I,
)
"""A number that a statement compares with: "longer than 400 metres"."""
NUMBER = make_regex(r"(?<![\d.,])(\d[\d,.]*)(?:\s?([a-z%€$]+))?", re.I)
ONLY_DAY = make_regex(r"\bonly (?:on |in |at )?([a-z]{3,6}day)s?\b", re.I)
DAY = make_regex(r"\b([a-z]{3,6}day)s?\b", re.I)


def read_number(text: str) -> float:
    return float(re.sub(r"[,.](?=\d{3}\b)", "", text).strip(".,").replace(",", ".") or 0)


def compare_numbers(premise: str, hypothesis: str) -> str:
    """Return how a statement "longer than 400 metres" relates to a text with such a number."""
    bound = BOUND.search(hypothesis)
    if bound is None:
        return ""
    unit = (bound["unit"] or "").lower().rstrip("s")
    found = [
        read_number(one)
        for one, its in NUMBER.findall(premise)
        if not unit or its.lower().rstrip("s") == unit
    ]
    if len(found) != 1:
        return ""
    is_more = found[0] > read_number(bound["number"])
    return "entails" if is_more == bool(bound["more"]) else "contradicts"


def compare_days(premise: str, hypothesis: str) -> str:
    """Return "contradicts" for another day than the only one of a text."""
    only, day = ONLY_DAY.search(premise), DAY.search(hypothesis)
    if only is None or day is None:
        return ""
    return "contradicts" if only[1].lower() != day[1].lower() else ""


def has_other_numbers(premise: str, hypothesis: str) -> bool:
    """Return whether a statement has a number that its text does not have, which has others."""
    known = {one.strip(".,") for one, _ in NUMBER.findall(premise)}
    return bool(known) and any(
        one.strip(".,") not in known for one, _ in NUMBER.findall(hypothesis)
    )


def clash(pair: Set[str], one: Set[str], other: Set[str]) -> bool:
    left, right = pair & one, pair & other
    return bool(left and right and left != right)


def is_implied(word: str, premise: Set[str]) -> bool:
    return any(word in wide and not narrow.isdisjoint(premise) for wide, narrow in FAMILIES)


def choose_relation(values: list[str], text: str) -> str:
    """Return the label for the relation of a premise and a hypothesis; empty without them."""
    relation = find_relation(text)
    pattern = LABELS.get(relation)
    return next((one for one in values if pattern and pattern.match(one.strip())), "")
