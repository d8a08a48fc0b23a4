"""Write a clause in French, Spanish, Italian or Portuguese, with pronouns before the verb."""

from __future__ import annotations

from mockgem.operations.forms.transfer.clause_parts import (
    NOT,
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
from mockgem.operations.forms.transfer.nouns import find_gender, write_clitic, write_noun
from mockgem.operations.forms.transfer.parts import Clause, Noun, Part
from mockgem.operations.forms.transfer.verbs import load_verb, write_infinitive

OF = {"de": "", "fr": "de", "es": "", "it": "di", "pt": "", "nl": ""}
NEVER = frozenset("never nothing".split())
SHORT_ADVERBS = frozenset("never always already often still also".split())


def write_romance(clause: Clause, code: str) -> str:
    """Return a clause of a Romance language."""
    group, subject = write_finite(clause, code), write_subject(clause, code)
    clitics, parts = split_romance(clause, code)
    adverbs = [one.entry for one in clause.parts if one.kind == "adv" and one.entry]
    rest = list(group.rest)
    if group.has_infinitive and clitics:
        rest[0], clitics = attach(rest[0], clitics, code), []
    short = [one.say(code) for one in adverbs if one.english in SHORT_ADVERBS]
    parts = [part for part in parts if part not in short]
    is_never = any(one.english in NEVER for one in adverbs)
    before = [NOT[code]] if clause.is_negative and code in NOT else []
    after: list[str] = []
    if code == "fr" and (clause.is_negative or is_never):
        before, after = ["ne"], ["pas"] if clause.is_negative else []
    if is_never and code == "it":
        before = ["non"]
    if code in ("es", "pt"):
        before, short = [*short, *before], []
    verb = [*before, *clitics, group.finite, *after, *short, *rest]
    if is_existence(clause) and code == "fr":
        subject = ""
        verb = ["il n'y a pas"] if clause.is_negative else [group.finite, *rest]
    asked = write_asked(clause, code)
    front = [f"{text}," for text in write_front(clause, code)]
    if clause.is_polite and clause.is_question:
        parts.append(f"{PLEASE[code]}")
    body = order_romance(clause, asked, subject, verb, code)
    return join([*front, *body, *parts])


def order_romance(
    clause: Clause, asked: str, subject: str, verb: list[str], code: str
) -> list[str]:
    """Return the subject and the verb in the order of a question or a statement."""
    if not clause.is_question:
        return [subject, *verb]
    if code == "fr":
        if clause.subject is not None and clause.subject.pronoun == "asked":
            return [asked if asked != "que" else "qu'est-ce qui", *verb]
        if asked and clause.verb is None and clause.modal is None:
            asked = "quel" if asked == "que" else asked
            subject = "cela" if subject == "ce" else subject
            word = agree_quel(asked, clause)
            if clause.subject is not None and clause.subject.pronoun:
                return [word, f"{' '.join(verb)}-{subject}"]
            return [word, *verb, subject]
        subject = "il" if subject == "ce" and clause.verb else subject
        return [asked, "est-ce que", subject, *verb]
    if asked:
        return [asked, *verb, subject] if code != "pt" or clause.verb is None else [
            asked, subject, *verb]  # fmt: skip
    return [subject, *verb]


def agree_quel(asked: str, clause: Clause) -> str:
    if asked != "quel" or clause.subject is None or clause.subject.pronoun:
        return asked if asked != "quel" else "qu'est-ce que"
    feminine = find_gender(clause.subject, "fr") == "f"
    return ("quelle" if feminine else "quel") + ("s" if clause.subject.is_plural else "")


def split_romance(clause: Clause, code: str) -> tuple[list[str], list[str]]:
    """Return the pronouns that stand with the verb and the other parts."""
    clitics, parts = [], []
    objects = [part for part in clause.parts if part.kind == "noun"]
    verb = load_verb(clause, code)
    for part in clause.parts:
        if part.kind == "purpose":
            parts.append(write_purpose(part, clause, code))
            continue
        if part.kind != "noun" or part.noun is None:
            parts.append(write_part(part, clause, code))
            continue
        noun = part.noun
        is_first = clause.verb is not None and len(objects) > 1 and objects[0] is part
        is_dative = is_first or (verb is not None and "D" in verb.flags)
        clitic = write_clitic(noun.pronoun, code, is_dative=is_dative) if noun.pronoun else ""
        if verb is not None and verb.preposition and not is_first:
            parts.append(write_governed(noun, verb.preposition, code))
        elif clitic and clause.verb is not None:
            clitics.append(clitic)
        else:
            text = write_romance_object(noun, clause, code)
            dative = {"fr": "à", "es": "a", "it": "a", "pt": "a"}[code] if is_dative else ""
            parts.append(f"{dative} {text}".strip())
    return clitics, parts


def write_romance_object(noun: Noun, clause: Clause, code: str) -> str:
    """Return an object, in French with an article where English has none."""
    is_bare = not noun.article and not noun.number and not noun.pronoun and noun.entry
    likes = clause.verb is not None and clause.verb.english in ("like", "love", "hate", "prefer")
    if is_bare and (likes if code in ("es", "it") else code == "fr" and clause.verb is not None):
        word = "the" if likes else "some"
        noun = Noun(**{**noun.__dict__, "article": word})
    elif code == "fr" and clause.is_negative and noun.article == "a" and clause.verb:
        return f"de {write_noun(Noun(**{**noun.__dict__, 'article': ''}), code)}"
    return write_noun(noun, code, "acc")


def write_purpose(part: Part, clause: Clause, code: str) -> str:
    """Return "to send the report" in a Romance language."""
    inner = part.clause
    if inner is None:
        return ""
    inner.subject = clause.subject
    word = (OF if is_bare_purpose(clause) else PURPOSE)[code]
    infinitive = write_infinitive(inner, code)
    clitics, parts = split_romance(inner, code)
    return join([word, attach(infinitive[0], clitics, code), *infinitive[1:], *parts])


def attach(infinitive: str, clitics: list[str], code: str) -> str:
    """Return an infinitive with its pronouns."""
    if not clitics:
        return infinitive
    if code == "fr":
        return f"{' '.join(clitics)} {infinitive}"
    if code == "it":
        return infinitive[:-1] + "".join(clitics).lower()
    return f"{infinitive}-{'-'.join(clitics)}" if code == "pt" else infinitive + "".join(clitics)
