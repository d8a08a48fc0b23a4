"""The places in the sentences of a phrasebook: nouns, names, numbers, languages and times."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from mockgem.operations.forms.counts import VALUES
from mockgem.operations.forms.language_detection import WORD_SETS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import PhraseBook, index_words, load_book
from mockgem.operations.forms.phrase_times import read_time, write_time
from mockgem.operations.forms.vocabulary import index_words as index_vocabulary
from mockgem.operations.forms.vocabulary import load_words

MASSES = frozenset(("water", "milk", "bread", "cheese", "chicken", "rice", "fish"))
"""Nouns of what one does not count."""
DETERMINERS = make_regex(
    r"(?:the nearest|the|an?|some|my|your|our|this|that|one|der|die|das|den|dem|einen?|eine|le|la"
    r"|les|une?|du|de la|el|los|las|una?|o|os|as|uma?|il|lo|gli|i|uno|de|het|een|bir|एक)\s+"
    r"|(?:l|un|dell|de l)'",
    re.I,
)
KOREAN_PARTICLE = make_regex("(?<=[\uac00-\ud7a3])[이가은는을를]$")
MAX_NAME = 4
"""Words of a name."""


def read_noun(text: str, code: str) -> int | None:
    """Return the place of a noun that a text names, with or without an article."""
    known = index_nouns(code)
    lower = text.lower().strip()
    bare = DETERMINERS.sub("", lower, count=1)
    for spelling in (lower, bare, bare.removesuffix("s"), KOREAN_PARTICLE.sub("", lower)):
        if spelling in known:
            return known[spelling]
    return None


@cache
def index_nouns(code: str) -> dict[str, int]:
    book = load_book(code)
    forms = {write_indefinite(at, book).lower(): at for at in range(len(book.nouns))}
    forms |= {write_definite(at, book).lower(): at for at in range(len(book.nouns))}
    return forms | index_words(code, "nouns")


def write_definite(noun: int, book: PhraseBook) -> str:
    """Return a noun with its definite article: "die Tür"."""
    return join_article(book.articles[0], noun, book.nouns[noun][0], book)


def write_indefinite(noun: int, book: PhraseBook) -> str:
    """Return a noun as the object of a wish: "einen Kaffee"."""
    word = book.nouns[noun][0]
    if book.indefinite[noun]:
        return book.indefinite[noun]
    if book.genders[noun] == 1 and word[-1] in book.accusative:
        word = word[:-1] + book.accusative[word[-1]]
    is_mass = load_book("en").nouns[noun][0] in MASSES
    return join_article(book.articles[2 if is_mass else 1], noun, word, book)


def join_article(articles: tuple[str, ...], noun: int, word: str, book: PhraseBook) -> str:
    if not articles:
        return word
    article = articles[min(book.genders[noun], len(articles) - 1)]
    return fix_spelling(f"{article} {word}", book)


def fix_spelling(text: str, book: PhraseBook) -> str:
    """Return a text with contractions and endings as a language wants them."""
    for pattern, replacement in book.fixes:
        text = pattern.sub(replacement, text)
    return text


def read_name(text: str, code: str) -> str | None:
    """Return a name as it is; None for other words."""
    words = text.split()
    common = WORD_SETS.get(code, frozenset()) | NO_NAMES
    if not 0 < len(words) <= MAX_NAME or any(word.lower() in common for word in words):
        return None
    return text if all(NAME_WORD.fullmatch(word) for word in words) else None


def read_capitalised(text: str, code: str) -> str | None:
    """Return a name with a capital letter; None for other words."""
    is_name = text[:1].isalpha() and not text[:1].islower()
    return read_name(text, code) if is_name else None


NAME_WORD = make_regex(r"[^\W_][\w'’.-]*")
NO_NAMES = frozenset("he she it they we you i who everyone somebody nobody here there".split())


def read_place(text: str, code: str) -> str | tuple[str, int] | None:
    """Return a country or a capital by its kind and place, else the name."""
    found = index_vocabulary().get(text.lower())
    if found and found[0] in ("countries", "capitals"):
        return found
    return read_name(text, code)


def write_place(place: Any, book: PhraseBook) -> str:
    return place if isinstance(place, str) else load_words(book.code)[place[0]][place[1]]


NUMBER = make_regex(r"\d{1,6}(?:[.,]\d{1,3})?|Zq\d{1,3}z")
"""Digits, or the mark of a placeholder."""


def read_number(text: str, code: str) -> str | None:
    """Return a number in digits."""
    if NUMBER.fullmatch(text):
        return text
    return str(VALUES[text.lower()]) if text.lower() in VALUES else None


Reader = Callable[[str, str], "int | None"]
Writer = Callable[[int, PhraseBook], str]


def read_row(kind: str) -> Reader:
    """Return a reader of words of a kind: languages or things."""
    return lambda text, code: index_words(code, kind).get(text.lower())


def read_several(read: Reader) -> Callable[[str, str], tuple[int, ...] | None]:
    """Return a reader of one thing or several: "a coffee and a sandwich"."""

    def read_them(text: str, code: str) -> tuple[int, ...] | None:
        parts = [text] if read(text, code) is not None else split_series(text, code)
        found = tuple(read(part, code) for part in parts)
        return None if None in found else found  # type: ignore[return-value]

    return read_them


def split_series(text: str, code: str) -> list[str]:
    """Return the parts of a series with commas and the word for "and"."""
    link = re.escape(load_book(code).join["and"].strip(" ,，。、."))
    return [part for part in re.split(rf"\s*(?:,|、|\b{link}\b|{link}(?=\s))\s*", text) if part]


def write_several(write: Writer) -> Callable[[tuple[int, ...], PhraseBook], str]:
    """Return a writer of one thing or several."""

    def write_them(things: tuple[int, ...], book: PhraseBook) -> str:
        *first, last = [write(thing, book) for thing in things]
        link = SERIES.get(book.code, book.join["and"])
        return link.join([", ".join(first), last]) if first else last

    return write_them


SERIES = {"ja": "と", "zh": "和", "zh-Hant": "和", "ko": " 및 "}
"""What stands between two nouns, where it is not what stands between clauses."""


READERS: dict[str, Callable[[str, str], Any]] = {
    "name": read_name,
    "Name": read_capitalised,
    "place": read_place,
    "n": read_number,
    "m": read_number,
    "the": read_noun,
    "a": read_several(read_noun),
    "language": read_row("languages"),
    "thing": read_several(read_row("things")),
    "when": read_time,
}
WRITERS: dict[str, Callable[[Any, PhraseBook], str]] = {
    "name": lambda name, book: name,
    "Name": lambda name, book: name,
    "place": write_place,
    "n": lambda number, book: number,
    "m": lambda number, book: number,
    "the": write_definite,
    "a": write_several(write_indefinite),
    "language": lambda at, book: book.languages[at][0],
    "thing": write_several(lambda at, book: book.things[at][0]),
    "when": write_time,
}
