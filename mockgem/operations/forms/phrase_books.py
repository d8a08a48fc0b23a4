"""Phrasebooks in twenty languages: common sentences with places for names, numbers and times.

Each file in `data/phrases/` has the same sentences, nouns and labels, so that a sentence found in
one language can be written in another one.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen

FOLDER = Path(__file__).parent.parent.parent / "data" / "phrases"


@frozen
class PhraseBook:
    """The sentences and words of a language.

    Attributes:
        sentences: By the English sentence: how it is said, the usual way first. "{the}" stands for
            a noun with its article, "[broken|…]" for a word that agrees with the gender of it.
        nouns: The spellings of each noun, the usual one first.
        genders: The gender of each noun: 0, 1 or 2.
        indefinite: How each noun is said for one thing of its kind; empty if the rule applies.
        words: More nouns, as they stand in a list.
        times: Words for times, then those for the seven days.
        months: The names of the months after a day.
        date: A day of a month.
        clock: A time with hours and minutes.
        hour: A time with a full hour.
        spans: The time after some minutes, hours, days or weeks.
        addressed: Whom a greeting may address.
        about: A sentence that says only which things a text is about; the next one asks about
            them, and the last one goes on.
        articles: The definite articles, the indefinite ones, and those for a mass, by gender.
        accusative: The endings that change, for feminine nouns.
        fixes: Patterns with what replaces them, such as "le a" with "l'a".
    """

    code: str
    sentences: dict[str, tuple[str, ...]]
    labels: tuple[tuple[str, ...], ...]
    nouns: tuple[tuple[str, ...], ...]
    genders: tuple[int, ...]
    indefinite: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    things: tuple[tuple[str, ...], ...]
    languages: tuple[tuple[str, ...], ...]
    times: tuple[tuple[str, ...], ...]
    months: tuple[str, ...]
    date: str
    clock: str
    hour: str
    spans: tuple[str, ...]
    addressed: tuple[tuple[str, ...], ...]
    join: dict[str, str]
    please: str
    about: tuple[str, str, str]
    joke: str
    articles: tuple[tuple[str, ...], ...]
    accusative: dict[str, str]
    fixes: tuple[tuple[re.Pattern[str], str], ...]


GENDERS = "mfn"
MARK = re.compile(r"([mfnc]) (?=\S)")


@cache
def load_book(code: str) -> PhraseBook:
    """Return the phrasebook of a language by its code, such as "de" or "zh-Hant"."""
    data = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    nouns = [split_noun(text) for text in data["nouns"].split(" / ")]
    return PhraseBook(
        code=code,
        sentences={key: tuple(text.split("|")) for key, text in data["sentences"].items()},
        labels=split_words(data["labels"]),
        nouns=tuple(words for words, _, _ in nouns),
        genders=tuple(gender for _, gender, _ in nouns),
        indefinite=tuple(indefinite for _, _, indefinite in nouns),
        words=split_words(data["words"]),
        things=split_words(data["things"]),
        languages=split_words(data["languages"]),
        times=split_words(f"{data['times']} / {data['days']}"),
        months=tuple(data["months"].split(" / ")),
        date=data["date"],
        clock=data["clock"],
        hour=data["hour"],
        spans=tuple(data["spans"].split(" / ")),
        addressed=split_words(data["addressed"]),
        join={"and": data["and"], "but": data["but"], ",": data["comma"]},
        please=data["please"],
        about=(data["about"], data["about_question"], data["also"]),
        joke=data["joke"],
        articles=tuple(map(tuple, data["articles"])),
        accusative=data["accusative"],
        fixes=tuple((re.compile(pattern), text) for pattern, text in data["fixes"]),
    )


def split_words(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one.split("|")) for one in text.split(" / "))


def split_noun(text: str) -> tuple[tuple[str, ...], int, str]:
    """Return the spellings of a noun, its gender and its indefinite form: "f Tür", "门=一扇门"."""
    mark = MARK.match(text)
    gender = max(0, GENDERS.find(mark[1])) if mark else 0
    if mark and mark[1] == "n" and "c " in text[:2]:
        gender = 1
    words, _, indefinite = text[mark.end() if mark else 0 :].partition("=")
    return tuple(words.split("|")), gender, indefinite


@cache
def index_words(code: str, kind: str) -> dict[str, int]:
    """Return the places of the words of a kind: labels, nouns, things, languages or times."""
    rows = getattr(load_book(code), kind)
    return {
        word.lower().rstrip(".!?… "): at
        for at, words in reversed(tuple(enumerate(rows)))
        for word in words
    }
