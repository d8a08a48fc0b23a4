"""Translate the words of an English sentence whose grammar is not understood."""

from __future__ import annotations

from mockgem.operations.forms.transfer.clause_parts import join, write_part
from mockgem.operations.forms.transfer.conjugation import read_verb
from mockgem.operations.forms.transfer.lexicon import Found
from mockgem.operations.forms.transfer.nouns import write_noun
from mockgem.operations.forms.transfer.parts import Clause, Noun, Part
from mockgem.operations.forms.transfer.reading import Reader, split_words
from mockgem.operations.forms.transfer.spelling import fix_spelling
from mockgem.operations.forms.transfer.words import BE

ONLY_MANY = {"de": ("n",), "fr": ("s",), "es": ("s",), "it": ("i", "notizie"), "pt": ("s",),
             "nl": ("gegevens",)}  # fmt: skip


def write_glossed(text: str, code: str) -> str:
    """Return a sentence of which only the parts that the dictionary has are translated."""
    reader = Reader(split_words(text))
    clause = Clause(subject=Noun())
    words: list[str] = []
    while reader.at < len(reader.words):
        word = reader.words[reader.at]
        found = reader.find("verb", "modal", "link", "ask", "opening")
        start = reader.at
        if not found and (part := reader.read_part(clause)) and part.kind != "purpose":
            mark_plurals(part, code)
            noun = part.noun if part.kind == "noun" else None
            words.append(write_noun(noun, code) if noun else write_part(part, clause, code))
        elif found:
            reader.at = start + found[0].size
            words.append(write_gloss(found[0], code))
        else:
            reader.at = start + 1
            words.append(BE[code].split()[1] if word.lower() in ("is", "are") else word)
    said = fix_spelling(join(words), code)
    return said[:1].upper() + said[1:]


def write_gloss(found: Found, code: str) -> str:
    """Return a word by itself: a verb in the form that its English one suggests."""
    cell = found.entry.say(code)
    if found.entry.kind not in ("verb", "modal"):
        return cell.split("~")[0].rstrip("-")
    verb = read_verb(cell, code)
    if found.shape in ("past", "done"):
        return verb.participle
    return verb.infinitive if found.shape == "base" else verb.present[1]


def mark_plurals(value: object, code: str) -> None:
    """Mark the nouns that a language has only in the plural: "les vacances"."""
    if isinstance(value, Noun) and value.entry is not None:
        single, _, many = value.entry.say(code)[2:].partition(",")
        value.is_many = value.is_many or (single == many and single.endswith(ONLY_MANY[code]))
    if isinstance(value, list):
        for one in value:
            mark_plurals(one, code)
    elif isinstance(value, Noun | Part | Clause):
        for one in vars(value).values():
            mark_plurals(one, code)
