"""Write the parts of a clause that all languages have: subject, places, times, qualities."""

from __future__ import annotations

from mockgem.operations.forms.transfer.nouns import (
    AND,
    GERMANIC,
    OR,
    find_gender,
    write_adjective,
    write_noun,
)
from mockgem.operations.forms.transfer.parts import Clause, Noun, Part
from mockgem.operations.forms.transfer.spelling import write_clock
from mockgem.operations.forms.transfer.verbs import Group, write_group

SPANS = frozenset("minute hour day week month year".split())
WHICH = {"de": "welche", "fr": "quel", "es": "qué", "it": "quale", "pt": "qual", "nl": "welke"}
EXISTS = {
    "fr": ("il y a", "il y avait", "il y aura"), "es": ("hay", "había", "habrá"),
    "pt": ("há", "havia", "haverá"), "de": ("gibt", "gab", "geben"),
}  # fmt: skip
PURPOSE = {"de": "um", "fr": "pour", "es": "para", "it": "per", "pt": "para", "nl": "om"}
AFTER_VERB = frozenset(
    "try decide plan hope forget promise refuse start begin ask remember agree".split()
)
PLEASE = {"de": "bitte", "fr": "s'il vous plaît", "es": "por favor", "it": "per favore",
          "pt": "por favor", "nl": "alstublieft"}  # fmt: skip
NOT = {"es": "no", "it": "non", "pt": "não"}


def join(words: list[str]) -> str:
    return " ".join(word for word in words if word)


def write_asked(clause: Clause, code: str) -> str:
    """Return the word of a question with its noun: "How many people"."""
    if clause.asked is None:
        return ""
    text = clause.asked.say(code)
    subject = clause.subject
    if clause.asked.english == "what" and clause.verb is None and subject and subject.entry:
        text = {"es": "cuál", "it": "qual", "pt": "qual"}.get(code, text)
        text = "wie" if code == "de" and subject.entry.english == "name" else text
    if clause.asked_noun is not None:
        noun = write_noun(clause.asked_noun, code, "acc")
        if clause.asked.english in ("what", "which"):
            text = WHICH[code]
        is_feminine = code in ("es", "it", "pt") and find_gender(clause.asked_noun, code) == "f"
        if is_feminine and clause.asked.english == "how many":
            text = text[:-1] + "e" if code == "it" else text[:-2] + "as"
        of = " de" if code == "fr" and clause.asked.english.startswith("how") else ""
        return f"{text}{of} {noun}"
    return text


def is_existence(clause: Clause) -> bool:
    subject = clause.subject
    return subject is not None and subject.pronoun == "there" and clause.verb is None


def find_existing(clause: Clause) -> Noun | None:
    return next((part.noun for part in clause.parts if part.kind == "noun"), None)


def write_subject(clause: Clause, code: str) -> str:
    subject = clause.subject
    if subject is None or subject.pronoun in ("same", "asked"):
        return ""
    if code == "fr" and subject.pronoun in ("it", "this", "that") and clause.verb is None:
        return "ce"
    if code in ("es", "it", "pt") and subject.pronoun == "there":
        return "ci" if code == "it" else ""
    if not subject.article and not subject.pronoun and subject.entry and code not in GERMANIC:
        subject = Noun(**{**subject.__dict__, "article": "" if subject.number else "the"})
    places = [write_part(part, clause, code) for part in subject.places]
    return join([write_noun(subject, code), *places])


def write_finite(clause: Clause, code: str) -> Group:
    if not is_existence(clause):
        return write_group(clause, code)
    if code in EXISTS and clause.modal is None:
        at = {"past": 1, "perfect": 1, "future": 2}.get(clause.tense, 0)
        if code == "de" and at == 2:
            return Group("wird", ("geben",))
        return Group(EXISTS[code][at])
    noun = find_existing(clause)
    stand_in = Clause(**{**clause.__dict__, "subject": noun, "parts": []})
    return write_group(stand_in, code)


def write_front(clause: Clause, code: str) -> list[str]:
    return [write_part(part, clause, code) for part in clause.front]


def write_part(part: Part, clause: Clause, code: str) -> str:
    """Return a time, a place or a quality."""
    match part.kind:
        case "adv" if part.entry:
            return part.entry.say(code)
        case "clock":
            return write_clock(part.written, code)
        case "place" if part.entry and part.noun:
            return write_place(part, clause, code)
        case "quality" if part.entry:
            return write_quality(part, clause, code)
        case "noun" if part.noun:
            return write_noun(part.noun, code, "acc")
    return part.written


def write_place(part: Part, clause: Clause, code: str) -> str:
    """Return a preposition with its noun; names of towns have prepositions of their own."""
    entry, noun = part.entry, part.noun
    if entry is None or noun is None:
        return part.written
    cell = entry.say(code)
    is_name = noun.entry is None and not noun.article and not noun.pronoun
    if is_name and entry.english == "in" and code in ("fr", "it"):
        cell = {"fr": "à", "it": "a"}[code]
    elif entry.english == "to" and code == "de":
        gives = clause.verb is not None and clause.verb.english in ("send", "write", "give")
        cell = "an A" if gives else "nach" if is_name else cell
    elif entry.english == "for" and noun.entry is not None and noun.entry.english in SPANS:
        cell = {"de": "seit D", "nl": "al", "fr": "pendant", "es": "durante", "it": "per"}.get(
            code, "por"
        )
    elif entry.english == "for" and clause.verb is None and clause.subject is None:
        cell = {"es": "por", "pt": "por"}.get(code, cell)
    elif entry.english == "at" and code == "de" and noun.entry is not None:
        cell = "in D"
    return write_governed(noun, cell, code)


def write_governed(noun: Noun, cell: str, code: str) -> str:
    """Return a noun after a preposition: that has its case in German."""
    word, _, case = cell.rpartition(" ")
    if code != "de" or case not in ("A", "D"):
        word, case = cell, ""
    case = {"A": "acc"}.get(case, "dat") if code == "de" else "obj"
    if code in ("es", "pt") and noun.pronoun in ("me", "i") and word == "con":
        return "conmigo"
    return f"{word} {write_noun(noun, code, case)}".strip()


def write_quality(part: Part, clause: Clause, code: str) -> str:
    """Return an adjective after the verb, which agrees with the subject."""
    subject = clause.subject
    if subject is not None and subject.pronoun == "same":
        subject = subject.others[0]
    gender = find_gender(subject, code) if subject else "m"
    cell = part.entry.say(code) if part.entry else ""
    is_plural = subject is not None and subject.pronoun in ("we", "they")
    noun = Noun(is_many=is_plural or (subject is not None and subject.is_plural))
    text = write_adjective(cell, gender, noun, code)
    for other in part.others:
        if other.kind == "degree" and other.entry:
            text = f"{other.entry.say(code)} {text}"
        elif other.kind == "quality":
            link = (OR if other.written == "or" else AND)[code]
            text = f"{text} {link} {write_quality(other, clause, code)}"
    return text


def is_bare_purpose(clause: Clause) -> bool:
    """Return whether "to" after a verb or an adjective says no purpose: "happy to help"."""
    if clause.verb is None or clause.verb.english in AFTER_VERB:
        return True
    return any(one.kind == "quality" for one in clause.parts)
