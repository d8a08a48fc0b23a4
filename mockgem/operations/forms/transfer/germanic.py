"""Write a clause in German or Dutch: the verb stands in the second place or at the end."""

from __future__ import annotations

from mockgem.operations.forms.transfer.clause_parts import (
    PLEASE,
    PURPOSE,
    is_bare_purpose,
    is_existence,
    join,
    write_asked,
    write_finite,
    write_front,
    write_governed,
    write_part,
    write_subject,
)
from mockgem.operations.forms.transfer.nouns import write_clitic, write_noun
from mockgem.operations.forms.transfer.parts import Clause, Noun, Part
from mockgem.operations.forms.transfer.verbs import load_verb, write_infinitive

TO = {"de": "zu", "nl": "te"}


def write_germanic(clause: Clause, code: str, *, is_last: bool, is_inverted: bool) -> str:
    """Return a German or Dutch clause, with its verb in the second place or at the end."""
    group, subject = write_finite(clause, code), write_subject(clause, code)
    middle, after = write_middle(clause, code)
    cluster = list(group.rest)
    if is_last:
        finite = group.prefix + group.finite
        end = [finite, *cluster] if code == "nl" else [*cluster, finite]
        words = [*write_front(clause, code), subject, *middle, *end]
        return join([*words, *after])
    asked, front = write_asked(clause, code), write_front(clause, code)
    first = [asked] if asked else front if front and not clause.is_question else []
    if is_inverted or (clause.is_question and not asked):
        first, middle = [], front + middle
        body = [group.finite, subject]
    elif first:
        first, middle = ([first[0]], front + middle) if asked else (first[:1], first[1:] + middle)
        body = [group.finite, subject]
    else:
        body = [subject, group.finite]
    return join([*first, *body, *middle, *cluster, group.prefix, *after])


def write_middle(clause: Clause, code: str) -> tuple[list[str], list[str]]:
    """Return the parts before the end of the verb, and those after it, of German or Dutch."""
    order: dict[str, list[str]] = {
        kind: [] for kind in ("pronoun", "adv", "noun", "not", "place", "quality", "raw")
    }
    after: list[str] = []
    negative = {"de": "nicht", "nl": "niet"}[code] if clause.is_negative else ""
    objects = [part for part in clause.parts if part.kind == "noun"]
    for part in clause.parts:
        if part.kind == "purpose":
            after.append(write_purpose(part, clause, code))
        elif part.kind == "noun" and part.noun is not None:
            kind, text = write_object(part.noun, objects, clause, code)
            if (
                negative
                and part.noun.article in ("a", "")
                and kind == "noun"
                and (not part.noun.pronoun and part.noun.entry is not None)
            ):
                part.noun.article = "no"
                text, negative = write_object(part.noun, objects, clause, code)[1], ""
                part.noun.article = "a"
            order[kind].append(text)
        else:
            kind = "adv" if part.kind == "clock" else part.kind
            order[kind].append(write_part(part, clause, code))
    if clause.is_polite and clause.is_question:
        order["adv"].insert(0, PLEASE[code])
    order["not"] = [negative]
    return [text for texts in order.values() for text in texts], after


def write_object(noun: Noun, objects: list[Part], clause: Clause, code: str) -> tuple[str, str]:
    """Return whether an object is a pronoun, and how it is written."""
    is_first = clause.verb is not None and len(objects) > 1 and objects[0].noun is noun
    verb = load_verb(clause, code)
    if verb is not None and verb.preposition and not is_first:
        return "place", write_governed(noun, verb.preposition, code)
    is_dative = is_first or (verb is not None and "D" in verb.flags)
    clitic = write_clitic(noun.pronoun, code, is_dative=is_dative) if noun.pronoun else ""
    if clitic:
        return "pronoun", clitic
    case = "dat" if is_dative else "acc"
    if clause.verb is None and not is_existence(clause):
        case = "nom"
    return "noun", write_noun(noun, code, case)


def write_purpose(part: Part, clause: Clause, code: str) -> str:
    """Return "to send the report" in German or Dutch."""
    inner = part.clause
    if inner is None:
        return ""
    inner.subject = clause.subject
    word = "" if is_bare_purpose(clause) else PURPOSE[code]
    infinitive = write_infinitive(inner, code)
    middle, after = write_middle(inner, code)
    verb = load_verb(inner, code)
    last = split_infinitive(infinitive[-1], verb.prefix if verb else "", code)
    words = join([word, *middle, *infinitive[:-1], last, *after])
    return f", {words}" if code == "de" else words


def split_infinitive(infinitive: str, prefix: str, code: str) -> str:
    """Return an infinitive with "zu": "abzuholen"."""
    core = infinitive[len(prefix) :]
    if not prefix:
        return f"{TO[code]} {infinitive}"
    return f"{prefix}zu{core}" if code == "de" else f"{prefix} te {core}"
