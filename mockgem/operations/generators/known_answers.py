"""Answers to questions that many people ask: who wrote a book, how long an egg boils.

Each row of `data/knowledge/facts.txt` has the words of a question and its answer: "many legs
spider = A spider has [8] legs.". A question has a word of each group, which have "|" between their
words. What stands in brackets is the answer alone, for a question that wants nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen

FILE = Path(__file__).parent.parent.parent / "data" / "knowledge" / "facts.txt"
WORD = re.compile(r"[a-z0-9]+")
NO_LEAP = re.compile(r"\b(?:non|not a)[- ]leap\b")
VALUE = re.compile(r"\[([^\]]+)\](?!\()")
DETAIL = re.compile(
    r"\b(?:in|on|at|from) (?:the |an? |my |our )?([a-z][a-z0-9'-]+)|(?<=[a-z,] )([A-Z][a-z]+)\b"
)
NEUTRAL = frozenset(
    """world earth planet history general english total average short simple detail words terms
    plain degrees celsius fahrenheit kelvin kilometers kilometres kilometer km miles meters metres
    feet inches cm hours minutes seconds days weeks months years year week month day hour minute
    litres liters grams ounces cups numbers figures universe nature life space usa us uk english
    sentence sentences line brief layman science physics chemistry biology math maths computing
    programming computer computers music cooking geography order theory practice number percent
    one two three four five six single few most only exactly bullet bullets points markdown table
    english german list json paragraph paragraphs
    scratch home oven stove kitchen average fact whole human body adult adults""".split()
)
"""Words after "in" and "at" that leave the question as it is."""
DEFINES = frozenset("what whats explain define meaning mean means how about definition".split())
"""Words of which a question has one that asks about a thing with a single word."""
SMALL = frozenset(
    """he she they him her a an the of in on at to for from by with and or is are was were be been
    do does did i you we it its my your me there this that s t re ve d ll m can could should
    would will have has get got one so please explain year years old like simple terms words
    simply kid child beginner five plain english im short briefly quickly hey hi what whats
    which tell know just if when who how use usually actually really exactly called much
    many it's per""".split()
)
"""Words that say little about what a question is about."""


@frozen
class KnownAnswer:
    """What answers a question.

    Attributes:
        words: The groups of words, of each of which the question has one.
        text: The answer, with its value in brackets.
    """

    words: tuple[frozenset[str], ...]
    text: str

    def covers(self, words: frozenset[str], part: int) -> bool:
        """Return whether the groups have enough of a question's words: a half, a third …."""
        told = words - SMALL
        if len(self.words) == 1 and words.isdisjoint(DEFINES):
            return False
        return part * len(told.intersection(frozenset().union(*self.words))) >= len(told)

    def tells(self, details: frozenset[str]) -> bool:
        """Return whether the groups or the answer have each place and name of a question."""
        known = frozenset().union(*self.words)
        return details <= known or details <= known | set(WORD.findall(self.text.lower()))

    @property
    def value(self) -> str:
        """The answer alone, such as "8"; empty where only sentences answer."""
        match = VALUE.search(self.text)
        return match[1].rstrip(".") if match else ""

    @property
    def sentences(self) -> str:
        """The answer in sentences."""
        text = VALUE.sub(r"\1", self.text).replace("\\n", "\n")
        return text[:1].upper() + text[1:]


@cache
def read_answers() -> tuple[KnownAnswer, ...]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split(" = ", 1) for line in lines if not line.startswith("#"))
    return tuple(
        KnownAnswer(tuple(frozenset(group.split("|")) for group in words.split()), text)
        for words, text in rows
    )


@cache
def index_answers() -> dict[str, list[KnownAnswer]]:
    """Return the answers by the words of that group which the fewest other ones share."""
    counts = Counter(word for row in read_answers() for group in row.words for word in group)
    index: dict[str, list[KnownAnswer]] = {}
    for row in read_answers():
        for word in min(row.words, key=lambda group: max(counts[word] for word in group)):
            index.setdefault(word, []).append(row)
    return index


def list_words(question: str) -> frozenset[str]:
    return frozenset(WORD.findall(NO_LEAP.sub("", question.lower())))


def list_details(question: str) -> frozenset[str]:
    """Return the places and names that a question is about: "germany" in "peaks in Germany"."""
    found = (one.lower() for match in DETAIL.finditer(question) for one in match.groups() if one)
    return frozenset(found) - NEUTRAL


def list_known(words: frozenset[str]) -> list[KnownAnswer]:
    """Return the answers of whose groups a question has a word each, the longest first."""
    index = index_answers()
    rows = [row for word in words & index.keys() for row in index[word]]
    known = [row for row in rows if not any(map(words.isdisjoint, row.words))]
    return sorted(known, key=lambda row: (-len(row.words), row.text))


def find_known_value(question: str, kind: str = "") -> str:
    """Return the answer alone to a question that many people ask; empty for others.

    Args:
        kind: A word that the question must have, such as "where".
    """
    known = find_known_row(question, kind)
    return known.value if known else ""


def find_known_row(question: str, kind: str = "") -> KnownAnswer | None:
    """Return the answer with a value to a question that many people ask; None for others."""
    words = list_words(question)
    known = (
        row
        for row in list_known(words)
        if row.value and (not kind or any(kind in group for group in row.words))
    )
    return next((row for row in known if row.covers(words, 3)), None)


def find_answer(question: str) -> str:
    """Return sentences that answer a short question that many people ask; empty for others.

    At least half of the words of the question are those of the answer, so that one about
    something else that has them, too, gets none. The same holds for places and names.
    """
    words = list_words(question)
    known = [row for row in list_known(words) if row.covers(words, 2)]
    details = list_details(question) if known else frozenset()
    return next((row.sentences for row in known if row.tells(details)), "")
