"""The dictionary of everyday words in English and six languages.

A row of `data/transfer.txt` is "kind: English | de | fr | es | it | pt | nl". The cells of a
noun have its gender and its plural ("f Besprechung,en"); those of a verb its infinitive, its
participle ("+" for one with "to be"), its irregular forms, and the preposition that it needs
after ">".
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen

FILE = Path(__file__).parent.parent.parent.parent / "data" / "transfer.txt"
LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")
MAX_WORDS = 5
"""Words of the longest entry."""


@frozen
class Entry:
    """A word in English and in each language, in the order of `LANGUAGES`."""

    kind: str
    english: str
    cells: tuple[str, ...]

    def say(self, code: str) -> str:
        return self.cells[LANGUAGES.index(code)]


@frozen
class Found:
    """An entry with the form in which a text has it and how many words that takes."""

    entry: Entry
    shape: str
    size: int


Index = dict[str, list[tuple[Entry, str]]]


@cache
def load_index() -> Index:
    """Return the entries by each of their English forms, with the names of the forms."""
    index: Index = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        kind, _, rest = line.partition(": ")
        english, *cells = rest.split(" | ")
        entry = Entry(kind, english.split("/")[0], tuple(cells))
        for shape, form in list_forms(kind, english.split("/")):
            index.setdefault(form, []).append((entry, shape))
    return index


def list_forms(kind: str, spellings: list[str]) -> list[tuple[str, str]]:
    """Return the forms of an English word with their names."""
    if kind == "noun":
        plural = spellings[1] if len(spellings) > 1 else add_s(spellings[0])
        return [("one", spellings[0]), ("many", plural)]
    if kind == "verb":
        return list_verb_forms(*spellings)
    return [("", spelling) for spelling in spellings]


def list_verb_forms(base: str, past: str = "", participle: str = "") -> list[tuple[str, str]]:
    """Return the forms of a verb: "pick up" has "picks up" and "picked up"."""
    verb, _, particle = base.partition(" ")
    stems = [verb, verb + verb[-1]] if verb[-1] in "bgmnprt" and verb[-2] in "aeiou" else [verb]
    forms = [("base", verb), ("s", add_s(verb))]
    forms += [("ing", add_ending(stem, "ing")) for stem in stems]
    past_forms = [past] if past else [add_ending(stem, "ed") for stem in stems]
    forms += [("past", one) for one in past_forms]
    forms += [("done", one) for one in ([participle] if participle else past_forms)]
    return [(shape, f"{form} {particle}".strip()) for shape, form in forms]


def add_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def add_ending(verb: str, ending: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending


def find_entry(words: list[str], at: int, kinds: tuple[str, ...]) -> list[Found]:
    """Return the entries of some kinds that begin at a word, the longest first."""
    index = load_index()
    found = []
    for size in range(min(MAX_WORDS, len(words) - at), 0, -1):
        text = " ".join(words[at : at + size]).lower()
        found += [
            Found(entry, shape, size) for entry, shape in index.get(text, ()) if entry.kind in kinds
        ]
    return found
