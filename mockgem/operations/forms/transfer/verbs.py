"""Write the verb of a clause: its finite form and what belongs to it."""

from __future__ import annotations

from mockgem.core.frozen import frozen
from mockgem.operations.forms.transfer.conjugation import (
    Verb,
    make_future,
    make_past,
    make_polite,
    read_verb,
)
from mockgem.operations.forms.transfer.nouns import agree, find_gender
from mockgem.operations.forms.transfer.parts import Clause, Noun
from mockgem.operations.forms.transfer.words import (
    BE,
    BE_INFINITIVE,
    BE_PAST,
    BECOME,
    BECOME_PAST,
    HAVE,
    HAVE_PAST,
    STAY,
    STAY_PAST,
    WILL,
)

GERMANIC = ("de", "nl")


@frozen
class Group:
    """The finite verb, the words that follow it, and the infinitive among those, if any."""

    finite: str
    rest: tuple[str, ...] = ()
    prefix: str = ""
    has_infinitive: bool = False


def find_person(noun: Noun | None) -> int:
    """Return the person of a subject: 0 for "I" to 4 for "you"."""
    if noun is None:
        return 4
    if noun.pronoun == "same":
        return find_person(noun.others[0])
    if noun.others and noun.link == "and":
        return 3
    known = {"i": 0, "we": 2, "they": 3, "you": 4}
    return known.get(noun.pronoun, 3 if noun.is_many else 1)


def load_verb(clause: Clause, code: str) -> Verb | None:
    """Return the verb of a clause; None for "to be"."""
    return read_verb(clause.verb.say(code), code) if clause.verb else None


def pick(table: dict[str, str], code: str, person: int) -> str:
    return table[code].split()[person]


def write_group(clause: Clause, code: str) -> Group:
    """Return the verb of a clause with its auxiliaries."""
    person, verb = find_person(clause.subject), load_verb(clause, code)
    if clause.modal is not None:
        modal = read_verb(clause.modal.say(code), code)
        return Group(modal.present[person], write_infinitive(clause, code), "", True)
    if clause.tense == "future" and code in WILL:
        return Group(pick(WILL, code, person), write_infinitive(clause, code), "", True)
    if clause.is_passive:
        return write_passive(clause, code, person)
    if verb is None:
        return Group(write_be(clause, code, person))
    if clause.tense == "future":
        return Group(make_future(verb, person, code))
    if clause.tense in ("past", "perfect"):
        return write_past(clause, verb, code, person)
    return Group(split_prefix(verb.present[person], verb, code), (), verb.prefix)


def split_prefix(form: str, verb: Verb, code: str) -> str:
    """Return a finite form without the part that stands at the end of the sentence."""
    return form.removeprefix(verb.prefix) if verb.prefix else form


def write_infinitive(clause: Clause, code: str) -> tuple[str, ...]:
    """Return the infinitive of a clause, of a passive with its participle."""
    verb = load_verb(clause, code)
    if verb is None:
        return ("estar" if code in STAY and stays(clause) else BE_INFINITIVE[code],)
    if not clause.is_passive:
        return (verb.infinitive,)
    participle = write_participle(clause, verb, code)
    if code in GERMANIC:
        return (participle, "werden" if code == "de" else "worden")
    return (BE_INFINITIVE[code], participle)


def write_participle(clause: Clause, verb: Verb, code: str) -> str:
    """Return a participle that agrees with the subject."""
    subject = clause.subject
    if subject is not None and subject.pronoun == "same":
        subject = subject.others[0]
    if code in GERMANIC or subject is None:
        return verb.participle
    is_many = subject.is_plural or subject.pronoun == "they"
    return agree(verb.participle, "", find_gender(subject, code), is_many=is_many, code=code)


def write_passive(clause: Clause, code: str, person: int) -> Group:
    verb = load_verb(clause, code)
    participle = write_participle(clause, verb, code) if verb else ""
    is_past = clause.tense in ("past", "perfect")
    if code in GERMANIC:
        return Group(pick(BECOME_PAST if is_past else BECOME, code, person), (participle,))
    if clause.tense == "future":
        future = make_future(BE_VERBS[code], person, code)
        return Group(future, (participle,))
    if not is_past:
        return Group(pick(BE, code, person), (participle,))
    if code == "fr":
        return Group(pick(HAVE, code, person), ("été", participle))
    if code == "it":
        been = agree_with(clause, "stato")
        return Group(pick(BE, code, person), (been, participle))
    if code == "es" and clause.tense == "perfect":
        return Group(pick(HAVE, code, person), ("sido", participle))
    return Group(make_past(BE_VERBS[code], person, code), (participle,))


def agree_with(clause: Clause, participle: str) -> str:
    subject = clause.subject
    if subject is None:
        return participle
    subject = subject.others[0] if subject.pronoun == "same" else subject
    return agree(participle, "", find_gender(subject, "it"), is_many=subject.is_plural, code="it")


BE_VERBS = {
    code: Verb(name, "", (), with_be=False, prefix="", flags="", preposition="")
    for code, name in BE_INFINITIVE.items()
}


def stays(clause: Clause) -> bool:
    """Return whether "to be" says where or in which state something is."""
    for part in clause.parts:
        if part.kind == "quality":
            return part.entry is not None and "*" in part.entry.cells[2]
        if part.kind == "noun":
            return False
        if part.kind == "place":
            return True
    return clause.asked is not None and clause.asked.english in ("where", "how")


def write_be(clause: Clause, code: str, person: int) -> str:
    if clause.tense == "future":
        if stays(clause) and code == "es":
            return make_future(Verb("estar", "", (), False, "", "", ""), person, code)
        return make_future(BE_VERBS[code], person, code)
    is_past = clause.tense in ("past", "perfect")
    if code in STAY and stays(clause):
        return pick(STAY_PAST if is_past else STAY, code, person)
    return pick(BE_PAST if is_past else BE, code, person)


def write_past(clause: Clause, verb: Verb, code: str, person: int) -> Group:
    if clause.verb is not None and clause.verb.english == "have" and clause.tense == "past":
        return Group(pick(HAVE_PAST, code, person))
    if code == "pt" or (code == "es" and clause.tense == "past"):
        return Group(make_past(verb, person, code))
    auxiliary = pick(BE if verb.with_be else HAVE, code, person)
    participle = verb.participle
    if verb.with_be and code in ("fr", "it"):
        participle = write_participle(clause, verb, code)
    return Group(auxiliary, (participle,))


def write_request_verb(clause: Clause, code: str) -> str:
    """Return the polite imperative of a clause."""
    verb = load_verb(clause, code)
    if verb is not None:
        return make_polite(verb, code)
    return {"de": "seien Sie", "fr": "soyez", "es": "sea", "it": "sia", "pt": "seja", "nl": "wees"}[
        code
    ]
