"""What is known in each of twenty languages: capitals, facts that many ask for, names of things.

Each file in `data/facts/` has the same countries in the same order. The facts and the kinds of
things share their keys, so that one asked for in a language can be written in another one. A row
begins with the words that a question has: one of each group, with "|" between those of a group
and "_" for a space.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

FOLDER = Path(__file__).parent.parent.parent / "data" / "facts"
MARKS = make_regex(r"[\s!-/:-@\[-`{-~¿¡«»„“”‘’‚。！？、，：；（）・…،؟؛।《》『』「」]+")
WITH_STEMS = ("pl", "ru", "uk", "tr")
"""Languages in which even three letters begin words with many ends."""
UNSPACED = ("ja", "zh", "zh-Hant", "ko", "th", "ar", "he", "hi")
"""Languages whose words may have others, prefixes or particles next to them."""
SHORT_WORD = 3
Groups = tuple[tuple[str, ...], ...]


@frozen
class Country:
    names: tuple[str, ...]
    possessive: str
    capital: str


@frozen
class FactBook:
    """What is known in a language.

    Attributes:
        capital: The words for a capital.
        sentence: Says that "{capital}" is the capital of "{country}".
        facts: By their keys: the words of the question, and the answer with the value in brackets.
            The particular ones come first: "the highest mountain in Germany".
        things: By their keys: the words for a kind of things, and their names.
    """

    capital: Groups
    sentence: str
    countries: tuple[Country, ...]
    names: tuple[tuple[str, int], ...]
    facts: dict[str, tuple[Groups, str]]
    things: dict[str, tuple[Groups, tuple[str, ...]]]


@cache
def load_facts(code: str) -> FactBook:
    """Return what is known in a language by its code, such as "de" or "zh-Hant"."""
    data = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    countries = tuple(map(read_country, data["countries"].split(" / ")))
    names = [
        (name, at)
        for at, country in enumerate(countries)
        for spelling in country.names
        for name in read_groups(spelling.replace(" ", "_"), code)[0]
    ]
    facts = {key: row.rpartition(" = ") for key, row in data["facts"].items()}
    things = {key: row.partition(" = ") for key, row in data["things"].items()}
    return FactBook(
        capital=read_groups(data["capital"], code),
        sentence=data["is"],
        countries=countries,
        names=tuple(sorted(names, key=lambda row: -len(row[0]))),
        facts={key: (read_groups(asked, code), said) for key, (asked, _, said) in facts.items()},
        things={
            key: (read_groups(asked, code), tuple(said.split(", ")))
            for key, (asked, _, said) in things.items()
        },
    )


def read_country(text: str) -> Country:
    """Return a country from "Name|another name~of the name=Capital"."""
    named, _, capital = text.partition("=")
    names, _, possessive = named.partition("~")
    spellings = tuple(names.split("|"))
    return Country(spellings, possessive or spellings[0], capital)


def read_groups(text: str, code: str) -> Groups:
    return tuple(
        tuple(spell_word(word, code) for word in group.split("|")) for group in text.split()
    )


def spell_word(word: str, code: str) -> str:
    """Return how a word stands in a plain text, with the spaces at its edges."""
    plain = MARKS.sub(" ", fold(word.replace("_", " ")))
    if code in UNSPACED:
        return plain
    is_whole = code == "vi" or (len(plain.strip()) <= SHORT_WORD and code not in WITH_STEMS)
    return f" {plain.strip()} " if is_whole or word.endswith("_") else f" {plain.strip()}"


def fold(text: str) -> str:
    """Return a text in small letters; the Turkish dotted I is an i."""
    return text.lower().replace("i\u0307", "i")


def simplify(text: str) -> str:
    """Return the words of a text in small letters, with a space before and after each."""
    return f" {MARKS.sub(' ', fold(text)).strip()} "


def has_words(groups: Groups, plain: str) -> bool:
    """Return whether a plain text has a word of each group."""
    for group in groups:
        for word in group:
            if word in plain:
                break
        else:
            return False
    return True
