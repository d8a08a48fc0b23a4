"""Sentences in another language that say which things a text is about.

They stand for sentences that no phrasebook has: the names, numbers, times and known nouns of the
text are in them, and a question stays a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mockgem.operations.forms.language_detection import WORD_SETS, detect
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import load_book
from mockgem.operations.forms.phrase_slots import DETERMINERS, index_nouns, write_definite
from mockgem.operations.forms.phrase_times import read_part, write_part
from mockgem.operations.forms.vocabulary import load_words

MAX_THINGS = 5
MAX_QUOTED = 7
"""Words of a text that a sentence quotes as a whole."""
PLACED = make_regex(r"Zq\d{1,3}z")
NUMBER = make_regex(
    r"[#€$£]?\d[\d.,:/-]*(?<![.,:/-])(?: ?(?:%|€|(?:euros?|dollars?|km|kg|gb|mb)\b))?", re.I
)
WORD = make_regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
UNSPACED = ("ja", "zh", "zh-Hant", "th")
KINDS = frozenset("fruits animals foods home life times countries capitals languages days".split())


def relate(text: str, target: str, *, goes_on: bool = False) -> str:
    """Return a sentence about the things in a text; empty if nothing in it is known.

    Args:
        goes_on: Whether this is not the first sentence of a text.
    """
    source = detect(text)
    things = list(dict.fromkeys(list_things(text, source, target)))[:MAX_THINGS]
    things = things or [quote(text, source, target)]
    return write_about(things, text, target, goes_on=goes_on)


def write_about(things: list[str], text: str, target: str, *, goes_on: bool) -> str:
    book = load_book(target)
    statement, question, next_statement = book.about
    is_question = text.rstrip(" \"'”»」)")[-1:] in "?？؟"
    template = question if is_question else next_statement if goes_on else statement
    comma = {"ja": "、", "zh": "、", "zh-Hant": "、", "ar": "، "}.get(target, ", ")
    return template.replace("{things}", comma.join(things))


def list_things(text: str, source: str, target: str) -> Iterator[str]:
    """Yield the names, numbers, times and known nouns of a text in another language."""
    at = 0
    while at < len(text):
        found = find_thing(text, at, source, target)
        if found is None:
            word = WORD.match(text, at)
            at = word.end() if word and source not in UNSPACED else at + 1
        else:
            said, at = found
            yield said


def find_thing(text: str, at: int, source: str, target: str) -> tuple[str, int] | None:
    """Return the thing at a place of a text, in another language, and where it ends."""
    if match := PLACED.match(text, at):
        return match[0], match.end()
    part = read_part(text[at : at + 40], source)
    if part and has_unit(text[at : at + part[1]]) and not MEASURED.match(text, at + part[1]):
        return write_part(part[0], load_book(target)), at + part[1]
    if match := NUMBER.match(text, at):
        return match[0].strip(), match.end()
    if known := find_noun(text, at, source, target):
        return known
    match = NAME.match(text, at)
    is_name = match and at and is_unusual(match[0], source)
    return (match[0], match.end()) if match and is_name else None


NAME = make_regex(r"[^\W\d_a-zà-ÿа-я][\w'’-]*[\w](?: [A-ZÀ-ÞА-Я][\w'’-]+){0,3}")


def has_unit(text: str) -> bool:
    """Return whether a time has a word or a colon, so that it is not another number."""
    return BARE.fullmatch(text) is None


MEASURED = make_regex(
    r"[.,]\d| ?(?:%|°|(?:kilo|centi|milli)?met(?:er|re)s?\b|(?:km|kg|cm|mm|mph|miles?|feet|percent"
    r"|degrees|euros?|dollars?)\b)",
    re.I,
)
"""What follows a number that is not a time: "at 8,849 metres"."""
BARE = make_regex(
    r"(?:by |around )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.I
)
"""A number alone, which may be a time."""


def is_unusual(name: str, source: str) -> bool:
    """Return whether a word with a capital letter is a name, as far as the language tells."""
    if source in ("de", *UNSPACED) or name == "I":
        return False
    return name.split(" ")[0].lower() not in WORD_SETS.get(source, ())


def find_noun(text: str, at: int, source: str, target: str) -> tuple[str, int] | None:
    """Return a known noun at a place of a text in another language, and where it ends."""
    if source in UNSPACED:
        word = next((one for one in list_known(source) if text.startswith(one, at)), "")
        return (write_known(source, word, target), at + len(word)) if word else None
    match = WORD.match(text, at)
    if match is None:
        return None
    several = TWO_WORDS.match(text, at)
    for found in filter(None, (several, match)):
        lower = found[0].lower()
        for spelling in (lower, lower.removesuffix("s"), lower.removesuffix("es")):
            if spelling in index_known(source):
                return write_known(source, spelling, target), found.end()
    return None


def find_known_noun(text: str, target: str) -> str:
    """Return the last known noun of an English text in another language; empty without one."""
    found = [find_noun(text, match.start(), "en", target) for match in WORD.finditer(text)]
    return next((said for said, _ in filter(None, reversed(found))), "")


TWO_WORDS = make_regex(r"[^\W\d_]+ [^\W\d_]+")


@cache
def index_known(source: str) -> dict[str, tuple[str, int]]:
    """Return the kind and the place of each noun that is known in other languages."""
    known = {
        DETERMINERS.sub("", word.lower()): ("words", at)
        for at, spellings in reversed(tuple(enumerate(load_book(source).words)))
        for word in spellings
    }
    known |= {
        word.lower(): (kind, at)
        for kind, several in load_words(source).items()
        if kind in KINDS
        for at, word in enumerate(several)
    }
    return known | {word: ("", at) for word, at in index_nouns(source).items()}


@cache
def list_known(source: str) -> list[str]:
    return sorted(index_known(source), key=len, reverse=True)


def write_known(source: str, word: str, target: str) -> str:
    """Return a known noun in a language, as it stands in a list."""
    kind, at = index_known(source)[word]
    book = load_book(target)
    if kind == "words":
        return book.words[at][0]
    if kind:
        return load_words(target)[kind][at]
    return write_definite(at, book) if target in WITH_ARTICLE else book.nouns[at][0]


WITH_ARTICLE = ("en", "fr", "es", "pt", "it")
"""Languages whose nouns have an article in a list."""


def quote(text: str, source: str, target: str) -> str:
    """Return a short text, or the longest words of a longer one, in quotation marks."""
    words = WORD.findall(text)
    left, right = load_pack(target).quotes
    plain = text.strip(" .!?。！？\"'“”«»")
    if len(words) <= MAX_QUOTED:
        return f"{left}{plain}{right}"
    common = WORD_SETS.get(source, frozenset())
    rare = sorted((w for w in words if w.lower() not in common), key=len, reverse=True)[:3]
    return ", ".join(f"{left}{word}{right}" for word in words if word in rare)
