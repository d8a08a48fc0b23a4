"""Extract hints from a text: names, places, numbers, dates, quoted words and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mockgem.operations.generators.clued_pattern import CluedPattern
from mockgem.operations.generators.hint_patterns import (
    CALL,
    DAY,
    EMAIL,
    END_OF_VALUE,
    ISO_DATE,
    KIND_PATTERNS,
    LABELLED,
    LABELLED_LIST,
    LIST,
    MONTH,
    NAMED_PHRASE,
    NOT_SPOTS,
    NOT_TICKERS,
    NOUN,
    NUMBER,
    NUMERIC_DATE,
    QUOTED,
    SERIES,
    TIME,
    URL,
    WRITTEN_DATE,
)
from mockgem.operations.generators.names_in_text import find_names, find_places
from mockgem.operations.generators.prompt_analysis import keywords_of, topic_of


class Kinds:
    """The things of each kind of `KIND_PATTERNS` in a text, found when a caller needs the kind."""

    __slots__ = ("found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, list[str]] = {}

    def get(self, kind: str) -> list[str]:
        """Return the things of a kind in the order of the text; the list is always the same one."""
        if kind not in self.found:
            self.found[kind] = find_kind(kind, KIND_PATTERNS[kind], self.text)
        return self.found[kind]

    def copy(self) -> Kinds:
        """Return the same things in separate lists."""
        other = Kinds(self.text)
        other.found = {kind: list(found) for kind, found in self.found.items()}
        return other


class Hints:
    """What a text contains, by kind, in the order of the text.

    A reply needs few of the kinds, so each is found when it is first read, and then kept.

    Attributes:
        plain: The text without URLs and addresses; `undated` is that without dates and times.
        place_names: The places, and which of them hardly name people.
        topic_words: What the text is about, for values that come from nothing else.
    """

    text: str
    lower_text: str
    plain: str
    undated: str
    quoted: list[str]
    emails: list[str]
    urls: list[str]
    times: list[str]
    dates: list[str]
    numbers: list[float]
    place_names: tuple[list[str], list[str]]
    places: list[str]
    people: list[str]
    nouns: list[str]
    labels: dict[str, str]
    calls: dict[str, str]
    literals: list[Any]
    lists: dict[str, list[str]]
    series: list[str]
    kinds: Kinds
    topic_words: list[str]

    def __init__(self, text: str = "") -> None:
        self.text = text

    if not TYPE_CHECKING:
        is_sifted = False

        def __getattr__(self, name: str) -> Any:
            if name in CLUES_OF_KINDS and not self.is_sifted:
                self.is_sifted = True
                leave_out_absent(self)
                if name in self.__dict__:
                    return self.__dict__[name]
            find = FINDERS.get(name)
            if find is None:
                raise AttributeError(name)
            value = self.__dict__[name] = find(self)
            return value

    def take_next(self, values: list[Any]) -> Any:
        """Return the first of a kind and move it to the end, so the next field gets another one."""
        first = values.pop(0)
        values.append(first)
        return first

    def copy(self) -> Hints:
        """Return hints with separate lists: this copy keeps what is taken from them."""
        other = Hints(self.text)
        for name, value in self.__dict__.items():
            is_taken_from = isinstance(value, (list, Kinds))
            other.__dict__[name] = value.copy() if is_taken_from else value
        return other


MAX_TEXT = 4_000
"""The rest of a longer text is ignored."""
ARTICLES = ("a", "an", "the")
HAS_DIGIT = re.compile(r"\d")


def extract_hints(text: str) -> Hints:
    """Return what a reply can use from a text."""
    return Hints(text[:MAX_TEXT])


def remove_addresses(hints: Hints) -> str:
    text = hints.text
    if "://" in text:
        text = URL.sub(" ", text)
    return EMAIL.sub(" ", text) if "@" in text else text


def remove_dates(hints: Hints) -> str:
    text = hints.plain
    if HAS_DIGIT.search(text) is None or not (hints.dates or hints.times):
        return text
    for pattern in (ISO_DATE, NUMERIC_DATE, WRITTEN_DATE, TIME):
        text = pattern.remove(text)
    return text


def find_numbers(hints: Hints) -> list[float]:
    text = hints.undated
    digit = HAS_DIGIT.search(text)
    if digit is None:
        return []
    start = max(0, digit.start() - 1)  # a sign may precede it
    return [parse_number(one) for one in NUMBER.findall(text, start)]


def find_people(hints: Hints) -> list[str]:
    sure = hints.place_names[1]
    return [name for name in find_names(hints.undated) if not any(name in one for one in sure)]


def find_all_labels(hints: Hints) -> dict[str, str]:
    labels = find_labels(hints.plain)
    for quote, name in NAMED_PHRASE.findall(hints.plain):
        labels.setdefault("name", quote or name)
    return labels


def find_literals(hints: Hints) -> list[Any]:
    values = map(parse_literal, LIST.findall(hints.plain))
    return [value for value in values if value is not None]


def find_topic_words(hints: Hints) -> list[str]:
    words = [word for word in keywords_of(topic_of(hints.text)) if word.isascii()]
    return words or ["sample"]


FINDERS: dict[str, Callable[[Hints], Any]] = {
    "lower_text": lambda hints: hints.text.lower(),
    "plain": remove_addresses,
    "undated": remove_dates,
    "quoted": lambda hints: [next(filter(None, groups)) for groups in QUOTED.findall(hints.plain)],
    "emails": lambda hints: EMAIL.findall(hints.text) if "@" in hints.text else [],
    "urls": lambda hints: URL.findall(hints.text) if "://" in hints.text else [],
    "times": lambda hints: [match[0] for match in TIME.finditer(hints.plain)],
    "dates": lambda hints: find_dates(hints.plain),
    "numbers": find_numbers,
    "place_names": lambda hints: find_places(hints.undated),
    "places": lambda hints: list(hints.place_names[0]),
    "people": find_people,
    "nouns": lambda hints: [
        noun for noun in NOUN.findall(hints.plain) if noun.split()[0].lower() not in ARTICLES
    ],
    "labels": find_all_labels,
    "calls": lambda hints: dict(CALL.findall(hints.plain)),
    "literals": find_literals,
    "lists": lambda hints: {
        name.lower(): split_items(items) for name, items in LABELLED_LIST.findall(hints.plain)
    },
    "series": lambda hints: find_series(hints.plain),
    "kinds": lambda hints: Kinds(hints.plain),
    "topic_words": find_topic_words,
}
"""How each kind is found."""


DATE_PATTERNS = (ISO_DATE, NUMERIC_DATE, WRITTEN_DATE, DAY)


def find_dates(text: str) -> list[str]:
    """Return dates in three notations, then the names of days."""
    return [match[0] for pattern in DATE_PATTERNS for match in pattern.finditer(text)]


PATTERNS_OF_KINDS: dict[str, tuple[CluedPattern, ...]] = {
    "quoted": (QUOTED,),
    "times": (TIME,),
    "dates": DATE_PATTERNS,
    "labels": (LABELLED, NAMED_PHRASE),
    "calls": (CALL,),
    "literals": (LIST,),
    "lists": (LABELLED_LIST,),
    "series": (SERIES,),
}
CLUES_OF_KINDS: dict[str, frozenset[str]] = {
    kind: frozenset(clue.lower() for pattern in patterns for clue in pattern.clues)
    for kind, patterns in PATTERNS_OF_KINDS.items()
}
NOTHING: dict[str, type] = {"labels": dict, "calls": dict, "lists": dict}
"""What a kind is if a text has nothing of it; a list for the other kinds."""


def leave_out_absent(hints: Hints) -> None:
    """Leave out all kinds of which a text has no clue, which are most of them.

    Not for a text with addresses: the text without them could have other clues.
    """
    if not hints.text.isascii() or "@" in hints.text or "://" in hints.text:
        return
    text = hints.text.lower()
    for kind, clues in CLUES_OF_KINDS.items():
        for clue in clues:
            if clue in text:
                break
        else:
            hints.__dict__[kind] = NOTHING.get(kind, list)()


def find_kind(kind: str, pattern: CluedPattern, text: str) -> list[str]:
    if not pattern.may_match(text):
        return []
    values = [
        next(filter(None, match.groups()), match[0]).strip(" .\"'")
        for match in pattern.pattern.finditer(text)
    ]
    if not values:
        return values
    unlike = {"spot": NOT_SPOTS, "ticker": NOT_TICKERS}.get(kind, frozenset())
    return list(
        dict.fromkeys(value for value in values if value and value.split()[0] not in unlike)
    )


def find_labels(text: str) -> dict[str, str]:
    """Return labelled values: "priority: high" and "the total is 12" give priority and total."""
    labels: dict[str, str] = {}
    for name, value in LABELLED.findall(text):
        value = END_OF_VALUE.split(value, maxsplit=1)[0].strip(" .\"'`?!")
        if value:
            labels.setdefault(name.strip().lower(), value)
    return labels


def split_items(text: str) -> list[str]:
    return [
        item.strip(" .\"'[]()")
        for item in re.split(r",\s*(?:and\s+)?|\s+and\s+", text)
        if item.strip(" .\"'")
    ]


def find_series(text: str) -> list[str]:
    """Return the items of a series like "milk, eggs and bread".

    Only the last word of the first item counts, because a verb may come before it.
    """
    match = SERIES.search(text[:4000])
    if match is None:
        return []
    ends = re.split(r"\s(?:to|in|on|at|for|from|with|of|are|is)\b", match[3] + " ", maxsplit=1)
    last = ends[0].strip()
    return [match[1].split()[-1], *split_items(match[2]), last]


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def to_iso_date(text: str) -> str:
    """Return a date in ISO form; an empty string if it has no year.

    03/14/2027 begins with the month, 14.3.2027 with the day.
    """
    if match := re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if match[2] == "/" and first <= 12 else (first, second)
        return f"{match[4]}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    match = re.search(
        rf"(?:(\d{{1,2}}) ({MONTH})|({MONTH}) (\d{{1,2}}))(?:st|nd|rd|th)?,? (\d{{4}})", text
    )
    if match is None:
        return ""
    month = MONTHS.index((match[2] or match[3])[:3].lower()) + 1
    return f"{match[5]}-{month:02}-{int(match[1] or match[4]):02}"


def parse_number(text: str) -> float:
    value = float(text.replace(",", "")[:30])
    return int(value) if value == int(value) and "." not in text else value


def reject_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def parse_literal(text: str) -> Any:
    """Parse a JSON list or object in the text; None if it is not JSON."""
    try:
        return json.loads(text.replace("'", '"'), parse_constant=reject_constant)
    except (ValueError, RecursionError):
        return None
